"""Generated counties written as a clerk would, imported, and printed as JSON: the slow oracle's numbers come out."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, assume, given, settings

from assessment.models import AssessmentYear
from assessment.scheme import PARAMETERS, BlockCode, CadreItem, Evaluation, parameter_text, rule_text
from scoring.engine import NOT_APPLICABLE, Counts, Value, YearInput
from tests.oracle.slow import Oracle
from tests.oracle.years import POSTS, years
from tests.workbook.books import Sheets, book_of
from workbook.score_json import score_record
from workbook.services.import_year import year_import


def excel_number(value: Fraction) -> int | float | str:
    """Numbers that a spreadsheet holds exactly as a number, others as the text a clerk would type."""
    if value.denominator == 1:
        return int(value)
    return float(value) if 10**6 % value.denominator == 0 else f"{value.numerator}/{value.denominator}"


def line_rows(year: YearInput) -> Iterator[list[Any]]:
    yield ["编码", "目标", "计分项", "类别", "分值", "方向", "折分方法", "参数", "责任单位"]
    for line in year.scheme.lines:
        method, parameters = rule_text(line.rule, line.ties)
        points = excel_number(line.points)
        yield [line.code, line.target, line.name, line.block, points, line.direction, method, parameters, None]


def parameter_rows(year: YearInput) -> Iterator[list[Any]]:
    yield ["参数", "值"]
    yield from ([parameter.name, parameter_text(year.scheme, parameter.name)] for parameter in PARAMETERS)


def cadre_rows(year: YearInput) -> Iterator[list[Any]]:
    yield ["工号", "姓名", "乡镇", "职务", "分管", "考核状态"]
    for cadre in year.cadres:
        yield [
            cadre.number,
            cadre.name,
            cadre.township,
            cadre.post,
            "、".join(cadre.in_charge),
            cadre.not_graded or None,
        ]


def value_rows(year: YearInput) -> Iterator[list[Any]]:
    yield ["乡镇", *(line.name for line in year.scheme.lines)]
    for team in year.teams:
        yield [team.code, *(value_cell(team.values.get(line.code)) for line in year.scheme.lines)]


def value_cell(value: Value | None) -> int | float | str | None:
    if isinstance(value, Fraction):
        return excel_number(value)
    return "不适用" if value is NOT_APPLICABLE else None


def counts(counts: Counts) -> list[int]:
    return [*counts.grades, counts.abstain]


def team_tally_rows(year: YearInput) -> Iterator[list[Any]]:
    yield ["乡镇", "评价项", "票别", "好", "较好", "一般", "较差", "弃权"]
    names = {entry.code: entry.name for entry in year.scheme.evaluations}
    for team in year.teams:
        for code, boxes in team.tallies.items():
            yield from ([team.code, names[code], group or None, *counts(box)] for group, box in boxes.items())


def cadre_tally_rows(year: YearInput) -> Iterator[list[Any]]:
    yield ["工号", "评价项", "票别", "优秀", "称职", "基本称职", "不称职", "弃权"]
    names = {item.code: item.name for item in year.scheme.cadre_items}
    for cadre in year.cadres:
        for code, boxes in cadre.tallies.items():
            yield from ([cadre.number, names[code], group or None, *counts(box)] for group, box in boxes.items())


def veto_rows(year: YearInput) -> Iterator[list[Any]]:
    yield ["乡镇", "计分项", "事由", "决定机关", "决定日期"]
    for team in year.teams:
        yield from ([team.code, code, "发生责任事故", "县委常委会", "2025年12月1日"] for code in team.vetoes)


def workbook_bytes(year: YearInput) -> bytes:
    """The whole year, as WORKBOOK.md names it; posts without single holders, since counties are drawn at random."""
    sheets: Sheets = {
        "干部测评": list(cadre_tally_rows(year)),
        "乡镇": [["编码", "名称"], *([team.code, team.name] for team in year.teams)],
        "职务": [["名称", "类别", "单人"], *([post, "正职" if post in POSTS[:2] else "副职", "否"] for post in POSTS)],
        "考评目标": list(line_rows(year)),
        "考评参数": list(parameter_rows(year)),
        "干部": list(cadre_rows(year)),
        "目标完成": list(value_rows(year)),
        "否决": list(veto_rows(year)),
        "班子测评": list(team_tally_rows(year)),
    }
    return book_of(sheets)


def as_a_workbook_can_say(year: YearInput) -> YearInput:
    """Vetoes stand on veto lines only, and no workbook names a disciplinary record."""
    veto_lines = {line.code for line in year.scheme.lines if line.block is BlockCode.VETO}
    teams = tuple(
        replace(team, vetoes=tuple(code for code in team.vetoes if code in veto_lines)) for team in year.teams
    )
    return replace(year, teams=teams, cadres=tuple(replace(cadre, disciplinary="") for cadre in year.cadres))


def importable(year: YearInput) -> bool:
    """What import refuses (values out of a rule's range, unknown lines and groups) is tested by name elsewhere."""
    entries: tuple[Evaluation | CadreItem, ...] = (*year.scheme.evaluations, *year.scheme.cadre_items)
    known = {entry.code: {name for name, _ in entry.groups} for entry in entries}
    codes = {line.code for line in year.scheme.lines}
    teams = {team.code for team in year.teams}
    votes = [team.tallies for team in year.teams] + [cadre.tallies for cadre in year.cadres]
    return (
        all(not known[code] or set(boxes) <= known[code] for tallies in votes for code, boxes in tallies.items())
        and all(set(cadre.in_charge) <= codes and cadre.township in teams for cadre in year.cadres)
        and all(0 < value <= 3 for team in year.teams for value in team.values.values() if isinstance(value, Fraction))
    )


def points(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def printed(record: dict[str, Any]) -> dict[str, Any]:
    """The JSON in the oracle's terms."""
    teams = {
        team["township"]: {
            "lines": {code: points(text) for code, text in team["lines"].items()},
            "places": team["places"],
            "total": points(team["total"]),
            "rank": team["rank"],
            "grade": team["suggested_grade"],
        }
        for team in record["teams"]
    }
    cadres = {
        cadre["id"]: {
            "lines": {code: points(text) for code, text in cadre["lines"].items()},
            "total": points(cadre["total"]),
            "ranks": (cadre["rank_township"], cadre["rank_post"], cadre["rank_county"]),
            "grade": cadre["suggested_grade"],
        }
        for cadre in record["cadres"]
    }
    return {"teams": teams, "cadres": cadres}


def expected(year: YearInput) -> dict[str, Any]:
    answer = Oracle(year).answer()
    for team in answer["teams"].values():
        team["places"] = {code: place for code, place in team["places"].items() if place is not None}
    for cadre in answer["cadres"].values():
        del cadre["bars"]
    return answer


@pytest.mark.django_db
@settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@given(years())
def test_a_generated_county_comes_out_as_the_oracle_has_it(drawn: YearInput) -> None:
    year = as_a_workbook_can_say(drawn)
    assume(importable(year) and year.cadres)
    with transaction.atomic():
        report = year_import(data=workbook_bytes(year), number=2025, file_name="county.xlsx", by=None)
        assert [str(problem) for problem in report.reading.problems.listed] == []
        record = score_record(AssessmentYear.objects.get(number=2025))
        transaction.set_rollback(True)
    assert printed(record) == expected(year)
