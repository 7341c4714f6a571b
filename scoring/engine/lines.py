"""Scored lines from derivations: rounded once (RULES A2), or not computable with what is missing (A3)."""

from assessment.numbers import round_ratio
from assessment.scheme import CadreItem, Evaluation, Line

from .arithmetic import ZERO
from .derivations import Derivation, NotApplicableDerivation, PeriodsDerivation, RankDerivation
from .findings import Missing
from .inputs import Counts, Tallies
from .results import ScoreLine
from .votes import VoteScale

Entry = Line | Evaluation | CadreItem
_CLAUSES = {RankDerivation: "1.1", PeriodsDerivation: "T5", NotApplicableDerivation: "T4"}
_NO_COUNTS: dict[str, Counts] = {}


def rank_line(line: Line, derived: RankDerivation | PeriodsDerivation | NotApplicableDerivation) -> ScoreLine:
    """A target line; only a line of one period has a place."""
    place = derived.place if isinstance(derived, RankDerivation) else None
    return scored(line, derived, _CLAUSES[type(derived)], place)


def vote_line(scale: VoteScale, entry: Evaluation | CadreItem, tallies: Tallies, team: str, cadre: str) -> ScoreLine:
    """A line by votes of a team or a cadre; one worth nothing is not asked for."""
    if not entry.points:
        return ScoreLine(entry.code, entry.name, entry.points, ZERO, None, None, "T2")
    derived = scale.derive(entry, tallies.get(entry.code, _NO_COUNTS))
    if isinstance(derived, list):
        missing = tuple(Missing(code, entry.code, team, cadre, group) for code, group in derived)
        return not_computable(entry, scale.clause, missing)
    return scored(entry, derived, scale.clause)


def scored(entry: Entry, derivation: Derivation, clause: str, place: int | None = None) -> ScoreLine:
    """A line with its points, rounded here and nowhere else."""
    points = round_ratio(*derivation.exact)
    return ScoreLine(entry.code, entry.name, entry.points, points, place, derivation, clause)


def not_computable(entry: Entry, clause: str, missing: tuple[Missing, ...]) -> ScoreLine:
    """A line without points, and why."""
    return ScoreLine(entry.code, entry.name, entry.points, None, None, None, clause, missing)
