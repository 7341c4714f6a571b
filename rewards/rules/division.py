"""One team's award among its principals and deputies, each amount rounded down to the cent (RULES B2 to B4)."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from assessment.numbers import hundredths
from assessment.scheme import BonusTerms, Forfeited
from scoring.engine import CadreGrade

from .types import BonusCadre, BonusError, BonusPost, PersonShare, ShareReason, ShareState

_LOW_GRADES = (CadreGrade.BASIC, CadreGrade.INCOMPETENT)


def divide(
    terms: BonusTerms, award: int, members: Sequence[BonusCadre], posts: Sequence[BonusPost]
) -> tuple[PersonShare, ...]:
    """Every share of an award of so many cents: principals by the list of posts, deputies, what no share covers.

    A principal's share belongs to the holders of a principal post; who holds any other post of the bonus is a deputy.
    Raises ``BonusError`` where the shares sum to more than the award.
    """
    principals = [post for post in posts if post.principal and post.in_bonus]
    left = 1 - terms.principal_share * len(principals) - terms.deputy_share
    if left < 0:
        raise BonusError(f"{len(principals)} principal posts and the deputies share more than the award")
    shares = [*_principal_shares(terms, award, members, principals)]
    others = [cadre for cadre in members if not any(cadre.holds(post.name) for post in principals)]
    paid_posts = {post.name for post in posts if post.in_bonus}
    deputies = [cadre for cadre in others if cadre.post in paid_posts or cadre.second_post in paid_posts]
    shares += _deputy_shares(terms, award, deputies)
    if left:
        shares.append(_unpaid("", "", award * left, ShareReason.NO_SHARE))
    return tuple(shares)


def _principal_shares(
    terms: BonusTerms, award: int, members: Sequence[BonusCadre], principals: Sequence[BonusPost]
) -> Iterator[PersonShare]:
    """B2: one share a principal post; nobody gets two."""
    served: set[str] = set()
    amount = award * terms.principal_share
    for post in principals:
        holders = [cadre for cadre in members if cadre.holds(post.name)]
        new = [cadre for cadre in holders if cadre.number not in served]
        served |= {cadre.number for cadre in new}
        yield from (_share(cadre, post.name, amount / len(new)) for cadre in new)
        if not new:
            holder = holders[0].number if holders else ""
            yield _unpaid(holder, post.name, amount, ShareReason.SECOND_POST if holders else ShareReason.VACANT)


def _deputy_shares(terms: BonusTerms, award: int, deputies: Sequence[BonusCadre]) -> Iterator[PersonShare]:
    """B2, B3: equal shares over all deputies, or (均分) over those who are not excluded, if any are left."""
    amount = award * terms.deputy_share
    if not deputies:
        yield _unpaid("", "", amount, ShareReason.NO_DEPUTIES)
        return
    remaining = [cadre for cadre in deputies if _excluded(cadre) is None]
    redivided = terms.forfeited is Forfeited.REDIVIDE and bool(remaining)
    equal = amount / len(remaining if redivided else deputies)
    for cadre in deputies:
        nothing_left = redivided and _excluded(cadre) is not None
        yield _share(cadre, cadre.post, Fraction(0) if nothing_left else equal)


def _excluded(cadre: BonusCadre) -> ShareReason | None:
    """B3: who gets none, and why."""
    if cadre.grade is None:
        return ShareReason.NOT_GRADED
    return ShareReason.LOW_GRADE if cadre.grade in _LOW_GRADES else None


def _share(cadre: BonusCadre, post: str, cents: Fraction) -> PersonShare:
    reason = _excluded(cadre)
    state = ShareState.WITHHELD if reason else ShareState.PAID
    return PersonShare(cadre.number, post, state, hundredths(cents // 1), reason, cadre.grade)


def _unpaid(number: str, post: str, cents: Fraction, reason: ShareReason) -> PersonShare:
    return PersonShare(number, post, ShareState.UNPAID, hundredths(cents // 1), reason)
