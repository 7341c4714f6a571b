"""Words and equations of the bonus pages."""

from django import template

from cadres.templatetags.labels import yuan
from rewards import wording
from rewards.rules import BonusResult, TeamAward

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
def pool_proof(bonus: BonusResult) -> str:
    """Sum of the awards + rest = pool (RULES B4), with the numbers: each award that is not 0, then the rest."""
    awards = sorted((team.award for team in bonus.teams if team.award), reverse=True)
    return f"{' + '.join(yuan(part) for part in (*awards, bonus.rest))} = {yuan(bonus.pool)}"
