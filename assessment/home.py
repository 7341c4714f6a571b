"""The home page's cards about years: where each stands, what comes next, what is missing."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessment.models import AssessmentYear, Phase
from assessment.selectors.completeness import year_missing
from assessment.selectors.year import scheme_current
from cadres.home import HomeCard, HomeLine
from cadres.models import Account, Role
from cadres.permissions import allows

SHOWN = 3
"""Years on the home page, the latest first; the list of years has all."""

NEXT_ACTIONS = {
    Phase.DRAFT: gettext_lazy("Next: check the scheme and the roster, then announce the year"),
    Phase.ANNOUNCED: gettext_lazy("Next: open the year for collecting"),
    Phase.COLLECTING: gettext_lazy("Next: enter or upload everything, then close the year"),
}


def year_cards(by: Account) -> list[HomeCard]:
    """A card a year for the roles that work with years; the auditor and the administrator get none."""
    if by.role in (Role.AUDITOR, Role.ADMINISTRATOR):
        return []
    years = list(AssessmentYear.objects.all()[:SHOWN])
    if not years and allows(by, "assessment.change_year"):
        return [_first_step()]
    cards = [_card(year, by) for year in years]
    if allows(by, "assessment.change_year") and years[0].is_closed:
        cards.insert(0, _next_step(years[0].number + 1))
    return cards


def _first_step() -> HomeCard:
    line = HomeLine(_("Create the first year"), reverse("assessment:year_new"), waiting=True)
    return HomeCard(_("No year yet"), "calendar3", (line,))


def _next_step(number: int) -> HomeCard:
    line = HomeLine(_("Create it from last year's scheme and roster"), reverse("assessment:year_new"), waiting=True)
    return HomeCard(_("Year %(year)s") % {"year": number}, "calendar-plus", (line,))


def _card(year: AssessmentYear, by: Account) -> HomeCard:
    phase = Phase(year.phase)
    return HomeCard(
        title=_("Year %(year)s") % {"year": year.number},
        icon="calendar3",
        lines=tuple(_office_lines(year) if allows(by, "assessment.change_year", year) else _reader_lines(year, by)),
        url=_address("assessment:year", year),
        state=str(phase.label),
        state_code=phase.value,
    )


def _office_lines(year: AssessmentYear) -> list[HomeLine]:
    lines = _missing_lines(year)
    if year.phase in NEXT_ACTIONS:
        action = str(NEXT_ACTIONS[Phase(year.phase)])
        lines.insert(0, HomeLine(action, _address("assessment:year", year), waiting=True))
    else:
        lines.append(HomeLine(_("Scores and rankings"), _address("scoring:home", year)))
    return lines


def _missing_lines(year: AssessmentYear) -> list[HomeLine]:
    """How much every source still lacks; a draft is not asked yet."""
    if year.phase == Phase.DRAFT:
        return []
    missing = year_missing(year=year, scheme=scheme_current(year))
    tallies = len(missing.team_tallies) + len(missing.cadre_tallies)
    lines = []
    if n := len(missing.values):
        text = ngettext("%(count)d target value is missing", "%(count)d target values are missing", n)
        lines.append(HomeLine(text % {"count": n}, _address("assessment:values", year), waiting=True))
    if tallies:
        text = ngettext("%(count)d tally is missing", "%(count)d tallies are missing", tallies)
        lines.append(HomeLine(text % {"count": tallies}, _address("assessment:tallies", year), waiting=True))
    return lines or [HomeLine(_("All values and tallies are there"))]


def _reader_lines(year: AssessmentYear, by: Account) -> list[HomeLine]:
    lines = []
    if allows(by, "assessment.view_scheme", year):
        lines.append(HomeLine(_("The announced scheme"), _address("assessment:scheme", year)))
    if allows(by, "assessment.view_values", year):
        lines.append(HomeLine(_("Values of the targets"), _address("assessment:values", year)))
    if allows(by, "scoring.view_results", year):
        lines.append(HomeLine(_("Scores and rankings"), _address("scoring:home", year)))
    return lines or [HomeLine(_("Not announced yet"))]


def _address(view: str, year: AssessmentYear) -> str:
    return reverse(view, kwargs={"year": year.number})
