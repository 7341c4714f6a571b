"""What a correction of a confirmed bonus changes: team by team, share by share (RULES B4)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .types import BonusResult, PersonShare, ShareState, TeamAward

_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class TeamDifference:
    """A team whose place or award is another one; None where it has none. Amounts in yuan."""

    team: str
    place_before: int | None
    place_after: int | None
    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class ShareDifference:
    """The shares of one cadre, or (`number` '') of one post that nobody holds, before and after.

    `team` and `post` are those after, else those before. What differs may be the reason alone.
    """

    number: str
    team: str
    post: str
    before: tuple[PersonShare, ...]
    after: tuple[PersonShare, ...]

    @property
    def paid_before(self) -> Decimal:
        return _paid(self.before)

    @property
    def paid_after(self) -> Decimal:
        return _paid(self.after)

    @property
    def to_pay(self) -> Decimal:
        """Yuan still to be paid out; 0.00 where there is nothing, or something to recover."""
        return max(self.paid_after - self.paid_before, _NOTHING)

    @property
    def to_recover(self) -> Decimal:
        """Yuan to be taken back; 0.00 where there is nothing, or something to pay."""
        return max(self.paid_before - self.paid_after, _NOTHING)


@dataclass(frozen=True)
class SplitDifferences:
    """Everything in which two splits differ: paid before + to_pay - to_recover = paid after."""

    teams: tuple[TeamDifference, ...]
    shares: tuple[ShareDifference, ...]
    paid_before: Decimal
    paid_after: Decimal

    @property
    def to_pay(self) -> Decimal:
        return sum((share.to_pay for share in self.shares), _NOTHING)

    @property
    def to_recover(self) -> Decimal:
        return sum((share.to_recover for share in self.shares), _NOTHING)


_Key = tuple[str, str, str]
_Placed = list[tuple[str, PersonShare]]


def split_differences(before: BonusResult, after: BonusResult) -> SplitDifferences:
    """Teams as they come, those only in `before` last; people by team and post likewise. Equal splits: nothing."""
    return SplitDifferences(
        teams=tuple(_teams(before, after)),
        shares=tuple(_shares(_by_owner(before), _by_owner(after))),
        paid_before=before.paid,
        paid_after=after.paid,
    )


def _teams(before: BonusResult, after: BonusResult) -> Iterable[TeamDifference]:
    old, new = ({team.team: team for team in split.teams if team.award} for split in (before, after))
    for code in new | old:
        difference = TeamDifference(code, *_places(old.get(code), new.get(code)))
        if old.get(code) is None or new.get(code) is None or difference.difference or _moved(difference):
            yield difference


def _places(old: TeamAward | None, new: TeamAward | None) -> tuple[int | None, int | None, Decimal, Decimal]:
    return (
        old.place if old else None,
        new.place if new else None,
        old.award if old else _NOTHING,
        new.award if new else _NOTHING,
    )


def _moved(difference: TeamDifference) -> bool:
    return difference.place_before != difference.place_after


def _by_owner(split: BonusResult) -> dict[_Key, _Placed]:
    """Shares by cadre; those that are nobody's by team and post."""
    found: dict[_Key, _Placed] = defaultdict(list)
    for team in split.teams:
        for share in team.shares:
            key = (share.number, "", "") if share.number else ("", team.team, share.post or str(share.reason))
            found[key].append((team.team, share))
    return found


def _shares(old: dict[_Key, _Placed], new: dict[_Key, _Placed]) -> Iterable[ShareDifference]:
    for key in new | old:
        before, after = old.get(key, []), new.get(key, [])
        if Counter(map(_content, before)) == Counter(map(_content, after)):
            continue
        team, first = (after or before)[0]
        yield ShareDifference(
            number=first.number,
            team=team,
            post=first.post,
            before=tuple(share for _team, share in before),
            after=tuple(share for _team, share in after),
        )


def _content(placed: tuple[str, PersonShare]) -> tuple[object, ...]:
    """A grade that changes neither amount nor reason is no difference."""
    team, share = placed
    return team, share.post, share.state, share.reason, share.amount


def _paid(shares: Iterable[PersonShare]) -> Decimal:
    return sum((share.amount for share in shares if share.state is ShareState.PAID), _NOTHING)
