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
from .places import Rank, competition_places
from .results import BlockScore, CadreResult, QuotaLine, ScoreLine, TeamResult, YearResult
from .year import score_year

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
    "competition_places",
    "score_year",
]
