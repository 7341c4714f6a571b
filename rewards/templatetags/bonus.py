"""Words and equations of the bonus pages."""

from decimal import Decimal

from django import template

from cadres.templatetags.labels import term, yuan
from rewards import wording
from rewards.models import BonusPayment
from rewards.rules import BonusResult, PersonShare, TeamAward, capital_amount
from rewards.selectors.bonus_sheet import confirmed_share

register = template.Library()

register.filter("share_state", wording.state_text)
register.filter("share_reason", wording.reason_text)


@register.filter
def award_proof(award: TeamAward | BonusResult) -> str:
    """Paid + withheld + unpaid + odd cents = award (RULES B4), with the numbers."""
    total = award.award if isinstance(award, TeamAward) else award.awards
    parts = (award.paid, award.withheld, award.unpaid, award.odd_cents)
    return f"{' + '.join(yuan(part) for part in parts)} = {yuan(total)}"


@register.filter
def capitals(amount: Decimal) -> str:
    """50000 → 伍万元整: on a paper for finance, whatever the language."""
    return capital_amount(amount)


@register.filter
def shares_text(shares: tuple[PersonShare, ...]) -> str:
    """What becomes of the shares of one cadre, in words: “paid”, “withheld, back to the pool: not graded（B3）”."""
    return "; ".join(f"{term(share.post)} {_state_and_reason(share)}".strip() for share in shares) or "—"


@register.filter
def payment_text(payment: BonusPayment) -> str:
    """The same for a confirmed row, without its post."""
    return _state_and_reason(confirmed_share(payment))


def _state_and_reason(share: PersonShare) -> str:
    reason = wording.reason_text(share.reason)
    return f"{wording.state_text(share)}: {reason}" if reason else wording.state_text(share)


@register.filter
def pool_proof(bonus: BonusResult) -> str:
    """Sum of the awards + rest = pool (RULES B4), with the numbers: each award that is not 0, then the rest."""
    awards = sorted((team.award for team in bonus.teams if team.award), reverse=True)
    return f"{' + '.join(yuan(part) for part in (*awards, bonus.rest))} = {yuan(bonus.pool)}"
