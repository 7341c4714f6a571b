"""The engine: frozen values of a year in, an explained result out. No Django, no database, no clock."""

from .derivations import (
    Derivation,
    GroupShare,
    NotApplicableDerivation,
    PeriodsDerivation,
    RankDerivation,
    ShareDerivation,
    WorkDerivation,
)
from .findings import Bar, BarCode, CadreGrade, Missing, MissingCode, Reason, ReasonCode, TeamGrade
from .inputs import NOT_APPLICABLE, CadreInput, Counts, NotApplicable, Tallies, TeamInput, Value, YearInput
from .results import BlockScore, CadreResult, QuotaLine, Rank, ScoreLine, TeamResult, YearResult

__all__ = [
    "NOT_APPLICABLE",
    "Bar",
    "BarCode",
    "BlockScore",
    "CadreGrade",
    "CadreInput",
    "CadreResult",
    "Counts",
    "Derivation",
    "GroupShare",
    "Missing",
    "MissingCode",
    "NotApplicable",
    "NotApplicableDerivation",
    "PeriodsDerivation",
    "QuotaLine",
    "Rank",
    "RankDerivation",
    "Reason",
    "ReasonCode",
    "ScoreLine",
    "ShareDerivation",
    "Tallies",
    "TeamGrade",
    "TeamInput",
    "TeamResult",
    "Value",
    "WorkDerivation",
    "YearInput",
    "YearResult",
]
