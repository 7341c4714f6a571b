"""What follows from results: decided grades, earlier years, bonus, promotion, measures, feedback, appeals."""

from cadres.models.append_only import AppendOnly, AppendOnlyError
from rewards.models.appeal import Appeal, AppealDecision, AppealItem, AppealOutcome, AppealReading
from rewards.models.bonus import BonusAward, BonusConfirmation, BonusDecision, BonusPayment, BonusRemedy
from rewards.models.commendation import Commendation, CommendationKind
from rewards.models.feedback import BatchState, Bulletin, FeedbackRecord, FeedbackWay, LetterBatch
from rewards.models.grade import CADRE_GRADES, TEAM_GRADES, GradeDecision
from rewards.models.measure import (
    Measure,
    MeasureDecision,
    MeasureOutcome,
    MeasureReview,
    MeasureTalk,
    Taken,
    Verdict,
)
from rewards.models.past_result import PastResult
from rewards.models.promotion import Certificate, CertificateRevocation, PromotionCandidate, PromotionCheck

__all__ = [
    "CADRE_GRADES",
    "TEAM_GRADES",
    "Appeal",
    "AppealDecision",
    "AppealItem",
    "AppealOutcome",
    "AppealReading",
    "AppendOnly",
    "AppendOnlyError",
    "BatchState",
    "BonusAward",
    "BonusConfirmation",
    "BonusDecision",
    "BonusPayment",
    "BonusRemedy",
    "Bulletin",
    "Certificate",
    "CertificateRevocation",
    "Commendation",
    "CommendationKind",
    "FeedbackRecord",
    "FeedbackWay",
    "GradeDecision",
    "LetterBatch",
    "Measure",
    "MeasureDecision",
    "MeasureOutcome",
    "MeasureReview",
    "MeasureTalk",
    "PastResult",
    "PromotionCandidate",
    "PromotionCheck",
    "Taken",
    "Verdict",
]
