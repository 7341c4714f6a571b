"""The parts that sheets share: which sheets there are, texts kept once, which number formats are dates."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .package import FileRefused, Package, damaged
from .xml import local, parse

LONGEST_TEXT = 32_767
"""Characters a cell of Excel can hold."""
MOST_TEXTS = 5_000_000

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_SURROGATES = range(0xD800, 0xE000)
_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_DATE_LETTERS = re.compile("[ymdhseaYMDHSEA年月日]")


@dataclass(frozen=True)
class Directory:
    """Sheet names in their order with the part each stands in; whether days are counted from 1904."""

    sheets: tuple[tuple[str, str], ...]
    from_1904: bool


def read_directory(package: Package) -> Directory:
    sheets: list[tuple[str, str]] = []
    flags: list[bool] = []

    def start(tag: str, values: Mapping[str, str]) -> None:
        name = local(tag)
        if name == "sheet":
            relation = next((value for key, value in values.items() if local(key) == "id" and ":" in key), "")
            sheets.append((values.get("name", ""), relation))
        elif name == "workbookPr":
            flags.append(values.get("date1904") in ("1", "true"))

    parse(package.chunks("xl/workbook.xml"), start=start)
    targets = _relations(package)
    found = tuple((name, targets[relation]) for name, relation in sheets if relation in targets)
    if not found:
        raise damaged()
    return Directory(found, any(flags))


def _relations(package: Package) -> dict[str, str]:
    """Relation → part, of worksheets alone."""
    targets: dict[str, str] = {}

    def start(tag: str, values: Mapping[str, str]) -> None:
        if local(tag) == "Relationship" and values.get("Type", "").endswith("/worksheet"):
            target = values.get("Target", "")
            path = target if target.startswith("/") else f"/xl/{target}"
            targets[values.get("Id", "")] = posixpath.normpath(path).lstrip("/")

    parse(package.chunks("xl/_rels/workbook.xml.rels"), start=start)
    return targets


def read_shared_texts(package: Package) -> list[str]:
    """Every text that cells point at, phonetic guides left out."""
    shared = _SharedTexts()
    if "xl/sharedStrings.xml" in package:
        parse(package.chunks("xl/sharedStrings.xml"), start=shared.start, end=shared.end, text=shared.text)
    return shared.texts


class _SharedTexts:
    """Handlers of one pass: a text may come in several runs."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.pieces: list[str] = []
        self.taking = self.in_guide = False

    def start(self, tag: str, _values: Mapping[str, str]) -> None:
        name = local(tag)
        if name == "t":
            self.taking = not self.in_guide
        elif name == "rPh":
            self.in_guide = True

    def text(self, piece: str) -> None:
        if self.taking:
            self.pieces.append(piece)

    def end(self, tag: str) -> None:
        name = local(tag)
        if name == "t":
            self.taking = False
        elif name == "rPh":
            self.in_guide = False
        elif name == "si":
            self.texts.append(plain_text("".join(self.pieces)))
            self.pieces = []
            if len(self.texts) > MOST_TEXTS:
                raise too_many_cells()


def too_many_cells() -> FileRefused:
    return FileRefused(_("The workbook holds more than %(count)s filled cells.") % {"count": f"{MOST_TEXTS:,}"})


def plain_text(text: str) -> str:
    """A text with Excel's _x000D_ escapes undone; what no database keeps becomes a blank."""
    text = text[:LONGEST_TEXT]
    return _ESCAPED.sub(_unescaped, text) if "_x" in text else text


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return " " if code < ord(" ") or code in _SURROGATES else chr(code)


def read_date_styles(package: Package) -> frozenset[str]:
    """The style numbers, as cells write them, whose number format shows a date or a time."""
    if "xl/styles.xml" not in package:
        return frozenset()
    formats: dict[str, str] = {}
    styles: list[str] = []
    inside = [""]

    def start(tag: str, values: Mapping[str, str]) -> None:
        name = local(tag)
        if name == "numFmt":
            formats[values.get("numFmtId", "")] = values.get("formatCode", "")
        elif name in ("cellXfs", "cellStyleXfs"):
            inside[0] = name
        elif name == "xf" and inside[0] == "cellXfs":
            styles.append(values.get("numFmtId", ""))

    parse(package.chunks("xl/styles.xml"), start=start)
    return frozenset(str(number) for number, code in enumerate(styles) if _is_date(code, formats))


def _is_date(code: str, formats: Mapping[str, str]) -> bool:
    if code in formats:
        shown = _LITERAL.sub("", formats[code].split(";")[0])
        return "general" not in shown.lower() and bool(_DATE_LETTERS.search(shown))
    return code.isdecimal() and int(code) in _BUILT_IN_DATES
