"""Cadre scores: three votes, and the work result from the team's (RULES 2)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from assessment.scheme import CadreItem, Scheme

from .arithmetic import total_points
from .findings import Missing
from .inputs import CadreInput
from .lines import vote_line
from .results import ScoreLine, TeamResult
from .team import missing_of
from .votes import VoteScale
from .work import WorkScale


class CadreScore(NamedTuple):
    """What a cadre reached, before it is compared with others. Not graded (C3): no lines, no total."""

    input: CadreInput
    lines: tuple[ScoreLine, ...]
    total: Decimal | None
    missing: tuple[Missing, ...]


def score_cadres(scheme: Scheme, cadres: Sequence[CadreInput], teams: Sequence[TeamResult]) -> list[CadreScore]:
    """Every cadre's lines and total, in the order given."""
    votes = VoteScale(scheme.cadre_votes, scheme.empty_group)
    work = WorkScale(scheme, teams)
    return [_score_cadre(scheme, cadre, votes, work) for cadre in cadres]


def _score_cadre(scheme: Scheme, cadre: CadreInput, votes: VoteScale, work: WorkScale) -> CadreScore:
    if not cadre.graded:
        return CadreScore(cadre, (), None, ())
    lines = tuple([_line(item, cadre, votes, work) for item in scheme.cadre_items])
    total = total_points([line.points for line in lines])
    return CadreScore(cadre, lines, total, missing_of(lines) if total is None else ())


def _line(item: CadreItem, cadre: CadreInput, votes: VoteScale, work: WorkScale) -> ScoreLine:
    if item.is_work:
        return work.line(item, cadre)
    return vote_line(votes, item, cadre.tallies, cadre.township, cadre.number)
