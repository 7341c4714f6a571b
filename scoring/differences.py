"""What differs between two results of one year: every line, total, place and grade, subject by subject.

Pure: two values in, one out. The pages of versions compare two confirmed results; a review compares the result in
force with one that is not kept yet (RULES Y1, Y8).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from scoring.engine import CadreResult, ScoreLine, TeamResult, YearResult

Value = Decimal | int | str | None
"""Points, a place, a grade or another word; None where the result holds none."""


class Kind(StrEnum):
    """Whom a difference is about."""

    TEAM = "team"
    CADRE = "cadre"


class Matter(StrEnum):
    """What of a subject's result differs."""

    POINTS = "points"  # of the line named
    PLACE = "place"  # in the line named
    TARGET_POINTS = "target_points"
    EVALUATION_POINTS = "evaluation_points"
    TOTAL = "total"
    RANK = "rank"  # of teams
    RANK_TOWNSHIP = "rank_township"
    RANK_POST = "rank_post"
    RANK_COUNTY = "rank_county"
    SUGGESTED = "suggested"
    GRADE = "grade"
    VETOES = "vetoes"
    DISCIPLINE = "discipline"
    NOT_GRADED = "not_graded"
    TOWNSHIP = "township"
    POST = "post"


class Presence(StrEnum):
    """Whether both results hold the subject."""

    BOTH = "both"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result and the grades that go with it: of teams by township code, of cadres by personnel number."""

    result: YearResult
    team_grades: Mapping[str, str] = field(default_factory=dict)
    cadre_grades: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """One value, as it was and as it is; `line` and `name` (code and name) for those of a scored line, else blank."""

    matter: Matter
    old: Value
    new: Value
    line: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class SubjectDifferences:
    """Everything that differs of one team (`code` a township's) or cadre (`code` a number, `township` a code)."""

    kind: Kind
    code: str
    name: str
    township: str
    presence: Presence
    changes: tuple[Change, ...]

    def change_of(self, matter: Matter, line: str = "") -> Change | None:
        """The change of that matter; None where it stayed."""
        return next((found for found in self.changes if (found.matter, found.line) == (matter, line)), None)


def differences(old: Outcome, new: Outcome) -> tuple[SubjectDifferences, ...]:
    """Teams, then cadres, each in the new result's order, those it no longer holds last. Nothing differs: empty."""
    teams = _compared(Kind.TEAM, dict(_teams(old)), dict(_teams(new)))
    cadres = _compared(Kind.CADRE, dict(_cadres(old)), dict(_cadres(new)))
    return (*teams, *cadres)


Key = tuple[Matter, str]


@dataclass(frozen=True, slots=True)
class _Facts:
    """A subject's result as values by matter and line; `names` are those of the lines by code."""

    name: str
    township: str
    values: Mapping[Key, Value]
    names: Mapping[str, str]


def _compared(kind: Kind, old: Mapping[str, _Facts], new: Mapping[str, _Facts]) -> Iterator[SubjectDifferences]:
    for code in dict.fromkeys([*new, *old]):
        before, after = old.get(code), new.get(code)
        if changes := tuple(_changes(before, after)):
            shown = after or old[code]
            yield SubjectDifferences(kind, code, shown.name, shown.township, _presence(before, after), changes)


def _presence(old: _Facts | None, new: _Facts | None) -> Presence:
    if old is None:
        return Presence.ADDED
    return Presence.REMOVED if new is None else Presence.BOTH


def _changes(old: _Facts | None, new: _Facts | None) -> Iterator[Change]:
    """In the order of a result page: lines, sums, places, grades."""
    before, after = old.values if old else {}, new.values if new else {}
    names = {**(old.names if old else {}), **(new.names if new else {})}
    for matter, line in dict.fromkeys([*after, *before]):
        was, now = before.get((matter, line)), after.get((matter, line))
        if was != now:
            yield Change(matter, was, now, line, names.get(line, ""))


def _teams(outcome: Outcome) -> Iterator[tuple[str, _Facts]]:
    for team in outcome.result.teams:
        values: dict[Key, Value] = dict(_lines(team.lines))
        values |= _sums(team)
        values |= {
            (Matter.RANK, ""): team.rank,
            (Matter.VETOES, ""): "、".join(sorted(team.input.vetoes)),
            (Matter.SUGGESTED, ""): _text(team.grade),
            (Matter.GRADE, ""): outcome.team_grades.get(team.input.code),
        }
        yield team.input.code, _Facts(team.input.name, team.input.code, values, _names(team.lines))


def _sums(team: TeamResult) -> dict[Key, Value]:
    return {
        (Matter.TARGET_POINTS, ""): team.target_points,
        (Matter.EVALUATION_POINTS, ""): team.evaluation_points,
        (Matter.TOTAL, ""): team.total,
    }


def _cadres(outcome: Outcome) -> Iterator[tuple[str, _Facts]]:
    for cadre in outcome.result.cadres:
        values: dict[Key, Value] = dict(_lines(cadre.lines))
        values |= _places(cadre)
        values |= {
            (Matter.SUGGESTED, ""): _text(cadre.grade),
            (Matter.GRADE, ""): outcome.cadre_grades.get(cadre.input.number) or None,
            (Matter.DISCIPLINE, ""): cadre.input.disciplinary,
            (Matter.NOT_GRADED, ""): cadre.input.not_graded,
            (Matter.TOWNSHIP, ""): cadre.input.township,
            (Matter.POST, ""): cadre.input.post,
        }
        yield cadre.input.number, _Facts(cadre.input.name, cadre.input.township, values, _names(cadre.lines))


def _places(cadre: CadreResult) -> dict[Key, Value]:
    return {
        (Matter.TOTAL, ""): cadre.total,
        (Matter.RANK_TOWNSHIP, ""): cadre.rank_township,
        (Matter.RANK_POST, ""): cadre.rank_post,
        (Matter.RANK_COUNTY, ""): cadre.rank_county,
    }


def _lines(lines: Iterable[ScoreLine]) -> Iterator[tuple[Key, Value]]:
    for line in lines:
        yield (Matter.POINTS, line.code), line.points
        yield (Matter.PLACE, line.code), line.place


def _names(lines: Iterable[ScoreLine]) -> dict[str, str]:
    return {line.code: line.name for line in lines}


def _text(grade: StrEnum | None) -> str | None:
    return None if grade is None else str(grade)
