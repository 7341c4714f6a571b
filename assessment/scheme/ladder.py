"""Every rule by place is a ladder with equal steps down to a floor (RULES 1.1)."""

from fractions import Fraction
from typing import NamedTuple

from .types import Linear, StepPercent, StepPoints

PlaceRule = StepPercent | StepPoints | Linear


class LadderSteps(NamedTuple):
    """Points of place p = max(top − step·(p − 1), floor); all three in points."""

    top: Fraction
    step: Fraction
    floor: Fraction


def ladder_steps(rule: PlaceRule, full: Fraction, ranked: int) -> LadderSteps:
    """The ladder of a rule for full points F and so many ranked townships.

    名次百分比: F · max(1 − s·(p − 1), f); 名次分值: max(F − d·(p − 1), f·F); 线性: from F·t for the first to F·b for
    the last, F·t where there is only one.
    """
    if isinstance(rule, StepPercent):
        return LadderSteps(full, full * rule.step, full * rule.floor)
    if isinstance(rule, StepPoints):
        return LadderSteps(full, rule.step, full * rule.floor)
    step = full * (rule.top - rule.bottom) / (ranked - 1) if ranked > 1 else Fraction(0)
    return LadderSteps(full * rule.top, step, full * rule.bottom)
