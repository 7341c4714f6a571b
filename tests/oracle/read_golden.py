"""The golden counties as engine inputs: a plain reader of their workbooks, which knows only what these two hold."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import IO, Any

from openpyxl import load_workbook

from assessment.scheme import BlockCode, Direction, Line, Scheme, default_scheme, rule_from_text, scheme_with
from rewards.rules import BonusCadre, BonusPost, BonusTeam
from scoring.engine import NOT_APPLICABLE, CadreInput, Counts, TeamInput, Value, YearInput, YearResult

GOLDEN = Path(__file__).parents[1] / "data" / "golden"

POSTS = (
    BonusPost("党委书记", principal=True),
    BonusPost("乡镇长", principal=True),
    *(BonusPost(name, principal=False) for name in ("人大主席", "纪委书记", "武装部长", "党委副书记", "副乡镇长")),
    *(BonusPost(name, principal=False) for name in ("组织委员", "宣传委员", "政法委员", "统战委员")),
)

Row = dict[str, Any]


def expected(county: str) -> dict[str, Any]:
    """What `score_year --json` must print for that county."""
    answer: dict[str, Any] = json.loads((GOLDEN / f"{county}.json").read_text(encoding="utf-8"))
    return answer


def year_input(county: str) -> YearInput:
    """The county's workbook as the engine's input."""
    return book_input(GOLDEN / f"{county}.xlsx")


def book_input(source: Path | IO[bytes]) -> YearInput:
    """A workbook with the columns of the golden ones as the engine's input."""
    book = load_workbook(source, read_only=True)
    sheets = {sheet.title: list(_rows(list(sheet.iter_rows(values_only=True)))) for sheet in book}
    scheme = _scheme(sheets)
    return YearInput(scheme, tuple(_teams(scheme, sheets)), tuple(_cadres(scheme, sheets)))


def _rows(table: list[tuple[Any, ...]]) -> Iterator[Row]:
    """Rows by column name; a title above the header has one filled cell."""
    header = next(index for index, row in enumerate(table) if sum(cell is not None for cell in row) > 1)
    for row in table[header + 1 :]:
        if any(cell is not None for cell in row):
            yield dict(zip(table[header], row, strict=True))


def _scheme(sheets: dict[str, list[Row]]) -> Scheme:
    scheme = default_scheme()
    if "考评目标" in sheets:
        scheme = replace(scheme, lines=tuple(_line(row) for row in sheets["考评目标"]))
    return scheme_with(scheme, {row["参数"]: str(row["值"]) for row in sheets.get("考评参数", [])})


def _line(row: Row) -> Line:
    rule, ties = rule_from_text(row["折分方法"], row["参数"] or "")
    return Line(
        row["编码"],
        row["目标"],
        row["计分项"],
        BlockCode(row["类别"]),
        Fraction(str(row["分值"])),
        Direction(row["方向"]),
        rule,
        ties,
    )


def _teams(scheme: Scheme, sheets: dict[str, list[Row]]) -> Iterator[TeamInput]:
    values = {row["乡镇"]: _values(scheme, row) for row in sheets["目标完成"]}
    codes = {entry.name: entry.code for entry in scheme.evaluations}
    tallies = _tallies(sheets["班子测评"], "乡镇", codes, ("好", "较好", "一般", "较差"))
    vetoes = defaultdict(list)
    for row in sheets.get("否决", []):
        vetoes[row["乡镇"]].append(scheme.line(row["计分项"]).code)
    for row in sheets["乡镇"]:
        code = row["编码"]
        yield TeamInput(code, row["名称"], row["排序"], values[code], tallies[code], tuple(vetoes[code]))


def _values(scheme: Scheme, row: Row) -> dict[str, Value]:
    cells = {scheme.line(name).code: cell for name, cell in row.items() if name != "乡镇" and cell is not None}
    return {code: NOT_APPLICABLE if cell == "不适用" else Fraction(str(cell)) for code, cell in cells.items()}


def _tallies(
    rows: list[Row], subject: str, codes: dict[str, str], grades: tuple[str, ...]
) -> dict[str, dict[str, dict[str, Counts]]]:
    found: dict[str, dict[str, dict[str, Counts]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        one, two, three, four = (row[grade] or 0 for grade in grades)
        counts = Counts((one, two, three, four), row["弃权"] or 0)
        found[row[subject]][codes[row["评价项"]]][row["票别"] or ""] = counts
    return found


def _cadres(scheme: Scheme, sheets: dict[str, list[Row]]) -> Iterator[CadreInput]:
    codes = {item.name: item.code for item in scheme.cadre_items}
    tallies = _tallies(sheets["干部测评"], "工号", codes, ("优秀", "称职", "基本称职", "不称职"))
    for row in sheets["干部"]:
        charge = [name for name in (row["分管"] or "").split("、") if name]
        yield CadreInput(
            number=row["工号"],
            name=row["姓名"],
            township=row["乡镇"],
            post=row["职务"],
            principal=row["类别"] == "正职",
            in_charge=tuple(scheme.line(name).code for name in charge),
            not_graded=row["考核状态"] or "",
            tallies=tallies[row["工号"]],
        )


def bonus_teams(result: YearResult) -> list[BonusTeam]:
    """The teams of a result for the bonus, by their suggested grades."""
    return [BonusTeam(team.input.code, team.rank, team.grade, team.vetoed) for team in result.teams]


def bonus_cadres(result: YearResult) -> list[BonusCadre]:
    """The cadres of a result for the bonus, by their suggested grades."""
    return [
        BonusCadre(cadre.input.number, cadre.input.township, cadre.input.post, cadre.grade, cadre.input.second_post)
        for cadre in result.cadres
    ]
