"""What was asked and answered in a year: scheme, roster, target values, vetoes, tallies of evaluations."""

from assessment.models.roster import NotGraded, RosterEntry, Vacancy
from assessment.models.scheme import SchemeVersion, ScoredLine
from assessment.models.tally import Tally
from assessment.models.value import LineValue
from assessment.models.veto import Veto
from assessment.models.year import AssessmentYear, Phase

__all__ = [
    "AssessmentYear",
    "LineValue",
    "NotGraded",
    "Phase",
    "RosterEntry",
    "SchemeVersion",
    "ScoredLine",
    "Tally",
    "Vacancy",
    "Veto",
]
