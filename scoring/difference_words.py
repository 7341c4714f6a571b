"""The differences between two results in the page's words: for the versions of a year and for reviews."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadres.templatetags.labels import DASH, term
from scoring.differences import Change, Kind, Matter, Outcome, Presence, SubjectDifferences, Value
from scoring.engine import CadreGrade, TeamGrade
from scoring.wording import not_graded_text

MATTERS = {
    Matter.POINTS: gettext_lazy("%(line)s: points"),
    Matter.PLACE: gettext_lazy("%(line)s: place"),
    Matter.TARGET_POINTS: gettext_lazy("Targets"),
    Matter.EVALUATION_POINTS: gettext_lazy("Evaluations"),
    Matter.TOTAL: gettext_lazy("Total"),
    Matter.RANK: pgettext_lazy("rank", "Place"),
    Matter.RANK_TOWNSHIP: gettext_lazy("Place in the township"),
    Matter.RANK_POST: gettext_lazy("Place in the post"),
    Matter.RANK_COUNTY: gettext_lazy("Place in the county"),
    Matter.SUGGESTED: gettext_lazy("Suggested grade"),
    Matter.GRADE: gettext_lazy("Decided grade"),
    Matter.VETOES: gettext_lazy("Vetoes in force"),
    Matter.DISCIPLINE: gettext_lazy("Disciplinary record in force"),
    Matter.NOT_GRADED: gettext_lazy("Not graded"),
    Matter.TOWNSHIP: gettext_lazy("Township"),
    Matter.POST: gettext_lazy("Post"),
}

PRESENCES = {
    Presence.BOTH: "",
    Presence.ADDED: gettext_lazy("only in the later one"),
    Presence.REMOVED: gettext_lazy("only in the earlier one"),
}

WORDS = frozenset(map(str, (*TeamGrade, *CadreGrade)))


@dataclass(frozen=True)
class ChangeRow:
    """One value in words; `is_grade` and `is_place` mark what people look for first."""

    what: str
    before: str
    after: str
    is_grade: bool
    is_place: bool


@dataclass(frozen=True)
class DifferenceRow:
    """A team or a cadre with everything that differs. `where` is a cadre's township, blank for a team."""

    of_team: bool
    code: str
    name: str
    where: str
    presence: str
    changes: tuple[ChangeRow, ...]


@dataclass(frozen=True)
class DifferenceCount:
    """How many subjects differ, and how many of them in their place or in a grade."""

    teams: int
    cadres: int
    places: int
    grades: int


def difference_rows(found: Iterable[SubjectDifferences], *outcomes: Outcome) -> list[DifferenceRow]:
    """For a page; the outcomes compared name the townships."""
    names = {team.input.code: team.input.name for outcome in outcomes for team in outcome.result.teams}
    return [_row(each, names) for each in found]


def difference_count(rows: Iterable[DifferenceRow]) -> DifferenceCount:
    listed = list(rows)
    return DifferenceCount(
        teams=sum(row.of_team for row in listed),
        cadres=sum(not row.of_team for row in listed),
        places=sum(any(change.is_place for change in row.changes) for row in listed),
        grades=sum(any(change.is_grade for change in row.changes) for row in listed),
    )


def _row(each: SubjectDifferences, names: Mapping[str, str]) -> DifferenceRow:
    of_team = each.kind is Kind.TEAM
    return DifferenceRow(
        of_team=of_team,
        code=each.code,
        name=each.name,
        where="" if of_team else names.get(each.township, each.township),
        presence=str(PRESENCES[each.presence]),
        changes=tuple(_changes(each, names)),
    )


_PLACES = frozenset({Matter.RANK, Matter.RANK_TOWNSHIP, Matter.RANK_POST, Matter.RANK_COUNTY})
_GRADES = frozenset({Matter.SUGGESTED, Matter.GRADE})


def _changes(each: SubjectDifferences, names: Mapping[str, str]) -> Iterator[ChangeRow]:
    for change in each.changes:
        before, after = _text(change.matter, change.old, names), _text(change.matter, change.new, names)
        yield ChangeRow(_what(change), before, after, change.matter in _GRADES, change.matter in _PLACES)


def _what(change: Change) -> str:
    text = MATTERS[change.matter]
    return str(text) % {"line": f"{change.line} {term(change.name)}"} if change.line else str(text)


def _text(matter: Matter, value: Value, names: Mapping[str, str]) -> str:
    if value is None or value == "":
        return _("graded") if matter is Matter.NOT_GRADED else DASH
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if matter is Matter.NOT_GRADED:
        return not_graded_text(str(value))
    if matter is Matter.TOWNSHIP:
        return names.get(str(value), str(value))
    return term(value) if matter is Matter.POST or value in WORDS else str(value)
