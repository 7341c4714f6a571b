"""Goal 11: the archive workbook, about 60,000 styled cells: ours ÷ openpyxl writing the same styled cells.

Ours: `archive_export` of a scored year, from results to the finished file, audit record included. The other side: the
same values with the same styles, given ready, by openpyxl in its documented way for large files: a write-only book, a
`WriteOnlyCell` for each value, appended row by row. It sets each style once and then shares it, as a book does inside:
to set font, border and alignment on every cell anew would flatter ours.
"""

from copy import copy
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, WriteOnlyCell

from bench.county import county, county_store
from bench.measure import Row, Size, alternate, milliseconds
from workbook.archive.export import archive_export

CELLS = 60_000
_CELLS_A_TOWNSHIP = 2340

Cells = list[tuple[str, list[list[tuple[object, dict[str, object]]]]]]


def run(size: Size) -> list[Row]:
    year = county_store(county(max(2, round(CELLS * size.cells / _CELLS_A_TOWNSHIP))))
    sheets = styled_cells(archive_export(year=year, by=None))
    count = sum(len(row) for _title, rows in sheets for row in rows)
    pairs = alternate(lambda: archive_export(year=year, by=None), lambda: written(sheets), pairs=size.pairs)
    goal = f"11 archive of {count:,} cells, ours ÷ openpyxl"
    ours, other = milliseconds("results to file", pairs.ours), milliseconds("openpyxl writes", pairs.other)
    return [Row(goal, ours, other, pairs.ours_to_other, "≤ 1.2", "≤ 1.05")]


def styled_cells(archive: bytes) -> Cells:
    """Value and styles of every cell of the archive; equal styles are one object, as anybody would write them."""
    styles: dict[bytes, dict[str, object]] = {}
    return [
        (sheet.title, [[(cell.value, _style(cell, styles)) for cell in row] for row in sheet.iter_rows()])
        for sheet in load_workbook(BytesIO(archive)).worksheets
    ]


def _style(cell: Cell, styles: dict[bytes, dict[str, object]]) -> dict[str, object]:
    key = cell._style.tobytes() if cell.has_style else b""
    if key not in styles:
        parts = {name: copy(getattr(cell, name)) for name in ("font", "fill", "border", "alignment")}
        styles[key] = {"number_format": cell.number_format, **parts} if key else {}
    return styles[key]


def written(sheets: Cells) -> bytes:
    """Each style is registered with the book once and then shared: openpyxl's own fast way."""
    book = Workbook(write_only=True)
    registered: dict[int, object] = {}
    for title, rows in sheets:
        page = book.create_sheet(title)
        for row in rows:
            page.append([_cell(page, value, style, registered) for value, style in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(page: object, value: object, style: dict[str, object], registered: dict[int, object]) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, value)  # type: ignore[arg-type]
    if id(style) in registered:
        cell._style = registered[id(style)]
        return cell
    for name, part in style.items():
        setattr(cell, name, part)
    registered[id(style)] = cell._style
    return cell
