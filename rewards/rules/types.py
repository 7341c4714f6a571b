"""Who takes part in the bonus, and what each gets (RULES 6). Money is yuan as decimals with 2 places."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from scoring.engine import CadreGrade, TeamGrade


class BonusError(ValueError):
    """The shares of a team's award sum to more than the award: too many principal posts for the scheme (B2)."""


class Remedy(StrEnum):
    """What the office chose where the awards exceed the pool (B5); raising the pool is a change of the scheme."""

    DROP_LAST = "drop_last"
    SCALE = "scale"


class ShareState(StrEnum):
    """What becomes of a share of the award."""

    PAID = "paid"
    WITHHELD = "withheld"
    UNPAID = "unpaid"


class ShareReason(StrEnum):
    """Why a share is not paid."""

    NOT_GRADED = "not_graded"  # C3, B3
    LOW_GRADE = "low_grade"  # 基本称职 or 不称职, B3
    VACANT = "vacant"  # nobody holds the principal post, B2
    SECOND_POST = "second_post"  # its holder already has a principal's share, B2
    NO_DEPUTIES = "no_deputies"  # B2
    NO_SHARE = "no_share"  # what the scheme's shares leave of the award


@dataclass(frozen=True, slots=True)
class BonusPost:
    """A post of the county's list, in its order. Who holds a post outside the bonus gets nothing."""

    name: str
    principal: bool
    in_bonus: bool = True


@dataclass(frozen=True, slots=True)
class BonusTeam:
    """A team with its rank on the total, its grade (decided, else suggested), and whether it is under a veto."""

    code: str
    rank: int | None
    grade: TeamGrade | None
    vetoed: bool = False


@dataclass(frozen=True, slots=True)
class BonusCadre:
    """A cadre with the two posts of C4 and the grade (decided, else suggested); None = not graded (C3)."""

    number: str
    township: str
    post: str
    grade: CadreGrade | None
    second_post: str = ""

    def holds(self, post: str) -> bool:
        """Whether this is one of the cadre's posts."""
        return post in (self.post, self.second_post)


@dataclass(frozen=True, slots=True)
class PersonShare:
    """One share of a team's award. `number` is '' where nobody is meant; `post` is '' for the deputies' part."""

    number: str
    post: str
    state: ShareState
    amount: Decimal
    reason: ShareReason | None = None
    grade: CadreGrade | None = None


@dataclass(frozen=True, slots=True)
class TeamAward:
    """A team's award: paid + withheld + unpaid + odd_cents = award (B4). No place, no award."""

    team: str
    place: int | None
    award: Decimal
    shares: tuple[PersonShare, ...]
    paid: Decimal
    withheld: Decimal
    unpaid: Decimal
    odd_cents: Decimal


@dataclass(frozen=True)
class BonusResult:
    """The bonus of a year. Awards + rest = pool; rest is negative where the awards exceed the pool (B4, B5)."""

    pool: Decimal
    awards: Decimal
    rest: Decimal
    paid: Decimal
    withheld: Decimal
    unpaid: Decimal
    odd_cents: Decimal
    exceeds_pool: bool
    teams: tuple[TeamAward, ...]
    _awards: dict[str, TeamAward] = field(init=False, repr=False, compare=False)
    _amounts: dict[str, Decimal] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Build the two indexes once."""
        paid = (share for team in self.teams for share in team.shares if share.state is ShareState.PAID)
        object.__setattr__(self, "_awards", {team.team: team for team in self.teams})
        object.__setattr__(self, "_amounts", {share.number: share.amount for share in paid})

    def award_of(self, team: str) -> TeamAward:
        """The award of that team (its award may be 0.00); ``KeyError`` where there is no such team."""
        return self._awards[team]

    def amount_of(self, number: str) -> Decimal:
        """What is paid to that cadre; 0.00 for everyone who gets nothing."""
        return self._amounts.get(number, Decimal("0.00"))
