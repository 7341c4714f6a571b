"""工作实绩: a cadre's work result from the rounded points of the team (RULES C1, C2)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from assessment.scheme import CadreItem, Scheme

from .arithmetic import ZERO, Ratio, blend, common_denominator, over
from .derivations import WorkDerivation
from .findings import Missing, MissingCode
from .inputs import CadreInput
from .lines import not_computable, scored
from .results import ScoreLine, TeamResult
from .team import missing_of

ONE = Fraction(1)

Charged = tuple[tuple[str, Decimal, Fraction], ...]


class TeamWork:
    """What a team's result means for its cadres, made once: its points, its rate, the points of each line."""

    def __init__(self, scheme: Scheme, result: TeamResult) -> None:
        """Take the target lines of a scored team."""
        lines = result.lines[: len(scheme.lines)]
        self.points = result.target_points
        self.rate = None if self.points is None else (Fraction(self.points) / scheme.target_points).as_integer_ratio()
        self.missing = missing_of(lines)
        self.lines = {line.code: (line.code, line.points, line.out_of) for line in lines if line.points is not None}


class WorkScale:
    """The rules C1 and C2 of one scheme, made ready for many cadres."""

    def __init__(self, scheme: Scheme, teams: Sequence[TeamResult]) -> None:
        """Prepare the work of every team; `teams` are scored."""
        self._teams = {team.input.code: TeamWork(scheme, team) for team in teams}
        self._full = scheme.target_points
        self._team_share = scheme.deputy_team_share
        self._denominator = common_denominator(line.points for line in scheme.lines)
        self._full_of = {line.code: over(self._denominator, line.points) for line in scheme.lines}

    def line(self, item: CadreItem, cadre: CadreInput) -> ScoreLine:
        """C1 for principals, C2 for deputies; an item worth nothing asks for nothing."""
        clause = "C1" if cadre.principal else "C2"
        if not item.points:
            return ScoreLine(item.code, item.name, item.points, ZERO, None, None, "T2")
        work = self._teams.get(cadre.township)
        if work is None:
            return not_computable(item, clause, (_missing(MissingCode.NO_TEAM, item, cadre),))
        charge = () if cadre.principal else tuple(dict.fromkeys(cadre.in_charge))
        unknown = tuple(
            _missing(MissingCode.UNKNOWN_LINE, item, cadre, code) for code in charge if code not in self._full_of
        )
        if work.points is None or work.rate is None or unknown:
            return not_computable(item, clause, work.missing + unknown)
        charged = tuple(work.lines[code] for code in charge)
        derived = self._derived(item, cadre, work.points, work.rate, charged)
        return scored(item, derived, clause)

    def _derived(
        self, item: CadreItem, cadre: CadreInput, points: Decimal, rate: Ratio, charged: Charged
    ) -> WorkDerivation:
        if charged:
            rate = blend(self._team_share.as_integer_ratio(), rate, self._charge_rate(charged))
        return WorkDerivation(
            principal=cadre.principal,
            team_points=points,
            team_full=self._full,
            team_share=self._team_share if charged else ONE,
            charged=charged,
            full=item.points,
            exact=(item.points.numerator * rate[0], item.points.denominator * rate[1]),
        )

    def _charge_rate(self, charged: Charged) -> Ratio:
        """Points of the lines in charge ÷ their full points."""
        earned, parts = sum(points for _, points, _ in charged).as_integer_ratio()
        return earned * self._denominator, parts * sum(self._full_of[code] for code, _, _ in charged)


def _missing(code: MissingCode, item: CadreItem, cadre: CadreInput, value: str = "") -> Missing:
    return Missing(code, item.code, cadre.township, cadre.number, value=value)
