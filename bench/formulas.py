"""A county as somebody handy with a spreadsheet would keep it: inputs typed, everything else a formula."""

from fractions import Fraction

from openpyxl import Workbook
from openpyxl.utils import get_column_letter as letter
from openpyxl.worksheet.worksheet import Worksheet

from bench.county import County

_SHARE = "({0}*1+{1}*0.8+{2}*0.6)/SUM({0}:{3})"


def formula_workbook(data: County) -> Workbook:
    """Sheets: values, line points by rank, team votes, teams, cadres."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _values(book.create_sheet("values"), data)
    _line_points(book.create_sheet("lines"), data)
    _team_votes(book.create_sheet("votes"), data)
    _teams(book.create_sheet("teams"), data)
    _cadres(book.create_sheet("cadres"), data)
    return book


def _values(sheet: Worksheet, data: County) -> None:
    for unit in data.townships:
        cells = (data.values[unit.code, line.code] for line in data.scheme.lines)
        sheet.append([unit.code, *(float(cell) if isinstance(cell, Fraction) else "" for cell in cells)])


def _line_points(sheet: Worksheet, data: County) -> None:
    """名次百分比: full points less 2 % a place, 60 % at least; where a line does not apply, the row's mean rate."""
    last, width = len(data.townships), letter(len(data.scheme.lines) + 1)
    for row, unit in enumerate(data.townships, start=1):
        cells = [unit.code]
        for column, line in enumerate(data.scheme.lines, start=2):
            at = f"values!{letter(column)}{row}"
            span = f"values!{letter(column)}$1:{letter(column)}${last}"
            by_rank = f"ROUND({float(line.points)}*MAX(1-0.02*(RANK({at},{span},0)-1),0.6),2)"
            otherwise = f"ROUND({float(line.points)}*COUNT(values!B{row}:{width}{row})/{len(data.scheme.lines)},2)"
            cells.append(f"=IF(ISNUMBER({at}),{by_rank},{otherwise})")
        sheet.append(cells)


def _team_votes(sheet: Worksheet, data: County) -> None:
    """Four counts an evaluation, then its points."""
    for row, unit in enumerate(data.townships, start=1):
        cells: list[str | int] = [unit.code]
        for evaluation in data.scheme.evaluations:
            cells += data.team_tallies[unit.code, evaluation.code, ""].grades
        for order, evaluation in enumerate(data.scheme.evaluations):
            counts = [f"{letter(2 + order * 4 + grade)}{row}" for grade in range(4)]
            cells.append(f"=ROUND({float(evaluation.points)}*{_SHARE.format(*counts)},2)")
        sheet.append(cells)


def _teams(sheet: Worksheet, data: County) -> None:
    """Target points, evaluation points, total, place."""
    last = letter(len(data.scheme.lines) + 1)
    first_points = 2 + 4 * len(data.scheme.evaluations)
    from_, to = letter(first_points), letter(first_points + len(data.scheme.evaluations) - 1)
    for row, unit in enumerate(data.townships, start=1):
        sums = [f"=SUM(lines!B{row}:{last}{row})", f"=SUM(votes!{from_}{row}:{to}{row})", f"=B{row}+C{row}"]
        sheet.append([unit.code, *sums, f"=RANK(D{row},D$1:D${len(data.townships)},0)"])


def _cadres(sheet: Worksheet, data: County) -> None:
    """Twelve counts, three evaluations, the work result, total, places in the township, the post and the county."""
    graded = [row for row in data.roster if not row.not_graded]
    items = [item for item in data.scheme.cadre_items if not item.is_work]
    lines = {line.code: letter(column) for column, line in enumerate(data.scheme.lines, start=2)}
    last = len(graded)
    for row, cadre in enumerate(graded, start=1):
        cells: list[str | int] = [cadre.number, cadre.township, cadre.post]
        for item in items:
            cells += data.cadre_tallies[cadre.number, item.code, ""].grades
        for order, item in enumerate(items):
            counts = [f"{letter(4 + order * 4 + grade)}{row}" for grade in range(4)]
            cells.append(f"=ROUND({float(item.points)}*{_SHARE.format(*counts)},2)")
        team = f"INDEX(teams!B$1:B${len(data.townships)},MATCH(B{row},teams!A$1:A${len(data.townships)},0))/90"
        if cadre.in_charge:
            at = int(cadre.township[1:])
            reached = "+".join(f"lines!{lines[code]}{at}" for code in cadre.in_charge)
            full = sum(float(data.scheme.line(code).points) for code in cadre.in_charge)
            cells.append(f"=ROUND(40*(0.5*{team}+0.5*({reached})/{full}),2)")
        else:
            cells.append(f"=ROUND(40*{team},2)")
        cells.append(f"=SUM(P{row}:S{row})")
        total = f"T$1:T${last}"
        cells += [
            f'=COUNTIFS(B$1:B${last},B{row},{total},">"&T{row})+1',
            f'=COUNTIFS(C$1:C${last},C{row},{total},">"&T{row})+1',
            f"=RANK(T{row},{total},0)",
        ]
        sheet.append(cells)
