"""One control of the panel: what is in force, what stands in its field, how far its slider goes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _

from assessment.numbers import number_text, parse_number
from assessment.scheme import LINE_PARAMETERS, ParameterKind

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Slider:
    """A range in the unit shown: percent (`sign` is “%”) or plain numbers. The field beside it holds the text."""

    low: str
    high: str
    step: str
    value: str
    sign: str = ""


@dataclass(frozen=True)
class Control:
    """`name` is that of the parameter, `base` its text in force; blank `base`: the lines differ, or a new rule's.

    `part` is what of a line it is, `own` its text under the line's own rule; `stands` tells what a blank `base` means.
    """

    name: str
    label: str
    base: str
    text: str
    error: str = ""
    clause: str = ""
    help: str = ""
    choices: Choices = ()
    slider: Slider | None = None
    part: str = ""
    hidden: bool = False
    placeholder: str = ""
    own: str = ""
    stands: str = ""

    @property
    def id(self) -> str:
        """Of the input; a voter group's name may hold blanks."""
        return "-".join(["what-if", *self.name.split()])

    @property
    def rule_part(self) -> bool:
        """Whether another rule takes it away."""
        return self.part in LINE_PARAMETERS

    @property
    def changed(self) -> bool:
        return self.text != self.base

    @property
    def in_force(self) -> str:
        """What stands without it, for the eye."""
        return dict(self.choices).get(self.base, self.base) or self.stands or _("blank")


@dataclass(frozen=True)
class Typed:
    """What was typed instead of what is in force, and what is wrong with it, by the names of parameters."""

    texts: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str, base: str) -> str:
        return self.texts.get(name, base)

    def error(self, name: str) -> str:
        return self.errors.get(name, "")


@dataclass(frozen=True)
class Range:
    """How far a slider goes. `high` None: to twice what is in force; `step` None: a hundredth of its magnitude."""

    low: Fraction = Fraction(0)
    high: Fraction | None = None
    step: Fraction | None = None
    percent: bool = False


PERCENT = Range(high=Fraction(100), step=Fraction(1), percent=True)
STEPS = Range(high=Fraction(10), step=Fraction(1, 2), percent=True)
STEP_POINTS = Range(high=Fraction(2), step=Fraction(1, 10))
RATE = Range(high=Fraction(1), step=Fraction(1, 20))
POINTS = Range(step=Fraction(1, 2))

RANGES: Mapping[ParameterKind, Range] = {
    ParameterKind.SHARE: PERCENT,
    ParameterKind.NUMBER: Range(step=Fraction(1)),
    ParameterKind.MONEY: Range(),
}


def slider_of(span: Range, base: str, text: str) -> Slider | None:
    """None where what is in force is no number: a blank, a list."""
    unit = 100 if span.percent else 1
    try:
        stands = parse_number(base) * unit
    except ValueError:
        return None
    position = min(max(_number(text, unit, stands), span.low), _high(span, stands))
    step = span.step or _step(stands)
    low, high = min(span.low, stands), _high(span, stands)
    sign = "%" if span.percent else ""
    return Slider(_decimal(low), _decimal(high), _decimal(step), _decimal(position), sign)


def _number(text: str, unit: int, otherwise: Fraction) -> Fraction:
    try:
        return parse_number(text) * unit
    except ValueError:
        return otherwise


def _high(span: Range, stands: Fraction) -> Fraction:
    return max(span.high, stands) if span.high is not None else max(2 * stands, Fraction(1))


def _step(stands: Fraction) -> Fraction:
    """250000 → 10000, 5000 → 100: a slider of some fifty steps."""
    return Fraction(max(10 ** (len(str(int(stands))) - 2), 1))


def _decimal(value: Fraction) -> str:
    """A slider stands where the number is, as near as a screen shows; the field keeps the exact text."""
    return number_text(Fraction(round(value * 100), 100))
