"""The bonus of a what-if (RULES 6): by the grades that the rules suggest, of a real year as of one tried out.

Decided grades are left aside, as is a remedy (B5): nobody has decided anything about a year that does not exist, and
before and after must be measured alike. While nothing is decided this is the bonus of the year's own page.
"""

from decimal import Decimal

from assessment.models import AssessmentYear
from rewards.rules import BonusError, BonusResult, ShareState
from rewards.selectors.bonus import bonus_split
from rewards.selectors.grade import grades_suggested
from scoring.engine import YearResult
from scoring.what_if import Money


def money_if(year: AssessmentYear, result: YearResult) -> Money:
    """Awards by township, payments by person, what stays in the pool. One query. Nothing where it cannot be split: the
    year is not computable, or the principals' shares exceed an award (B2)."""
    if not result.computable:
        return Money()
    try:
        split = bonus_split(year=year, result=result, grades=grades_suggested(result), terms=result.scheme.bonus)
    except BonusError:
        return Money()
    awards = {team.team: team.award for team in split.teams if team.award}
    return Money(awards, _paid(split), split.pool, split.rest)


def _paid(split: BonusResult) -> dict[str, Decimal]:
    shares = (share for team in split.teams for share in team.shares)
    return {share.number: share.amount for share in shares if share.state is ShareState.PAID}
