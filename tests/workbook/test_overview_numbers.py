"""Every number on a chart of the overview is that of `score_year --json`, and its table says the same."""

import json
import re
from collections import Counter
from decimal import Decimal
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils.translation import override
from hypothesis import given, settings

from assessment.models import AssessmentYear, Phase
from assessment.scheme import Scheme
from rewards.selectors.bonus import YearBonus
from rewards.selectors.grade import GradeInForce, Grades
from scoring.chart import Chart
from scoring.engine import CadreGrade, TeamGrade, YearInput, YearResult, score_year
from scoring.overview import Earlier, Overview, overview
from scoring.results import Confirmed, confirmed_grades, current_result
from tests.conftest import ClientFor
from tests.county import county
from tests.oracle.read_golden import year_input
from tests.oracle.years import years
from tests.scoring.pages import small_county, small_inputs, text_of
from workbook.score_json import Record, record_of

YEAR = 2025


def record_without_decisions(result: YearResult) -> Record:
    """What `score_year --json` prints of a result before anybody has decided."""
    teams = {team.input.code: GradeInForce(team.grade and str(team.grade)) for team in result.teams}
    cadres = {cadre.input.number: GradeInForce(cadre.grade and str(cadre.grade)) for cadre in result.cadres}
    return record_of(YearBonus(AssessmentYear(number=YEAR), result, Grades(teams, cadres), None, None, None))


def printed(number: int = YEAR) -> Record:
    """The command's own output."""
    out = StringIO()
    call_command("score_year", str(number), "--json", stdout=out)
    answer: Record = json.loads(out.getvalue())
    return answer


def texts(chart: Chart) -> list[list[str | None]]:
    """What is read in each row; None where there is no mark."""
    return [[mark.text if mark else None for mark in row.marks] for row in chart.rows]


def assert_drawn_as_read(chart: Chart) -> None:
    """Where the number is what is drawn: a bar, a cell, a column."""
    for mark in (mark for row in chart.rows for mark in row.marks if mark):
        assert Decimal(mark.value) == Decimal(mark.text)


def by_rank(record: Record) -> list[Record]:
    """Teams as the drawings list them: by place, who has none at the end."""
    return sorted(record["teams"], key=lambda team: (team["rank"] is None, team["rank"] or 0))


def assert_equals(shown: Overview, by_line: Overview, record: Record, scheme: Scheme) -> None:
    """All charts of the overview against the record."""
    assert_teams(shown.team_chart, record, scheme)
    assert_lines(by_line.team_chart, record, [line.code for line in in_blocks(scheme)])
    assert_lines(
        shown.heat, record, [line.code for line in scheme.lines] + [entry.code for entry in scheme.evaluations]
    )
    assert_spread(shown.spread, record)
    assert_grades(shown.teams.grades, record["teams"], TeamGrade)
    assert_grades(shown.cadres.grades, record["cadres"], CadreGrade)
    for chart in (*shown.charts, by_line.team_chart):
        assert_drawn_as_read(chart)


def in_blocks(scheme: Scheme) -> list[Any]:
    """Lines block by block, then evaluations."""
    return [line for block, _points in scheme.blocks for line in scheme.lines_of(block)] + [*scheme.evaluations]


def assert_teams(chart: Chart, record: Record, scheme: Scheme) -> None:
    """Blocks are the sums of their lines (RULES A2); behind them the total, in front the place."""
    expected, ends, labels = [], [], []
    for team in by_rank(record):
        blocks = [[team["lines"][line.code] for line in scheme.lines_of(code)] for code, _points in scheme.blocks]
        expected.append([*map(total_text, blocks), team["evaluation_points"]])
        ends.append(team["total"] or "—")
        place = f"{team['rank'] or '—'}{' tied' if team['tied'] else ''}"
        labels.append(f"{place} {team['name']}")
    assert texts(chart) == expected
    assert [row.end for row in chart.rows] == ends
    assert [row.label for row in chart.rows] == labels


def total_text(points: list[str | None]) -> str | None:
    """None where one is missing (RULES A3)."""
    known = [Decimal(one) for one in points if one is not None]
    return f"{sum(known, Decimal('0.00')):.2f}" if len(known) == len(points) else None


def assert_lines(chart: Chart, record: Record, codes: list[str]) -> None:
    assert texts(chart) == [[team["lines"][code] for code in codes] for team in by_rank(record)]


def assert_spread(chart: Chart, record: Record) -> None:
    """Every total is in one column, and no column counts another."""
    totals = [Decimal(cadre["total"]) for cadre in record["cadres"] if cadre["total"]]
    bounds = [tuple(map(Decimal, row.label.split(" – "))) for row in chart.rows]
    counted = [[str(sum(low <= total < high for total in totals))] for low, high in bounds]
    assert texts(chart) == counted
    assert sum(int(one) for (one,) in counted) == len(totals)


def assert_grades(chart: Chart, subjects: list[Record], grades: Any) -> None:
    suggested = Counter(subject["suggested_grade"] for subject in subjects)
    assert texts(chart)[0] == [str(suggested[grade]) for grade in grades]


@given(years())
@settings(max_examples=60, deadline=None)
def test_any_year(inputs: YearInput) -> None:
    """Ties, vetoes, not applicable, not graded, missing: whatever a county may have."""
    result = score_year(inputs)
    with override("en"):
        shown, by_line = overview(result, YEAR), overview(result, YEAR, by="lines")
    assert_equals(shown, by_line, record_without_decisions(result), result.scheme)


@pytest.mark.django_db
@pytest.mark.parametrize("inputs", [small_inputs(), year_input("county-default"), year_input("county-own-scheme")])
def test_what_the_command_prints(inputs: YearInput, english: None) -> None:
    result = current_result(county(inputs))
    assert_equals(overview(result, YEAR), overview(result, YEAR, by="lines"), printed(), result.scheme)


@pytest.mark.django_db
def test_grades_as_decided_and_places_of_both_years(english: None) -> None:
    """RULES P6: a move is between the places that both years' records hold."""
    last, this = county(small_inputs(), number=2024), county(small_inputs(), phase=Phase.PUBLISHED)
    confirmed = confirmed_grades(this)
    earlier = Earlier(last, current_result(last), Confirmed())
    shown = overview(current_result(this), YEAR, confirmed, earlier=earlier)
    record, before = printed(), printed(2024)
    for chart, subjects, grades in (
        (shown.teams.grades, record["teams"], TeamGrade),
        (shown.cadres.grades, record["cadres"], CadreGrade),
    ):
        decided = Counter(subject["grade"] or subject["suggested_grade"] for subject in subjects)
        assert texts(chart)[1] == [str(decided[grade]) for grade in grades]
    assert shown.moved is not None
    assert [(move.name, move.then.place, move.now.place) for move in shown.moved.teams] == [
        (old["name"], old["rank"], new["rank"]) for old, new in zip(by_rank(before), by_rank(record), strict=True)
    ]


@pytest.mark.django_db
def test_table_and_drawing_hold_the_same_texts(client_for: ClientFor) -> None:
    small_county()
    for query in ("", "?bars=lines"):
        html = client_for("office").get(f"/years/2025/results/{query}").content.decode()
        figures = re.findall(r'<figure class="chart.*?</figure>', html, re.S)
        assert len(figures) == 5
        for figure in figures:
            assert rows_of_table(figure) == rows_of_drawing(figure)


def rows_of_drawing(figure: str) -> list[list[str]]:
    """Label, marks and end of each row in the data of the script."""
    (data,) = re.findall(r'<script id="[\w-]+" type="application/json">(.*?)</script>', figure, re.S)
    drawing = json.loads(data)
    return [
        [row["label"], *(mark["text"] if mark else "—" for mark in row["marks"]), *filter(None, [row["end"]])]
        for row in drawing["rows"]
    ]


def rows_of_table(figure: str) -> list[list[str]]:
    """The cells of each row."""
    body = figure[figure.index("<tbody>") :]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.S)
    return [[unescape(text_of(cell)) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)] for row in rows]
