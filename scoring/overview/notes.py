"""What of a year calls for attention, in words, each leading to where it is seen."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadres.templatetags.labels import term
from scoring.addresses import SubjectAddresses
from scoring.engine import CadreGrade, QuotaLine, TeamGrade, YearResult
from scoring.wording import entry_name


@dataclass(frozen=True)
class Note:
    """One thing; `urgent` is what keeps the year from being decided."""

    text: str
    href: str
    urgent: bool = False


def notes(result: YearResult, year: int) -> Iterator[Note]:
    """The most urgent first; nothing where everything is in order."""
    if count := len(result.missing):
        text = ngettext(
            "%(count)d input is missing: the year cannot be computed",
            "%(count)d inputs are missing: the year cannot be computed",
            count,
        )
        yield Note(text % {"count": count}, reverse("scoring:missing", kwargs={"year": year}), urgent=True)
    yield from _tie(result.team_quota, _("Teams"), graded_address("team", year))
    yield from _tie(result.cadre_quota, _("Cadres"), graded_address("cadre", year))
    yield from _vetoes(result, year)
    yield from _low(result, year)


def graded_address(kind: str, year: int, grade: str = "") -> str:
    """The table of all teams, or the county's ranking of cadres; only those of a suggested grade."""
    if kind == "team":
        page = reverse("scoring:teams", kwargs={"year": year})
    else:
        page = reverse("scoring:ranking", kwargs={"year": year, "ranking": "county"})
    return f"{page}?{urlencode({'grade': grade})}" if grade else page


def _tie(quota: QuotaLine, whose: str, href: str) -> Iterator[Note]:
    """RULES G3."""
    if quota.tie_of:
        text = _("%(whose)s: the quota line falls in a tie of %(tie_of)s at place %(tie_rank)s: decide")
        yield Note(text % {"whose": whose, "tie_of": quota.tie_of, "tie_rank": quota.tie_rank}, href, urgent=True)


def _vetoes(result: YearResult, year: int) -> Iterator[Note]:
    """RULES G5."""
    page = SubjectAddresses("team", year).page
    for team in result.teams:
        if team.vetoed:
            lines = "、".join(entry_name(result.scheme, code) for code in team.input.vetoes)
            text = _("%(name)s: a veto is in force (%(lines)s)") % {"name": team.input.name, "lines": lines}
            yield Note(text, page(team.input.code))


def _low(result: YearResult, year: int) -> Iterator[Note]:
    """Grades under the good ones, as suggested."""
    teams, cadres = [team.grade for team in result.teams], [cadre.grade for cadre in result.cadres]
    for grade in (TeamGrade.POOR, TeamGrade.FAIR):
        if count := teams.count(grade):
            text = ngettext("%(grade)s suggested for %(count)d team", "%(grade)s suggested for %(count)d teams", count)
            yield Note(text % {"grade": term(grade), "count": count}, graded_address("team", year, grade))
    for low in (CadreGrade.INCOMPETENT, CadreGrade.BASIC):
        if count := cadres.count(low):
            text = ngettext(
                "%(grade)s suggested for %(count)d cadre", "%(grade)s suggested for %(count)d cadres", count
            )
            yield Note(text % {"grade": term(low), "count": count}, graded_address("cadre", year, low))
