"""Cadre scores: three votes, and the work result from the team's (RULES 2)."""

from collections.abc import Sequence

from assessment.scheme import CadreItem, Scheme

from .arithmetic import total_points
from .inputs import CadreInput
from .lines import vote_line
from .results import CadreResult, ScoreLine, TeamResult
from .team import missing_of
from .votes import VoteScale
from .work import WorkScale


def score_cadres(scheme: Scheme, cadres: Sequence[CadreInput], teams: Sequence[TeamResult]) -> list[CadreResult]:
    """Every cadre's lines and total, in the order given, without ranks and grades."""
    votes = VoteScale(scheme.cadre_votes, scheme.empty_group)
    work = WorkScale(scheme, teams)
    return [_score_cadre(scheme, cadre, votes, work) for cadre in cadres]


def _score_cadre(scheme: Scheme, cadre: CadreInput, votes: VoteScale, work: WorkScale) -> CadreResult:
    lines: tuple[ScoreLine, ...] = ()
    if cadre.graded:
        lines = tuple([_line(item, cadre, votes, work) for item in scheme.cadre_items])
    return CadreResult(
        input=cadre,
        lines=lines,
        total=total_points(line.points for line in lines) if cadre.graded else None,
        out_of=scheme.cadre_points,
        in_township=None,
        in_post=None,
        in_county=None,
        grade=None,
        reasons=(),
        bars=(),
        missing=missing_of(lines),
    )


def _line(item: CadreItem, cadre: CadreInput, votes: VoteScale, work: WorkScale) -> ScoreLine:
    if item.is_work:
        return work.line(item, cadre)
    return vote_line(votes, item, cadre.tallies, cadre.township, cadre.number)
