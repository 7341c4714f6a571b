"""What follows from a year's results, as pure rules. No Django, no database, no clock."""

from .bonus import split_bonus
from .capitals import capital_amount
from .differences import ShareDifference, SplitDifferences, TeamDifference, split_differences
from .measures import InterruptedPair, MeasureKind, Proposal, interrupted_pairs, propose_measures
from .promotion import Eligibility, Obstacle, ObstacleCode, check_promotion
from .types import (
    BonusCadre,
    BonusError,
    BonusPost,
    BonusResult,
    BonusTeam,
    PersonShare,
    Remedy,
    ShareReason,
    ShareState,
    TeamAward,
)
from .years import AnnualGrade

__all__ = [
    "AnnualGrade",
    "BonusCadre",
    "BonusError",
    "BonusPost",
    "BonusResult",
    "BonusTeam",
    "Eligibility",
    "InterruptedPair",
    "MeasureKind",
    "Obstacle",
    "ObstacleCode",
    "PersonShare",
    "Proposal",
    "Remedy",
    "ShareDifference",
    "ShareReason",
    "ShareState",
    "SplitDifferences",
    "TeamAward",
    "TeamDifference",
    "capital_amount",
    "check_promotion",
    "interrupted_pairs",
    "propose_measures",
    "split_bonus",
    "split_differences",
]
