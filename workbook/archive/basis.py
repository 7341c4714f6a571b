"""计分依据: one row a scored line and subject, in the words of the derivation pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessment.counts import SMALL_GROUP
from assessment.numbers import round_half_up
from scoring.engine import ScoreLine, ShareDerivation, YearResult
from scoring.explain import Explanation, explain_line
from scoring.sight import Sight
from workbook.archive.sheet import Column, Kind, Sheet
from workbook.archive.source import ArchiveSource

WITH_COUNTS, WITHOUT_COUNTS = Sight(counts=True), Sight(counts=False)


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
    return Sheet("计分依据", columns, list(_rows(source.result, shows_tallies=source.shows_tallies)))


def full_points(points: Fraction) -> Decimal:
    return round_half_up(points)


def _rows(result: YearResult, *, shows_tallies: bool) -> Iterator[Row]:
    subjects = [("班子", team.input.code, team.input.name, team.lines) for team in result.teams]
    subjects += [("干部", cadre.input.number, cadre.input.name, cadre.lines) for cadre in result.cadres]
    for kind, code, name, lines in subjects:
        for line in lines:
            sight = WITH_COUNTS if shows_tallies and not _has_small_group(line) else WITHOUT_COUNTS
            yield Row(kind, code, name, line, explain_line(result.scheme, line, sight))


def _has_small_group(line: ScoreLine) -> bool:
    """An archive goes from hand to hand: where 测评票数 leaves counts out, they do not stand here either."""
    if not isinstance(line.derivation, ShareDerivation):
        return False
    boxes = (counts for group in line.derivation.groups for _name, counts in group.categories)
    return any(counts.valid < SMALL_GROUP for counts in boxes)
