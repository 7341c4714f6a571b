"""A small county with a bit of everything, and what tests read off a page."""

import re
from fractions import Fraction

from assessment.models import AssessmentYear, Phase
from assessment.scheme import default_scheme
from scoring.engine import NOT_APPLICABLE, CadreInput, Counts, TeamInput, YearInput
from tests.county import county
from tests.engine.cases import full_cadre, full_team

VALUES = {"T01": 30, "T02": 20, "T03": 20, "T04": 10}


def small_inputs(**changes: TeamInput) -> YearInput:
    """Four townships: T02 and T03 share a place, T03 lacks a task, T04 is under a veto; six cadres, one not graded.

    `changes` replace a team by its code.
    """
    teams = {code: _team(code, value) for code, value in VALUES.items()} | changes
    return YearInput(default_scheme(), tuple(teams.values()), CADRES)


def _team(code: str, value: int) -> TeamInput:
    values = {line.code: Fraction(value) for line in default_scheme().lines}
    if code == "T03":
        values["K2"] = NOT_APPLICABLE  # type: ignore[assignment]
    votes = {"": Counts((value, 10, 5, 1), 4)}
    vetoes = ("V5",) if code == "T04" else ()
    return full_team(code, values=values, vetoes=vetoes, name=f"乡镇{code}", order=int(code[1:]), e1=votes)


CADRES: tuple[CadreInput, ...] = (
    full_cadre("0001", "T01", name="王伟", post="党委书记", principal=True),
    full_cadre("0002", "T01", name="王伟", in_charge=("K1", "V5")),
    full_cadre("0003", "T01", name="李娜", not_graded="5A"),
    full_cadre("0004", "T02", name="张敏"),
    full_cadre("0005", "T04", name="刘强", post="党委书记", principal=True),
    full_cadre("0006", "T04", name="陈静", in_charge=("V5",), c1={"": Counts((1, 1, 1, 1), 2)}),
)


def small_county(phase: Phase = Phase.CLOSED, **changes: TeamInput) -> AssessmentYear:
    """The small county in the database."""
    return county(small_inputs(**changes), phase=phase)


def rows(html: str) -> list[list[str]]:
    """The texts of the cells of all rows of the result table, in order."""
    body = html[html.index('class="data-table result-table"') :]
    found = re.findall(r"<tr>(.*?)</tr>", body[: body.index("</table>")], re.S)
    return [[text_of(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)] for row in found if "<td" in row]


def column(html: str, position: int) -> list[str]:
    """One column of the result table."""
    return [row[position] for row in rows(html)]


def text_of(html: str) -> str:
    """The text without marks, blanks put together."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()
