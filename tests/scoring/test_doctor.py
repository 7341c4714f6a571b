"""The scheme doctor on the years of a county (RULES 1.1, 4, B2, B5): findings, numbers, page, checklist, roles."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from assessment.forms.scheme import scheme_form
from assessment.models import AssessmentYear, Phase
from assessment.scheme import CadreGrading, Scheme, StepPercent, TeamGrading, default_scheme, scheme_with
from assessment.selectors.checklist import checklist, scheme_checks
from assessment.selectors.year import scheme_current
from assessment.services.scheme import scheme_save
from assessment.services.year import year_create, year_townships_set
from cadres.models import AuditEntry, Department, Township
from cadres.services.unit import UnitRow, departments_save
from scoring.doctor.report import diagnoses_forget, doctor_findings, doctor_report
from scoring.doctor.words import Finding, Level
from scoring.engine import Counts, TeamInput, YearInput
from scoring.results import current_result
from tests.conftest import ClientFor
from tests.county import county, ladder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

ADDRESS = "/years/2026/scheme/doctor/"
OUT_OF_REACH = ("nobody_reaches", "parameter-班子突出线", ("2025: 0 of 4 reached it",))
GOOD, POOR = Counts((14, 4, 2, 0)), Counts((2, 4, 10, 4))


def answered(scheme: Scheme) -> Scheme:
    """Every line answered for, so that nothing is left to say of the default."""
    departments_save(rows=[UnitRow("D01", "财政局")], by=None)
    return replace(scheme, lines=tuple(replace(line, department="财政局") for line in scheme.lines))


def mixed(teams: int = 4) -> YearInput:
    """A ladder of teams of whom no two have the same votes; the first half is voted good, the rest poor."""

    def votes(place: int) -> Counts:
        first, second, third, last = (GOOD if place < teams / 2 else POOR).grades
        return Counts((first * 10 + place, second * 10, third * 10, last * 10))

    inputs = ladder(teams)
    return replace(
        inputs,
        scheme=answered(inputs.scheme),
        teams=tuple(
            replace(team, tallies={code: {"": votes(place)} for code in team.tallies})
            for place, team in enumerate(inputs.teams)
        ),
        cadres=tuple(
            replace(cadre, tallies={code: {"": votes(seat % teams)} for code in cadre.tallies})
            for seat, cadre in enumerate(inputs.cadres)
        ),
    )


def draft(scheme: Scheme | None = None, number: int = 2026) -> AssessmentYear:
    """A year in draft in which all townships take part."""
    year = year_create(number=number, scheme=scheme or answered(default_scheme()), by=None)
    year_townships_set(year=year, townships=Township.objects.all(), by=None)
    return year


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Code, inputs, numbers."""
    return [(found.code, " ".join(place.anchor for place in found.places), found.numbers) for found in findings]


def pressing(year: AssessmentYear, scheme: Scheme | None = None) -> list[tuple[str, str, tuple[str, ...]]]:
    return told(doctor_report(scheme or scheme_current(year), year).pressing)


def team_lines(scheme: Scheme, **changes: Fraction) -> Scheme:
    grading: TeamGrading = replace(scheme.team_grading, **changes)
    return replace(scheme, team_grading=grading)


def cadre_lines(scheme: Scheme, **changes: Fraction) -> Scheme:
    grading: CadreGrading = replace(scheme.cadre_grading, **changes)  # type: ignore[arg-type]
    return replace(scheme, cadre_grading=grading)


def test_of_a_sound_scheme_nothing_is_said_that_presses() -> None:
    county(mixed())
    assert pressing(draft()) == []


def test_without_earlier_years_the_scheme_alone_is_looked_at() -> None:
    report = doctor_report(default_scheme(), draft(default_scheme()))
    assert (report.townships, report.years) == (0, ())
    assert [found.code for found in report.findings] == ["no_department"]
    assert [place.name for place in report.findings[0].places][:2] == ["K1 Fiscal revenue", "K2 Agriculture, line 1"]


class TestEarlierYears:
    """Four townships with 90 to 84.6 of 90 points by rank; two get 92 % of the votes' points, two 56 %."""

    def test_g1_a_line_that_no_team_would_have_met(self) -> None:
        """The best team has 145.2 of 150, 96.8 %."""
        county(mixed())
        year = draft(team_lines(answered(default_scheme()), outstanding=Fraction(99, 100)))
        assert pressing(year) == [OUT_OF_REACH]

    def test_g2_a_line_that_no_cadre_would_have_met(self) -> None:
        county(mixed())
        year = draft(cadre_lines(answered(default_scheme()), excellent=Fraction(100)))
        assert pressing(year) == [("nobody_reaches", "parameter-优秀线", ("2025: 0 of 20 reached it",))]

    def test_g1_a_line_that_every_team_would_have_met_leaves_all_to_the_quota(self) -> None:
        county(mixed())
        scheme = team_lines(answered(default_scheme()), outstanding=Fraction(61, 100), good=Fraction(60, 100))
        assert pressing(draft(scheme)) == [("everybody_reaches", "parameter-班子突出线", ("2025: 4 of 4 reached it",))]

    def test_a_safety_net_that_caught_nobody_is_a_remark(self) -> None:
        county(mixed())
        report = doctor_report(scheme_current(year := draft()), year)
        assert (pressing(year), told(report.remarks)[-1]) == (
            [],
            ("everybody_reaches", "parameter-基本称职线", ("2025: 20 of 20 reached it",)),
        )

    def test_g2_votes_that_nobody_would_have_had(self) -> None:
        """Good: 18 of 20 votes for the two upper grades, 90 % and a little more."""
        county(mixed())
        year = draft(cadre_lines(answered(default_scheme()), good_votes=Fraction(99, 100)))
        assert pressing(year) == [("nobody_reaches", "parameter-优称率线", ("2025: 0 of 20 reached it",))]

    def test_g3_a_quota_above_the_eligible(self) -> None:
        """75 % of 4 teams are 3 places; three teams reach 80 %, one of them is under a veto."""
        inputs = mixed()
        first, second, *others = inputs.teams
        county(replace(inputs, teams=(first, replace(second, vetoes=("V5",)), *others)))
        year = draft(team_lines(answered(default_scheme()), quota=Fraction(3, 4)))
        assert pressing(year) == [("quota_above_eligible", "parameter-班子突出比例", ("2025: 3 places, 2 eligible",))]

    def test_g3_a_quota_as_large_as_the_eligible_is_not_told(self) -> None:
        county(mixed())
        assert pressing(draft(team_lines(answered(default_scheme()), quota=Fraction(3, 4)))) == []

    def test_g3_of_cadres(self) -> None:
        """All of 20 are places; those under 80 points or voted low are not eligible."""
        county(mixed())
        year = draft(cadre_lines(answered(default_scheme()), quota=Fraction(1)))
        eligible = sum(
            cadre.total is not None and cadre.total >= 80 and not cadre.bars and cadre.grade in ("优秀", "称职")
            for cadre in current_result(AssessmentYear.objects.get(number=2025)).cadres
        )
        assert 0 < eligible < 20
        assert pressing(year) == [
            ("quota_above_eligible", "parameter-优秀比例", (f"2025: 20 places, {eligible} eligible",))
        ]

    def test_a_line_on_which_all_got_the_same(self) -> None:
        inputs = mixed()
        county(replace(inputs, teams=tuple(_with_value(team, "R1", 7) for team in inputs.teams)))
        assert pressing(draft()) == [("all_alike", "line-5-method", ("2025: all 4 got 5.00 points",))]

    def test_said_once_where_the_rule_itself_separates_nobody(self) -> None:
        county(mixed())
        scheme = answered(default_scheme())
        flat = replace(scheme.line("R1"), rule=StepPercent(Fraction(0), Fraction(3, 5)))
        lines = tuple(flat if line.code == "R1" else line for line in scheme.lines)
        assert pressing(draft(replace(scheme, lines=lines))) == [("rule_separates_nobody", "line-5-method", ())]

    def test_a_year_that_lacks_a_line_is_taken_as_it_was_computed(self) -> None:
        county(mixed())
        scheme = answered(default_scheme())
        renamed = tuple(replace(line, code="K9") if line.code == "K1" else line for line in scheme.lines)
        year = draft(team_lines(replace(scheme, lines=renamed), outstanding=Fraction(99, 100)))
        assert pressing(year) == [
            ("nobody_reaches", "parameter-班子突出线", ("2025 (as computed then): 0 of 4 reached it",))
        ]

    def test_what_one_of_the_years_contradicts_is_not_told(self) -> None:
        """2024 all votes are best, so its first team has every point."""
        county(mixed())
        county(replace(ladder(4), scheme=answered(default_scheme())), number=2024)
        year = draft(team_lines(answered(default_scheme()), outstanding=Fraction(99, 100)))
        report = doctor_report(scheme_current(year), year)
        assert [(looked.number, looked.rescored) for looked in report.years] == [(2025, True), (2024, True)]
        assert told(report.pressing) == []

    def test_three_years_at_most_the_latest_and_only_closed_ones(self) -> None:
        for number in (2021, 2022, 2023, 2024):
            county(mixed(), number=number)
        county(mixed(), number=2025, phase=Phase.COLLECTING)
        year = draft()
        assert [looked.number for looked in doctor_report(scheme_current(year), year).years] == [2024, 2023, 2022]

    def test_a_year_that_lacks_an_input_is_left_out(self) -> None:
        inputs = mixed()
        county(replace(inputs, teams=(replace(inputs.teams[0], tallies={}), *inputs.teams[1:])))
        year = draft()
        assert doctor_report(scheme_current(year), year).years == ()


def _with_value(team: TeamInput, line: str, value: int) -> TeamInput:
    return replace(team, values={**team.values, line: Fraction(value)})


class TestAnyScheme:
    """A draft that nobody has saved."""

    def test_what_would_be_refused_comes_first_and_no_year_is_scored_by_it(self) -> None:
        county(mixed())
        year, scheme = draft(), answered(default_scheme())
        heavy = tuple(replace(line, points=Fraction(13)) if line.code == "K1" else line for line in scheme.lines)
        report = doctor_report(replace(scheme, lines=heavy), year)
        (found,) = report.findings
        assert (found.level, found.where, found.text) == (Level.PROBLEM, "Key", "the sum is 61, expected 60")
        assert (report.refused, report.years) == (True, ())

    def test_findings_of_a_scheme_that_is_not_the_years(self) -> None:
        county(mixed())
        year = draft()
        other = scheme_with(scheme_current(year), {"第一名奖金": "300000"})
        assert [(found.code, found.text) for found in doctor_findings(other, year)][:1] == [
            (
                "pool_exceeded",
                "Teams that the quota lets be outstanding: 1. Their awards come to 300,000.00 yuan, the pool holds "
                "250,000.00.",
            )
        ]

    def test_a_department_that_is_none_in_use(self) -> None:
        county(mixed())
        year = draft()
        Department.objects.update(is_active=False)
        diagnoses_forget()
        found = doctor_report(scheme_current(year), year).pressing
        assert [(each.code, each.text) for each in found][:1] == [
            ("unknown_department", "“财政局” is not a department in use.")
        ]
        assert len(found[0].places) == 13

    def test_every_place_of_the_editor_that_is_pointed_at_exists(self) -> None:
        county(mixed())
        year = draft(default_scheme())
        scheme = cadre_lines(default_scheme(), excellent=Fraction(100), quota=Fraction(1))
        flat = tuple(replace(line, rule=StepPercent(Fraction(0), Fraction(1))) for line in scheme.lines)
        bonus = replace(scheme.bonus, pool=Fraction(1), deputy_share=Fraction(0))
        uneven = tuple(replace(entry, groups=(("甲", Fraction(1, 2)),)) for entry in scheme.evaluations)
        scheme = replace(scheme, lines=flat, bonus=bonus, evaluations=uneven)
        inputs = {cell.name for cell in scheme_form(scheme, []).all_fields}
        anchors = [place.anchor for found in doctor_findings(scheme, year) for place in found.places]
        assert [anchor for anchor in anchors if anchor not in inputs] == []
        assert len(anchors) > 30


def test_advice_changes_no_result_and_leaves_no_trace() -> None:
    earlier = county(mixed())
    year = draft(team_lines(answered(default_scheme()), outstanding=Fraction(99, 100)))
    before, entries, versions = current_result(earlier), AuditEntry.objects.count(), year.scheme_versions.count()
    assert doctor_findings(scheme_current(year), year) != ()
    assert current_result(earlier) == before
    assert (AuditEntry.objects.count(), year.scheme_versions.count()) == (entries, versions)


class TestPage:
    def test_findings_with_the_way_to_their_inputs(self, client_for: ClientFor) -> None:
        county(mixed())
        draft(team_lines(answered(default_scheme()), outstanding=Fraction(99, 100)))
        page = client_for("office").get(ADDRESS)
        assert told(page.context["report"].pressing) == [OUT_OF_REACH]
        assert 'href="/years/2026/scheme/edit/#parameter-班子突出线"' in page.content.decode()
        assert "2025: 0 of 4 reached it" in page.content.decode()

    def test_nothing_found_says_what_was_looked_at(self, client_for: ClientFor) -> None:
        draft(answered(default_scheme()))
        page = client_for("office").get(ADDRESS).content.decode()
        assert [words for words in ("Nothing was found", "No earlier year: none is closed") if words in page] == [
            "Nothing was found",
            "No earlier year: none is closed",
        ]

    def test_a_frozen_scheme_is_examined_without_links_to_an_editor(self, client_for: ClientFor) -> None:
        county(replace(mixed(), scheme=default_scheme()), number=2026, phase=Phase.COLLECTING)
        page = client_for("office").get(ADDRESS)
        assert [found.code for found in page.context["report"].pressing] == ["no_department"]
        assert "/scheme/edit/" not in page.content.decode()

    @pytest.mark.parametrize("who", ["leader", "department", "township", "assessor", "auditor", "administrator"])
    def test_others_are_refused_and_that_is_on_record(self, who: str, client_for: ClientFor) -> None:
        draft()
        client = client_for(who)
        assert client.get(ADDRESS).status_code == 403
        assert AuditEntry.objects.order_by("-pk")[0].action == "refused"

    def test_it_only_reads(self, client_for: ClientFor) -> None:
        draft()
        assert client_for("office").post(ADDRESS).status_code == 405

    @pytest.mark.parametrize("teams", [2, 12])
    def test_queries_do_not_grow(self, teams: int, client_for: ClientFor, django_assert_num_queries: Any) -> None:
        county(mixed(teams))
        draft()
        client = client_for("office")
        client.get("/years/")
        with django_assert_num_queries(21):
            client.get(ADDRESS)
        with django_assert_num_queries(5):
            client.get(ADDRESS)


class TestBeforeTheAnnouncement:
    def test_the_checklist_advises_and_does_not_stop(self) -> None:
        county(mixed())
        year = draft(team_lines(default_scheme(), outstanding=Fraction(99, 100)))
        (check,) = (check for check in checklist(year) if check.link == "scoring:scheme_doctor")
        words = "Nobody would have met this line in any year looked at. 2025: 0 of 4 reached it"
        assert (check.blocking, check.findings) == (False, (f"Line for outstanding teams: {words}",))
        (of_scheme,) = scheme_checks(year)
        assert len(of_scheme.findings) == 2  # no department answers: the checklist asks that by itself

    @pytest.mark.parametrize("path", ["/years/2026/scheme/", "/years/2026/scheme/edit/"])
    def test_the_pages_of_a_draft_count_and_lead_there(self, path: str, client_for: ClientFor) -> None:
        draft(default_scheme())
        page = client_for("office").get(path).content.decode()
        assert ("The scheme doctor found 1 thing to check." in page, f'href="{ADDRESS}"' in page) == (True, True)

    def test_a_saved_change_is_examined_anew(self, client_for: ClientFor) -> None:
        year = draft(default_scheme())
        client: Client = client_for("office")
        client.get("/years/2026/scheme/")
        scheme_save(year=year, scheme=answered(default_scheme()), reason="责任单位", by=None)
        assert "The scheme doctor found nothing." in client.get("/years/2026/scheme/").content.decode()

    def test_of_a_frozen_scheme_nothing_is_counted(self, client_for: ClientFor) -> None:
        county(mixed(), number=2026, phase=Phase.ANNOUNCED)
        assert "scheme doctor found" not in client_for("office").get("/years/2026/scheme/").content.decode()
        assert "scheme doctor" not in client_for("township").get("/years/2026/scheme/").content.decode().lower()
