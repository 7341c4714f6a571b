"""Years of a few cadres or teams, compared without a database."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assessment.scheme import Scheme, default_scheme
from scoring.compare.cadres import CADRES
from scoring.compare.page import Comparison, comparison_of, labelled
from scoring.compare.subjects import Kind
from scoring.compare.teams import TEAMS
from scoring.engine import CadreInput, TeamInput
from scoring.results import NOT_CONFIRMED, Confirmed
from scoring.selectors.compared import SeenYear
from tests.engine.cases import full_cadre, full_team, score, votes

ALL_GOOD = votes(0, 10)
"""Everybody votes the second grade: 0.8 of the full points."""

ALL_FAIR = votes(0, 0, 10)
"""Everybody votes the third grade: 0.6 of the full points."""


def deputy(number: str, township: str = "T1", name: str = "", **changes: Any) -> CadreInput:
    """A deputy with full points, 100.00; `c1=ALL_GOOD` takes 4.00 of them."""
    return full_cadre(number, township, name=name or f"N{number}", **changes)


def secretary(number: str, township: str = "T1", **changes: Any) -> CadreInput:
    """A principal with full points."""
    return deputy(number, township, post="党委书记", principal=True, **changes)


def cadre_year(
    number: int, *cadres: CadreInput, scheme: Scheme | None = None, confirmed: Confirmed = NOT_CONFIRMED
) -> SeenYear:
    """A year of two equal teams, T1 and T2, with these cadres."""
    result = score(scheme or default_scheme(), [full_team("T1"), full_team("T2")], cadres)
    return SeenYear(number, result, confirmed)


def team_year(number: int, *teams: TeamInput, confirmed: Confirmed = NOT_CONFIRMED) -> SeenYear:
    """A year of these teams."""
    return SeenYear(number, score(default_scheme(), teams), confirmed)


def cadres_compared(years: Sequence[SeenYear], *numbers: str, year: str = "") -> Comparison:
    """Cadres of these numbers beside each other; `years` latest first."""
    return _compared(CADRES, years, numbers, year)


def teams_compared(years: Sequence[SeenYear], *codes: str, year: str = "") -> Comparison:
    """Teams of these codes beside each other."""
    return _compared(TEAMS, years, codes, year)


def _compared(kind: Kind, years: Sequence[SeenYear], keys: Sequence[str], year: str) -> Comparison:
    found = [kind.subject(key, years) for key in keys]
    return comparison_of(kind, labelled([subject for subject in found if subject]), year)


def places(found: Comparison) -> dict[str, list[list[tuple[str, str]]]]:
    """Ranking → per group the labels with their places, in order."""
    return {
        verdict.ranking.code: [
            [(one.subject.label, f"{one.rank.place} / {one.rank.ranked}") for one in ring.placed]
            for ring in verdict.rings
        ]
        for verdict in found.verdicts
    }


def sentences(found: Comparison) -> dict[str, list[str]]:
    """Ranking → its sentences."""
    return {v.ranking.code: [text for ring in v.rings for text in ring.sentences] for v in found.verdicts}


def apart(found: Comparison, ranking: str) -> list[tuple[str, str]]:
    """Whom a ranking does not compare, and why."""
    return next(list(verdict.apart) for verdict in found.verdicts if verdict.ranking.code == ranking)


def with_ties_parted_by(*codes: str) -> Scheme:
    """The default scheme with a tie-break chain."""
    return replace(default_scheme(), tie_break=codes)
