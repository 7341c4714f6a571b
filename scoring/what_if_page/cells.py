"""Cells “before → after”, ready to print: what stays is quiet, what moves has a sign beside its number."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from cadres.templatetags.labels import DASH, term
from scoring.engine import CadreGrade, Rank, TeamGrade
from scoring.marks import grade_css, shift_text, signed_points
from scoring.marks import points_text as points
from scoring.tables import typed

ARROW = " → "
Badges = Mapping[StrEnum | None, str]


class Cell(NamedTuple):
    """`html` is printed as it is; `css` are the cell's classes."""

    html: str
    css: str = ""


def text_cell(text: str, href: str = "", details: str = "") -> Cell:
    """A name, perhaps a link, with something small beneath."""
    name = f'<a href="{href}">{typed(text)}</a>' if href else typed(text)
    return Cell(f"{name}<small>{typed(details)}</small>" if details else name, "name")


def place_cell(before: Rank | None, after: Rank | None, tied: str) -> Cell:
    """“5 → 3 / 24 ▲ 2” (RULES P5, P6); `tied` is the word for a shared place."""
    if before is None and after is None:
        return Cell(DASH, "num same")
    stands = f"{after.place} / {after.ranked}" if after else DASH
    if after and after.is_tied:
        stands += f' <span class="tie">{tied}</span>'
    if before and after and before.place == after.place:
        return Cell(stands, "num same")
    return Cell(f"{before.place if before else DASH}{ARROW}<b>{stands}</b>{_shift(before, after)}", "num moved")


def _shift(before: Rank | None, after: Rank | None) -> str:
    if before is None or after is None:
        return ""
    risen = before.place - after.place
    return f' <span class="{"up" if risen > 0 else "down"}">{shift_text(risen)}</span>'


def points_cell(before: Decimal | None, after: Decimal | None) -> Cell:
    """“88.00 → 90.12 +2.12”."""
    if before == after:
        return Cell(points(after), "num same")
    return Cell(f"{points(before)}{ARROW}<b>{points(after)}</b>{_difference(before, after)}", "num")


def _difference(before: Decimal | None, after: Decimal | None) -> str:
    if before is None or after is None:
        return ""
    return f' <span class="difference">{signed_points(after - before)}</span>'


def badges() -> Badges:
    """Each grade as it is printed, in the page's language: made once a page, not once a row."""
    grades = [(grade, grade_css(step)) for kind in (TeamGrade, CadreGrade) for step, grade in enumerate(kind)]
    return {None: DASH} | {grade: f'<span class="grade {css}">{term(grade)}</span>' for grade, css in grades}


def grade_cell(before: StrEnum | None, after: StrEnum | None, words: Badges) -> Cell:
    """The suggested grades."""
    if before == after:
        return Cell(words[after], "same")
    return Cell(f"{words[before]}{ARROW}<b>{words[after]}</b>", "moved")


def money_cell(before: Decimal | None, after: Decimal | None) -> Cell:
    """Yuan; nothing awarded is a dash."""
    if before == after:
        return Cell(_yuan(after), "num same")
    return Cell(f"{_yuan(before)}{ARROW}<b>{_yuan(after)}</b>", "num moved")


def _yuan(amount: Decimal | None) -> str:
    return f"{amount:,.2f}" if amount else DASH


SHOWN = 3
"""Reasons that stand in the cell; the others open."""


def why_cell(reasons: Sequence[str], more: str) -> Cell:
    """`more` is “%(count)s more”."""
    first = "".join(f"<li>{typed(reason)}</li>" for reason in reasons[:SHOWN])
    if not first:
        return Cell("", "why")
    rest = "".join(f"<li>{typed(reason)}</li>" for reason in reasons[SHOWN:])
    words = more % {"count": len(reasons) - SHOWN}
    hidden = f"<details><summary>{words}</summary><ul>{rest}</ul></details>" if rest else ""
    return Cell(f"<ul>{first}</ul>{hidden}", "why")
