"""What an import changes, sheet by sheet, in the words of the sheets.

The texts are data words and msgids: the same in every language, since a preview is confirmed by their digest.
`change_text` puts them into the page's language.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from assessment.cells import NOT_APPLICABLE
from assessment.scheme import PARAMETERS, Scheme, parameter_text
from assessment.wording import data_text
from cadres.services.upsert import Change, Changes
from workbook.sheets import SHEETS
from workbook.sheets.post import DEPUTY, NO, PRINCIPAL, YES

Field = tuple[str, str | None, str]
Difference = tuple[str, str, str]
"""A place of the scheme, its text before and after."""

TARGET_SHEET, PARAMETER_SHEET = "考评目标", "考评参数"
_LABELS = {
    "value": gettext_noop("value"),
    "order": gettext_noop("order"),
    "side": gettext_noop("side"),
    "is_active": gettext_noop("state"),
    "year": gettext_noop("takes part in"),
}
"""Fields that no column holds."""
_WORDS = {
    "is_principal": (PRINCIPAL, DEPUTY),
    "single_holder": (YES, NO),
    "is_active": (gettext_noop("in use"), gettext_noop("out of use")),
}
"""Words for true and false."""
_SIDES = ("party", "government", "other")
_MSGIDS = {*_LABELS.values(), *_WORDS["is_active"], *_SIDES}


@dataclass(frozen=True)
class SheetChanges:
    """What a sheet adds, changes, takes away and leaves; fields are named by the sheet's columns."""

    sheet: str
    added: tuple[Change, ...]
    changed: tuple[Change, ...]
    removed: tuple[Change, ...]
    unchanged: int


def sheet_changes(sheet: str, changes: Changes, scheme: Scheme | None = None) -> SheetChanges:
    """Without what is empty before and after; lines in charge by the names that the scheme gives them."""
    lines = {line.code: line.name for line in scheme.lines} if scheme else {}
    added, changed, removed = (
        tuple(Change(change.subject, _fields(sheet, change, lines)) for change in rows)
        for rows in (changes.added, changes.changed, changes.removed)
    )
    return SheetChanges(sheet, added, changed, removed, changes.unchanged)


def scheme_rows(scheme: Scheme | None, sheet: str) -> list[Change]:
    """Every line, or parameter, of a new year's scheme."""
    if scheme is None:
        return []
    if sheet == TARGET_SHEET:
        return [Change(f"{line.code} {line.name}", ()) for line in scheme.lines]
    texts = ((parameter.name, parameter_text(scheme, parameter.name)) for parameter in PARAMETERS)
    return [Change(name, (("值", None, text),)) for name, text in texts if text]


def scheme_changes(scheme: Scheme, differences: Iterable[Difference], present: list[str]) -> list[SheetChanges]:
    """Parameters under their sheet by name, lines under theirs with all that differs of one together."""
    parameters, lines = Changes(), Changes()
    names = {parameter.name for parameter in PARAMETERS}
    by_line: dict[str, list[Field]] = {}
    for where, old, new in differences:
        if where in names:
            parameters.changed.append(Change(where, (("值", old, new),)))
        else:
            code, _dot, column = where.partition(".")
            by_line.setdefault(code, []).append((column or "计分项", old, new))
    for code, fields in by_line.items():
        _line_change(lines, scheme, code, tuple(fields))
    parameters.unchanged = len(names) - len(parameters.changed)
    lines.unchanged = len(scheme.lines) - len(lines.added) - len(lines.changed)
    found = {TARGET_SHEET: lines, PARAMETER_SHEET: parameters}
    return [sheet_changes(name, changes) for name, changes in found.items() if changes or name in present]


def change_text(text: str | None) -> str:
    """A label, subject or value of a change in the page's language."""
    if not text:
        return ""
    return gettext(text) if text in _MSGIDS else data_text(text)


def _line_change(lines: Changes, scheme: Scheme, code: str, fields: tuple[Field, ...]) -> None:
    name = next((line.name for line in scheme.lines if line.code == code), "")
    rows = lines.changed
    if name and not any(old for _column, old, _new in fields):
        rows = lines.added
    elif not any(new for _column, _old, new in fields):
        rows = lines.removed
    rows.append(Change(f"{code} {name}".strip(), fields))


def _fields(sheet: str, change: Change, lines: Mapping[str, str]) -> tuple[Field, ...]:
    spec = next(spec for spec in SHEETS if spec.name == sheet)
    fields = _cell(change.fields) if sheet == "目标完成" else change.fields
    return tuple(
        (_LABELS.get(name) or spec.label(name), _word(name, old, lines), _word(name, new, lines) or "")
        for name, old, new in fields
        if (old or "") != new
    )


def _cell(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """A target value and whether it applies are one cell."""
    found = {name: (old, new) for name, old, new in fields}
    old, new = found.get("value", ("", ""))
    before, after = found.get("applicable", (None, ""))
    return (("value", NOT_APPLICABLE if before == "False" else old, NOT_APPLICABLE if after == "False" else new),)


def _word(name: str, text: str | None, lines: Mapping[str, str]) -> str | None:
    if name == "in_charge" and text:
        return "、".join(lines.get(code, code) for code in text.split("、"))
    words = {"True": 0, "False": 1}
    return _WORDS[name][words[text]] if name in _WORDS and text in words else text
