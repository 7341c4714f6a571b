"""The bonus as paper: a confirmed split read back from its rows, the live one before, what a correction changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assessment.models import AssessmentYear
from assessment.numbers import hundredths
from cadres.models import Cadre, Township
from rewards.models import BonusAward, BonusConfirmation, BonusPayment
from rewards.rules import (
    BonusResult,
    PersonShare,
    ShareDifference,
    ShareReason,
    ShareState,
    SplitDifferences,
    TeamAward,
    TeamDifference,
    split_differences,
)
from rewards.selectors.bonus import YearBonus, year_bonus
from scoring.engine import CadreGrade


@dataclass(frozen=True)
class SheetShare:
    """One line of a team's sheet; `name` is '' where nobody is meant."""

    share: PersonShare
    name: str

    @property
    def paid(self) -> Decimal:
        return self.share.amount if self.share.state is ShareState.PAID else Decimal("0.00")


@dataclass(frozen=True)
class SheetTeam:
    """One team's sheet; `before` is its award in the confirmation that this one corrects."""

    name: str
    grade: str
    award: TeamAward
    shares: tuple[SheetShare, ...]
    before: Decimal


@dataclass(frozen=True)
class DifferenceRow:
    """What a correction changes for one cadre, with names."""

    difference: ShareDifference
    name: str
    township: str


@dataclass(frozen=True)
class TeamDifferenceRow:
    """What a correction changes for one team, with its name."""

    difference: TeamDifference
    name: str


@dataclass(frozen=True)
class BonusDifferences:
    """Between two splits, with names; `before` is the confirmation whose rows are corrected."""

    before: BonusConfirmation
    split: SplitDifferences
    teams: tuple[TeamDifferenceRow, ...]
    shares: tuple[DifferenceRow, ...]

    def __bool__(self) -> bool:
        return bool(self.teams or self.shares)


@dataclass(frozen=True)
class BonusSheet:
    """`confirmation` None: nothing is confirmed, the sheet is a draft; then `on_suggested` says that grades are
    missing. `differences` None: nothing was before it.
    """

    year: AssessmentYear
    confirmation: BonusConfirmation | None
    split: BonusResult
    teams: tuple[SheetTeam, ...]
    differences: BonusDifferences | None = None
    on_suggested: bool = False


def confirmed_split(confirmation: BonusConfirmation) -> BonusResult:
    """The rows of a confirmation as the split that they were frozen from. Two queries."""
    awards = list(confirmation.awards_by_team.select_related("township").order_by("place", "township__code"))
    shares: dict[int, list[PersonShare]] = {award.pk: [] for award in awards}
    for payment in _payments(confirmation):
        shares[payment.award_id].append(confirmed_share(payment))
    parts = ("pool", "awards", "rest", "paid", "withheld", "unpaid", "odd_cents")
    sums = {part: _exact(getattr(confirmation, part)) for part in parts}
    teams = tuple(_award(award, tuple(shares[award.pk])) for award in awards)
    return BonusResult(**sums, exceeds_pool=False, teams=teams)


def bonus_differences(*, bonus: YearBonus, confirmation: BonusConfirmation | None) -> BonusDifferences | None:
    """In what the split as it stands differs from those confirmed rows. None: no split stands, or none is confirmed."""
    if bonus.split is None or confirmation is None:
        return None
    return _differences(confirmation, confirmed_split(confirmation), bonus.split)


def bonus_sheet(*, year: AssessmentYear, number: int | None = None) -> BonusSheet | None:
    """The sheet of that confirmation; without a number of the latest, before the first one of the split as it stands.

    None: there is no such confirmation, or nothing to split. Seven queries for confirmed rows.
    """
    known = {found.number: found for found in bonus_confirmations(year)}
    if number is None and not known:
        return _draft(year_bonus(year=year))
    confirmation = known.get(max(known, default=0) if number is None else number)
    if confirmation is None:
        return None
    split, earlier = confirmed_split(confirmation), known.get(confirmation.number - 1)
    differences = _differences(earlier, confirmed_split(earlier), split) if earlier else None
    grades = dict(confirmation.awards_by_team.values_list("township__code", "grade"))
    teams = tuple(_sheet_teams(split, grades, differences))
    return BonusSheet(year, confirmation, split, teams, differences)


def bonus_confirmations(year: AssessmentYear) -> list[BonusConfirmation]:
    """The latest first."""
    return list(year.bonus_confirmations.select_related("confirmed_by", "decision").order_by("-number"))


def _draft(bonus: YearBonus) -> BonusSheet | None:
    if bonus.split is None:
        return None
    grades = {code: grade.grade or "" for code, grade in bonus.grades.teams.items()}
    teams = tuple(_sheet_teams(bonus.split, grades, None))
    return BonusSheet(bonus.year, None, bonus.split, teams, on_suggested=any(bonus.undecided))


def _payments(confirmation: BonusConfirmation) -> list[BonusPayment]:
    payments = BonusPayment.objects.filter(award__confirmation=confirmation)
    return list(payments.select_related("cadre").order_by("pk"))


def confirmed_share(payment: BonusPayment) -> PersonShare:
    """A confirmed row as the share that it was frozen from."""
    return PersonShare(
        number=payment.cadre.number if payment.cadre else "",
        post=payment.post,
        state=ShareState(payment.state),
        amount=_exact(payment.amount),
        reason=ShareReason(payment.reason) if payment.reason else None,
        grade=CadreGrade(payment.grade) if payment.grade else None,
    )


def _award(award: BonusAward, shares: tuple[PersonShare, ...]) -> TeamAward:
    paid, withheld, unpaid = (
        sum((share.amount for share in shares if share.state is state), hundredths(0)) for state in ShareState
    )
    whole, odd = _exact(award.award), _exact(award.odd_cents)
    return TeamAward(award.township.code, award.place, whole, shares, paid, withheld, unpaid, odd)


def _exact(amount: Decimal) -> Decimal:
    """With two decimals, whatever the database gives back."""
    return amount.quantize(Decimal("0.01"))


def _differences(confirmation: BonusConfirmation, before: BonusResult, after: BonusResult) -> BonusDifferences:
    """Two queries for the names."""
    found = split_differences(before, after)
    people = _people(share.number for share in found.shares)
    townships = _townships(before, after)
    return BonusDifferences(
        before=confirmation,
        split=found,
        teams=tuple(TeamDifferenceRow(team, townships[team.team]) for team in found.teams),
        shares=tuple(
            DifferenceRow(share, people.get(share.number, ""), townships[share.team]) for share in found.shares
        ),
    )


def _sheet_teams(
    split: BonusResult, grades: dict[str, str], differences: BonusDifferences | None
) -> Iterator[SheetTeam]:
    """By place."""
    names = _townships(split)
    people = _people(share.number for team in split.teams for share in team.shares)
    changed = {row.difference.team: row.difference for row in differences.teams} if differences else {}
    for team in sorted((team for team in split.teams if team.award), key=lambda team: (team.place or 0, team.team)):
        shares = tuple(SheetShare(share, people.get(share.number, "")) for share in team.shares)
        before = changed[team.team].before if team.team in changed else team.award
        yield SheetTeam(names[team.team], grades.get(team.team, ""), team, shares, before)


def _people(numbers: Iterator[str]) -> dict[str, str]:
    return dict(Cadre.objects.filter(number__in=set(numbers) - {""}).values_list("number", "name"))


def _townships(*splits: BonusResult) -> dict[str, str]:
    codes = {team.team for split in splits for team in split.teams}
    return dict(Township.objects.filter(code__in=codes).values_list("code", "name"))
