"""A line's rank rule between its value and its two cells 折分方法 and 参数 (RULES 1.1, WORKBOOK 1)."""

from collections.abc import Mapping

from assessment.numbers import number_text, share_text

from . import text as texts
from .problems import ProblemCode, TextError
from .source import default_data
from .types import Direct, Linear, RankRule, RatioToBest, StepPercent, StepPoints, TieRule

STEP, FLOOR, TOP, BOTTOM, TIES = "步长", "下限", "最高", "最低", "并列"

LINE_PARAMETERS = (STEP, FLOOR, TOP, BOTTOM, TIES)
"""The parameters a line can have, in the order they are written."""

_METHODS: dict[str, type[RankRule]] = {
    "名次百分比": StepPercent,
    "名次分值": StepPoints,
    "线性": Linear,
    "与最优比": RatioToBest,
    "直接计分": Direct,
}
_NAMES = {kind: name for name, kind in _METHODS.items()}

METHODS = tuple(_METHODS)
"""The words of 折分方法, in the order of RULES 1.1."""


def rule_from_text(method: str, parameters: str) -> tuple[RankRule, TieRule]:
    """The rule two cells mean; what they leave out comes from the default scheme.

    ``TextError`` NOT_A_CHOICE, UNKNOWN_NAME, NOT_A_NUMBER, OUT_OF_RANGE, NOT_DESCENDING and those of `pairs`.
    """
    return rule_from_parts(method, texts.pairs(parameters, str))


def rule_from_parts(method: str, parts: Mapping[str, str]) -> tuple[RankRule, TieRule]:
    """As `rule_from_text`, the parameters already taken apart."""
    name = method.strip() or _default_method()
    if name not in _METHODS:
        raise TextError(ProblemCode.NOT_A_CHOICE, text=name, choices="、".join(METHODS))
    defaults = _default_parts(name)
    for part in parts:
        if part not in defaults:
            raise TextError(ProblemCode.UNKNOWN_NAME, name=part, known="、".join(defaults))
    filled = {**defaults, **parts}
    return _rule(_METHODS[name], filled), texts.choice(TieRule, filled[TIES])


def _rule(kind: type[RankRule], parts: Mapping[str, str]) -> RankRule:
    if kind is StepPercent:
        return StepPercent(texts.share(parts[STEP]), texts.share(parts[FLOOR]))
    if kind is StepPoints:
        return StepPoints(texts.points(parts[STEP]), texts.share(parts[FLOOR]))
    if kind is Linear:
        return _linear(parts)
    return RatioToBest() if kind is RatioToBest else Direct()


def _linear(parts: Mapping[str, str]) -> Linear:
    rule = Linear(texts.share(parts[TOP]), texts.share(parts[BOTTOM]))
    if rule.bottom > rule.top:
        raise TextError(ProblemCode.NOT_DESCENDING, upper=share_text(rule.top), lower=share_text(rule.bottom))
    return rule


def rule_parts(rule: RankRule, ties: TieRule) -> tuple[str, dict[str, str]]:
    """The method's word and every parameter of the rule as canonical text."""
    parts: dict[str, str] = {}
    if isinstance(rule, StepPercent):
        parts = {STEP: share_text(rule.step), FLOOR: share_text(rule.floor)}
    elif isinstance(rule, StepPoints):
        parts = {STEP: number_text(rule.step), FLOOR: share_text(rule.floor)}
    elif isinstance(rule, Linear):
        parts = {TOP: share_text(rule.top), BOTTOM: share_text(rule.bottom)}
    return _NAMES[type(rule)], parts | {TIES: str(ties)}


def rule_text(rule: RankRule, ties: TieRule) -> tuple[str, str]:
    """The two cells of a rule; 并列 is written only where it is not the default."""
    method, parts = rule_parts(rule, ties)
    if parts[TIES] == _default_parts(method)[TIES]:
        del parts[TIES]
    return method, ";".join(f"{name}={value}" for name, value in parts.items())


def _default_method() -> str:
    return default_data()["method"][0]["name"]


def _default_parts(method: str) -> dict[str, str]:
    entry = next(entry for entry in default_data()["method"] if entry["name"] == method)
    return texts.pairs(entry["parameters"], str)
