"""What is missing, put together by source, each with where to enter it (RULES A3)."""

from collections import defaultdict
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from cadres.templatetags.labels import term
from scoring.addresses import SubjectAddresses
from scoring.engine import Missing, MissingCode, YearResult
from scoring.wording import entry_names, missing_text

VOTES = (MissingCode.NO_TALLY, MissingCode.NO_GROUP, MissingCode.NO_VALID_VOTE)
ROSTER = (MissingCode.NO_TEAM, MissingCode.UNKNOWN_LINE)


@dataclass(frozen=True)
class MissingRow:
    """One missing input: whose, what about it."""

    subject: str
    href: str
    text: str


@dataclass(frozen=True)
class MissingGroup:
    """What is missing of one line, evaluation or item; `href` is where to enter it, empty for those who may not."""

    label: str
    of_cadres: bool
    rows: tuple[MissingRow, ...]
    href: str


def missing_groups(result: YearResult, year: int, *, linked: bool) -> list[MissingGroup]:
    """Teams' lines in the scheme's order, then the items of cadres."""
    found: dict[tuple[str, bool, str], list[Missing]] = defaultdict(list)
    for missing in result.missing:
        found[missing.line, bool(missing.cadre), _source(missing)].append(missing)
    names = entry_names(result.scheme)
    order = {code: position for position, code in enumerate(names)}
    keys = sorted(found, key=lambda key: (key[1], order.get(key[0], len(order))))
    rows = _Rows(result, year)
    return [
        MissingGroup(
            label=f"{line} {term(names.get(line, ''))}".strip(),
            of_cadres=of_cadres,
            rows=tuple(rows.row(missing) for missing in found[line, of_cadres, source]),
            href=_address(source, year) if linked else "",
        )
        for line, of_cadres, source in keys
    ]


def _source(missing: Missing) -> str:
    """The url name of the page where it is entered."""
    if missing.code in VOTES:
        return "assessment:tallies"
    return "assessment:roster" if missing.code in ROSTER else "assessment:values"


def _address(name: str, year: int) -> str:
    try:
        return reverse(name, kwargs={"year": year})
    except NoReverseMatch:
        return ""


class _Rows:
    def __init__(self, result: YearResult, year: int) -> None:
        self._result = result
        self._teams, self._cadres = SubjectAddresses("team", year), SubjectAddresses("cadre", year)

    def row(self, missing: Missing) -> MissingRow:
        if missing.cadre:
            who = self._result.cadre(missing.cadre).input
            subject = _("%(name)s (%(number)s)") % {"name": who.name, "number": who.number}
            return MissingRow(subject, self._cadres.page(who.number), missing_text(missing))
        team = self._result.team(missing.team).input
        return MissingRow(team.name, self._teams.page(team.code), missing_text(missing))
