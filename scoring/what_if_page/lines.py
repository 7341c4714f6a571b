"""Controls of the scored lines: what all of them share, and each by itself."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessment.forms.scheme_rows import line_labels
from assessment.numbers import number_text
from assessment.scheme import (
    LINE_PARAMETERS,
    METHODS,
    Direction,
    Line,
    Scheme,
    TextError,
    TieRule,
    rule_from_parts,
    rule_parts,
)
from assessment.scheme.parameters import DIRECTION, METHOD, POINTS
from assessment.scheme.rules import TIES
from cadres.templatetags.labels import DASH, term
from scoring.what_if_page import controls
from scoring.what_if_page.controls import PERCENT, STEP_POINTS, STEPS, Control, Typed, slider_of

Parts = dict[str, str]


@dataclass(frozen=True)
class LineControls:
    """One scored line."""

    code: str
    name: str
    controls: tuple[Control, ...]

    @property
    def changed(self) -> int:
        return sum(control.changed for control in self.controls)

    @property
    def open(self) -> bool:
        return bool(self.changed) or any(control.error for control in self.controls)


def shared_controls(scheme: Scheme, typed: Typed) -> Iterator[Control]:
    """Parameters of all lines whose rule has them; blank where the lines differ."""
    rules = [rule_parts(line.rule, line.ties)[1] for line in scheme.lines]
    for part in LINE_PARAMETERS:
        stands = Counter(parts[part] for parts in rules if part in parts)
        if stands:
            yield _shared(part, [text for text, _count in stands.most_common()], typed)


def _shared(part: str, stands: list[str], typed: Typed) -> Control:
    """`stands` are the texts in force, the commonest first: from there the slider starts where the lines differ."""
    base = stands[0] if len(stands) == 1 else ""
    text = typed.text(part, base)
    one_kind = len({each.endswith("%") for each in stands}) == 1
    return Control(
        name=part,
        label=_(part),
        base=base,
        text=text,
        error=typed.error(part),
        choices=_choices(part, blank=not base),
        slider=_slider(part, stands[0], text) if one_kind else None,
        placeholder="" if base else "、".join(stands),
        stands="、".join(stands),
    )


def line_controls(line: Line, typed: Typed) -> LineControls:
    """Points, direction, rule, and every parameter that some rule has; those of other rules hidden."""
    method, parts = rule_parts(line.rule, line.ties)
    chosen = typed.text(f"{line.code}.{METHOD}", method)
    used = parts if chosen == method else _defaults(chosen)
    labels = line_labels()
    found = [
        _cell(line, typed, POINTS, number_text(line.points), labels["points"]),
        _cell(line, typed, METHOD, method, labels["method"], tuple((word, _(word)) for word in METHODS)),
        *(_part(line, typed, part, parts, used) for part in LINE_PARAMETERS),
        _cell(line, typed, DIRECTION, str(line.direction), labels["direction"], _words(Direction)),
    ]
    return LineControls(line.code, term(line.name), tuple(found))


def _cell(line: Line, typed: Typed, part: str, base: str, label: str, choices: controls.Choices = ()) -> Control:
    name = f"{line.code}.{part}"
    text = typed.text(name, base)
    slider = slider_of(controls.POINTS, base, text) if part == POINTS else None
    return Control(name, label, base, text, typed.error(name), choices=choices, slider=slider, part=part)


def _part(line: Line, typed: Typed, part: str, parts: Parts, used: Parts) -> Control:
    """`used` are the parts of the rule chosen: its defaults where it is another than the line's. Ties stay."""
    own = used is parts or part == TIES
    name, base = f"{line.code}.{part}", parts.get(part, "") if own else ""
    text = typed.text(name, base)
    return Control(
        name=name,
        label=_(part),
        base=base,
        text=text,
        error=typed.error(name),
        choices=_choices(part, blank=not own),
        slider=_slider(part, base, text),
        part=part,
        hidden=part not in used and not typed.error(name),
        placeholder="" if own else used.get(part, ""),
        own=parts.get(part, ""),
        stands=DASH,
    )


def _slider(part: str, base: str, text: str) -> controls.Slider | None:
    if part == TIES:
        return None
    if part == "步长":
        return slider_of(STEPS if base.endswith("%") else STEP_POINTS, base, text)
    return slider_of(PERCENT, base, text)


def _choices(part: str, *, blank: bool) -> controls.Choices:
    if part != TIES:
        return ()
    return (("", "—"), *_words(TieRule)) if blank else _words(TieRule)


def _words(kind: type[Direction] | type[TieRule]) -> controls.Choices:
    return tuple((str(word), _(str(word))) for word in kind)


def _defaults(method: str) -> Parts:
    try:
        return rule_parts(*rule_from_parts(method, {}))[1]
    except TextError:
        return {}


def method_defaults() -> dict[str, Parts]:
    """Rule → its parameters as the default scheme has them, for the page's script."""
    return {method: _defaults(method) for method in METHODS}
