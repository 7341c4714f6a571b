"""What follows from a year's results, as pure rules. No Django, no database, no clock."""

from .bonus import split_bonus
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

__all__ = [
    "BonusCadre",
    "BonusError",
    "BonusPost",
    "BonusResult",
    "BonusTeam",
    "PersonShare",
    "Remedy",
    "ShareReason",
    "ShareState",
    "TeamAward",
    "split_bonus",
]
