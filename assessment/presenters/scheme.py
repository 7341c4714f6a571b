"""The pages of a scheme: every parameter with value, clause and source, in the order of RULES."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.models import AssessmentYear, SchemeVersion
from assessment.numbers import number_text
from assessment.scheme import (
    PARAMETERS,
    BlockCode,
    CadreItem,
    Evaluation,
    Line,
    Parameter,
    Scheme,
    default_scheme,
    parameter_text,
    rule_text,
    scheme_differences,
)
from assessment.scheme import text as texts
from assessment.scheme.source import default_data
from assessment.selectors.year import scheme_version_current, year_before
from assessment.wording import data_text, place_text

SECTIONS: dict[str, str | Promise] = {
    "分块分值": gettext_lazy("1 Team score"),
    "班子档次系数": gettext_lazy("1.2 Votes by grade"),
    "干部分值": gettext_lazy("2 Cadre score"),
    "同分排序": gettext_lazy("3 Rankings"),
    "班子突出比例": gettext_lazy("4 Grades"),
    "奖金总额": gettext_lazy("6 Bonus"),
}
"""The parameter that opens a section of RULES → the section's title."""


@dataclass(frozen=True)
class ParameterRow:
    """One parameter as the page shows it; `changed` tells that the county has set another value than the default."""

    parameter: Parameter
    value: str
    changed: bool

    @property
    def name(self) -> str:
        return data_text(self.parameter.name)

    @property
    def words(self) -> str:
        return _(self.parameter.words)

    @property
    def source(self) -> str:
        if not self.changed:
            return self.parameter.source
        default = data_text(self.parameter.default) or "—"
        return _("set by the county; %(source)s has %(default)s") % {
            "source": self.parameter.source,
            "default": default,
        }


@dataclass(frozen=True)
class Section:
    title: str | Promise
    rows: list[ParameterRow]


def sections(scheme: Scheme) -> list[Section]:
    """All parameters in the order of RULES."""
    found: list[Section] = []
    for parameter in PARAMETERS:
        if parameter.name in SECTIONS:
            found.append(Section(SECTIONS[parameter.name], []))
        text = parameter_text(scheme, parameter.name)
        default = parameter_text(default_scheme(), parameter.name)
        found[-1].rows.append(ParameterRow(parameter, data_text(text), text != default))
    return found


@dataclass(frozen=True)
class LineView:
    """One scored line: its rule in the words of the sheet, and what its preview asks for."""

    line: Line
    method: str
    parameters: str
    clause: str
    source: str

    @property
    def points(self) -> str:
        return number_text(self.line.points)

    @property
    def parameters_text(self) -> str:
        return data_text(self.parameters)

    @property
    def preview(self) -> str:
        """Query of the preview, place → points; the page adds the number of townships."""
        line = self.line
        asked = {"method": self.method, "text": self.parameters, "points": self.points, "ties": line.ties}
        return urlencode({**asked, "direction": line.direction})


@dataclass(frozen=True)
class BlockView:
    code: BlockCode
    lines: list[LineView]
    points: str


def blocks(scheme: Scheme) -> list[BlockView]:
    """The lines by block, with the block's points."""
    return [
        BlockView(code, [_line_view(line) for line in scheme.lines_of(code)], number_text(scheme.block_points(code)))
        for code in BlockCode
    ]


def _line_view(line: Line) -> LineView:
    method, parameters = rule_text(line.rule, line.ties)
    of_method = next(entry for entry in default_data()["method"] if entry["name"] == method)
    known = next((entry for entry in default_data()["line"] if entry["code"] == line.code), None)
    same = bool(known) and _same(line)
    clause = f"{known['clause'] if known else 'T1'}, {of_method['clause']}"
    return LineView(line, method, parameters, clause, known["source"] if known and same else _("set by the county"))


def _same(line: Line) -> bool:
    """As the default scheme has it, whoever answers for it."""
    default = default_scheme().line(line.code)
    return (line.name, line.points, line.rule, line.ties, line.direction, line.block) == (
        default.name,
        default.points,
        default.rule,
        default.ties,
        default.direction,
        default.block,
    )


@dataclass(frozen=True)
class VoteView:
    entry: Evaluation | CadreItem

    @property
    def points(self) -> str:
        return number_text(self.entry.points)

    @property
    def groups(self) -> str:
        return texts.pairs_text(self.entry.groups, "; ")


@dataclass(frozen=True)
class Difference:
    """One change: place, before and after, in words."""

    where: str
    before: str
    after: str


def differences(old: Scheme, new: Scheme) -> list[Difference]:
    """What differs between two schemes."""
    rows = scheme_differences(old, new)
    return [Difference(place_text(where), data_text(before), data_text(after)) for where, before, after in rows]


def scheme_page(year: AssessmentYear) -> dict[str, Any]:
    """Everything the scheme's page shows."""
    version = scheme_version_current(year)
    scheme, before = version.scheme, year_before(year)
    return {
        "year": year,
        "version": version,
        "scheme": scheme,
        "blocks": blocks(scheme),
        "evaluations": [VoteView(entry) for entry in scheme.evaluations],
        "items": [VoteView(entry) for entry in scheme.cadre_items],
        "sections": sections(scheme),
        "totals": {
            "targets": number_text(scheme.target_points),
            "evaluations": number_text(scheme.evaluation_points),
            "team": number_text(scheme.team_points),
            "cadre": number_text(scheme.cadre_points),
        },
        "ranked": ranked(year),
        "before": before,
        "differences": differences(scheme_version_current(before).scheme, scheme) if before else [],
    }


def ranked(year: AssessmentYear) -> int:
    """So many places a preview shows; one at least."""
    return year.townships.count() or 1


def versions_compared(versions: list[SchemeVersion], old: str, new: str) -> dict[str, Any]:
    """Two versions by their numbers as typed; the last two where nothing sensible was asked."""
    by_number = {str(version.number): version for version in versions}
    later = by_number.get(new, versions[0])
    earlier = by_number.get(old) or next((v for v in versions if v.number == later.number - 1), later)
    return {"old": earlier, "new": later, "differences": differences(earlier.scheme, later.scheme)}
