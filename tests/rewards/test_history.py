"""历年结果 (RULES P6): one history a person, computed or imported; the county's cadres beside their years."""

from decimal import Decimal
from fractions import Fraction
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessment.models import AssessmentYear, Phase
from cadres.models import Account, Cadre
from rewards.models import PastResult
from rewards.selectors.history import cadre_histories, person_years
from rewards.services.grade import DecisionRow, grade_decisions_save
from scoring.engine import CadreInput, YearInput
from tests.conftest import ClientFor
from tests.county import county, ladder
from tests.factories import AppointmentFactory, CadreFactory, TownshipFactory

pytestmark = pytest.mark.django_db

HISTORY = "/history/"


def moved(inputs: YearInput, **changes: object) -> YearInput:
    """The county with T1-4 (a deputy) somewhere else, as something else, or not graded."""
    cadres = tuple(
        CadreInput(**{**{name: getattr(cadre, name) for name in cadre.__slots__}, **changes})
        if cadre.number == "T1-4"
        else cadre
        for cadre in inputs.cadres
    )
    return YearInput(inputs.scheme, inputs.teams, cadres)


def past(number: str, year: int, grade: str, **figures: object) -> PastResult:
    return PastResult.objects.create(cadre=Cadre.objects.get(number=number), year=year, grade=grade, **figures)


def listed(client_for: ClientFor, who: str = "office", **query: str) -> list[str]:
    """The personnel numbers on the page, in order."""
    page = client_for(who).get(f"{HISTORY}?{urlencode(query)}").content.decode()
    return [part.split("/record/")[0] for part in page.split('<a href="/cadres/')[1:] if "/record/" in part[:40]]


def test_who_changed_township_and_post_keeps_one_history() -> None:
    county(moved(ladder(2), township="T2", post="组织委员"), number=2024)
    county(ladder(2), number=2025)
    found = person_years(Cadre.objects.get(number="T1-4"))
    assert [(entry.annual.year, entry.township, entry.post) for entry in found] == [
        (2025, "T1镇", "副乡镇长"),
        (2024, "T2镇", "组织委员"),
    ]
    assert [entry.annual.ranked for entry in found] == [10, 10]


def test_imported_year_stands_where_nothing_was_computed() -> None:
    county(moved(ladder(1), not_graded="5A"), number=2024)
    for year in (2023, 2024):
        past("T1-4", year, "优秀", score=Decimal("91.20"), rank_county=3, ranked=40)
        past("T1-1", year, "基本称职")
    history = cadre_histories(until=2024)
    assert [(entry.annual.year, entry.annual.grade, entry.annual.not_graded) for entry in history["T1-4"]] == [
        (2023, "优秀", ""),
        (2024, None, "5A"),
    ]
    imported, computed = history["T1-1"]
    assert (imported.assessment, imported.rate, imported.annual.grade) == (None, None, "基本称职")
    assert (computed.rate, computed.out_of) == (Fraction(str(computed.score)) / 100, 100)


def test_imported_grade_fills_a_year_that_came_to_nothing() -> None:
    inputs = ladder(1)
    inputs.cadres[0].tallies["C1"].clear()  # type: ignore[attr-defined]
    county(inputs, number=2024)
    past("T1-1", 2024, "称职")
    (entry,) = cadre_histories(until=2024, numbers=["T1-1"])["T1-1"]
    assert (entry.annual.grade, entry.assessment) == ("称职", None)


def test_decided_grade_takes_the_place_of_the_suggestion() -> None:
    year = county(ladder(1))
    suggested = person_years(Cadre.objects.get(number="T1-1"))[0]
    grade_decisions_save(year=year, rows=[DecisionRow("T1-1", "基本称职", "县委研究决定")], by=None)
    decided = person_years(Cadre.objects.get(number="T1-1"))[0]
    assert (suggested.suggested_only, decided.suggested_only, decided.annual.grade) == (True, False, "基本称职")


@pytest.mark.parametrize(("phase", "years"), [(Phase.COLLECTING, []), (Phase.CLOSED, [2025])])
def test_year_that_takes_inputs_is_not_shown(phase: Phase, years: list[int], client_for: ClientFor) -> None:
    county(ladder(1), phase=phase)
    assert [entry.annual.year for entry in person_years(Cadre.objects.get(number="T1-1"))] == years
    page = client_for("leader").get(HISTORY).content.decode()
    assert ("<th scope" in page, "2025" in page) == (True, bool(years))


@pytest.fixture
def people() -> None:
    """甲 (1) in T1: 优优优; 乙 (2) in T1: 称优优; 丙 (3) in T2: 优, a gap, 优; 丁 (4) without a post: 基 in 2023."""
    first, second = TownshipFactory(code="T1", name="马鞍乡"), TownshipFactory(code="T2", name="红塘乡")
    posts = {"1": (first, "党委书记"), "2": (first, "副乡镇长"), "3": (second, "副乡镇长")}
    names = {"1": "甲", "2": "乙", "3": "丙", "4": "丁"}
    for number, name in names.items():
        cadre = CadreFactory(number=number, name=name)
        if number in posts:
            AppointmentFactory(cadre=cadre, township=posts[number][0], post=posts[number][1])
    words = {"优": "优秀", "称": "称职", "基": "基本称职"}
    for number, grades in {"1": "优优优", "2": "称优优", "3": "优 优", "4": "基"}.items():
        for back, grade in zip((2023, 2024, 2025), grades, strict=False):
            if grade != " ":
                past(number, back, words[grade], rank_county=int(number), ranked=40)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["1", "2", "3", "4"]),
        ({"q": "乙"}, ["2"]),
        ({"q": "3"}, ["3"]),
        ({"q": "无"}, []),
        ({"township": "马鞍乡"}, ["1", "2"]),
        ({"post": "副乡镇长"}, ["2", "3"]),
        ({"g2023": "优秀"}, ["1", "3"]),
        ({"g2024": "unknown"}, ["3", "4"]),
        ({"g2025": "优秀", "g2023": "称职"}, ["2"]),
        ({"best": "all"}, ["1"]),
        ({"sort": "-y2025"}, ["3", "2", "1", "4"]),
        ({"sort": "-excellent"}, ["1", "2", "3", "4"]),
        ({"sort": "excellent"}, ["4", "2", "3", "1"]),
        ({"sort": "nothing", "township": "<b>", "page": "x"}, ["1", "2", "3", "4"]),
        ({"page": "99999"}, ["1", "2", "3", "4"]),
    ],
    ids=str,
)
def test_search_filters_and_sort_stand_in_the_address(
    people: None, query: dict[str, str], expected: list[str], client_for: ClientFor
) -> None:
    assert listed(client_for, "leader", **query) == expected


def test_pages_keep_search_and_sort(client_for: ClientFor) -> None:
    for number in range(60):
        CadreFactory(number=f"{number:03}")
    assert len(listed(client_for, sort="-number")) == 50
    assert listed(client_for, sort="-number", page="2")[0] == "009"
    page = client_for("office").get(f"{HISTORY}?sort=-number&q=0").content.decode()
    assert "?q=0&amp;sort=-number&amp;page=2" in page


def test_page_has_a_fixed_number_of_queries(client_for: ClientFor) -> None:
    county(ladder(1), number=2024)
    one = page_queries(client_for)
    county(ladder(9), number=2025)
    for number in range(1, 9):
        past(f"T{number}-1", 2022, "优秀")
    assert page_queries(client_for) - one == 1  # the decisions of one year more


def page_queries(client_for: ClientFor) -> int:
    client = client_for("office")
    client.get(HISTORY)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(HISTORY).status_code == 200
    return len(captured)


def test_person_shows_computed_and_imported_years_and_every_section(client_for: ClientFor) -> None:
    county(moved(ladder(1), not_graded="5A"), number=2025)
    past("T1-4", 2023, "优秀", score=Decimal("91.20"), rank_county=3, ranked=40)
    office = client_for("office").get("/cadres/T1-4/record/")
    leader = client_for("leader").get("/cadres/T1-4/record/")
    page = office.content.decode()
    assert [part in page for part in ("5A", "91.20", "3 / 40", "/cadres/T1-4/record/2023/")] == [True] * 4
    assert "/cadres/T1-4/record/2023/" not in leader.content.decode()
    # appeals are the office's alone
    assert (len(office.context["sections"]), len(leader.context["sections"])) == (6, 5)


def test_nobody_of_that_number(client_for: ClientFor) -> None:
    assert client_for("office").get("/cadres/9/record/").status_code == 404


NEW, ONE = "/cadres/7/record/new/", "/cadres/7/record/2024/"
GOOD = {"year": "2024", "grade": "优秀", "score": "91.2", "rank_county": "3", "ranked": "40"}


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"year": "1900"}, ["year"]),
        ({"year": ""}, ["year"]),
        ({"grade": "良好"}, ["grade"]),
        ({"grade": ""}, ["grade"]),
        ({"score": "abc"}, ["score"]),
        ({"score": "-1"}, ["score"]),
        ({"rank_county": "41"}, ["rank_county"]),
        ({"rank_county": "0"}, ["rank_county"]),
        ({"ranked": "x", "score": "1.234"}, ["score", "ranked"]),
    ],
)
def test_wrong_input_is_told_beside_its_field_and_kept(
    changed: dict[str, str], fields: list[str], client_for: ClientFor
) -> None:
    CadreFactory(number="7")
    answer = client_for("office").post(NEW, {**GOOD, **changed})
    form = answer.context["form"]
    assert (list(form.errors), PastResult.objects.count()) == (fields, 0)
    assert {name: form[name].value() for name in GOOD} == {**GOOD, **changed}


def test_typed_and_corrected(client_for: ClientFor) -> None:
    CadreFactory(number="7")
    client = client_for("office")
    assert client.post(NEW, GOOD)["Location"] == "/cadres/7/record/"
    assert list(client.post(NEW, GOOD).context["form"].errors) == ["year"]  # there is one: it is corrected
    assert client.get(ONE).context["form"]["score"].value() == Decimal("91.20")
    assert client.post(ONE, {**GOOD, "grade": "称职", "score": "", "year": "1999"}).status_code == 302
    assert list(PastResult.objects.values_list("year", "grade", "score", "rank_county", "ranked")) == [
        (2024, "称职", None, 3, 40)
    ]


@pytest.mark.parametrize("who", ["department", "township", "assessor", "leader", "auditor", "administrator"])
def test_others_type_nothing(who: str, client_for: ClientFor, office: Account) -> None:
    CadreFactory(number="7")
    past("7", 2024, "优秀")
    client = client_for(who)
    assert [client.post(NEW, GOOD | {"year": "2023"}).status_code, client.post(ONE, GOOD).status_code] == [403, 403]
    assert list(PastResult.objects.values_list("year", "score")) == [(2024, None)]


def test_leader_reads_earlier_years_whatever_the_phase_of_the_latest(client_for: ClientFor) -> None:
    county(ladder(1), phase=Phase.DRAFT)
    past("T1-1", 2023, "优秀")
    assert AssessmentYear.objects.get().phase == Phase.DRAFT
    assert listed(client_for, "leader", g2023="优秀") == ["T1-1"]
