"""The demo county: what it shows, that it is the same every time, and the workbooks in docs/demo."""

from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings
from openpyxl import Workbook, load_workbook

from assessment.models import (
    AssessmentYear,
    Box,
    Interview,
    LineValue,
    RosterEntry,
    Sheet,
    Tally,
    Vacancy,
    ValueEntry,
    Veto,
)
from assessment.scheme import scheme_differences, scheme_problems
from assessment.selectors.checklist import checklist
from assessment.selectors.year import scheme_current
from assessment.services.roster import roster_remove
from assessment.services.year import year_create
from cadres.models import Account, Appointment, AuditEntry, Role
from cadres.selectors.audit import audit_broken_at
from rewards.models import AppealDecision, Certificate, FeedbackRecord, MeasureDecision, PastResult
from rewards.rules import MeasureKind
from rewards.selectors.measure import measure_cases
from scoring.engine import CadreGrade, TeamGrade, YearResult
from scoring.models import FrozenTeam, SchemeDraft
from scoring.results import current_result
from workbook.demo.accounts import ACCOUNTS, DEMO_PASSWORD
from workbook.demo.mistakes import MISTAKES
from workbook.demo.notice import notice_build, teams_build
from workbook.demo.people import roster
from workbook.demo.year import COLLECTING, NEXT_YEAR, YEARS, demo_year
from workbook.services.import_year import year_import

DEMO_FILES = Path(__file__).resolve().parents[2] / "docs" / "demo"
RIGHT = DEMO_FILES / "demo-county-2027.xlsx"
WRONG = DEMO_FILES / "demo-county-2027-with-mistakes.xlsx"


def result(number: int) -> YearResult:
    return current_result(AssessmentYear.objects.get(number=number))


def cells(book: Workbook) -> dict[tuple[str, str], object]:
    """(sheet, cell) → value of everything that is not blank."""
    rows = ((sheet.title, cell) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return {(title, cell.coordinate): cell.value for title, cell in rows if cell.value is not None}


def _township_moved(year: AssessmentYear) -> list[FrozenTeam]:
    """Whose place the second version changed, the better one first."""
    first, second = (
        {team.township_id: team for team in version.teams.select_related("township")}
        for version in year.result_versions.order_by("number")
    )
    moved = [team for key, team in second.items() if team.rank != first[key].rank]
    return sorted(moved, key=lambda team: team.rank)


class DemoCountyTest(TestCase):
    """Built once for all of these; what a case writes is taken back."""

    @classmethod
    def setUpTestData(cls) -> None:
        call_command("demo_county", stdout=StringIO())

    def test_the_first_workbook_makes_a_year_that_can_be_announced_and_scored(self) -> None:
        report = year_import(data=RIGHT.read_bytes(), number=NEXT_YEAR, file_name=RIGHT.name, by=None)
        assert (report.reading.problems.listed, report.reading.notices, report.applied) == ([], [], True)
        year = AssessmentYear.objects.get(number=NEXT_YEAR)
        notice_build(year, by=None)  # the workbook holds neither notice nor assessment teams
        teams_build(year, accounts={account.username: account for account in Account.objects.all()}, by=None)
        assert [finding for check in checklist(year) if check.blocking for finding in check.findings] == []
        assert current_result(year).computable

    def test_a_copied_year_takes_the_workbook_once_those_who_left_are_off_the_roster(self) -> None:
        year = year_create(number=NEXT_YEAR, copy_from=AssessmentYear.objects.get(number=COLLECTING), by=None)
        report = year_import(data=RIGHT.read_bytes(), number=NEXT_YEAR, file_name=RIGHT.name, by=None)
        assert [problem.place for problem in report.reading.problems.listed] == ["干部!D19", "干部!D122"]
        for entry in year.roster.filter(cadre__number__in=("001017", "001120")):
            roster_remove(entry=entry, reason="调离", by=None)
        again = year_import(data=RIGHT.read_bytes(), number=NEXT_YEAR, file_name=RIGHT.name, by=None)
        assert (again.applied, again.reading.notices, current_result(year).computable) == (True, [], True)

    def test_the_second_workbook_is_refused_for_the_planted_cells_alone(self) -> None:
        report = year_import(data=WRONG.read_bytes(), number=NEXT_YEAR, file_name=WRONG.name, by=None)
        found = sorted((problem.sheet, problem.cell) for problem in report.reading.problems.listed)
        assert found == sorted((mistake.sheet, mistake.cell) for mistake in MISTAKES)
        assert not AssessmentYear.objects.filter(number=NEXT_YEAR).exists()

    def test_three_years_are_followed_up_and_the_next_is_collected(self) -> None:
        phases = {year.number: year.phase for year in AssessmentYear.objects.all()}
        assert phases == {2023: "archived", 2024: "archived", 2025: "published", COLLECTING: "collecting"}
        assert [result(number).missing for number in YEARS] == [(), (), ()]
        assert [len(result(number).teams) for number in YEARS] == [20, 20, 20]
        assert [len(result(number).cadres) for number in YEARS] == [210, 210, 208]
        assert audit_broken_at() is None

    def test_what_followed_shows_every_kind(self) -> None:
        year = AssessmentYear.objects.get(number=2025)
        assert Counter(MeasureDecision.objects.values_list("verdict", flat=True)) == {"accepted": 9, "changed": 1}
        assert Counter(AppealDecision.objects.values_list("outcome", flat=True)) == {
            "corrected": 1,
            "upheld": 1,
            "withdrawn": 1,
        }
        assert [version.number for version in year.result_versions.order_by("number")] == [1, 2]
        assert [version.township.name for version in _township_moved(year)] == ["桃源乡", "石桥镇"]
        assert Certificate.objects.count() == 2
        assert PastResult.objects.filter(year__in=(2021, 2022)).count() == 336
        told = {record.way for record in FeedbackRecord.objects.filter(year=year)}
        assert told == {"collective_talk", "letter"}

    def test_the_office_considers_two_drafts_for_the_next_scheme(self) -> None:
        drafts = SchemeDraft.objects.values_list("year__number", "name", "settings", "without", "adopted")
        expected = [(2025, "不计领导评价", {}, ["E3", "C3"], None), (2025, "步长 3%", {"步长": "3%"}, [], None)]
        assert list(drafts) == expected

    def test_a_sanction_bars_one_whose_place_is_inside_the_quota(self) -> None:
        """G4: place 34 of 202, and the grade 称职."""
        cadre = result(2025).cadre("001130")
        assert ([str(bar.code) for bar in cadre.bars], cadre.grade) == (["disciplinary"], CadreGrade.COMPETENT)

    def test_two_years_running_and_two_across_a_year_without_a_grade(self) -> None:
        """U2: 于健 in 2024 and 2025; 邓长青 in 2023 and 2025, on sick leave between."""
        cases = measure_cases(AssessmentYear.objects.get(number=2025))
        found = {case.key.code: case.years for case in cases if case.key.kind == MeasureKind.ORGANISATIONAL}
        assert found == {"001019": (2024, 2025), "001151": (2023, 2025)}

    def test_the_year_that_is_collected_shows_a_box_in_every_state(self) -> None:
        boxes = Box.objects.filter(is_rehearsal=False, township__isnull=False)
        assert Counter(boxes.values_list("state", flat=True)) == {"counted": 6, "closed": 2, "open": 1, "prepared": 5}
        assert Box.objects.filter(is_rehearsal=True).count() == 1
        mixed = Tally.objects.get(box__township__code="T06", evaluation="E1", group="机关工作人员")
        assert (mixed.issued, mixed.returned, mixed.valid) == (24, 24, 24)

    def test_its_sheets_values_and_talks_are_half_done(self) -> None:
        sheets = Sheet.objects.filter(round__closed_at=None)
        assert set(sheets.values_list("state", flat=True)) == {"draft", "signed", "returned"}
        assert ValueEntry.objects.filter(state="pending").count() == 40
        assert Interview.objects.filter(township__code="T01").count() > 20

    def test_the_announcements_checklist_holds(self) -> None:
        year = AssessmentYear.objects.get(number=2025)
        assert [finding for check in checklist(year) if check.blocking for finding in check.findings] == []

    def test_every_role_can_sign_in_and_two_clerks_worked(self) -> None:
        assert {account.role for account in Account.objects.all()} == set(Role)
        assert Account.objects.get(username="office").check_password(DEMO_PASSWORD)
        actors = dict(AuditEntry.objects.filter(year=2025).values_list("action", "actor_name"))
        assert (actors["value_entries_save"], actors["cadre_tallies_save"]) == ("office", "office2")
        of_2025 = LineValue.objects.filter(line__year__number=2025)
        made = set(of_2025.values_list("entered_by__username", "confirmed_by__username"))
        assert made == {("office", "office2")}

    def test_namesakes_differ_by_number_even_in_one_township(self) -> None:
        named = RosterEntry.objects.filter(year__number=2025)
        assert Counter(named.values_list("cadre__name", flat=True))["王伟"] == 5
        one_township = named.filter(cadre__name="李娜", township__code="T03")
        assert list(one_township.values_list("cadre__number", flat=True)) == ["001024", "001026"]

    def test_two_townships_are_equal_on_a_line(self) -> None:
        places = {team.input.code: team.line("K1").place for team in result(2025).teams}
        assert places["T04"] == places["T11"]

    def test_two_cadres_are_equal_in_total_with_different_votes(self) -> None:
        one, other = (result(2025).cadre(number) for number in ("001098", "001106"))
        assert one.total == other.total
        assert one.rank_township == other.rank_township
        assert one.input.tallies != other.input.tallies

    def test_a_quota_line_falls_into_a_tie_in_2024(self) -> None:
        """G3: 41 places of 20 % of 207; three share place 41, none of them is inside."""
        quota = result(2024).cadre_quota
        assert (quota.base, quota.places, quota.tie_rank, quota.tie_of, len(quota.inside)) == (207, 41, 41, 3, 40)

    def test_a_veto_keeps_a_strong_team_from_being_outstanding(self) -> None:
        """G5; the revoked one counts for nothing."""
        team = result(2025).team("T13")
        assert (team.rank, team.grade, team.input.vetoes) == (4, TeamGrade.GOOD, ("V5",))
        assert result(2025).team("T06").input.vetoes == ()
        assert Veto.objects.filter(line__year__number=2025, revoked_at__isnull=False).count() == 1

    def test_grades_of_every_kind(self) -> None:
        cadres = Counter(cadre.grade for cadre in result(2025).cadres)
        assert (cadres[CadreGrade.BASIC], cadres[CadreGrade.INCOMPETENT], cadres[CadreGrade.EXCELLENT]) == (2, 1, 40)
        assert {team.grade for team in result(2025).teams} == {TeamGrade.OUTSTANDING, TeamGrade.GOOD, TeamGrade.FAIR}
        assert [result(number).cadre("001019").grade for number in (2024, 2025)] == [CadreGrade.INCOMPETENT] * 2

    def test_people_not_graded_for_all_reasons(self) -> None:
        codes = (
            RosterEntry.objects.filter(year__number=2025).exclude(not_graded="").values_list("not_graded", flat=True)
        )
        assert Counter(codes) == {"5A": 2, "5B": 1, "5C": 1, "6A": 1, "6B": 1}

    def test_a_transfer_within_the_year_keeps_its_day(self) -> None:
        entry = RosterEntry.objects.get(year__number=2025, township__code="T06", post__name="组织委员")
        held = Appointment.objects.filter(cadre=entry.cadre).order_by("start")
        places = [(a.township.code, a.start.isoformat(), a.end and a.end.isoformat()) for a in held]
        assert places == [("T14", "2023-01-01", "2025-06-30"), ("T06", "2025-07-01", None)]

    def test_a_stated_vacancy_and_one_person_in_two_posts(self) -> None:
        vacancy = Vacancy.objects.get(year__number=2025)
        assert (vacancy.township.code, vacancy.post.name) == ("T17", "乡镇长")
        both = RosterEntry.objects.get(year__number=2025, second_post__isnull=False)
        assert (both.township.code, both.post.name, str(both.second_post)) == ("T09", "党委书记", "乡镇长")

    def test_cells_that_do_not_apply(self) -> None:
        cells = LineValue.objects.filter(line__year__number=2025, applicable=False)
        assert set(cells.values_list("township__code", "line__code")) == {
            ("T01", "K3"),
            ("T01", "K4"),
            ("T14", "V4"),
            ("T20", "K5"),
        }

    def test_this_years_scheme_differs_a_little_from_last_years(self) -> None:
        before, after = (scheme_current(AssessmentYear.objects.get(number=number)) for number in (2024, 2025))
        assert 3 <= len(scheme_differences(before, after)) <= 8
        assert scheme_problems(demo_year(NEXT_YEAR).scheme) == ()

    def test_the_accounts_are_printed_where_they_exist(self) -> None:
        output = StringIO()
        call_command("demo_accounts", stdout=output)
        lines = output.getvalue().splitlines()
        assert [line.split()[0] for line in lines] == [*(account.username for account in ACCOUNTS), "password"]


def test_votes_for_the_best_grade_are_about_half() -> None:
    votes = [counts.grades for counts in demo_year(2025).cadre_tallies.values()]
    shares = sorted(grades[0] / sum(grades) for grades in votes)
    assert 0.5 < shares[len(shares) // 2] < 0.55
    assert shares[-1] < 0.7


def test_a_database_with_a_year_is_refused(db: None) -> None:
    year_create(number=2019, by=None)
    with pytest.raises(CommandError):
        call_command("demo_county")
    assert AssessmentYear.objects.count() == 1


def test_a_real_site_gets_no_account_with_a_printed_password(db: None) -> None:
    with override_settings(LOCAL=False), pytest.raises(CommandError, match="not in production"):
        call_command("demo_county")
    with override_settings(LOCAL=False):
        call_command("demo_county", "--no-accounts", stdout=StringIO())
    assert (AssessmentYear.objects.count(), Account.objects.count()) == (3, 0)


def test_no_account_is_printed_on_an_empty_database(db: None) -> None:
    output = StringIO()
    call_command("demo_accounts", stdout=output)
    assert output.getvalue() == ""


def test_the_roster_of_next_year_has_all_principals() -> None:
    """The workbook has no sheet for vacancies, so the year of the walk-through must not need one."""
    rows = roster(NEXT_YEAR)
    held = Counter(post for row in rows for post in (row.post, row.second_post) if post)
    assert (held["党委书记"], held["乡镇长"]) == (20, 20)


@pytest.mark.parametrize(("file", "mistakes"), [(RIGHT, False), (WRONG, True)])
def test_the_committed_workbooks_are_what_the_command_makes(file: Path, mistakes: bool, tmp_path: Path) -> None:
    made = tmp_path / "made.xlsx"
    call_command("demo_county", workbook=made, mistakes=mistakes)
    assert cells(load_workbook(file)) == cells(load_workbook(made))


def test_the_second_workbook_differs_in_the_planted_cells_alone() -> None:
    right, wrong = cells(load_workbook(RIGHT)), cells(load_workbook(WRONG))
    differing = {cell for cell in right.keys() | wrong.keys() if right.get(cell) != wrong.get(cell)}
    assert differing == {(mistake.sheet, mistake.cell) for mistake in MISTAKES}
