"""The quality of the collection: abstentions, uniform ballots, who parts, leniency (RULES Y3, Y4, Y6)."""

from fractions import Fraction
from typing import Any

import pytest

from assessment.models import AssessmentYear, Phase
from assessment.questions import ABSTAIN
from assessment.scheme import Bands, WeightedShare, default_scheme
from assessment.services.box import box_open
from assessment.services.box_closing import box_close
from assessment.services.sheet_round import sheet_round_close
from assessment.services.tally import TallyCounts, team_tallies_save
from cadres.models import Account
from scoring.engine import Counts
from scoring.quality.abstentions import abstained_rows, abstention_rows, voters_at_least
from scoring.quality.counted_votes import SubjectVotes, groups_shown, votes_of_year
from scoring.quality.leniency import LeniencyRow, department_rows, team_rows
from scoring.quality.page import quality_page
from scoring.quality.partings import groups_parting, teams_parting
from scoring.quality.shown_share import share_banded, share_shown
from scoring.quality.uniform import Uniform, uniform_of, uniform_rows
from scoring.results import current_result
from scoring.selectors.quality import ballots_kept, signed_sheets
from tests.assessment.sheets import opened, signed, team_of
from tests.assessment.test_sheet_round import departments
from tests.assessment.voting import STAFF, box_at, cast, paper_agreed, voting_year
from tests.conftest import ClientFor
from tests.county import county, ladder, year_in_phase

PAGE = "/years/2025/results/quality/"
english = pytest.mark.usefixtures("english")
database = pytest.mark.django_db
COEFFICIENTS = WeightedShare(tuple(map(Fraction, ("1", "0.8", "0.6", "0"))))  # type: ignore[arg-type]
FIRST_GRADE = Bands(((Fraction(9, 10), Fraction(1)), (Fraction(0), Fraction(4, 5))), None)


def shown(part: int, of: int, **how: Any) -> str | None:
    share = share_shown(Fraction(part, of), of, **how)
    return share.text if share else None


# Which share may be told


@english
@pytest.mark.parametrize(
    ("part", "of", "text"),
    [
        (0, 4, None),
        (2, 5, "40%"),
        (1, 5, "20% or less"),
        (0, 5, "20% or less"),
        (4, 5, "80% or more"),
        (5, 5, "80% or more"),
        (20, 30, "67%"),
        (29, 30, "96% or more"),
        (30, 30, "96% or more"),
        (0, 1000, "1% or less"),
    ],
)
def test_the_ends_of_a_share_hold_more_than_one_count(part: int, of: int, text: str | None) -> None:
    assert shown(part, of) == text


@english
@pytest.mark.parametrize(
    ("part", "of", "text"),
    [(4, 200, "2.0% or less"), (5, 200, "2.5%"), (0, 200, "2.0% or less"), (196, 200, "98.0% or more"), (4, 8, None)],
)
def test_fewer_than_five_on_one_side_are_not_told_apart(part: int, of: int, text: str | None) -> None:
    assert shown(part, of, apart=4, digits=1) == text


@english
@pytest.mark.parametrize(
    ("part", "of", "text"),
    [
        (4, 9, None),
        (5, 10, "50% – 60%"),
        (4, 8, None),
        (0, 100, "10% or less"),
        (10, 100, "10% or less"),
        (11, 100, "10% – 20%"),
        (45, 100, "40% – 50%"),
        (49, 100, "40% – 50%"),
        (90, 100, "90% or more"),
        (100, 100, "90% or more"),
        (7, 20, "30% – 40%"),
        (4, 20, "20% or less"),
    ],
)
def test_shares_of_ballots_are_told_in_steps_of_ten_percent(part: int, of: int, text: str | None) -> None:
    share = share_banded(Fraction(part, of), of)
    assert (share and share.text) == text


# (a) abstentions


def votes(name: str, unit: str = "T1", line: int = 0, **groups: Counts) -> SubjectVotes:
    """Votes on one subject in E1 (`line` 0), E2 …"""
    entry = default_scheme().evaluations[line]
    return SubjectVotes(entry, name, unit, f"/{name}/", COEFFICIENTS, groups)


def test_abstentions_are_divided_by_all_answers_of_the_group() -> None:
    """30 and 20 graded, 5 and 1 abstained: 6 of 56."""
    one, other = votes("甲", 干部=Counts((30, 0, 0, 0), 5)), votes("乙", "T2", 干部=Counts((0, 20, 0, 0), 1))
    rows = abstention_rows([one, other])
    assert [(row.label, row.answers, row.share and row.share.text) for row in rows] == [("E1 民主测评", 56, "10.7%")]


def test_a_group_of_three_is_not_told_though_it_answered_for_forty() -> None:
    """Answers are not voters: 3 people who rate 40 townships give 120 answers."""
    of_sheets = [votes(f"{place}", f"T{place}", 1, 组=Counts((3, 0, 0, 0), 0)) for place in range(40)]
    assert (voters_at_least(of_sheets, "组"), abstention_rows(of_sheets)[0].share) == (3, None)


def test_an_evaluation_by_three_stands_without_numbers() -> None:
    rows = abstention_rows([votes("甲", line=2)])
    assert [(row.label, row.answers, row.share) for row in rows] == [("E3 县级领导评价", None, None)]
    assert abstained_rows([votes("甲", line=2)]) == []


def test_meetings_have_voters_of_their_own() -> None:
    """民主测评: 3 at each of 40 meetings are 120 people; two subjects of one meeting are the same people."""
    of_meetings = [votes(f"{place}", f"T{place}", 组=Counts((3, 0, 0, 0), 0)) for place in range(40)]
    assert voters_at_least([*of_meetings, *of_meetings], "组") == 120


def test_subjects_are_listed_by_share_and_fewer_than_five_abstentions_are_not() -> None:
    rows = abstained_rows(
        [
            votes("四", 组=Counts((6, 0, 0, 0), 4)),
            votes("五", 组=Counts((45, 0, 0, 0), 5)),
            votes("十", 组=Counts((40, 0, 0, 0), 10)),
        ]
    )
    assert [(row.votes.name, row.share.text) for row in rows] == [("十", "20.0%"), ("五", "10.0%")]


# (b) all alike


def test_a_ballot_is_alike_when_every_mark_is_the_same_grade() -> None:
    """All abstained is no grade, a ballot of one question is always alike, one abstention makes a ballot unlike."""
    assert uniform_of(["111", "222", "112", "110", "000", "1"]) == Uniform(ballots=5, first=1, alike=2)


@english
def test_a_group_too_small_takes_another_with_it() -> None:
    """Of 3, 20 and 60 the first two are not shown: the boxes' sum less 60 would give the three away."""
    rows = uniform_rows({"甲": Uniform(3, 3, 3), "乙": Uniform(20, 10, 12), "丙": Uniform(60, 30, 36)})
    told = [(row.name, row.first and row.first.text, row.alike and row.alike.text) for row in rows]
    assert told == [("甲", None, None), ("乙", None, None), ("丙", "50% – 60%", "60% – 70%")]


# (c) who parts


def groups_of(year_votes: list[SubjectVotes]) -> list[tuple[str, str, str, str, str, str]]:
    return [
        (p.subject, p.low.name, p.low.share.text, p.high.name, p.high.share.text, p.text)
        for p in groups_parting(year_votes)
    ]


@english
def test_the_lowest_and_the_highest_group_stand_beside_each_other() -> None:
    """E1: (10 + 8)/20 = 90 %, 20·0.6/20 = 60 %, between them (0.8·20)/20 = 80 %."""
    parted = votes("甲", 干部=Counts((10, 10, 0, 0)), 代表=Counts((0, 0, 20, 0)), 村=Counts((0, 20, 0, 0)))
    agreed = votes("乙", 干部=Counts((0, 20, 0, 0)), 代表=Counts((0, 20, 0, 0)))
    assert groups_of([agreed, parted]) == [("甲", "代表", "60%", "干部", "90%", "30")]


@english
def test_a_unanimous_group_stands_as_or_more_and_so_does_the_difference() -> None:
    unanimous = votes("甲", 干部=Counts((20, 0, 0, 0)), 代表=Counts((0, 20, 0, 0)))
    nearly = votes("甲", 干部=Counts((18, 2, 0, 0)), 代表=Counts((0, 20, 0, 0)))
    expected = [("甲", "代表", "80%", "干部", "95% or more", "15 or more")]
    assert [groups_of([unanimous]), groups_of([nearly])] == [expected, expected]


def test_under_e2_the_share_is_that_of_the_first_grade() -> None:
    entry = default_scheme().evaluations[0]
    groups = {"干部": Counts((12, 8, 0, 0)), "代表": Counts((8, 12, 0, 0))}
    (parting,) = groups_parting([SubjectVotes(entry, "甲", "T1", "/", FIRST_GRADE, groups)])
    assert (parting.low.share.text, parting.high.share.text, parting.text) == ("40%", "60%", "20")


def test_of_a_small_group_and_its_neighbour_nothing_is_looked_at() -> None:
    tallies = {"E1": {"甲": Counts((3, 0, 0, 0)), "乙": Counts((6, 0, 0, 0)), "丙": Counts((20, 0, 0, 0))}}
    assert list(groups_shown(tallies, "E1")) == ["丙"]


@database
def test_directions_part_by_their_points() -> None:
    """E2 at 0.6 against the full points of E1, E3 and E4, which stand as “95 % or more”: 35 points at least."""
    year = county(ladder(2), phase=Phase.COLLECTING)
    team_tallies_save(year=year, tallies={("T1", "E2", ""): TallyCounts((0, 0, 20, 0))}, by=None)
    year_in_phase(year, Phase.CLOSED)
    (parting,) = teams_parting(current_result(year), 2025)
    assert (parting.subject, parting.low.name, parting.low.share.text) == ("T1镇", "县直单位评价", "60.0%")
    assert (parting.high.share.lower, parting.difference) == (Fraction(19, 20), Fraction(35, 100))


# (d) leniency


def texts_of(row: LeniencyRow) -> tuple[str, str | None, str | None, str]:
    own, others = (share.text if share else None for share in (row.own, row.others))
    return row.name, own, others, row.text


@english
def test_a_departments_mean_stands_beside_that_of_all_for_the_same_townships() -> None:
    """Five rate T1 … T5; D1 gives 一般 (0.6) to all, the others 较好 (0.8): all together 0.76."""
    codes = [f"T{place}" for place in range(1, 6)]
    sheets = {f"D{place}": dict.fromkeys(codes, "3" if place == 1 else "2") for place in range(1, 6)}
    rows = [texts_of(row) for row in department_rows(sheets, COEFFICIENTS)]
    assert rows[-1] == ("D1", "60%", "76%", "-16")
    assert rows[0] == ("D2", "80% or more", "76%", "+4 or more")


def test_only_townships_that_a_department_rated_are_compared() -> None:
    """D1 rates the six good ones of eight: on these it is like all others."""
    good, poor = [f"T{place}" for place in range(6)], ["T6", "T7"]
    everyone = {**dict.fromkeys(good, "2"), **dict.fromkeys(poor, "3")}
    own = {**dict.fromkeys(good, "2"), **dict.fromkeys(poor, ABSTAIN)}
    rows = {row.name: row for row in department_rows({"D1": own, **dict.fromkeys("ABCD", everyone)}, COEFFICIENTS)}
    assert (rows["D1"].townships, rows["D1"].difference, rows["A"].difference) == (6, 0, 0)


def test_a_department_with_four_answers_is_not_told_nor_the_next_smallest() -> None:
    many = {name: dict.fromkeys("ABCDEFGH", "2") for name in ("D2", "D3", "D4", "D5")}
    few, next_smallest = dict.fromkeys("ABCD", "4"), dict.fromkeys("ABCDEFG", "3")
    rows = department_rows({"D1": few, "D6": next_smallest, **many}, COEFFICIENTS)
    assert [row.name for row in rows if row.own is None] == ["D1", "D6"]


def test_four_departments_tell_nothing_of_each_other() -> None:
    marks = {"D1": "1", "D2": "2", "D3": "3", "D4": "2"}
    sheets = {name: dict.fromkeys("ABCDEFGH", mark) for name, mark in marks.items()}
    assert {row.own for row in department_rows(sheets, COEFFICIENTS)} == {None}


@database
@english
def test_an_assessment_team_stands_beside_the_other_evaluations_of_its_townships() -> None:
    """T1, T2: E4 at 0.8, E1 to E3 at 1; T3: E4 at 0.6. Together (0.8 + 0.8 + 0.6)/3 = 73.3 %."""
    year = county(ladder(3), phase=Phase.COLLECTING)
    given = {"T1": (0, 20, 0, 0), "T2": (0, 20, 0, 0), "T3": (0, 0, 20, 0)}
    tallies = {(code, "E4", ""): TallyCounts(grades) for code, grades in given.items()}
    team_tallies_save(year=year, tallies=tallies, by=None)
    year_in_phase(year, Phase.CLOSED)
    rows = team_rows(current_result(year), {"一组": ["T1", "T2"], "二组": ["T3"], "三组": []})
    assert [texts_of(row) for row in rows] == [
        ("一组", "80.0%", "100.0%", "-20.0"),
        ("二组", "60.0%", "100.0%", "-40.0"),
        ("All assessment teams", "73.3%", "100.0%", "-26.7"),
    ]
    assert [row.townships for row in rows] == [2, 1, 3]


# From boxes and sheets


@pytest.fixture
def year(db: None) -> AssessmentYear:
    return voting_year()


def voted(year: AssessmentYear, by: Account, *ballots: str, group: str = STAFF, **box: Any) -> None:
    """T1's box with these ballots, closed and counted."""
    number = len(ballots)
    made = box_at(year, groups=((group, number, number),), slips=number, by=by, **box)
    box_open(box=made, by=by)
    cast(made, *ballots, group=group)
    box_close(box=made, by=by)


@database
def test_ballots_of_a_counted_box_are_read_once_the_year_is_closed(year: AssessmentYear, office: Account) -> None:
    voted(year, office, *["111111"] * 6, *["222222"] * 2, *["123111"] * 4)
    assert ballots_kept(year).by_box == {}
    kept = ballots_kept(year_in_phase(year, Phase.CLOSED))
    assert (kept.by_box, kept.by_group) == ({"T1镇": Uniform(12, 6, 8)}, {STAFF: Uniform(12, 6, 8)})


@database
def test_a_rehearsal_is_no_collection(year: AssessmentYear, office: Account) -> None:
    voted(year, office, *["111111"] * 12, is_rehearsal=True)
    assert ballots_kept(year_in_phase(year, Phase.CLOSED)).by_box == {}


@database
def test_of_a_box_with_paper_the_online_ballots_are_looked_at(
    year: AssessmentYear, office: Account, second_clerk: Account
) -> None:
    made = box_at(year, groups=((STAFF, 30, 30),), slips=12, on_paper=True, by=office)
    box_open(box=made, by=office)
    cast(made, *["111111"] * 12)
    paper_agreed(made, [[0, 15, 0, 0, 0]] * 6, issued=15, void=0, by=(office, second_clerk))
    box_close(box=made, by=office)
    kept = ballots_kept(year_in_phase(year, Phase.CLOSED))
    assert (kept.by_box, kept.mixed) == ({"T1镇": Uniform(12, 12, 12)}, ("T1镇",))


@database
def test_signed_sheets_of_closed_rounds_count_and_a_late_recusal_takes_its_mark_away(
    year: AssessmentYear, office: Account
) -> None:
    year.tallies.filter(evaluation="E2").delete()
    round_ = opened(year, "department")
    for account, mark in zip(departments("D01", "D02"), "12", strict=True):
        signed(year, account, {"E2:T1": mark, "E2:T2": "1"})
    assert signed_sheets(year_in_phase(year, Phase.CLOSED)).uniform == {}
    year_in_phase(year, Phase.COLLECTING)
    sheet_round_close(sheet_round=round_, by=office)
    found = signed_sheets(year_in_phase(year, Phase.CLOSED))
    assert found.uniform == {"department": Uniform(2, 1, 1)}
    assert found.departments == {"D01局": {"T1": "1", "T2": "1"}, "D02局": {"T1": "2", "T2": "1"}}


# The page


def page(client_for: ClientFor, username: str) -> str:
    return client_for(username).get(PAGE).content.decode()


@database
@english
def test_before_the_close_the_office_sees_that_it_is_too_early(client_for: ClientFor, office: Account) -> None:
    year = voting_year()
    voted(year, office, *["111111"] * 40)
    html = page(client_for, "office")
    assert ("Shown once the year is closed" in html, "<table" in html) == (True, False)
    assert client_for("leader").get(PAGE).status_code == 403
    year_in_phase(year, Phase.CLOSED)
    assert ["90% or more" in page(client_for, who) for who in ("office", "leader")] == [True, True]


@database
@english
def test_a_leader_sees_no_number_of_votes(client_for: ClientFor) -> None:
    """Every team has 20 votes in each evaluation, and 7 abstentions in E1 of T1: 27 answers, with 20 of T2 47."""
    year = county(ladder(2), phase=Phase.COLLECTING)
    team_tallies_save(year=year, tallies={("T1", "E1", ""): TallyCounts((20, 0, 0, 0), 7)}, by=None)
    year_in_phase(year, Phase.CLOSED)
    told = {who: page(client_for, who) for who in ("office", "leader")}
    cell = '<td class="num">47</td>'
    assert {who: (cell in html, "Answers" in html, "14.9%" in html) for who, html in told.items()} == {
        "office": (True, True, True),
        "leader": (False, False, True),
    }


@database
@english
def test_where_only_sums_came_in_the_page_says_so(client_for: ClientFor) -> None:
    county(ladder(2))
    html = page(client_for, "leader")
    assert "Not known, since votes came in as sums alone (paper, workbook or by hand): T1镇, T2镇." in html
    assert "Not known: no signed sheets of departments were counted" in html


@database
@pytest.mark.parametrize("many", [2, 12])
def test_the_page_asks_the_database_the_same_for_all(
    client_for: ClientFor, django_assert_num_queries: Any, office: Account, many: int
) -> None:
    year = voting_year(many)
    for place in range(1, many + 1):
        voted(year, office, *["111111"] * 6, township=f"T{place}")
    year.tallies.filter(evaluation="E2").delete()
    round_ = opened(year, "department")
    for account in departments(*[f"D{place:02}" for place in range(many)]):
        signed(year, account, {f"E2:T{place}": "1" for place in range(1, many + 1)})
    sheet_round_close(sheet_round=round_, by=office)
    team_of(year, office, *[f"T{place}" for place in range(1, many + 1)])
    result = current_result(year_in_phase(year, Phase.CLOSED))
    with django_assert_num_queries(7):
        found = quality_page(year, result)
    assert len(found.uniform.boxes) == many
    assert len(votes_of_year(result, 2025)) > many
