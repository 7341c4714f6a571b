"""The home page's cards about years: where each stands, what comes next, what is missing."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessment.addresses import year_url
from assessment.models import AssessmentYear, Phase
from assessment.selectors.completeness import year_missing
from assessment.selectors.year import scheme_current
from assessment.waiting import waiting_lines
from cadres.home import HomeCard, HomeLine
from cadres.models import Account, Department, Role, Township
from cadres.permissions import allows

SHOWN = 3
"""Years on the home page, the latest first; the list of years has all."""

NEXT_ACTIONS = {
    Phase.DRAFT: gettext_lazy("Next: check the scheme and the roster, then announce the year"),
    Phase.ANNOUNCED: gettext_lazy("Next: open the year for collecting"),
    Phase.COLLECTING: gettext_lazy("Next: enter or upload everything, then close the year"),
    Phase.CONFIRMED: gettext_lazy("Next: publish the results, so that each sees its own"),
    Phase.PUBLISHED: gettext_lazy("Next: feed back and follow up, then archive the year"),
}
"""A closed year's next step is the committee's: the app that holds its decisions says it (`waiting_add`)."""


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
    """What a county without a year does, in order."""
    return HomeCard(_("No year yet: first steps"), "calendar3", tuple(first_steps()))


def first_steps() -> list[HomeLine]:
    """Townships, departments, the year; or all of them at once from a workbook."""
    townships, departments = (units.objects.filter(is_active=True).count() for units in (Township, Department))
    return [
        HomeLine(
            _("1. Enter the townships (%(count)s so far)") % {"count": townships},
            reverse("cadres:townships"),
            waiting=not townships,
        ),
        HomeLine(
            _("2. Enter the departments (%(count)s so far)") % {"count": departments},
            reverse("cadres:departments"),
            waiting=not departments,
        ),
        HomeLine(_("3. Create the first year"), reverse("assessment:year_new"), waiting=True),
        HomeLine(
            _("Or instead of all three: upload a workbook that holds them"),
            reverse("workbook:workbook_new"),
            waiting=True,
        ),
    ]


def _next_step(number: int) -> HomeCard:
    line = HomeLine(_("Create it from last year's scheme and roster"), reverse("assessment:year_new"), waiting=True)
    return HomeCard(_("Year %(year)s") % {"year": number}, "calendar-plus", (line,))


def _card(year: AssessmentYear, by: Account) -> HomeCard:
    phase = Phase(year.phase)
    return HomeCard(
        title=_("Year %(year)s") % {"year": year.number},
        icon="calendar3",
        lines=tuple(_office_lines(year, by) if allows(by, "assessment.change_year", year) else reader_lines(year, by)),
        url=year_url("assessment:year", year),
        state=str(phase.label),
        state_code=phase.value,
    )


def _office_lines(year: AssessmentYear, by: Account) -> list[HomeLine]:
    lines = [*waiting_lines(year, by), *_missing_lines(year)]
    if year.phase == Phase.COLLECTING:
        lines.append(HomeLine(_("The board: what every township still lacks"), year_url("assessment:board", year)))
    if year.phase in NEXT_ACTIONS:
        action = str(NEXT_ACTIONS[Phase(year.phase)])
        lines.insert(0, HomeLine(action, year_url("assessment:year", year), waiting=True))
    if year.is_closed:
        lines.append(HomeLine(_("Scores and rankings"), year_url("scoring:home", year)))
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
        lines.append(HomeLine(text % {"count": n}, year_url("assessment:values", year), waiting=True))
    if tallies:
        text = ngettext("%(count)d tally is missing", "%(count)d tallies are missing", tallies)
        lines.append(HomeLine(text % {"count": tallies}, year_url("assessment:tallies", year), waiting=True))
    return lines or [HomeLine(_("All values and tallies are there"))]


def reader_lines(year: AssessmentYear, by: Account) -> list[HomeLine]:
    """For those who do not run the year: what waits first, then what may be read."""
    readable = (
        ("scoring.view_results", _("Scores and rankings"), "scoring:home"),
        ("assessment.view_scheme", _("The announced scheme"), "assessment:scheme"),
        ("assessment.view_notice", _("The public notice"), "assessment:notice"),
        ("assessment.view_values", _("Values of the targets"), "assessment:values"),
    )
    lines = waiting_lines(year, by)
    if year.phase != Phase.DRAFT:
        lines += [HomeLine(text, year_url(view, year)) for perm, text, view in readable if allows(by, perm, year)]
    return lines or [HomeLine(_("Not announced yet"))]
