"""RULES Y1, A3: confirmed results are frozen rows; nothing entered later moves them, every version stays readable."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from assessment.models import AssessmentYear, LineValue, Phase, Tally, Veto
from assessment.scheme import scheme_with
from assessment.services.scheme import scheme_save
from assessment.services.value import values_save
from assessment.services.year import year_confirm, year_step_back
from cadres.errors import Refused
from cadres.models import Cadre
from cadres.models.append_only import AppendOnlyError
from cadres.services.discipline import DisciplineRow, discipline_record
from rewards.services.grade import DecisionRow, grade_decisions_save
from scoring.differences import Matter, Outcome, differences
from scoring.engine import TeamGrade, YearInput, YearResult, score_year
from scoring.engine.serial import from_plain, to_plain
from scoring.models import FrozenCadre, FrozenLine, FrozenTeam, Reopening, ResultVersion
from scoring.results import current_result, results_forget
from scoring.selectors.version import content_digest, version_outcome, version_result, version_states
from scoring.services.version import DecidedGrades, version_freeze
from scoring.what_if import inputs_of
from tests.conftest import ClientFor
from tests.county import county, ladder, year_in_phase
from tests.oracle import read_golden
from tests.oracle.years import years
from tests.rewards.committee import cadres_decided, outstanding
from tests.scoring.pages import text_of
from workbook.archive.export import archive_export

pytestmark = pytest.mark.django_db

GOLDEN = ("county-default", "county-own-scheme")


@pytest.fixture
def year() -> AssessmentYear:
    """Three teams, fifteen cadres, every grade decided; closed."""
    return outstanding(ladder(3))


@pytest.fixture
def confirmed(year: AssessmentYear) -> AssessmentYear:
    """The same, confirmed as version 1."""
    year_confirm(year=year, by=None)
    return year


def record(number: int = 2025) -> str:
    out = StringIO()
    call_command("score_year", str(number), "--json", stdout=out)
    return out.getvalue()


# Frozen as they were


def test_confirming_changes_no_byte_of_the_record(year: AssessmentYear) -> None:
    before = record()
    year_confirm(year=year, by=None)
    results_forget()
    assert record() == before


@pytest.mark.parametrize("name", GOLDEN)
def test_confirming_a_golden_county_changes_no_byte_of_the_record(name: str) -> None:
    year = decided(county(read_golden.year_input(name)))
    before = record()
    year_confirm(year=year, by=None)
    results_forget()
    assert record() == before


def decided(year: AssessmentYear) -> AssessmentYear:
    """Every grade as suggested."""
    rows = [DecisionRow(team.input.code, str(team.grade)) for team in current_result(year).teams]
    grade_decisions_save(year=year, rows=rows, by=None)
    cadres_decided(year)
    return year


SCORES = ("班子得分", "干部得分", "同级位次", "同职位次", "综合位次", "计分依据", "考评办法")


def test_the_archive_holds_the_same_lines_before_and_after(year: AssessmentYear) -> None:
    before = sheets(year)
    year_confirm(year=year, by=None)
    results_forget()
    assert sheets(year) == before


def sheets(year: AssessmentYear) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(BytesIO(archive_export(year=year, by=None)))
    return {name: list(book[name].iter_rows(values_only=True)) for name in SCORES}


PAGES = (
    "teams/",
    "teams/T1/",
    "teams/T1/derivation/",
    "cadres/T1-1/",
    "cadres/T1-1/derivation/",
    "rankings/county/",
)


@pytest.mark.parametrize("page", PAGES)
def test_pages_show_the_same_numbers_before_and_after(year: AssessmentYear, client_for: ClientFor, page: str) -> None:
    leader = client_for("leader")
    before = numbers_of(leader, page)
    assert before
    year_confirm(year=year, by=None)
    results_forget()
    assert numbers_of(leader, page) == before


def numbers_of(client: Client, page: str) -> list[str]:
    """Points, rates and places (“3 / 24”) in the order of the page: around them it says what was decided."""
    html = client.get(f"/years/2025/results/{page}").content.decode().split("<main")[1].split("</main")[0]
    return re.findall(r"\d+\.\d+%?|\d+ / \d+", text_of(html))


def test_every_line_total_place_and_grade_is_a_row(confirmed: AssessmentYear) -> None:
    result, version = current_result(confirmed), ResultVersion.objects.get()
    teams = FrozenTeam.objects.values_list("township__code", "total", "rank", "ranked", "suggested", "grade")
    assert list(teams) == [
        (team.input.code, team.total, team.rank, 3, str(team.grade), "实绩突出") for team in result.teams
    ]
    lines = FrozenLine.objects.filter(team__township__code="T2").values_list("code", "points", "place")
    assert list(lines) == [(line.code, line.points, line.place) for line in result.team("T2").lines]
    cadre = FrozenCadre.objects.get(cadre__number="T2-3")
    found = result.cadre("T2-3")
    assert (cadre.total, cadre.rank_township, cadre.rank_post, cadre.rank_county, cadre.ranked, cadre.grade) == (
        found.total,
        found.rank_township,
        found.rank_post,
        found.rank_county,
        15,
        str(found.grade),
    )
    assert (version.number, version.reason, version.scheme.number) == (1, "", 1)


def test_the_digest_covers_every_row(confirmed: AssessmentYear) -> None:
    version = ResultVersion.objects.get()
    teams, cadres = version.teams.order_by("id"), version.cadres.order_by("id")
    outcome = version_outcome(version)
    content = [version.quotas, [row.content for row in teams], [row.content for row in cadres]]
    assert version.digest == content_digest([*content, dict(outcome.team_grades), dict(outcome.cadre_grades)])


def test_rows_are_never_changed(confirmed: AssessmentYear) -> None:
    for model in (ResultVersion, FrozenTeam, FrozenCadre, FrozenLine):
        with pytest.raises(AppendOnlyError):
            model._default_manager.update(pk=0)
        with pytest.raises(AppendOnlyError):
            model._default_manager.all().delete()
        with pytest.raises(AppendOnlyError):
            model._default_manager.latest("pk").save()


# Nothing entered later moves them


def late_veto_revoked(year: AssessmentYear) -> None:
    Veto.objects.update(revoked_at="2026-01-01T00:00Z", revoked_reason="撤销")


def late_tally(year: AssessmentYear) -> None:
    Tally.objects.filter(cadre__number="T3-5", evaluation="C1").update(first=0, fourth=20)


def late_value(year: AssessmentYear) -> None:
    LineValue.objects.filter(township__code="T3", line__code="K1").update(value=Fraction(1000))


def late_discipline(year: AssessmentYear) -> None:
    cadre = Cadre.objects.get(number="T2-1")
    row = DisciplineRow("warning", "县监〔2025〕3号", "县监委", date(2025, 3, 1))
    discipline_record(cadre=cadre, row=row, by=None)


def late_scheme(year: AssessmentYear) -> None:
    AssessmentYear.objects.update(phase=Phase.DRAFT)
    year.refresh_from_db()
    scheme = scheme_with(ladder(1).scheme, {"K1.步长": "5%"})
    scheme_save(year=year, scheme=scheme, reason="次年用", by=None)
    AssessmentYear.objects.update(phase=Phase.CONFIRMED)


def late_name(year: AssessmentYear) -> None:
    Cadre.objects.filter(number="T1-1").update(name="张三")


def vetoed() -> YearInput:
    inputs = ladder(3)
    return replace(inputs, teams=(replace(inputs.teams[0], vetoes=("V2",)), *inputs.teams[1:]))


@pytest.mark.parametrize(
    "late",
    [late_veto_revoked, late_tally, late_value, late_discipline, late_scheme, late_name],
    ids=lambda late: late.__name__,
)
def test_what_comes_later_moves_nothing_confirmed(late: Callable[[AssessmentYear], None]) -> None:
    year = decided(county(vetoed()))
    year_confirm(year=year, by=None)
    before, numbers = current_result(year), record()
    late(year)
    results_forget()
    year.refresh_from_db()
    assert current_result(year) == before
    assert record() == numbers


@pytest.mark.parametrize(
    "late",
    [late_veto_revoked, late_tally, late_value, late_discipline, late_scheme, late_name],
    ids=lambda late: late.__name__,
)
def test_the_same_moves_a_closed_year(late: Callable[[AssessmentYear], None]) -> None:
    """So that the case above can fail."""
    year = decided(county(vetoed()))
    before = current_result(year)
    late(year)
    AssessmentYear.objects.update(phase=Phase.CLOSED)
    results_forget()
    assert current_result(AssessmentYear.objects.get()) != before


# The stored trace recomputes


@pytest.mark.parametrize("name", GOLDEN)
def test_the_frozen_content_of_a_golden_county_recomputes(name: str) -> None:
    year = decided(county(read_golden.year_input(name)))
    year_confirm(year=year, by=None)
    outcome = version_outcome(ResultVersion.objects.get())
    assert recomputed(outcome) == outcome.result


def recomputed(outcome: Outcome) -> YearResult:
    """The engine on nothing but the frozen inputs, scheme and decided grades."""
    return score_year(
        inputs_of(outcome.result), {code: TeamGrade(grade) for code, grade in outcome.team_grades.items()}
    )


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@given(years())
def test_the_content_kept_of_a_generated_year_recomputes(inputs: YearInput) -> None:
    result = score_year(inputs)
    kept = replace(result, teams=from_plain(to_plain(result.teams)), cadres=from_plain(to_plain(result.cadres)))
    assert recomputed(Outcome(kept)) == result


# Back with a reason, and on


def test_a_year_that_lacks_something_cannot_be_confirmed() -> None:
    """A3."""
    inputs = ladder(2)
    year = county(replace(inputs, teams=(replace(inputs.teams[0], values={}), inputs.teams[1])))
    with pytest.raises(Refused):
        version_freeze(year=year, result=current_result(year), grades=DecidedGrades(), by=None)
    with pytest.raises(Refused):
        year_confirm(year=year, by=None)
    assert not ResultVersion.objects.exists()


def test_a_second_version_takes_the_reason_of_the_reopening(confirmed: AssessmentYear) -> None:
    year_step_back(year=confirmed, reason="漏计一票", by=None)
    assert Reopening.objects.get().reason == "漏计一票"
    grade_decisions_save(year=confirmed, rows=[DecisionRow("T2", "实绩较好", "县委重新研究")], by=None)
    cadres_decided(confirmed)
    year_confirm(year=confirmed, by=None)
    states = version_states(confirmed)
    assert [(state.version.number, state.version.reason, state.in_force) for state in states] == [
        (2, "漏计一票", True),
        (1, "", False),
    ]
    assert states[1].reopening is not None
    assert states[1].followed_by == 2


def second_version(year: AssessmentYear) -> None:
    """T3's 财政收入 was 98.5, not 97: second in the line."""
    year_step_back(year=year, reason="财政收入录错", by=None)
    year_in_phase(year, Phase.COLLECTING)
    line = values_save(year=year, cells={("T3", "K1"): Fraction(197, 2)}, by=None)
    assert line.changed
    year_in_phase(year, Phase.CLOSED)
    cadres_decided(year)
    year_confirm(year=year, by=None)


def test_the_earlier_version_stays_and_the_differences_are_listed(confirmed: AssessmentYear) -> None:
    before = current_result(confirmed)
    second_version(confirmed)
    second, first = ResultVersion.objects.order_by("-number")
    assert version_result(first) == before
    found = differences(version_outcome(first), version_outcome(second))
    assert [each.code for each in found if each.kind == "team"] == ["T2", "T3"]
    change = found[1].change_of(Matter.POINTS, "K1")
    assert change is not None
    assert (str(change.old), str(change.new)) == ("11.52", "11.76")


# Pages


@pytest.fixture
def two_versions(confirmed: AssessmentYear) -> AssessmentYear:
    second_version(confirmed)
    return confirmed


def test_the_list_names_number_reason_and_state(two_versions: AssessmentYear, client_for: ClientFor) -> None:
    page = client_for("leader").get("/years/2025/versions/")
    states = page.context["states"]
    assert [(state.version.number, state.version.reason) for state in states] == [(2, "财政收入录错"), (1, "")]
    text = page.content.decode()
    assert ResultVersion.objects.get(number=1).digest in text
    assert 'href="/years/2025/versions/1/"' in text


def test_an_earlier_version_shows_its_own_numbers(two_versions: AssessmentYear, client_for: ClientFor) -> None:
    leader = client_for("leader")
    assert cell(leader, 1, "T3", "K1") == "11.52"
    assert cell(leader, 2, "T3", "K1") == "11.76"
    assert cell(leader, 1, "T3", "decided") == cell(leader, 2, "T3", "decided") == "实绩突出"


def cell(client: Client, number: int, team: str, column: str) -> str:
    """What stands in the only row of that team, under that column."""
    text = client.get(f"/years/2025/versions/{number}/?q={team}&sort={column}").content.decode()
    table = text.split("<table")[1].split("</table")[0]
    heads = table.split("<thead>")[1].split("</thead>")[0].split("<th ")[1:]
    position = next(n for n, head in enumerate(heads) if "aria-sort" in head)
    return table.split("<tbody>")[1].split("<td")[position + 1].split(">", 1)[1].split("<")[0]


def test_cadres_of_a_version_can_be_searched(two_versions: AssessmentYear, client_for: ClientFor) -> None:
    page = client_for("office").get("/years/2025/versions/1/cadres/?q=T3-1")
    assert page.content.decode().count("<tr>") == 2


def test_the_page_of_differences(two_versions: AssessmentYear, client_for: ClientFor) -> None:
    found = client_for("leader").get("/years/2025/versions/differences/?old=1&new=2").context["compared"]
    assert (found.old.number, found.new.number) == (1, 2)
    assert [(row.name, row.of_team) for row in found.rows][:2] == [("T2镇", True), ("T3镇", True)]
    points, place = found.rows[1].changes[:2]
    assert {"K1 财政收入"} == {change.what.split(":")[0].split("：")[0] for change in (points, place)}
    assert (points.before, points.after, place.before, place.after) == ("11.52", "11.76", "3", "2")
    assert (found.count.teams, found.scheme) == (2, [])


@pytest.mark.parametrize("query", ["", "?old=x&new=", "?old=9&new=8"])
def test_what_the_address_names_wrongly_is_the_last_two(
    two_versions: AssessmentYear, client_for: ClientFor, query: str
) -> None:
    found = client_for("leader").get(f"/years/2025/versions/differences/{query}").context["compared"]
    assert (found.old.number, found.new.number) == (1, 2)


def test_one_version_has_nothing_to_be_compared_with(confirmed: AssessmentYear, client_for: ClientFor) -> None:
    answer = client_for("leader").get("/years/2025/versions/differences/")
    assert (answer.status_code, answer.context["compared"]) == (200, None)


def test_no_such_version(confirmed: AssessmentYear, client_for: ClientFor) -> None:
    assert client_for("leader").get("/years/2025/versions/7/").status_code == 404
