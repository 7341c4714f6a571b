"""A team and a cadre over the years (RULES P4, P6)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.urls import reverse

from assessment.models import AssessmentYear, Phase
from assessment.scheme import Scheme, default_scheme
from cadres.models import Account, AuditEntry, Cadre
from scoring.chart import Chart
from scoring.engine import CadreInput, Counts, YearInput
from scoring.selectors.result import cadre_history, team_history
from scoring.years.grid import Grid
from scoring.years.page import CadreYearRow, HistoryPage, TeamYearRow, cadre_history_page, team_history_page
from tests.conftest import ClientFor, account_of
from tests.county import county
from tests.engine.cases import full_cadre, full_team
from tests.scoring.pages import CADRES, small_inputs
from workbook.score_json import score_record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

Queries = Callable[[int], AbstractContextManager[object]]

MOVED = "0004"


@pytest.fixture
def years() -> dict[int, AssessmentYear]:
    """2023 published; 2024 closed, without 0004; 2025 closed, with 0004 in T01 and 0001 not graded; 2026 collecting."""
    inputs = small_inputs()
    without = tuple(cadre for cadre in CADRES if cadre.number != MOVED)
    later = (replace(CADRES[0], not_graded="6A"), *CADRES[1:3], full_cadre(MOVED, "T01", name="张敏"), *CADRES[4:])
    return {
        2023: _county(inputs, CADRES, 2023, Phase.PUBLISHED),
        2024: _county(inputs, without, 2024, Phase.CLOSED),
        2025: _county(inputs, later, 2025, Phase.CLOSED),
        2026: _county(inputs, CADRES, 2026, Phase.COLLECTING),
    }


def _county(inputs: YearInput, cadres: tuple[CadreInput, ...], number: int, phase: Phase) -> AssessmentYear:
    return county(replace(inputs, cadres=cadres), number=number, phase=phase)


def cadre_page(number: str, who: str = "leader") -> HistoryPage[CadreYearRow]:
    (history,) = cadre_history(cadres=[Cadre.objects.get(number=number)], by=account_of(who))
    return cadre_history_page(history)


def team_page(code: str, who: str = "leader") -> HistoryPage[TeamYearRow]:
    return team_history_page(team_history(code=code, by=account_of(who)))


def texts(chart: Chart | None) -> dict[str, list[str]]:
    """Year → what its marks say, "" where there is none."""
    return {row.label: [mark.text if mark else "" for mark in row.marks] for row in (chart.rows if chart else ())}


def points(grid: Grid | None) -> dict[str, list[str]]:
    """Row → points year by year."""
    rows = grid.rows if grid else ()
    return {
        f"{row.key.code} {row.key.name}".strip(): [str(cell.points) if cell else "" for cell in row.cells]
        for row in rows
    }


def percent(value: str, full: int) -> str:
    """Of full points, two decimals, half up."""
    return f"{(Decimal(value) * 100 / full).quantize(Decimal('0.01'), ROUND_HALF_UP)}%"


def json_of(rows: list[dict[str, Any]], key: str, subject: str) -> dict[str, Any]:
    return next(row for row in rows if row[key] == subject)


class TestCadre:
    def test_p6_numbers_are_those_of_the_record(self, years: dict[int, AssessmentYear]) -> None:
        page = cadre_page("0002")
        records = {
            number: json_of(score_record(years[number])["cadres"], "id", "0002") for number in (2023, 2024, 2025)
        }
        rows = {row.year.number: row for row in page.rows}
        for number, record in records.items():
            row = rows[number].cadre
            places = [record[f"rank_{name}"] for name in ("township", "post", "county")]
            assert [str(row.total), row.rank_township, row.rank_post, row.rank_county] == [record["total"], *places]
            assert texts(page.rates)[str(number)] == [
                percent(record["lines"][code], full) for code, full in (("C1", 20), ("C2", 40), ("C3", 20), ("C4", 20))
            ]
            assert texts(page.rated.chart)[str(number)] == [
                percent(record["lines"][code], 20) for code in ("C1", "C3", "C4")
            ]
        for code, name in (
            ("C1", "C1 民主测评"),
            ("C2", "C2 工作实绩"),
            ("C3", "C3 领导评价"),
            ("C4", "C4 考评组评价"),
        ):
            assert points(page.grid)[name] == [record["lines"][code] for record in records.values()]
        assert points(page.grid)["Total"] == [record["total"] for record in records.values()]

    def test_c4_who_moved_is_shown_where_each_year_was(self, years: dict[int, AssessmentYear]) -> None:
        page = cadre_page(MOVED)
        assert [(row.year.number, row.township) for row in page.rows] == [(2025, "乡镇T01"), (2023, "乡镇T02")]
        (in_township,) = [chart for chart in page.places if chart.name == "place-township"]
        notes = [row.marks[0].note if row.marks[0] else "" for row in in_township.rows]
        assert notes == ["乡镇T02", "", "乡镇T01"]

    def test_a_year_missing_in_between_is_a_gap_of_every_chart(self, years: dict[int, AssessmentYear]) -> None:
        page = cadre_page(MOVED)
        assert page.gaps == (2024,)
        assert [texts(chart)["2024"] for chart in page.places] == [[""], [""], [""]]
        assert texts(page.rates)["2024"] == ["", "", "", ""]
        assert texts(page.rated.chart)["2024"] == ["", "", ""]

    def test_c3_a_year_not_graded_says_why_and_has_no_numbers(self, years: dict[int, AssessmentYear]) -> None:
        page = cadre_page("0001")
        assert [(row.year.number, bool(row.not_graded), row.grade == "") for row in page.rows] == [
            (2025, True, True),
            (2024, False, False),
            (2023, False, False),
        ]
        assert page.grid is not None
        assert page.grid.years == (2023, 2024)
        assert [year for year, _text in page.rated.readings] == [2024, 2023]
        assert texts(page.places[0])["2025"] == [""]

    def test_y1_the_decided_grade_once_confirmed_else_the_suggested_one(self, years: dict[int, AssessmentYear]) -> None:
        decided = {row.year.number: row.decided for row in cadre_page("0002").rows}
        assert decided[2023] == json_of(score_record(years[2023])["cadres"], "id", "0002")["suggested_grade"]
        assert (decided[2024], decided[2025]) == ("", "")

    def test_the_page(self, years: dict[int, AssessmentYear], client_for: ClientFor) -> None:
        html = client_for("leader").get(f"/cadres/{MOVED}/").content.decode()
        for address in (
            "/years/2023/results/teams/T02/",
            "/years/2025/results/teams/T01/",
            reverse("rewards:person", kwargs={"number": MOVED}),
        ):
            assert f'href="{address}"' in html
        assert html.count("state-suggested") == 1  # 2025; 2023 is decided
        assert 'id="place-county"' in html


class TestTeam:
    def test_p6_numbers_are_those_of_the_record(self, years: dict[int, AssessmentYear]) -> None:
        page = team_page("T02")
        records = [json_of(score_record(years[number])["teams"], "township", "T02") for number in (2023, 2024, 2025)]
        shown = points(page.grid)
        for line in default_scheme().lines:
            assert shown[f"{line.code} {line.name}"] == [record["lines"][line.code] for record in records]
        assert shown["Sum of evaluations"] == [record["evaluation_points"] for record in records]
        assert shown["Total"] == [record["total"] for record in records]
        assert [str(row.team.total) for row in reversed(page.rows)] == [record["total"] for record in records]
        assert texts(page.places[0]) == {
            str(number): [f"{record['rank']} / 4 tied"]
            for number, record in zip((2023, 2024, 2025), records, strict=True)
        }
        assert texts(page.rates)["2024"][-2:] == [
            percent(records[1]["evaluation_points"], 60),
            percent(records[1]["total"], 150),
        ]
        assert texts(page.rated.chart)["2024"] == [
            percent(records[1]["lines"][code], full) for code, full in (("E1", 15), ("E2", 15), ("E3", 10), ("E4", 20))
        ]

    def test_g5_a_veto_is_named(self, years: dict[int, AssessmentYear]) -> None:
        assert team_page("T04").rows[0].vetoes == ("Work safety",)
        assert team_page("T02").rows[0].vetoes == ()

    def test_a_line_is_the_same_by_code_and_name(self) -> None:
        scheme = default_scheme()
        first, *others = scheme.lines
        renamed = replace(scheme, lines=(replace(first, name="税收收入"), *others))
        county(_alone(renamed), number=2024)
        county(_alone(scheme), number=2025)
        shown = points(team_page("T01").grid)
        assert list(shown)[:2] == ["K1 财政收入", "K2 三线农业一"]
        assert (shown["K1 税收收入"], shown["K1 财政收入"]) == (["12.00", ""], ["", "12.00"])
        assert list(shown).index("K1 税收收入") == list(shown).index("K5 项目建设") + 1

    def test_p6_where_the_full_points_changed_rates_compare(self) -> None:
        scheme = default_scheme()
        changes = {"R1": Fraction(4), "R3": Fraction(5)}
        lines = tuple(replace(line, points=changes.get(line.code, line.points)) for line in scheme.lines)
        county(_alone(replace(scheme, lines=lines)), number=2024)
        county(_alone(scheme), number=2025)
        grid = team_page("T01").grid
        rows = {row.key.code: row for row in (grid.rows if grid else ()) if row.key.code}
        assert [(rows[code].full, [cell and cell.rate for cell in rows[code].cells]) for code in ("R1", "R2")] == [
            (None, [1, 1]),
            (5, [1, 1]),
        ]
        assert [str(cell.points) for cell in rows["R1"].cells if cell] == ["4.00", "5.00"]

    def test_the_list_of_townships_leads_there(self, years: dict[int, AssessmentYear], client_for: ClientFor) -> None:
        link = 'href="/townships/T02/years/"'
        assert link in client_for("leader").get("/townships/").content.decode()
        assert link in client_for("office").get("/years/2026/results/teams/T02/").content.decode()
        assert link in client_for("leader").get("/years/2025/results/cadres/0005/").content.decode().replace(
            "T04", "T02"
        )
        assert link not in client_for("assessor").get("/townships/").content.decode()


def _alone(scheme: Scheme) -> YearInput:
    return YearInput(scheme, (full_team("T01", scheme),), ())


class TestWho:
    def test_the_office_sees_every_year_leaders_those_closed(self, years: dict[int, AssessmentYear]) -> None:
        assert [row.year.number for row in team_page("T01", "office").rows] == [2026, 2025, 2024, 2023]
        assert [row.year.number for row in team_page("T01").rows] == [2025, 2024, 2023]
        assert [row.year.number for row in cadre_page("0002", "office").rows] == [2026, 2025, 2024, 2023]
        assert [row.year.number for row in cadre_page("0002").rows] == [2025, 2024, 2023]

    def test_a_township_its_own_team_once_published(
        self, years: dict[int, AssessmentYear], client_for: ClientFor, township: Account
    ) -> None:
        client = client_for("township")
        html = client.get("/townships/T01/years/").content.decode()
        assert "/years/2023/results/teams/T01/" in html
        assert "/years/2024/" not in html
        before = AuditEntry.objects.filter(refused=True).count()
        assert client.get("/townships/T02/years/").status_code == 403
        assert AuditEntry.objects.filter(refused=True).count() == before + 1

    def test_before_any_result_the_page_says_so(self, client_for: ClientFor, township: Account) -> None:
        assert "empty-state" in client_for("township").get("/townships/T01/years/").content.decode()

    def test_a_township_nobody_knows(self, client_for: ClientFor) -> None:
        assert client_for("office").get("/townships/T99/years/").status_code == 404
        assert client_for("office").post("/townships/T99/years/").status_code == 405

    @pytest.mark.parametrize(
        ("url", "rate"),
        [(f"/cadres/{MOVED}/", "97.50%"), ("/townships/T01/years/", "97.53%")],  # 19.50 of 20, 14.63 of 15
    )
    def test_no_counts_of_votes(self, url: str, rate: str, client_for: ClientFor) -> None:
        """Rates come from points; 777777 + 0.8 × 111111 of 888888 votes is 97.5 %."""
        votes = {"": Counts((777_777, 111_111, 0, 0))}
        teams = tuple(full_team(code, e1=votes) for code in ("T01", "T02"))
        county(YearInput(default_scheme(), teams, (full_cadre(MOVED, "T01", c1=votes),)))
        html = client_for("leader").get(url).content.decode()
        assert rate in html
        assert "777777" not in html.replace(",", "")
        assert "888888" not in html.replace(",", "")


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize(("url", "expected"), [("/townships/T01/years/", 5), ("/cadres/0002/", 7)])
def test_queries_do_not_grow_with_the_years(
    url: str, expected: int, many: int, client_for: ClientFor, django_assert_num_queries: Queries
) -> None:
    inputs = small_inputs()
    for number in range(2025, 2025 - many, -1):
        county(inputs, number=number)
    client = client_for("leader")
    client.get(url)
    with django_assert_num_queries(expected):
        client.get(url)
