"""The demo county's scheme, year by year a little different, so that there is something to compare."""

from dataclasses import replace

from assessment.scheme import (
    Direction,
    RankRule,
    RatioToBest,
    Scheme,
    TieRule,
    default_scheme,
    rule_from_text,
    scheme_with,
)
from workbook.demo.county import ANSWERS_FOR

_PARAMETERS = {
    2023: {"优秀比例": "15%", "副职班子占比": "0.5"},
    2024: {"优秀比例": "20%", "副职班子占比": "0.5"},
    2025: {"优秀比例": "20%", "副职班子占比": "0.6", "班子较好线": "75%", "K1.步长": "1.5%"},
    2026: {
        "优秀比例": "20%",
        "副职班子占比": "0.6",
        "班子较好线": "75%",
        "K1.步长": "1.5%",
        "第一名奖金": "48000",
        "奖金递减": "4000",
    },
}
_PARAMETERS[2027] = _PARAMETERS[2026] | {"优秀比例": "25%"}


def scheme(year: int) -> Scheme:
    """From 2024 petitions are counted and fewer is better; from 2025 projects score by ratio to the best."""
    named = replace(
        default_scheme(),
        lines=tuple(replace(line, department=ANSWERS_FOR[line.code]) for line in default_scheme().lines),
    )
    changed = scheme_with(named, _PARAMETERS[year])
    if year >= 2024:
        changed = _with_line(changed, "V2", direction=Direction.LOWER)
    if year >= 2025:
        changed = _with_line(changed, "K5", rule=RatioToBest())
    if year >= 2026:
        rule, ties = rule_from_text("名次分值", "步长=0.1;下限=60%;并列=取平均")
        changed = _with_line(changed, "R3", rule=rule, ties=ties)
    return changed


def _with_line(
    scheme: Scheme,
    code: str,
    *,
    direction: Direction | None = None,
    rule: RankRule | None = None,
    ties: TieRule | None = None,
) -> Scheme:
    line = scheme.line(code)
    new = replace(line, direction=direction or line.direction, rule=rule or line.rule, ties=ties or line.ties)
    return replace(scheme, lines=tuple(new if held.code == code else held for held in scheme.lines))
