"""The editor of a scheme: every number as it was typed, and beside it what is wrong with it.

Not a Django form: rows come and go, and the problems of a whole scheme (RULES T2) belong to many fields at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from django.utils.translation import gettext as _

from assessment.forms.scheme_rows import (
    GROUPS,
    LineRow,
    SchemeField,
    VoteRow,
    block_field,
    line_row,
    line_texts,
    new_row,
    parameter_field,
    unit_choices,
    vote_row,
    voted,
)
from assessment.numbers import number_text
from assessment.scheme import (
    PARAMETERS,
    BlockCode,
    Parameter,
    ProblemCode,
    Scheme,
    SchemeProblem,
    TextError,
    parameter_text,
    scheme_problems,
    scheme_with,
)
from assessment.scheme import text as texts
from assessment.scheme.parameters import BLOCKS, EVALUATIONS, ITEMS, TOTALS
from assessment.wording import problem_text, problem_words

ROWS_ELSEWHERE = (BLOCKS, EVALUATIONS, ITEMS, GROUPS)
"""Parameters whose pieces have inputs of their own."""


@dataclass(frozen=True)
class Sum:
    """What stands against what is stated (RULES T2)."""

    label: str
    total: str
    expected: str

    @property
    def agrees(self) -> bool:
        return self.total == self.expected


@dataclass(frozen=True)
class Finding:
    """Something wrong in words, and where on the page it is mended."""

    text: str
    href: str = ""


@dataclass
class SchemeForm:
    """`scheme` is None until `check` found no error; `problems` are those that belong to no single field."""

    base: Scheme
    lines: list[LineRow]
    blocks: dict[BlockCode, SchemeField]
    evaluations: list[VoteRow]
    items: list[VoteRow]
    parameters: dict[str, SchemeField]
    scheme: Scheme | None = None
    problems: list[str] = field(default_factory=list)

    @property
    def all_fields(self) -> list[SchemeField]:
        rows = [cell for row in self.lines for cell in row.cells]
        votes = [cell for row in (*self.evaluations, *self.items) for cell in row.fields]
        return [*rows, *self.blocks.values(), *votes, *self.parameters.values()]

    @property
    def findings(self) -> list[Finding]:
        """Everything that is wrong, each with the input it stands beside."""
        lines = [(_("Row %(number)s") % {"number": n}, row.cells) for n, row in enumerate(self.lines, start=1)]
        of_lines = {cell.name: row for row, cells in lines for cell in cells}
        beside = [
            Finding(" · ".join(filter(None, (of_lines.get(cell.name), f"{cell.label}: {cell.error}"))), f"#{cell.name}")
            for cell in self.all_fields
            if cell.error
        ]
        return [*map(Finding, self.problems), *beside]

    @property
    def errors(self) -> int:
        return len(self.problems) + sum(bool(cell.error) for cell in self.all_fields)

    def check(self) -> bool:
        """Read every field; whether they make a scheme that holds together."""
        lines = [row.line() for row in self.lines]
        blocks = {code: cell.take(texts.points) for code, cell in self.blocks.items()}
        evaluations = map(voted, self.evaluations, self.base.evaluations)
        items = map(voted, self.items, self.base.cadre_items)
        frame = self._with_parameters(
            replace(
                self.base,
                lines=tuple(line for line in lines if line),
                blocks=tuple((code, points) for code, points in blocks.items() if points is not None),
                evaluations=tuple(evaluations),
                cadre_items=tuple(items),
            )
        )
        if not self.errors:
            for problem in scheme_problems(frame):
                self._place(problem)
        self.scheme = None if self.errors else frame
        return self.scheme is not None

    def _with_parameters(self, scheme: Scheme) -> Scheme:
        for name, cell in self.parameters.items():
            changed = cell.take(lambda text, name=name, scheme=scheme: scheme_with(scheme, {name: text}))  # type: ignore[misc]
            scheme = changed or scheme
        return scheme

    def _place(self, problem: SchemeProblem) -> None:
        """Beside the field that causes it, else above the form."""
        cells = self._cells_of(problem)
        for cell in cells:
            cell.error = problem_words(problem)
        if not cells:
            self.problems.append(problem_text(problem))

    def _cells_of(self, problem: SchemeProblem) -> list[SchemeField]:
        where = problem.where
        if where in self.parameters:
            return [self.parameters[where]]
        if where in self.blocks:
            return [self.blocks[BlockCode(where)]]
        if problem.code == ProblemCode.REPEATED:
            return [row[name] for row in self.lines for name in ("code", "name") if row[name].text == where]
        return [row["points"] for row in self.lines if row["code"].text == where]

    @property
    def sums(self) -> list[Sum]:
        """Totals of what is typed so far; what is not a number counts nothing."""
        of_blocks = {
            code: _total(row["points"] for row in self.lines if row["block"].text == code) for code in BlockCode
        }
        targets, evaluations = _total(self.blocks.values()), _total(row.points for row in self.evaluations)
        stated = {name: number_text(_amount(cell)) for name, cell in self.parameters.items() if name in TOTALS}
        totals = dict(zip(TOTALS, (targets, evaluations, _stated_team(self)), strict=False))
        totals["干部总分"] = _total(row.points for row in self.items)
        stated_blocks = {code: number_text(_amount(cell)) for code, cell in self.blocks.items()}
        return [
            *(Sum(_(code), number_text(of_blocks[code]), stated_blocks[code]) for code in BlockCode),
            *(Sum(_(name), number_text(total), stated[name]) for name, total in totals.items()),
        ]


def scheme_form(scheme: Scheme, departments: Iterable[tuple[str, str]]) -> SchemeForm:
    """The editor filled with a scheme. `departments` are (code, name)."""
    units = list(departments)
    return SchemeForm(
        base=scheme,
        lines=[line_row(number, line_texts(line), units) for number, line in enumerate(scheme.lines)],
        blocks={code: block_field(code, number_text(scheme.block_points(code))) for code in BlockCode},
        evaluations=[vote_row("evaluation", entry) for entry in scheme.evaluations],
        items=[vote_row("item", entry) for entry in scheme.cadre_items],
        parameters={p.name: parameter_field(p, parameter_text(scheme, p.name)) for p in _other_parameters()},
    )


def scheme_form_typed(scheme: Scheme, departments: Iterable[tuple[str, str]], posted: Mapping[str, str]) -> SchemeForm:
    """The editor filled with what was typed; rows as many as were sent, in their order."""
    units = list(departments)
    form = scheme_form(scheme, units)
    form.lines = []
    while f"line-{len(form.lines)}-code" in posted:
        form.lines.append(line_row(len(form.lines), {}, units))
    for cell in form.all_fields:
        cell.text = posted.get(cell.name, "").strip()
    for row in form.lines:
        row["department"].choices = unit_choices(units, row["department"].text)
    return form


def rows_rearranged(form: SchemeForm, action: str, departments: Iterable[tuple[str, str]]) -> None:
    """“add”, “up:3”, “down:3”, “remove:3”: change the rows, nothing is saved."""
    verb, _colon, position = action.partition(":")
    rows = [{name: cell.text for name, cell in row.fields.items()} for row in form.lines]
    at = int(position) if position.isdecimal() else -1
    if verb == "add":
        rows.append(new_row())
    elif 0 <= at < len(rows):
        row = rows.pop(at)
        if verb != "remove":
            rows.insert(max(0, at - 1) if verb == "up" else at + 1, row)
    units = list(departments)
    form.lines = [line_row(number, row, units) for number, row in enumerate(rows)]


def _other_parameters() -> list[Parameter]:
    return [parameter for parameter in PARAMETERS if parameter.name not in ROWS_ELSEWHERE]


def _amount(cell: SchemeField) -> Fraction:
    try:
        return texts.points(cell.text)
    except TextError:
        return Fraction(0)


def _total(cells: Iterable[SchemeField]) -> Fraction:
    return sum(map(_amount, cells), Fraction(0))


def _stated_team(form: SchemeForm) -> Fraction:
    return _amount(form.parameters["目标总分"]) + _amount(form.parameters["评价总分"])
