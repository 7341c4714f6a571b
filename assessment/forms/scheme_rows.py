"""The rows of the scheme's editor: inputs of a line, of an evaluation, of a parameter."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from django.utils.translation import gettext as _

from assessment.numbers import number_text
from assessment.scheme import (
    LINE_PARAMETERS,
    METHODS,
    BlockCode,
    CadreItem,
    Direction,
    Evaluation,
    Groups,
    Line,
    Parameter,
    ParameterError,
    ParameterKind,
    ProblemCode,
    TextError,
    TieRule,
    default_scheme,
    rule_from_parts,
    rule_parts,
)
from assessment.scheme import text as texts
from assessment.scheme.rules import TIES
from assessment.wording import data_text, problem_words
from cadres.codes import code_addressable, code_refusal

LINE_CHOICES: Mapping[str, Iterable[str]] = {"block": BlockCode, "direction": Direction, "method": METHODS}
INPUT_NAMES = {"步长": "step", "下限": "floor", "最高": "top", "最低": "bottom", "并列": "ties"}
"""A rule's parameter → its word in the names of inputs."""

GROUPS = "票别权重"
T = TypeVar("T")
E = TypeVar("E", Evaluation, CadreItem)


@dataclass
class SchemeField:
    """One input: its name, what was typed, what may be chosen, and what is wrong."""

    name: str
    label: str
    text: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    part: str = ""
    clause: str = ""
    help: str = ""
    error: str = ""

    @property
    def kind(self) -> str:
        """The last word of its name: what a row's layout knows it by."""
        return self.name.rpartition("-")[2]

    @property
    def help_id(self) -> str:
        return f"help-{self.name}"

    @property
    def error_id(self) -> str:
        return f"error-{self.name}"

    def take(self, parse: Callable[[str], T]) -> T | None:
        """The meaning of what was typed; None, with the words beside the field, where it has none."""
        try:
            return parse(self.text)
        except (TextError, ParameterError) as error:
            self.error = problem_words(error)
            return None


@dataclass
class LineRow:
    """The inputs of one scored line."""

    fields: dict[str, SchemeField]

    def __getitem__(self, name: str) -> SchemeField:
        return self.fields[name]

    @property
    def cells(self) -> list[SchemeField]:
        return list(self.fields.values())

    def line(self) -> Line | None:
        """The line, or None with the errors beside its fields."""
        for name in ("code", "target", "name"):
            if not self[name].text:
                self[name].error = _("a value is needed")
        if self["code"].text and not code_addressable(self["code"].text):
            self["code"].error = code_refusal()
        points = self["points"].take(texts.points)
        block = self["block"].take(lambda text: texts.choice(BlockCode, text))
        direction = self["direction"].take(lambda text: texts.choice(Direction, text))
        rule = self._rule()
        if any(cell.error for cell in self.cells) or None in (points, block, direction, rule):
            return None
        return Line(
            code=self["code"].text,
            target=self["target"].text,
            name=self["name"].text,
            block=block,  # type: ignore[arg-type]
            points=points,  # type: ignore[arg-type]
            direction=direction,  # type: ignore[arg-type]
            rule=rule[0],  # type: ignore[index]
            ties=rule[1],  # type: ignore[index]
            department=self["department"].text,
        )

    def _rule(self) -> object:
        """The rule and its ties; a wrong parameter is told beside its own input."""
        method = self["method"].text
        if self["method"].take(lambda text: rule_from_parts(text, {})) is None:
            return None
        parts = {part: self[part].text for part in LINE_PARAMETERS if self[part].text}
        for part in parts:
            self[part].error = _part_error(method, part, parts[part])
        if any(self[part].error for part in parts):
            return None
        last = self["最低"] if "最低" in parts else self["method"]
        return last.take(lambda _text: rule_from_parts(method, parts))


def _part_error(method: str, part: str, text: str) -> str:
    """What is wrong with one parameter by itself; how two stand to each other is asked of the whole rule."""
    try:
        rule_from_parts(method, {part: text})
    except TextError as error:
        return "" if error.code == ProblemCode.NOT_DESCENDING else problem_words(error)
    return ""


@dataclass
class VoteRow:
    """The inputs of an evaluation or cadre item."""

    entry: Evaluation | CadreItem
    points: SchemeField
    groups: SchemeField | None

    @property
    def fields(self) -> list[SchemeField]:
        return [self.points, self.groups] if self.groups else [self.points]


def new_row() -> dict[str, str]:
    """A blank line with the method and parameters of the default scheme's first."""
    return {**line_texts(default_scheme().lines[0]), "code": "", "target": "", "name": "", "points": ""}


def line_texts(line: Line) -> dict[str, str]:
    method, parts = rule_parts(line.rule, line.ties)
    return {
        "code": line.code,
        "target": line.target,
        "name": line.name,
        "block": str(line.block),
        "points": number_text(line.points),
        "direction": str(line.direction),
        "method": method,
        **parts,
        "department": line.department,
    }


def line_row(number: int, values: Mapping[str, str], units: list[tuple[str, str]]) -> LineRow:
    labels = line_labels()
    choices: dict[str, tuple[tuple[str, str], ...]] = {name: _choices(words) for name, words in LINE_CHOICES.items()}
    choices[TIES] = _choices(TieRule)
    choices["department"] = unit_choices(units, values.get("department", ""))
    cells = {
        name: SchemeField(
            name=f"line-{number}-{INPUT_NAMES.get(name, name)}",
            label=label,
            text=values.get(name, ""),
            choices=choices.get(name, ()),
            part=name if name in LINE_PARAMETERS else "",
        )
        for name, label in labels.items()
    }
    return LineRow(cells)


def line_labels() -> dict[str, str]:
    """The inputs of a line, in order."""
    return {
        "code": _("Code"),
        "target": _("Target"),
        "name": _("Scored line"),
        "block": _("Block"),
        "points": _("Points"),
        "direction": _("Direction"),
        "department": _("Responsible department"),
        "method": _("Rule"),
        **{part: _(part) for part in LINE_PARAMETERS},
    }


def _choices(words: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((str(word), _(str(word))) for word in words)


def unit_choices(units: list[tuple[str, str]], text: str) -> tuple[tuple[str, str], ...]:
    """Departments by name; one written by its code, or unknown, stays as it is written."""
    offered = [(code if text == code else name, name) for code, name in units]
    if text and text not in dict(offered):
        offered.append((text, _("%(text)s (not in the list)") % {"text": text}))
    return (("", "—"), *offered)


def block_field(code: BlockCode, text: str) -> SchemeField:
    return SchemeField(f"block-{code.name.lower()}", _(code), text)


def vote_row(kind: str, entry: Evaluation | CadreItem) -> VoteRow:
    name, label = f"{kind}-{entry.code}", _(entry.name)
    points = SchemeField(f"{name}-points", _("Points: %(name)s") % {"name": label}, number_text(entry.points))
    groups = SchemeField(
        f"{name}-groups", _("Voter groups: %(name)s") % {"name": label}, texts.pairs_text(entry.groups, ",")
    )
    return VoteRow(entry, points, None if isinstance(entry, CadreItem) and entry.is_work else groups)


def voted(row: VoteRow, entry: E) -> E:
    """The entry with what was typed; with what it had where that is wrong."""
    points = row.points.take(texts.points)
    groups = row.groups.take(_groups) if row.groups else ()
    return replace(
        entry,
        points=entry.points if points is None else points,
        groups=entry.groups if groups is None else groups,
    )


def _groups(text: str) -> Groups:
    """“A=0.4,B=0.6”; blank is one group of all (RULES E3)."""
    if not text.strip():
        return ()
    found = texts.weights(f"{GROUPS}:{text}")
    if set(found) != {GROUPS}:
        raise TextError(ProblemCode.BAD_PAIR, text=text, expected="A=0.4,B=0.6")
    return found[GROUPS]


def parameter_field(parameter: Parameter, text: str) -> SchemeField:
    choices = _choices(parameter.choices) if parameter.kind is ParameterKind.CHOICE else ()
    name = f"parameter-{parameter.name}"
    label, words = data_text(parameter.name), _(parameter.words)
    return SchemeField(name, label, text, choices, clause=parameter.clause, help=words)


def method_parts() -> dict[str, list[str]]:
    """Rule → the parameters it has, for the editor's script."""
    return {method: list(rule_parts(*rule_from_parts(method, {}))[1]) for method in METHODS}
