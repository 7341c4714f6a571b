"""A scheme as plain JSON and back, and the default scheme from its data file. Numbers are canonical texts."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

from assessment.numbers import number_text

from . import text as texts
from .parameters import PARAMETERS, parameter_text, scheme_with
from .rules import rule_from_text, rule_parts
from .source import default_data
from .types import (
    Attendance,
    BlockCode,
    BonusTerms,
    CadreGrading,
    CadreItem,
    Direction,
    DisciplineRule,
    EmptyGroup,
    Evaluation,
    FollowUp,
    Forfeited,
    InterviewFloors,
    Line,
    Scheme,
    TeamGrading,
    WeightedShare,
)

WORK, VOTES = "work", "votes"

_NONE = Fraction(0)
_EMPTY = Scheme(
    blocks=(),
    lines=(),
    evaluations=(),
    cadre_items=(),
    target_points=_NONE,
    evaluation_points=_NONE,
    team_points=_NONE,
    cadre_points=_NONE,
    team_votes=WeightedShare((_NONE,) * 4),
    cadre_votes=WeightedShare((_NONE,) * 4),
    empty_group=EmptyGroup.BLOCK,
    attendance=Attendance(_NONE, _NONE),
    deputy_team_share=_NONE,
    team_grading=TeamGrading(_NONE, _NONE, _NONE, _NONE),
    cadre_grading=CadreGrading(_NONE, _NONE, _NONE, _NONE, _NONE, _NONE, ""),
    bonus=BonusTerms(_NONE, _NONE, _NONE, _NONE, _NONE, Forfeited.RETURN),
    interview_floors=InterviewFloors(_NONE, _NONE),
    follow_up=FollowUp(0, 0, 0, 0, DisciplineRule.WITHIN_YEAR),
)
"""The frame into which the texts are written; every one of its numbers is replaced."""


@cache
def default_scheme() -> Scheme:
    """The scheme of ``default.toml``."""
    data = default_data()
    return _scheme(
        lines=data["line"],
        evaluations=data["evaluation"],
        items=data["cadre_item"],
        parameters={entry["name"]: entry["value"] for entry in data["parameter"]},
    )


def scheme_to_dict(scheme: Scheme) -> dict[str, Any]:
    """Plain JSON that `scheme_from_dict` reads back to an equal scheme; equal schemes give equal JSON."""
    return {
        "lines": [_line_dict(line) for line in scheme.lines],
        "evaluations": [{"code": entry.code, "name": entry.name} for entry in scheme.evaluations],
        "cadre_items": [_item_dict(scheme, item) for item in scheme.cadre_items],
        "parameters": {parameter.name: parameter_text(scheme, parameter.name) for parameter in PARAMETERS},
    }


def scheme_from_dict(data: Mapping[str, Any]) -> Scheme:
    """The scheme of `scheme_to_dict`; ``TextError`` or ``ParameterError`` where a text was tampered with.

    A parameter that is younger than the stored scheme takes its default.
    """
    parameters = {parameter.name: parameter.default for parameter in PARAMETERS} | data["parameters"]
    return _scheme(data["lines"], data["evaluations"], data["cadre_items"], parameters)


def _scheme(
    lines: Iterable[Mapping[str, str]],
    evaluations: Iterable[Mapping[str, str]],
    items: Iterable[Mapping[str, str]],
    parameters: Mapping[str, str],
) -> Scheme:
    items = list(items)
    frame = replace(
        _EMPTY,
        lines=tuple(_line(entry) for entry in lines),
        evaluations=tuple(Evaluation(entry["code"], entry["name"], _NONE) for entry in evaluations),
        cadre_items=tuple(CadreItem(i["code"], i["name"], _NONE, is_work=i["role"] == WORK) for i in items),
        cadre_grading=replace(_EMPTY.cadre_grading, vote_item="".join(i["code"] for i in items if i["role"] == VOTES)),
    )
    return scheme_with(frame, parameters)


def _line(entry: Mapping[str, str]) -> Line:
    rule, ties = rule_from_text(entry["method"], entry.get("parameters", ""))
    return Line(
        code=entry["code"],
        target=entry["target"],
        name=entry["name"],
        block=texts.choice(BlockCode, entry["block"]),
        points=texts.points(entry["points"]),
        direction=texts.choice(Direction, entry["direction"]),
        rule=rule,
        ties=ties,
        department=entry["department"],
    )


def _line_dict(line: Line) -> dict[str, str]:
    """Every parameter is written out, so that a stored scheme does not follow a later default."""
    method, parts = rule_parts(line.rule, line.ties)
    return {
        "code": line.code,
        "target": line.target,
        "name": line.name,
        "block": str(line.block),
        "points": number_text(line.points),
        "direction": str(line.direction),
        "method": method,
        "parameters": ";".join(f"{name}={value}" for name, value in parts.items()),
        "department": line.department,
    }


def _item_dict(scheme: Scheme, item: CadreItem) -> dict[str, str]:
    votes = VOTES if item.code == scheme.cadre_grading.vote_item else ""
    return {"code": item.code, "name": item.name, "role": WORK if item.is_work else votes}


_COLUMNS = {
    "target": "目标",
    "name": "计分项",
    "block": "类别",
    "points": "分值",
    "direction": "方向",
    "method": "折分方法",
    "parameters": "参数",
    "department": "责任单位",
}


def scheme_differences(old: Scheme, new: Scheme) -> tuple[tuple[str, str, str], ...]:
    """What changed, as (where, old text, new text): `K1.分值`, a parameter's name, or the code of an evaluation."""
    before, after = _texts(old), _texts(new)
    places = dict.fromkeys([*before, *after])
    return tuple(
        (place, before.get(place, ""), after.get(place, ""))
        for place in places
        if before.get(place, "") != after.get(place, "")
    )


def _texts(scheme: Scheme) -> dict[str, str]:
    """Every text of a scheme by its place, in the order of the sheets."""
    data = scheme_to_dict(scheme)
    columns = _COLUMNS.items()
    found: dict[str, str] = {f"{line['code']}.{word}": line[key] for line in data["lines"] for key, word in columns}
    found |= {entry["code"]: entry["name"] for entry in data["evaluations"] + data["cadre_items"]}
    found |= data["parameters"]
    return found
