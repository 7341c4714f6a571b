"""What follows from results: decided grades, results of earlier years, the bonus."""

from cadres.models.append_only import AppendOnly, AppendOnlyError
from rewards.models.bonus import BonusAward, BonusConfirmation, BonusDecision, BonusPayment, BonusRemedy
from rewards.models.grade import CADRE_GRADES, TEAM_GRADES, GradeDecision
from rewards.models.past_result import PastResult

__all__ = [
    "CADRE_GRADES",
    "TEAM_GRADES",
    "AppendOnly",
    "AppendOnlyError",
    "BonusAward",
    "BonusConfirmation",
    "BonusDecision",
    "BonusPayment",
    "BonusRemedy",
    "GradeDecision",
    "PastResult",
]
