"""Goal 10: a year's workbook of 150,000 cells: openpyxl's read-only parse ÷ our whole import.

Ours: `year_import_preview` into a database that holds nothing of it: the file opened, every sheet and cell checked, all
rows written by the services, the changes listed, and the transaction taken back, so that each turn finds the same. The
other side: openpyxl reads the values of all cells, read-only, and does nothing with them.
"""

from io import BytesIO

from openpyxl import Workbook, load_workbook

from bench.county import County, county
from bench.measure import Row, Size, alternate, milliseconds
from workbook.services.import_year import year_import_preview

CELLS = 150_000
_CELLS_A_TOWNSHIP = 356
YEAR = 2024
"""No other bench has it."""


def run(size: Size) -> list[Row]:
    data, cells = county_file(county(max(2, round(CELLS * size.cells / _CELLS_A_TOWNSHIP))))
    report = year_import_preview(data=data, number=YEAR, by=None)
    assert report.good, report.reading.problems.listed[:3]
    pairs = alternate(
        lambda: year_import_preview(data=data, number=YEAR, by=None), lambda: parsed(data), pairs=size.pairs
    )
    goal = f"10 import of {cells:,} cells, openpyxl parse ÷ ours"
    ours, other = milliseconds("checked and saved", pairs.ours), milliseconds("openpyxl parses", pairs.other)
    return [Row(goal, ours, other, 1 / pairs.ours_to_other, "≥ 0.5", "≥ 2")]


def parsed(data: bytes) -> int:
    book = load_workbook(BytesIO(data), read_only=True)
    return sum(len(row) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))


def county_file(data: County) -> tuple[bytes, int]:
    """The county as a year's workbook, and how many cells hold something."""
    book = Workbook(write_only=True)
    filled = 0
    for title, rows in _sheets(data).items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
            filled += sum(cell not in (None, "") for cell in row)
    file = BytesIO()
    book.save(file)
    return file.getvalue(), filled


def _sheets(data: County) -> dict[str, list[list[object]]]:
    lines = data.scheme.lines
    return {
        "乡镇": [["编码", "名称"], *([unit.code, unit.name] for unit in data.townships)],
        "干部": [["工号", "姓名", "乡镇", "职务", "分管", "考核状态"], *_roster(data)],
        "目标完成": [
            ["乡镇", *(line.name for line in lines)],
            *([unit.code, *(_cell(data.values[unit.code, line.code]) for line in lines)] for unit in data.townships),
        ],
        "班子测评": [
            ["乡镇", "评价项", "票别", "发出", "收回", "有效", "好", "较好", "一般", "较差", "弃权"],
            *_team_rows(data),
        ],
        "干部测评": [
            ["工号", "评价项", "票别", "优秀", "称职", "基本称职", "不称职", "弃权"],
            *(
                [number, data.scheme.cadre_item(code).name, group, *counts.grades, counts.abstain]
                for (number, code, group), counts in data.cadre_tallies.items()
            ),
        ],
    }


def _roster(data: County) -> list[list[object]]:
    return [
        [row.number, row.name, row.township, row.post, "、".join(row.in_charge), row.not_graded] for row in data.roster
    ]


def _team_rows(data: County) -> list[list[object]]:
    rows: list[list[object]] = []
    for (township, code, group), counts in data.team_tallies.items():
        valid = sum(counts.grades) + counts.abstain
        papers = [valid + 5, valid + 2, valid]
        rows.append([township, data.scheme.evaluation(code).name, group, *papers, *counts.grades, counts.abstain])
    return rows


def _cell(value: object) -> object:
    return value if isinstance(value, str) else float(value)  # type: ignore[arg-type]
