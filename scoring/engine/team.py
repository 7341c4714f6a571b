"""Team scores: targets by rank, evaluations by votes, blocks and totals (RULES 1)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from assessment.scheme import BlockCode, Line, Scheme

from .arithmetic import total_points
from .derivations import NotApplicableDerivation
from .findings import Missing, MissingCode
from .inputs import NotApplicable, TeamInput
from .lines import not_computable, rank_line, vote_line
from .rank_rules import Ranked, score_line
from .results import BlockScore, ScoreLine
from .votes import VoteScale

LineScores = Mapping[str, Mapping[str, Ranked]]
"""Line code → team code → what the ranking of that line gave."""


class TeamScore(NamedTuple):
    """What a team reached, before it is compared with others. `lines` hold the targets, then the evaluations."""

    input: TeamInput
    lines: tuple[ScoreLine, ...]
    blocks: tuple[BlockScore, ...]
    target_points: Decimal | None
    evaluation_points: Decimal | None
    total: Decimal | None
    missing: tuple[Missing, ...]


def score_teams(scheme: Scheme, teams: Sequence[TeamInput]) -> list[TeamScore]:
    """Every team's lines and totals, in the order given."""
    ranked = {line.code: _ranked(line, teams) for line in scheme.lines}
    scale = VoteScale(scheme.team_votes, scheme.empty_group)
    return [_score_team(scheme, team, ranked, scale) for team in teams]


def _ranked(line: Line, teams: Sequence[TeamInput]) -> dict[str, Ranked]:
    return score_line(line, {team.code: team.values[line.code] for team in teams if line.code in team.values})


def _score_team(scheme: Scheme, team: TeamInput, ranked: LineScores, scale: VoteScale) -> TeamScore:
    by_block = {code: _block_lines(scheme.lines_of(code), team, ranked) for code, _ in scheme.blocks}
    by_code = {line.code: line for lines in by_block.values() for line in lines}
    targets = tuple(by_code[line.code] for line in scheme.lines)
    evaluations = tuple(vote_line(scale, entry, team.tallies, team.code, "") for entry in scheme.evaluations)
    blocks = tuple(_block(code, full, by_block[code]) for code, full in scheme.blocks)
    target_points = total_points(block.points for block in blocks)
    evaluation_points = total_points(line.points for line in evaluations)
    lines = targets + evaluations
    total = total_points((target_points, evaluation_points))
    return TeamScore(team, lines, blocks, target_points, evaluation_points, total, missing_of(lines))


def missing_of(lines: Sequence[ScoreLine]) -> tuple[Missing, ...]:
    """What is missing in some lines, each input once."""
    found = [missing for line in lines for missing in line.missing]
    return tuple(dict.fromkeys(found)) if found else ()


def _block(code: BlockCode, full: Fraction, lines: Sequence[ScoreLine]) -> BlockScore:
    return BlockScore(code, full, total_points(line.points for line in lines))


def _block_lines(lines: Sequence[Line], team: TeamInput, ranked: LineScores) -> list[ScoreLine]:
    """The lines of one block: first those the team has, for the others rest on them (T4)."""
    found = {line.code: _entered(line, team, ranked) for line in lines if not _not_applicable(line, team)}
    if len(found) < len(lines):
        missing = missing_of(list(found.values()))
        sources = tuple(_sources(found.values()))
        found |= {line.code: _stand_in(line, team, sources, missing) for line in lines if line.code not in found}
    return [found[line.code] for line in lines]


def _not_applicable(line: Line, team: TeamInput) -> bool:
    return isinstance(team.values.get(line.code), NotApplicable)


def _sources(lines: Iterable[ScoreLine]) -> Iterator[tuple[str, Fraction, Fraction]]:
    """Code, unrounded points and full points of the lines that have points."""
    for line in lines:
        if line.derivation:
            yield line.code, line.derivation.unrounded, line.out_of


def _entered(line: Line, team: TeamInput, ranked: LineScores) -> ScoreLine:
    derived = ranked[line.code].get(team.code) or Missing(MissingCode.NO_VALUE, line.code, team=team.code)
    if isinstance(derived, Missing):
        return not_computable(line, "A3", (derived,))
    return rank_line(line, derived)


def _stand_in(
    line: Line, team: TeamInput, sources: tuple[tuple[str, Fraction, Fraction], ...], missing: tuple[Missing, ...]
) -> ScoreLine:
    """T4: full points at the rate of the block's applicable lines, all of which must be known."""
    if missing:
        return not_computable(line, "T4", missing)
    if not sources:
        return not_computable(line, "T4", (Missing(MissingCode.NOTHING_APPLIES, line.code, team=team.code),))
    earned = sum((points for _, points, _ in sources), Fraction(0))
    rate = earned / sum((full for _, _, full in sources), Fraction(0))
    return rank_line(line, NotApplicableDerivation(sources, line.points, rate))
