"""The bonus of a year: the awards of the outstanding teams, and their division to the cent (RULES 6)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from assessment.numbers import hundredths
from assessment.scheme import BonusTerms
from scoring.engine import TeamGrade, competition_places

from .division import divide
from .types import BonusCadre, BonusPost, BonusResult, BonusTeam, Remedy, ShareState, TeamAward

_CENTS = 100


def split_bonus(
    terms: BonusTerms,
    teams: Sequence[BonusTeam],
    cadres: Sequence[BonusCadre],
    posts: Sequence[BonusPost],
    remedy: Remedy | None = None,
) -> BonusResult:
    """The whole bonus of a year that is computable.

    Teams come back in the order given, those without an award with 0.00. Where the awards exceed the pool and no
    remedy is chosen, `exceeds_pool` says so and nothing may be confirmed (B5). Raises ``BonusError``.
    """
    places = _bonus_places(teams)
    pool = _cents(terms.pool)
    awards = _remedied({team: _award(terms, place) for team, place in places.items()}, places, pool, remedy)
    members = defaultdict(list)
    for cadre in cadres:
        members[cadre.township].append(cadre)
    divided = tuple(
        _team_award(terms, team.code, places.get(team.code), awards.get(team.code, 0), members[team.code], posts)
        for team in teams
    )
    return _result(pool, divided)


def _bonus_places(teams: Sequence[BonusTeam]) -> dict[str, int]:
    """B1: competition places among the teams that are 实绩突出 and under no veto."""
    ranks = {
        team.code: team.rank
        for team in teams
        if team.grade is TeamGrade.OUTSTANDING and not team.vetoed and team.rank is not None
    }
    return {team: rank.place for team, rank in competition_places(ranks, higher_first=False).items()}


def _award(terms: BonusTerms, place: int) -> int:
    """B1: cents of one place, never under 0."""
    return max(_cents(terms.first) - _cents(terms.decrement) * (place - 1), 0)


def _cents(yuan: Fraction) -> int:
    """Whole cents, rounded down."""
    return int(yuan * _CENTS // 1)


def _remedied(awards: Mapping[str, int], places: Mapping[str, int], pool: int, remedy: Remedy | None) -> dict[str, int]:
    """B5: what the office chose where the awards exceed the pool; untouched where they do not, or nothing is chosen."""
    total = sum(awards.values())
    if total <= pool or remedy is None:
        return dict(awards)
    if remedy is Remedy.SCALE:
        return {team: award * pool // total for team, award in awards.items()}
    kept = dict(awards)
    while sum(kept.values()) > pool:
        last = max(places[team] for team in kept)
        kept = {team: award for team, award in kept.items() if places[team] != last}
    return kept


def _team_award(
    terms: BonusTerms,
    team: str,
    place: int | None,
    award: int,
    members: Sequence[BonusCadre],
    posts: Sequence[BonusPost],
) -> TeamAward:
    shares = divide(terms, award, members, posts) if award else ()
    paid, withheld, unpaid = (
        sum((share.amount for share in shares if share.state is state), hundredths(0)) for state in ShareState
    )
    whole = hundredths(award)
    return TeamAward(
        team=team,
        place=place,
        award=whole,
        shares=shares,
        paid=paid,
        withheld=withheld,
        unpaid=unpaid,
        odd_cents=whole - paid - withheld - unpaid,
    )


def _result(pool: int, teams: tuple[TeamAward, ...]) -> BonusResult:
    awards, paid, withheld, unpaid, odd = (
        sum((getattr(team, part) for team in teams), hundredths(0))
        for part in ("award", "paid", "withheld", "unpaid", "odd_cents")
    )
    return BonusResult(
        pool=hundredths(pool),
        awards=awards,
        rest=hundredths(pool) - awards,
        paid=paid,
        withheld=withheld,
        unpaid=unpaid,
        odd_cents=odd,
        exceeds_pool=awards > hundredths(pool),
        teams=teams,
    )
