"""RULES G1 to G5, JOURNEYS 6: the pages on which the office enters the committee's decisions."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessment.models import AssessmentYear, Phase
from assessment.scheme import scheme_with
from cadres.models import Account, Cadre, DisciplinaryRecord
from rewards.models import GradeDecision
from rewards.services.grade import DecisionRow, grade_decisions_save
from scoring.engine import Counts, YearInput
from tests.conftest import ClientFor
from tests.county import county, ladder, year_in_phase
from tests.rewards import committee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

TEAMS, CADRES = "/years/2025/grades/teams/", "/years/2025/grades/cadres/"
ADOPT_TEAMS, ADOPT_CADRES = f"{TEAMS}adopt/", f"{CADRES}adopt/"


def text(client: Client, path: str) -> str:
    """What the page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", client.get(path).content.decode()).split())


def typed(*rows: tuple[str, str, str], loaded: Mapping[str, tuple[str, str]] | None = None) -> dict[str, str]:
    """What the browser sends for these (code, grade, reason), shown with what is `loaded`, else nothing."""
    sent: dict[str, str] = {}
    for code, grade, reason in rows:
        before = (loaded or {}).get(code, ("", ""))
        sent |= {f"grade-{code}": grade, f"reason-{code}": reason}
        sent |= {f"grade-{code}~": before[0], f"reason-{code}~": before[1]}
    return sent


def decided() -> dict[str, tuple[str, str]]:
    """Code or number → decided grade, reason; the latest."""
    rows = GradeDecision.objects.order_by("number").select_related("township", "cadre")
    return {(row.township.code if row.township else row.cadre.number): (row.grade, row.reason) for row in rows}  # type: ignore[union-attr]


def tied(inputs: YearInput, *codes: str) -> YearInput:
    """These teams bring the same values, those of the first of them."""
    values = next(team.values for team in inputs.teams if team.code == codes[0])
    teams = tuple(replace(team, values=values) if team.code in codes else team for team in inputs.teams)
    return replace(inputs, teams=teams)


# --- what is shown ---------------------------------------------------------------------------------


def test_g1_g3_teams_by_place_with_reasons_and_the_quota_line_between_them(client_for: ClientFor) -> None:
    """30 % of 7 teams are 2.1 places, half up 2."""
    county(ladder(7))
    page = client_for("office").get(TEAMS)
    shown = page.context["page"]
    assert [row.code for row in shown.shown] == ["T1", "T2", "T3", "T4", "T5", "T6", "T7"]
    assert (shown.line_before, shown.quota.places) == (2, 2)
    words = text(client_for("office"), TEAMS)
    order = [words.index(part) for part in ("T2镇", "Quota line", "30.00% of 7 make 2 places; 2 are filled.", "T3镇")]
    assert order == sorted(order)
    assert "Place 3 is outside the quota of 2." in words


def test_g3_a_tie_on_the_quota_line_is_said_and_its_rows_are_marked(client_for: ClientFor) -> None:
    """T2 and T3 share place 2, one place is left: none of them is inside."""
    county(tied(ladder(7), "T2", "T3"))
    client = client_for("office")
    shown = client.get(TEAMS).context["page"]
    assert ([row.code for row in shown.rows if row.tied], shown.line_before) == (["T2", "T3"], 1)
    words = text(client, TEAMS)
    assert "The quota line falls in a tie of 2 at place 2: decide about each of them." in words
    assert words.count("tie on the quota line: decide") == 2
    assert [row.code for row in client.get(f"{TEAMS}?state=tied").context["page"].shown] == ["T2", "T3"]


def test_g3_barred_rows_stand_above_the_line_and_use_up_no_place(client_for: ClientFor) -> None:
    """T1 is vetoed: the two places go to T2 and T3, the line runs under T3."""
    inputs = ladder(7)
    teams = (replace(inputs.teams[0], vetoes=("V5",)), *inputs.teams[1:])
    county(replace(inputs, teams=teams))
    shown = client_for("office").get(TEAMS).context["page"]
    assert (shown.line_before, [finding.clause for finding in shown.rows[0].bars]) == (3, ["G5"])
    assert "Veto: Work safety" in text(client_for("office"), TEAMS)


def test_g4_disciplinary_record_stands_with_document_and_days(client_for: ClientFor) -> None:
    county(ladder(2))
    cadre = Cadre.objects.get(number="T1-3")
    DisciplinaryRecord.objects.create(
        cadre=cadre,
        kind="demerit",
        document="县纪〔2025〕3号",
        decided_by="县纪委",
        start=date(2025, 3, 1),
        end=date(2026, 2, 28),
        recorded_at=datetime(2025, 3, 2, tzinfo=UTC),
    )
    year_in_phase(AssessmentYear.objects.get(), Phase.CLOSED)
    words = text(client_for("office"), CADRES)
    assert "Disciplinary record: demerit, 县纪〔2025〕3号, in force from 2025-03-01 to 2026-02-28" in words


def test_c3_who_is_not_graded_stands_apart_with_the_reason(client_for: ClientFor) -> None:
    inputs = ladder(1)
    county(replace(inputs, cadres=(replace(inputs.cadres[0], not_graded="5B"), *inputs.cadres[1:])))
    page = client_for("office").get(CADRES).context["page"]
    assert [row.number for row in page.not_graded] == ["T1-1"]
    assert "T1-1" not in [row.code for row in page.rows]
    assert page.not_graded[0].reason.startswith("5B")


def test_counts_stand_beside_the_quota(client_for: ClientFor) -> None:
    """25 % of 20 cadres are 5 places, and the five of T1 share the first."""
    inputs = ladder(4)
    year = county(replace(inputs, scheme=scheme_with(inputs.scheme, {"优秀比例": "25%"})))
    grade_decisions_save(
        year=year, rows=[DecisionRow("T1-1", "优秀"), DecisionRow("T1-2", "称职", "县委研究")], by=None
    )
    counts = client_for("office").get(CADRES).context["page"].counts
    assert [(count.grade, count.suggested, count.decided, count.places) for count in counts] == [
        ("优秀", 5, 1, 5),
        ("称职", 15, 1, None),
        ("基本称职", 0, 0, None),
        ("不称职", 0, 0, None),
    ]


FILTERS = {
    "?q=T2": ["T2-1", "T2-2", "T2-3", "T2-4", "T2-5"],
    "?township=T1&post=党委书记": ["T1-1"],
    "?grade=基本称职": ["T2-4"],
    "?state=departs": ["T2-4"],
    "?state=undecided&township=T2": ["T2-1", "T2-2", "T2-3", "T2-5"],
    "?state=nonsense&township=T1&post=乡镇长": ["T1-2"],
}


@pytest.mark.parametrize("query", FILTERS)
def test_search_and_filters_are_in_the_address(query: str, client_for: ClientFor) -> None:
    year = county(ladder(2))
    grade_decisions_save(year=year, rows=[DecisionRow("T2-4", "基本称职", "县委研究")], by=None)
    shown = client_for("office").get(CADRES + query).context["page"].shown
    assert sorted(row.code for row in shown) == FILTERS[query]


def queries(client: Client, path: str) -> int:
    client.get(path)  # results are kept from here on
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize(("path", "count"), [("teams", 0), ("cadres", 1)])
def test_queries_do_not_grow_with_the_county(path: str, count: int, client_for: ClientFor) -> None:
    """Session, account, year, revision, decisions; for cadres their disciplinary records."""
    county(ladder(1))
    client = client_for("office")
    one = queries(client, f"/years/2025/grades/{path}/")
    county(ladder(8), number=2026)
    assert queries(client, f"/years/2026/grades/{path}/") == one == 5 + count


# --- deciding --------------------------------------------------------------------------------------


def test_decisions_are_saved_and_both_grades_stay(client_for: ClientFor) -> None:
    county(ladder(3))
    client = client_for("office")
    answer = client.post(f"{TEAMS}?state=undecided", typed(("T1", "实绩较好", "县委研究决定"), ("T2", "实绩较好", "")))
    assert (answer.status_code, answer["Location"]) == (302, f"{TEAMS}?state=undecided")
    assert decided() == {"T1": ("实绩较好", "县委研究决定"), "T2": ("实绩较好", "")}
    stored = GradeDecision.objects.get(township__code="T1")
    assert (stored.suggested, stored.decided_by.username) == ("实绩突出", "office")  # type: ignore[union-attr]
    words = text(client, TEAMS)
    assert ("other than suggested" in words, "2 of 3 decided" in words) == (True, True)


def test_errors_stand_beside_their_fields_and_everything_typed_is_kept(client_for: ClientFor) -> None:
    """T1 departs without a reason; T2 has a reason and no grade; T3 is right and waits."""
    county(ladder(3))
    sent = typed(("T1", "实绩一般", ""), ("T2", "", "另有说明"), ("T3", "实绩较好", "照建议"))
    page = client_for("office").post(TEAMS, sent)
    rows = {row.code: row for row in page.context["page"].rows}
    assert (page.status_code, decided()) == (200, {})
    assert "needs a reason" in rows["T1"].reason.error
    assert rows["T2"].grade.error == "choose the decided grade"
    assert (rows["T3"].grade.error, rows["T3"].reason.text) == ("", "照建议")
    body = page.content.decode()
    assert ('value="另有说明"' in body, body.count('value="实绩一般" selected')) == (True, 1)


def test_a_row_with_something_typed_is_shown_whatever_the_filter(client_for: ClientFor) -> None:
    county(ladder(3))
    page = client_for("office").post(f"{TEAMS}?q=T3", typed(("T1", "实绩一般", "")))
    assert [row.code for row in page.context["page"].shown] == ["T1", "T3"]


def test_a_decision_is_replaced_and_not_taken_back(client_for: ClientFor) -> None:
    year = county(ladder(3))
    grade_decisions_save(year=year, rows=[DecisionRow("T2", "实绩较好")], by=None)
    page = client_for("office").post(TEAMS, typed(("T2", "", ""), loaded={"T2": ("实绩较好", "")}))
    row = next(row for row in page.context["page"].rows if row.code == "T2")
    assert row.grade.error == "a decision can be replaced by another one, not taken back"
    assert decided() == {"T2": ("实绩较好", "")}


def test_what_a_colleague_decided_meanwhile_is_told_and_not_overwritten(client_for: ClientFor) -> None:
    year = county(ladder(3))
    grade_decisions_save(year=year, rows=[DecisionRow("T2", "实绩一般", "问责")], by=None)
    page = client_for("office").post(TEAMS, typed(("T2", "实绩较好", "")))
    row = next(row for row in page.context["page"].rows if row.code == "T2")
    assert "Changed meanwhile to “实绩一般”" in row.grade.error
    assert decided() == {"T2": ("实绩一般", "问责")}


def test_quota_can_be_exceeded_with_reasons_and_the_numbers_are_told(client_for: ClientFor) -> None:
    """One place for 3 teams; two are decided."""
    county(ladder(3))
    client = client_for("office")
    assert client.post(TEAMS, typed(("T1", "实绩突出", ""), ("T2", "实绩突出", ""))).status_code == 200
    assert client.post(TEAMS, typed(("T1", "实绩突出", ""), ("T2", "实绩突出", "重大项目"))).status_code == 302
    assert "2 are decided Outstanding, the quota has 1 places: 1 more than that." in text(client, TEAMS)


ONE_SECRETARY = (("党委书记", True),)


def test_g4_a_decided_team_grade_moves_suggestions_and_decisions_that_depart_by_it_are_named(
    client_for: ClientFor,
) -> None:
    """Three secretaries, one place: T1-1 is suggested and decided 优秀; then T1 is decided 实绩较差."""
    year = county(ladder(3, members=ONE_SECRETARY))
    grade_decisions_save(year=year, rows=[DecisionRow("T1-1", "优秀")], by=None)
    client = client_for("office")
    answer = client.post(TEAMS, typed(("T1", "实绩较差", "县委研究决定")), follow=True)
    named = "王伟 T1-1 (Excellent → Competent)、王伟 T2-1 (Competent → Excellent)"
    moved = f"the suggestions of 2 cadres changed (clause G4): {named}"
    assert moved in answer.content.decode()
    page = client.get(CADRES)
    assert [row.code for row in page.context["page"].unreasoned] == ["T1-1"]
    words = text(client, CADRES)
    assert (moved in words, "suggested when decided: Excellent" in words) == (True, True)
    assert [row.code for row in client.get(f"{CADRES}?state=unreasoned").context["page"].shown] == ["T1-1"]


def test_three_hundred_cadres_are_saved_in_one_post(client_for: ClientFor) -> None:
    county(ladder(60))
    rows = [(f"T{team}-{seat}", "称职", "县委研究决定") for team in range(1, 61) for seat in range(1, 6)]
    assert client_for("office").post(CADRES, typed(*rows)).status_code == 302
    assert GradeDecision.objects.count() == 300


def test_teams_lead_to_cadres_and_to_confirming(client_for: ClientFor) -> None:
    year = county(ladder(2))
    client = client_for("office")
    confirm = "/years/2025/confirm/"
    assert [step.href for step in client.get(TEAMS).context["steps"]] == [TEAMS, CADRES, ""]
    assert "2 teams have no decided grade yet." in text(client, CADRES)
    grade_decisions_save(year=year, rows=[DecisionRow(team, "实绩突出", "县委") for team in ("T1", "T2")], by=None)
    committee.cadres_decided(year)
    steps = client.get(CADRES).context["steps"]
    assert ([step.href for step in steps], [step.done for step in steps]) == (
        [TEAMS, CADRES, confirm],
        [True, True, False],
    )


# --- adopting --------------------------------------------------------------------------------------


def test_suggestions_are_adopted_after_a_question_that_names_how_many(client_for: ClientFor) -> None:
    """T3 is decided already."""
    year = county(ladder(4))
    grade_decisions_save(year=year, rows=[DecisionRow("T3", "实绩一般", "问责")], by=None)
    client = client_for("office")
    words = text(client, ADOPT_TEAMS)
    assert "3 undecided teams get the suggested grade as their decided one: Outstanding 1、Good results 2." in words
    assert client.post(ADOPT_TEAMS, {"count": "3"})["Location"] == TEAMS
    grades = {code: grade for code, (grade, _reason) in decided().items()}
    assert grades == {"T1": "实绩突出", "T2": "实绩较好", "T3": "实绩一般", "T4": "实绩较好"}


def test_g3_who_is_in_the_tie_on_the_line_is_not_adopted(client_for: ClientFor) -> None:
    county(tied(ladder(7), "T2", "T3"))
    client_for("office").post(ADOPT_TEAMS, {"count": "5"})
    assert sorted(decided()) == ["T1", "T4", "T5", "T6", "T7"]


def test_adopting_asks_again_where_others_are_undecided_by_now(client_for: ClientFor) -> None:
    county(ladder(4))
    answer = client_for("office").post(ADOPT_TEAMS, {"count": "3"})
    assert "Meanwhile 4 are undecided, not 3: look again." in answer.content.decode()
    assert decided() == {}


# --- who, and when ---------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["department", "township", "assessor", "leader", "auditor", "administrator"])
def test_others_are_refused_by_direct_post(who: str, client_for: ClientFor) -> None:
    county(ladder(1))
    client = client_for(who)
    posts: dict[str, dict[str, Any]] = {
        TEAMS: typed(("T1", "实绩突出", "")),
        CADRES: typed(("T1-1", "称职", "理由")),
        ADOPT_TEAMS: {"count": "1"},
        ADOPT_CADRES: {"count": "5"},
        "/years/2025/grades/list/": {"lines": "T1 实绩突出"},
    }
    assert [client.post(path, data).status_code for path, data in posts.items()] == [403] * 5
    assert decided() == {}


@pytest.mark.parametrize("path", [TEAMS, CADRES])
def test_leader_reads_without_inputs(path: str, client_for: ClientFor) -> None:
    county(ladder(2))
    page = client_for("leader").get(path).content.decode()
    assert ('name="grade-' in page, 'name="reason-' in page, "adopt/" in page, "T1" in page) == (
        False,
        False,
        False,
        True,
    )


def test_leader_is_shown_no_shares_of_votes(client_for: ClientFor) -> None:
    """19 of 29 votes for the upper grades are under two thirds: 基本称职."""
    inputs = ladder(1)
    votes = {**inputs.cadres[0].tallies, "C1": {"": Counts((19, 0, 10, 0))}}
    county(replace(inputs, cadres=(replace(inputs.cadres[0], tallies=votes), *inputs.cadres[1:])))
    assert "are 65.52%, under the line" in text(client_for("office"), CADRES)
    assert "65.52%" not in text(client_for("leader"), CADRES)


@pytest.mark.parametrize("phase", [Phase.COLLECTING, Phase.CONFIRMED, Phase.PUBLISHED])
def test_y1_no_inputs_and_no_saving_before_closed_and_once_confirmed(phase: Phase, client_for: ClientFor) -> None:
    county(ladder(2), phase=phase)
    client = client_for("office")
    assert 'name="grade-' not in client.get(TEAMS).content.decode()
    assert client.post(TEAMS, typed(("T1", "实绩突出", ""))).status_code == 200
    client.post("/years/2025/grades/list/", {"line-0": "", "subject-0": "T1", "grade-0": "实绩突出", "reason-0": ""})
    assert decided() == {}


def test_y1_confirmed_page_says_by_which_version(client_for: ClientFor) -> None:
    committee.outstanding(ladder(2), phase=Phase.CONFIRMED)
    assert "Confirmed in version no. 1 of the results" in text(client_for("office"), TEAMS)


def test_earlier_decisions_are_read_with_who_and_why(client_for: ClientFor, office: Account) -> None:
    year = county(ladder(2))
    for grade, reason in (("实绩较好", "县委研究"), ("实绩突出", "更正")):
        grade_decisions_save(year=year, rows=[DecisionRow("T1", grade, reason)], by=office)
    words = text(client_for("leader"), f"{TEAMS}T1/history/")
    order = [words.index(part) for part in ("更正", "县委研究")]
    assert (order == sorted(order), words.count("office")) == (True, 2)
    assert client_for("office").get(f"{CADRES}T1-1/history/").status_code == 200
    assert client_for("office").get(f"{CADRES}T9-1/history/").status_code == 404


# --- the home page ---------------------------------------------------------------------------------


def home(client: Client) -> list[tuple[str, str]]:
    """The first line of the year's card: words, address."""
    card = next(card for card in client.get("/").context["cards"] if card.title == "Year 2025")
    return [(line.text, line.url) for line in card.lines[:1]]


def test_home_leads_from_teams_to_cadres_to_confirming(client_for: ClientFor) -> None:
    """2 teams and 10 cadres."""
    year = county(ladder(2))
    client = client_for("office")
    assert home(client) == [("Next: decide the grades (0 of 12 decided)", TEAMS)]
    client.post(ADOPT_TEAMS, {"count": "2"})
    assert home(client) == [("Next: decide the grades (2 of 12 decided)", CADRES)]
    committee.cadres_decided(year)
    assert home(client) == [("Next: confirm grades and results, all grades are decided", "/years/2025/confirm/")]


def test_home_asks_for_reasons_that_came_to_lack(client_for: ClientFor) -> None:
    """After all was decided T1 is put down: its secretary's 优秀 departs, and the place goes to T2's."""
    year = county(ladder(3, members=ONE_SECRETARY))
    client = client_for("office")
    client.post(ADOPT_TEAMS, {"count": "3"})
    committee.cadres_decided(year)
    grade_decisions_save(year=year, rows=[DecisionRow("T1", "实绩较差", "县委研究决定")], by=None)
    words = "Next: give a reason for 2 decided grades that depart from the suggestion"
    assert home(client) == [(words, f"{CADRES}?state=unreasoned")]
