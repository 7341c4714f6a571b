"""Cadre scores: three votes, and the work result from the team's (RULES 2)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from assessment.numbers import hundredths
from assessment.scheme import CadreItem, Scheme

from .arithmetic import total_points
from .derivations import WorkDerivation
from .findings import Missing, MissingCode
from .inputs import CadreInput
from .lines import not_computable, scored, vote_line
from .results import CadreResult, ScoreLine, TeamResult
from .team import missing_of
from .votes import VoteScale

Charged = tuple[tuple[str, Fraction, Fraction], ...]


class TeamWork:
    """What a team's result means for its cadres: target points and the points of each target line, made once."""

    def __init__(self, scheme: Scheme, result: TeamResult) -> None:
        """Take the target lines of a scored team."""
        lines = result.lines[: len(scheme.lines)]
        self.full = scheme.target_points
        self.points = None if result.target_points is None else Fraction(result.target_points)
        self.missing = missing_of(lines)
        self.lines = {
            line.code: (line.code, Fraction(line.points), line.out_of) for line in lines if line.points is not None
        }


def score_cadres(scheme: Scheme, cadres: Sequence[CadreInput], teams: Sequence[TeamResult]) -> list[CadreResult]:
    """Every cadre's lines and total, in the order given, without ranks and grades."""
    scale = VoteScale(scheme.cadre_votes, scheme.empty_group)
    works = {team.input.code: TeamWork(scheme, team) for team in teams}
    codes = frozenset(line.code for line in scheme.lines)
    return [_score_cadre(scheme, cadre, scale, works, codes) for cadre in cadres]


def _score_cadre(
    scheme: Scheme, cadre: CadreInput, scale: VoteScale, works: Mapping[str, TeamWork], codes: frozenset[str]
) -> CadreResult:
    lines: tuple[ScoreLine, ...] = ()
    if cadre.graded:
        lines = tuple(
            _work_line(scheme, item, cadre, works.get(cadre.township), codes)
            if item.is_work
            else vote_line(scale, item, cadre.tallies, cadre.township, cadre.number)
            for item in scheme.cadre_items
        )
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


def _work_line(
    scheme: Scheme, item: CadreItem, cadre: CadreInput, work: TeamWork | None, codes: frozenset[str]
) -> ScoreLine:
    """C1 for principals, C2 for deputies; an item worth nothing asks for nothing."""
    clause = "C1" if cadre.principal else "C2"
    if not item.points:
        return ScoreLine(item.code, item.name, item.points, hundredths(0), None, None, "T2")
    if work is None:
        return not_computable(item, clause, (_missing(MissingCode.NO_TEAM, item, cadre),))
    charge = () if cadre.principal else tuple(dict.fromkeys(cadre.in_charge))
    unknown = tuple(_missing(MissingCode.UNKNOWN_LINE, item, cadre, code) for code in charge if code not in codes)
    if work.points is None or unknown:
        return not_computable(item, clause, work.missing + unknown)
    derived = _derived(item, cadre, work, work.points, tuple(work.lines[code] for code in charge), scheme)
    return scored(item, derived, derived.unrounded, clause)


def _missing(code: MissingCode, item: CadreItem, cadre: CadreInput, value: str = "") -> Missing:
    return Missing(code, item.code, cadre.township, cadre.number, value=value)


def _derived(
    item: CadreItem, cadre: CadreInput, work: TeamWork, points: Fraction, charged: Charged, scheme: Scheme
) -> WorkDerivation:
    rate = points / work.full
    team_share = Fraction(1)
    if charged:
        team_share = scheme.deputy_team_share
        earned = sum((earned for _, earned, _ in charged), Fraction(0))
        full = sum((full for _, _, full in charged), Fraction(0))
        rate = team_share * rate + (1 - team_share) * earned / full
    return WorkDerivation(
        principal=cadre.principal,
        team_points=points,
        team_full=work.full,
        team_share=team_share,
        charged=charged,
        full=item.points,
        unrounded=item.points * rate,
    )
