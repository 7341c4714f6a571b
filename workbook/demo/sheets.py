"""A demo year as the workbook a clerk would upload (WORKBOOK 1): all inputs complete, or with planted mistakes."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assessment.numbers import number_text
from assessment.scheme import PARAMETERS, parameter_text, rule_text
from assessment.services.tally import TallyCounts
from cadres.services.post import default_posts
from workbook.demo.county import COUNTY, DEPARTMENTS, TOWNSHIPS
from workbook.demo.mistakes import MISTAKES
from workbook.demo.year import DemoYear

CellValue = str | int | float | None
Row = tuple[CellValue, ...]

_NAMES = {unit.code: unit.name for unit in TOWNSHIPS}
_TEAM_GRADES = ("好", "较好", "一般", "较差")
_CADRE_GRADES = ("优秀", "称职", "基本称职", "不称职")


def demo_workbook(year: DemoYear, *, mistakes: bool = False) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, header, rows in _sheets(year):
        _sheet(book.create_sheet(title), header, rows)
    book["干部"].insert_rows(1)
    book["干部"]["A1"] = f"{COUNTY}{year.number}年度考评干部名册"
    book["干部"].freeze_panes = "A3"
    for mistake in MISTAKES if mistakes else ():
        cell = book[mistake.sheet][mistake.cell]
        cell.value, cell.number_format = mistake.value, "General"
    return book


def _sheets(year: DemoYear) -> Iterator[tuple[str, Row, Iterable[Row]]]:
    yield "乡镇", ("编码", "名称", "排序"), ((unit.code, unit.name, unit.order) for unit in TOWNSHIPS)
    yield "县直单位", ("编码", "名称"), ((unit.code, unit.name) for unit in DEPARTMENTS)
    yield "职务", ("名称", "类别", "单人"), _posts()
    yield "干部", ("工号", "姓名", "乡镇", "职务", "类别", "分管", "考核状态", "兼任"), _roster(year)
    yield "考评目标", ("编码", "目标", "计分项", "类别", "分值", "方向", "折分方法", "参数", "责任单位"), _lines(year)
    yield "考评参数", ("参数", "值"), _parameters(year)
    yield "目标完成", ("乡镇", *(line.name for line in year.scheme.lines)), _values(year)
    yield "否决", ("乡镇", "计分项", "事由", "决定机关", "决定日期", "文号"), _vetoes(year)
    yield "班子测评", ("乡镇", "评价项", "票别", "发出", "收回", "有效", *_TEAM_GRADES, "弃权"), _team_tallies(year)
    yield "干部测评", ("工号", "评价项", "票别", *_CADRE_GRADES, "弃权"), _cadre_tallies(year)


def _posts() -> Iterator[Row]:
    for name, post in default_posts().items():
        yield name, "正职" if post["is_principal"] else "副职", "是" if post["single_holder"] else "否"


def _roster(year: DemoYear) -> Iterator[Row]:
    posts = default_posts()
    for row in year.roster:
        charges = "、".join(year.scheme.line(code).name for code in row.in_charge)
        side = "正职" if posts[row.post]["is_principal"] else "副职"
        township = _NAMES[row.township]
        yield (
            row.number,
            row.name,
            township,
            row.post,
            side,
            charges or None,
            row.not_graded or None,
            row.second_post or None,
        )


def _lines(year: DemoYear) -> Iterator[Row]:
    for line in year.scheme.lines:
        method, parameters = rule_text(line.rule, line.ties)
        points, direction = _number(line.points), str(line.direction)
        rule = (direction, method, parameters or None, line.department)
        yield line.code, line.target, line.name, str(line.block), points, *rule


def _parameters(year: DemoYear) -> Iterator[Row]:
    """Those that hold a text; what is left out has its default."""
    texts = ((parameter.name, parameter_text(year.scheme, parameter.name)) for parameter in PARAMETERS)
    return ((name, text) for name, text in texts if text)


def _values(year: DemoYear) -> Iterator[Row]:
    for unit in TOWNSHIPS:
        cells = (year.values[unit.code, line.code] for line in year.scheme.lines)
        yield unit.name, *(_number(cell) if isinstance(cell, Fraction) else cell for cell in cells)


def _vetoes(year: DemoYear) -> Iterator[Row]:
    for veto in year.vetoes:
        line = year.scheme.line(veto.line).name
        yield _NAMES[veto.township], line, veto.fact, veto.decided_by, veto.decided_on.isoformat(), veto.document


def _team_tallies(year: DemoYear) -> Iterator[Row]:
    for (township, code, group), counts in year.team_tallies.items():
        papers = (counts.issued, counts.returned, counts.valid)
        yield _NAMES[township], year.scheme.evaluation(code).name, group or None, *papers, *_votes(counts)


def _cadre_tallies(year: DemoYear) -> Iterator[Row]:
    for (number, code, group), counts in year.cadre_tallies.items():
        yield number, year.scheme.cadre_item(code).name, group or None, *_votes(counts)


def _votes(counts: TallyCounts) -> Row:
    return *counts.grades, counts.abstain


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(number_text(value))


def _sheet(sheet: Worksheet, header: Row, rows: Iterable[Row]) -> None:
    for row in (header, *rows):
        sheet.append(row)
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DCE6F1")
        cell.alignment = Alignment(horizontal="center", wrap_text=True)
    sheet.freeze_panes = "A2"
    for column, cells in enumerate(sheet.iter_cols(), start=1):
        widest = max((len(str(cell.value)) for cell in cells if cell.value is not None), default=2)
        sheet.column_dimensions[get_column_letter(column)].width = min(6 + 1.8 * widest, 48)
        for cell in cells:
            cell.number_format = "@" if isinstance(cell.value, str) else "General"
