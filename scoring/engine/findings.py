"""What the engine has to say about a result, as codes and values: missing inputs, reasons of a grade, bars.

The words, in each language, belong to the pages.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from assessment.scheme import Values


class TeamGrade(StrEnum):
    """Grades of a team, best first (RULES G1, [S])."""

    OUTSTANDING = "实绩突出"
    GOOD = "实绩较好"
    FAIR = "实绩一般"
    POOR = "实绩较差"


class CadreGrade(StrEnum):
    """Grades of a cadre, best first (RULES G2, [S])."""

    EXCELLENT = "优秀"
    COMPETENT = "称职"
    BASIC = "基本称职"
    INCOMPETENT = "不称职"


class MissingCode(StrEnum):
    """Why a score is not computable (RULES A3)."""

    NO_VALUE = "no_value"  # no entry for this township and line
    PERIODS_DIFFER = "periods_differ"  # fewer or more periods than the others have (T5); value: how many
    BEST_NOT_POSITIVE = "best_not_positive"  # ratio to a best that is not above 0; value: the best
    VALUE_NOT_POSITIVE = "value_not_positive"  # divides by a value that is not above 0; value: the value
    OUT_OF_RANGE = "out_of_range"  # direct points outside 0…F; value: the value
    NOTHING_APPLIES = "nothing_applies"  # every line of the block is not applicable (T4)
    NO_TALLY = "no_tally"  # no votes recorded for this evaluation
    NO_GROUP = "no_group"  # a weighted voter group without a row (E3); group: its name
    NO_VALID_VOTE = "no_valid_vote"  # a group whose votes are all abstentions (E4); group: its name
    NO_TEAM = "no_team"  # the cadre's township has no team this year
    UNKNOWN_LINE = "unknown_line"  # a line in charge that the scheme does not have


@dataclass(frozen=True, slots=True)
class Missing:
    """One input without which a score cannot be computed: whose (team or cadre), of which line or item."""

    code: MissingCode
    line: str
    team: str = ""
    cadre: str = ""
    group: str = ""
    value: str = ""


class ReasonCode(StrEnum):
    """Why a grade is suggested. The comment names the entries of `values`."""

    SCORE_REACHES = "score_reaches"  # score, line
    SCORE_UNDER = "score_under"  # score, line
    VETOED = "vetoed"  # lines: codes, joined by 、
    INSIDE_QUOTA = "inside_quota"  # rank, places
    OUTSIDE_QUOTA = "outside_quota"  # rank, places
    TIE_ACROSS_QUOTA = "tie_across_quota"  # rank, places, tied
    BARRED = "barred"  # bars: codes of the bars, joined by 、
    BAD_VOTES = "bad_votes"  # share, line (G2: 不称职 above the line)
    FEW_GOOD_VOTES = "few_good_votes"  # share, line (G2: 优秀 and 称职 under the line)


class Reason(NamedTuple):
    """One step of a suggestion with its clause and the numbers it rests on (RULES G1, G2, G3)."""

    code: ReasonCode
    clause: str
    values: Values = ()


class BarCode(StrEnum):
    """What bars a cadre from 优秀 (RULES G4). The comment names the entries of `values`."""

    TEAM_VETO = "team_veto"  # team, lines: a principal's team is under a veto
    VETO_IN_CHARGE = "veto_in_charge"  # team, lines: a deputy's line is under a veto
    TEAM_GRADE = "team_grade"  # team, grade: a principal's team is 实绩一般 or 实绩较差
    DISCIPLINARY = "disciplinary"  # record


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar to 优秀."""

    code: BarCode
    clause: str
    values: Values = ()
