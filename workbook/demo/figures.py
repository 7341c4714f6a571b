"""What the demo townships reached: figures of each line's own nature, and the vetoes."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from random import Random

from assessment.scheme import Scheme
from assessment.services.value import NOT_APPLICABLE, Cell
from assessment.services.veto import VetoRow
from workbook.demo.county import TOWNSHIP_CODES


@dataclass(frozen=True)
class Figure:
    """From the weakest to the strongest township, in so many decimals."""

    weakest: float
    strongest: float
    decimals: int = 1


_FIGURES = {
    "K1": Figure(1860, 7420),  # revenue, 10,000 yuan
    "K2": Figure(3200, 9600, 0),  # area, mu
    "K3": Figure(86, 118),  # percent of the plan
    "K4": Figure(4.8, 10.6),  # growth of farmers' income, percent
    "K5": Figure(76, 116),  # percent of the plan
    "R1": Figure(82, 97),  # marks out of 100, and so on
    "R2": Figure(84, 97),
    "R3": Figure(80, 96, 0),
    "V1": Figure(96.2, 99.8),
    "V2": Figure(14, 0, 0),  # petitions past the county, fewer is better
    "V3": Figure(82, 97),
    "V4": Figure(88, 99, 0),
    "V5": Figure(80, 98),
}
_PETITIONS_AS_MARKS = Figure(80, 98)

_STRENGTHS = {"T13": 0.93, "T06": 0.7, "T19": 0.0, "T16": 0.1, "T03": 0.88, "T20": 0.8}
"""The vetoed township would be among the first, and somebody must be last."""

NOT_APPLICABLE_CELLS = {
    2023: {("T01", "K4")},
    2024: {("T01", "K4"), ("T20", "K5")},
    2025: {("T01", "K3"), ("T01", "K4"), ("T20", "K5"), ("T14", "V4")},
    2026: {("T01", "K3"), ("T01", "K4"), ("T14", "V4")},
    2027: {("T01", "K3"), ("T01", "K4")},
}

EQUAL_CELLS = {
    2025: {("T11", "K1"): ("T04", "K1")},
    2026: {("T15", "K2"): ("T10", "K2")},
    2027: {("T15", "K2"): ("T10", "K2")},
}
"""A cell that reads like another one: a tie to the last decimal."""

VETOES = {
    2024: [VetoRow("T10", "V3", "发生影响恶劣的刑事案件", "县委常委会", date(2024, 12, 18), "平委〔2024〕61号")],
    2025: [
        VetoRow("T13", "V5", "辖区采石场发生较大生产安全事故", "县委常委会", date(2025, 12, 22), "平委〔2025〕58号"),
        VetoRow("T06", "V2", "发生越级集体上访", "县信访工作联席会议", date(2025, 11, 14), "平信联〔2025〕9号"),
    ],
    2026: [VetoRow("T07", "V1", "人口统计数据弄虚作假", "县委常委会", date(2026, 11, 11), "平委〔2026〕55号")],
    2027: [VetoRow("T12", "V3", "发生影响恶劣的群体性事件", "县委常委会", date(2027, 12, 10), "平委〔2027〕52号")],
}

REVOKED = {2025: {("T06", "V2"): "复核认定责任主体为外县企业，决定予以撤销（平信联〔2025〕11号）"}}
"""Vetoes that did not stand, with the reason."""


def strength(township: str, year: int) -> float:
    """0 (weak) … 1 (strong): lasting for the larger part."""
    lasting = _STRENGTHS.get(township, Random(f"strength {township}").random())
    return 0.8 * lasting + 0.2 * Random(f"strength {township} {year}").random()


def values(year: int, scheme: Scheme) -> dict[tuple[str, str], Cell]:
    """(township, line) → number or 不适用, complete."""
    cells: dict[tuple[str, str], Cell] = {
        (township, line.code): _value(township, line.code, year) for township in TOWNSHIP_CODES for line in scheme.lines
    }
    cells |= {cell: cells[other] for cell, other in EQUAL_CELLS.get(year, {}).items()}
    return cells | dict.fromkeys(NOT_APPLICABLE_CELLS[year], NOT_APPLICABLE)


def _value(township: str, line: str, year: int) -> Fraction:
    figure = _PETITIONS_AS_MARKS if line == "V2" and year < 2024 else _FIGURES[line]
    luck = Random(f"{line} {township} {year}").random()
    reached = 0.7 * strength(township, year) + 0.3 * luck
    number = figure.weakest + (figure.strongest - figure.weakest) * reached
    return Fraction(f"{number:.{figure.decimals}f}")
