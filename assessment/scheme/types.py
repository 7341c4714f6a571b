"""The scheme (考评办法) of a year as one frozen value: what is asked, what it is worth, by which rule.

All numbers are exact fractions. Points are points; a *share* or *rate* lies in 0…1 unless its text says otherwise.
The values of a county stand in ``default.toml`` or in its own sheets, never here (RULES, preamble).
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar


class BlockCode(StrEnum):
    """The three blocks of targets (RULES 1); a veto target can be struck by a recorded veto (G5)."""

    KEY = "重点"
    REGULAR = "常规"
    VETO = "否决"


class Direction(StrEnum):
    """Whether the larger or the smaller value of a line takes the first place (RULES 1.1)."""

    HIGHER = "越高越好"
    LOWER = "越低越好"


class TieRule(StrEnum):
    """What townships with equal values get (RULES T3)."""

    BEST_PLACE = "取高位"
    MEAN_OF_PLACES = "取平均"


class EmptyGroup(StrEnum):
    """What a voter group without a valid vote does to its evaluation (RULES E4)."""

    BLOCK = "不予计算"
    RENORMALISE = "按比例分摊"


class Forfeited(StrEnum):
    """Where an excluded deputy's share of the bonus goes (RULES B3)."""

    RETURN = "收回"
    REDIVIDE = "均分"


class DisciplineRule(StrEnum):
    """When a disciplinary record counts as in force for a year (RULES G4)."""

    WITHIN_YEAR = "年内有效"
    AT_YEAR_END = "年末有效"


@dataclass(frozen=True, slots=True)
class StepPercent:
    """名次百分比: F · max(1 − step·(place − 1), floor); step and floor are shares of full points F."""

    step: Fraction
    floor: Fraction


@dataclass(frozen=True, slots=True)
class StepPoints:
    """名次分值: max(F − step·(place − 1), floor·F); step in points, floor a share of F."""

    step: Fraction
    floor: Fraction


@dataclass(frozen=True, slots=True)
class Linear:
    """线性: F · (top − (top − bottom)·(place − 1)/(N − 1)); one township alone gets F·top. Both are shares."""

    top: Fraction
    bottom: Fraction


@dataclass(frozen=True, slots=True)
class RatioToBest:
    """与最优比: F · value/best, or F · best/value where lower is better; never above F."""


@dataclass(frozen=True, slots=True)
class Direct:
    """直接计分: the value itself, 0 ≤ value ≤ F."""


RankRule = StepPercent | StepPoints | Linear | RatioToBest | Direct


@dataclass(frozen=True, slots=True)
class Line:
    """One scored line (计分项) of a target (RULES T1, 1.1). `points` are the full points F."""

    code: str
    target: str
    name: str
    block: BlockCode
    points: Fraction
    direction: Direction
    rule: RankRule
    ties: TieRule
    department: str = ""


Groups = tuple[tuple[str, Fraction], ...]
"""Voter groups (票别) with their weights, which sum to 1; empty means one group of all that is recorded (E3)."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One evaluation of a team by votes (综合评价, RULES 1.2)."""

    code: str
    name: str
    points: Fraction
    groups: Groups = ()


@dataclass(frozen=True, slots=True)
class CadreItem:
    """One of the items of a cadre's score (RULES 2): a vote, or the work result (工作实绩, `is_work`)."""

    code: str
    name: str
    points: Fraction
    groups: Groups = ()
    is_work: bool = False


@dataclass(frozen=True, slots=True)
class WeightedShare:
    """E1: share = Σ coefficient·count ÷ Σ count of the four grades, best grade first; any numbers."""

    coefficients: tuple[Fraction, Fraction, Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Bands:
    """E2: rows of (minimum share of the first grade, rate), highest first.

    `low_override` is (minimum share of the third and fourth grade together, rate): it holds where the first
    grade's share is under the smallest minimum above 0.
    """

    rows: tuple[tuple[Fraction, Fraction], ...]
    low_override: tuple[Fraction, Fraction] | None = None


VoteRule = WeightedShare | Bands

_Named = TypeVar("_Named", Line, Evaluation, CadreItem)


@dataclass(frozen=True, slots=True)
class Attendance:
    """E5: present ÷ entitled of a meeting; under `warning` the office is warned, under `minimum` its box stays shut."""

    warning: Fraction
    minimum: Fraction


@dataclass(frozen=True, slots=True)
class TeamGrading:
    """G1: quota is a share of the ranked teams; the three lines are shares of full points."""

    quota: Fraction
    outstanding: Fraction
    good: Fraction
    fair: Fraction


@dataclass(frozen=True, slots=True)
class CadreGrading:
    """G2: quota is a share of the graded cadres; the three lines are points; the two vote lines are shares.

    `vote_item` is the code of the cadre item whose votes are meant (民主测评).
    """

    quota: Fraction
    excellent: Fraction
    competent: Fraction
    basic: Fraction
    good_votes: Fraction
    bad_votes: Fraction
    vote_item: str


@dataclass(frozen=True, slots=True)
class BonusTerms:
    """B1 to B3: money in yuan, whole cents; the two shares are shares of one team's award."""

    pool: Fraction
    first: Fraction
    decrement: Fraction
    principal_share: Fraction
    deputy_share: Fraction
    forfeited: Forfeited


@dataclass(frozen=True, slots=True)
class InterviewFloors:
    """Y5, 两个不少: of these two groups at least such a share is talked to; the other three are talked to whole."""

    middle: Fraction
    ordinary: Fraction


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What follows from grades: years asked of a promotion (U1), months to mend (U2, U3), days to ask for a review and
    to decide on it (Y8), and when a disciplinary record counts for a year (G4)."""

    promotion_years: int
    rectification_months: int
    appeal_days: int
    review_days: int
    discipline: DisciplineRule


@dataclass(frozen=True, slots=True)
class Scheme:
    """Everything the engine needs to know about a year's rules.

    The four totals are stated, not computed: `scheme_problems` compares them with the sums (RULES T2).
    """

    blocks: tuple[tuple[BlockCode, Fraction], ...]
    lines: tuple[Line, ...]
    evaluations: tuple[Evaluation, ...]
    cadre_items: tuple[CadreItem, ...]
    target_points: Fraction
    evaluation_points: Fraction
    team_points: Fraction
    cadre_points: Fraction
    team_votes: VoteRule
    cadre_votes: VoteRule
    empty_group: EmptyGroup
    attendance: Attendance
    deputy_team_share: Fraction
    team_grading: TeamGrading
    cadre_grading: CadreGrading
    bonus: BonusTerms
    interview_floors: InterviewFloors
    follow_up: FollowUp
    tie_break: tuple[str, ...] = ()

    def block_points(self, block: BlockCode) -> Fraction:
        """The stated points of a block; 0 where the scheme does not have it."""
        return dict(self.blocks).get(block, Fraction(0))

    def lines_of(self, block: BlockCode) -> tuple[Line, ...]:
        """The scored lines of one block, in the scheme's order."""
        return tuple(line for line in self.lines if line.block is block)

    @property
    def entries(self) -> tuple[Line | Evaluation | CadreItem, ...]:
        """Everything that has a code: lines, evaluations, cadre items."""
        return (*self.lines, *self.evaluations, *self.cadre_items)

    @property
    def votes(self) -> tuple[Evaluation | CadreItem, ...]:
        """Everything that is voted on: the teams' evaluations, the cadres' items but the work result."""
        return (*self.evaluations, *(item for item in self.cadre_items if not item.is_work))

    def line(self, code_or_name: str) -> Line:
        """The scored line of that code, else the only one of that name; ``KeyError`` otherwise."""
        return _named(self.lines, code_or_name)

    def evaluation(self, code_or_name: str) -> Evaluation:
        """The team evaluation of that code or name; ``KeyError`` otherwise."""
        return _named(self.evaluations, code_or_name)

    def cadre_item(self, code_or_name: str) -> CadreItem:
        """The cadre item of that code or name; ``KeyError`` otherwise."""
        return _named(self.cadre_items, code_or_name)

    @property
    def work_item(self) -> CadreItem:
        """工作实绩, the one item that is computed from the team's result (RULES C1, C2)."""
        return next(item for item in self.cadre_items if item.is_work)


def _named(entries: tuple[_Named, ...], code_or_name: str) -> _Named:
    by_code = [entry for entry in entries if entry.code == code_or_name]
    found = by_code or [entry for entry in entries if entry.name == code_or_name]
    if len(found) != 1:
        raise KeyError(code_or_name)
    return found[0]
