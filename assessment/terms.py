"""The clause sentences of scheme/default.toml, listed so that the catalogues can hold them."""

from django.utils.translation import gettext_noop as _

CLAUSE_WORDS = (
    _("The scored lines of each block sum to the block's points."),
    _("The blocks sum to the points of all targets."),
    _("Each evaluation of a team has its points."),
    _("The evaluations sum to the points of all evaluations."),
    _("Targets and evaluations together are the full points of a team."),
    _("Share of a voter group = sum of coefficient times count, divided by the votes for the four grades."),
    _("Minimum share of the first grade and the rate of the points it earns; replaces the coefficients."),
    _("The weights of an evaluation's voter groups sum to 1; without weights all votes are added up."),
    _("The score is not computable, or the group's weight goes to the others in proportion."),
    _("Each item of a cadre's score has its points."),
    _("The items of a cadre's score sum to the full points."),
    _("A deputy's work result is this share of the team's rate, the rest of the rate of the lines in charge."),
    _("Item codes that part equal totals, in this order; empty: equal totals share the place."),
    _("Share of the ranked teams that can be outstanding, half up."),
    _("Share of full points from which a team can be outstanding."),
    _("Share of full points from which a team is good."),
    _("Share of full points from which a team is fair; poor under it."),
    _("Share of the graded cadres that can be excellent, half up."),
    _("Points from which a cadre can be excellent."),
    _("Under these points a cadre is suggested as basically competent."),
    _("Under these points a cadre is suggested as incompetent."),
    _("With a smaller share of votes for the two upper grades a cadre is suggested as basically competent."),
    _("With a larger share of votes for the lowest grade a cadre is suggested as incompetent."),
    _("Yuan for all teams together."),
    _("Yuan for the first of the outstanding teams."),
    _("Yuan less for each further place, never under 0."),
    _("Share of the team's award for each of the principals."),
    _("Share of the team's award that the deputies divide equally."),
    _("It goes back to the pool, or is divided by the remaining deputies."),
    _("With a smaller share of the entitled voters present at a meeting the office is warned."),
    _("With a smaller share of the entitled voters present the meeting's ballot box is not opened."),
    _("At least this share of a township's middle cadres is talked to."),
    _("At least this share of a township's ordinary cadres is talked to."),
    _(
        "A disciplinary record bars from the best grade where it was in force on any day of the year, or only where it "
        "still is at the year's end."
    ),
    _("A promotion asks for the grades of so many last years, none of them under competent."),
    _(
        "Months to mend what a grade of basically competent, or a fair or poor team, shows; counted from the year's "
        "end in a proposal, from the decision once there is one."
    ),
    _("Days after the publication in which a review can be asked for."),
    _("Days after it was received in which a review is decided."),
)
