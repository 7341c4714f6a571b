"""计分依据: one row a scored line and subject, in the words of the derivation pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessment.numbers import round_half_up
from scoring.engine import ScoreLine, YearResult
from scoring.explain import Explanation, explain_line
from scoring.sight import Sight
from workbook.archive.sheet import Column, Kind, Sheet
from workbook.archive.source import ArchiveSource

WITHOUT_COUNTS = Sight(counts=False)
"""An archive goes from hand to hand: shares of small groups are not written out, nor what they follow from."""


@dataclass(frozen=True)
class Row:
    """One line of one subject."""

    kind: str
    code: str
    name: str
    line: ScoreLine
    words: Explanation

    @property
    def reached(self) -> str:
        """Place or shares, or why the line has no points."""
        return "；".join(self.words.missing) or self.words.basis

    @property
    def calculation(self) -> str:
        if not self.words.calculation:
            return ""
        return f"{self.words.calculation} = {self.words.unrounded or self.line.points}"

    @property
    def rule(self) -> str:
        return "；".join((self.words.rule, *self.words.notes)).strip("；")


def basis_sheet(source: ArchiveSource) -> Sheet[Row]:
    columns = (
        Column[Row]("类别", lambda row: row.kind, width=6),
        Column[Row]("编码", lambda row: row.code),
        Column[Row]("名称", lambda row: row.name, width=14),
        Column[Row]("计分项编码", lambda row: row.line.code, width=10),
        Column[Row]("计分项", lambda row: row.line.name, width=16),
        Column[Row]("满分", lambda row: full_points(row.line.out_of), Kind.POINTS, 8),
        Column[Row]("录入", lambda row: row.words.input, Kind.LONG_TEXT, 22),
        Column[Row]("名次", lambda row: row.line.place, Kind.COUNT, 6),
        Column[Row]("名次或份额", lambda row: row.reached, Kind.LONG_TEXT, 30),
        Column[Row]("规则", lambda row: row.rule, Kind.LONG_TEXT, 48),
        Column[Row]("计算", lambda row: row.calculation, Kind.LONG_TEXT, 34),
        Column[Row]("得分", lambda row: row.line.points, Kind.POINTS, 8),
        Column[Row]("条款", lambda row: row.line.clause, width=10),
    )
    return Sheet("计分依据", columns, list(_rows(source.result)))


def full_points(points: Fraction) -> Decimal:
    return round_half_up(points)


def _rows(result: YearResult) -> Iterator[Row]:
    for team in result.teams:
        for line in team.lines:
            words = explain_line(result.scheme, line, WITHOUT_COUNTS)
            yield Row("班子", team.input.code, team.input.name, line, words)
    for cadre in result.cadres:
        for line in cadre.lines:
            words = explain_line(result.scheme, line, WITHOUT_COUNTS)
            yield Row("干部", cadre.input.number, cadre.input.name, line, words)
