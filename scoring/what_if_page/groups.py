"""The panel: what people reach for first, then every other parameter, line by line, and the sources."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessment.scheme import PARAMETERS, Parameter, ParameterKind, Scheme, parameter_text
from assessment.scheme.parameters import EVALUATIONS, GROUPS, ITEMS, TOTALS
from assessment.wording import data_text
from cadres.templatetags.labels import term
from scoring.engine import CadreGrade
from scoring.explain_votes import TEAM_VOTES
from scoring.forms.what_if_pieces import COMPOSITES, piece_key
from scoring.variation import WITHOUT, Variation
from scoring.variation_problems import VariationProblem
from scoring.what_if_page.controls import POINTS, RANGES, RATE, Control, Range, Typed, slider_of
from scoring.what_if_page.lines import LineControls, line_controls, shared_controls
from scoring.what_if_page.sources import SourceGroup, source_groups

VOTES = ("班子档次系数", "干部档次系数", "班子档次分段", "干部档次分段", "空票别")
TEAM_GRADES = ("班子突出比例", "班子突出线", "班子较好线", "班子一般线")
CADRE_GRADES = ("优秀比例", "优秀线", "称职线", "基本称职线", "优称率线", "不称职率线", "同分排序")
MONEY = ("奖金总额", "第一名奖金", "奖金递减", "正职比例", "副职比例", "免发份额")
DEPUTIES = ("副职班子占比",)

_BY_NAME = {parameter.name: parameter for parameter in PARAMETERS}
_PIECES = {EVALUATIONS: POINTS, ITEMS: POINTS, GROUPS: RATE, "班子档次系数": RATE, "干部档次系数": RATE}
_PLAIN = {"副职班子占比": RATE}


@dataclass(frozen=True)
class Part:
    """Controls under a small heading; `error` belongs to them together: a sum."""

    heading: str
    controls: tuple[Control, ...]
    error_name: str = ""
    error: str = ""
    clause: str = ""

    @property
    def wrong(self) -> bool:
        return bool(self.error) or any(control.error for control in self.controls)

    @property
    def changed(self) -> int:
        return sum(control.changed for control in self.controls)


@dataclass(frozen=True)
class Group:
    """What opens together; `first` from the start."""

    code: str
    title: str
    words: str
    parts: tuple[Part, ...] = ()
    lines: tuple[LineControls, ...] = ()
    first: bool = False

    @property
    def changed(self) -> int:
        return sum(part.changed for part in self.parts) + sum(line.changed for line in self.lines)

    @property
    def open(self) -> bool:
        """What was changed or is wrong is in sight."""
        return self.first or bool(self.changed) or any(part.wrong for part in self.parts)


@dataclass(frozen=True)
class Panel:
    """Everything that can be changed."""

    groups: tuple[Group, ...]
    sources: tuple[SourceGroup, ...]
    source_error: str = ""

    @property
    def left_out(self) -> int:
        return sum(source.chosen for group in self.sources for source in group.sources)


def panel(scheme: Scheme, variation: Variation, problems: Iterable[VariationProblem]) -> Panel:
    """The controls as typed, each problem beside its control."""
    errors = {problem.where: problem.words for problem in problems}
    typed = Typed(variation.settings, errors)
    return Panel(tuple(_groups(scheme, typed)), source_groups(scheme, variation), errors.get(WITHOUT, ""))


def _groups(scheme: Scheme, typed: Typed) -> Iterator[Group]:
    follow = _("The totals follow: what is added here makes the full points larger (clause T2).")
    shared = Part("", tuple(shared_controls(scheme, typed)))
    yield Group("rules", _("Points by place"), _("For all lines at once (clause 1.1)."), (shared,), first=True)
    yield Group("deputies", _("Work result of deputies"), "", _parts(scheme, typed, DEPUTIES), first=True)
    yield Group("cadres", _("Grades of cadres"), "", _parts(scheme, typed, CADRE_GRADES), first=True)
    yield Group("teams", _("Grades of teams"), "", _parts(scheme, typed, TEAM_GRADES))
    yield Group("money", _("Bonus"), "", _parts(scheme, typed, MONEY))
    yield Group("votes", _("What a vote is worth"), "", _parts(scheme, typed, VOTES))
    yield Group("points", _("Points of evaluations and items"), follow, _parts(scheme, typed, (EVALUATIONS, ITEMS)))
    yield Group("weights", _("Weights of voter groups"), "", _parts(scheme, typed, (GROUPS,)))
    for block, _points in scheme.blocks:
        lines = tuple(line_controls(line, typed) for line in scheme.lines_of(block))
        yield Group(f"block-{block.name.lower()}", _("Lines: %(block)s") % {"block": term(block)}, follow, (), lines)
    yield Group("other", _("All other parameters"), "", _parts(scheme, typed, _other_names()))


def _other_names() -> tuple[str, ...]:
    """Whatever has no place above: a parameter added to RULES is reachable at once."""
    placed = {EVALUATIONS, ITEMS, GROUPS, *VOTES, *TEAM_GRADES, *CADRE_GRADES, *MONEY, *DEPUTIES}
    return tuple(name for name in _BY_NAME if name not in placed)


def _parts(scheme: Scheme, typed: Typed, names: Sequence[str]) -> tuple[Part, ...]:
    """Lists of numbers as parts of their own, everything else together, in the order given."""
    whole: list[Control] = []
    apart: list[Part] = []
    for name in names:
        pieces = _pieces(scheme, typed, name)
        if pieces:
            apart.append(pieces)
        else:
            whole.append(_control(scheme, typed, _BY_NAME[name]))
    return (*apart, *([Part("", tuple(whole))] if whole else []))


def _control(scheme: Scheme, typed: Typed, parameter: Parameter) -> Control:
    name, base = parameter.name, parameter_text(scheme, parameter.name)
    text = typed.text(name, base)
    return Control(
        name=name,
        label=data_text(name),
        base=base,
        text=text,
        error=typed.error(name),
        clause=parameter.clause,
        help=_(parameter.words),
        choices=tuple((word, _(word)) for word in parameter.choices),
        slider=slider_of(span, base, text) if (span := _range(parameter)) else None,
    )


def _range(parameter: Parameter) -> Range | None:
    """Totals follow their parts and have none."""
    if parameter.name in TOTALS:
        return None
    return _PLAIN.get(parameter.name) or RANGES.get(ParameterKind(parameter.kind))


def _pieces(scheme: Scheme, typed: Typed, name: str) -> Part | None:
    """A list of numbers piece by piece; None where there are none: no weights, a band table instead."""
    composite = COMPOSITES.get(name)
    stands = composite.read(parameter_text(scheme, name)) if composite else {}
    if composite is None or not stands:
        return None
    texts = stands | composite.read(typed.text(name, ""))
    controls = tuple(
        Control(
            name=piece_key(name, piece),
            label=_piece_label(name, piece),
            base=base,
            text=texts[piece],
            error=typed.error(piece_key(name, piece)),
            slider=slider_of(_PIECES[name], base, texts[piece]),
        )
        for piece, base in stands.items()
    )
    parameter = _BY_NAME[name]
    return Part(data_text(name), controls, name, typed.error(name), parameter.clause)


def _piece_label(name: str, piece: str) -> str:
    if piece.isdecimal():
        grades = CadreGrade if name.startswith("干部") else TEAM_VOTES
        return term(list(grades)[int(piece) - 1]) if int(piece) <= len(grades) else piece
    return " · ".join(term(word) for word in piece.split(":"))
