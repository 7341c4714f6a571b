"""What was asked and answered in a year: scheme, roster, values, vetoes, boxes, sheets, interviews, tallies."""

from assessment.models.ballot import Ballot, FreeOpinion, Slip, SlipState
from assessment.models.box import Box, BoxState, Electorate
from assessment.models.interview import Interview, Interviewee, InterviewTarget
from assessment.models.notice import Notice
from assessment.models.paper import Hand, PaperCount
from assessment.models.record import DailyNote, Direction, Occasion, SolicitedOpinion, Source
from assessment.models.roster import NotGraded, RosterEntry, Vacancy
from assessment.models.scheme import SchemeVersion, ScoredLine
from assessment.models.sheet import Ground, Recusal, Sheet, SheetKind, SheetRound, SheetSignature, SheetState
from assessment.models.tally import Tally
from assessment.models.team import AssessmentTeam, TeamMember
from assessment.models.value import EntryState, Evidence, LineValue, ValueEntry
from assessment.models.veto import Veto
from assessment.models.year import AssessmentYear, Phase

__all__ = [
    "AssessmentTeam",
    "AssessmentYear",
    "Ballot",
    "Box",
    "BoxState",
    "DailyNote",
    "Direction",
    "Electorate",
    "EntryState",
    "Evidence",
    "FreeOpinion",
    "Ground",
    "Hand",
    "Interview",
    "InterviewTarget",
    "Interviewee",
    "LineValue",
    "NotGraded",
    "Notice",
    "Occasion",
    "PaperCount",
    "Phase",
    "Recusal",
    "RosterEntry",
    "SchemeVersion",
    "ScoredLine",
    "Sheet",
    "SheetKind",
    "SheetRound",
    "SheetSignature",
    "SheetState",
    "Slip",
    "SlipState",
    "SolicitedOpinion",
    "Source",
    "Tally",
    "TeamMember",
    "Vacancy",
    "ValueEntry",
    "Veto",
]
