"""The home page: what waits for whom."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
import rules
from django.test import Client
from django.utils import timezone

from assessment.models import (
    AssessmentYear,
    Box,
    BoxState,
    Electorate,
    EntryState,
    PaperCount,
    Phase,
    Sheet,
    SheetKind,
    SheetRound,
    SheetState,
    ValueEntry,
)
from assessment.services.roster import RosterRow, roster_save
from assessment.services.team import MemberRow, TeamRow, team_save
from assessment.services.value import values_save
from assessment.services.year import year_create
from cadres.models import Account, Role, Township
from config.navigation import MENU, YEAR_MENU
from tests.county import county, ladder, year_in_phase
from tests.factories import DepartmentFactory, TownshipFactory, account

pytestmark = pytest.mark.django_db

FOLLOWING = ["Grades of teams and cadres", "Measures", "Collective talks"]
READABLE = ("The announced scheme", "The public notice")
"""What everybody may read of an announced year."""


def lines(client: Client, role: Role) -> dict[str, list[str]]:
    """The cards of the role's home page: title → lines."""
    client.force_login(account(role))
    return {card.title: [line.text for line in card.lines] for card in client.get("/").context["cards"]}


def year_in(phase: Phase) -> None:
    TownshipFactory(code="01")
    year_create(number=2025, by=None)
    year_in_phase(AssessmentYear.objects.get(), phase)


def test_office_without_a_year_is_told_to_create_one(client: Client) -> None:
    steps = [
        "1. Enter the townships (0 so far)",
        "2. Enter the departments (0 so far)",
        "3. Create the first year",
        "Or instead of all three: upload a workbook that holds them",
    ]
    assert lines(client, Role.OFFICE) == {"No year yet: first steps": steps}
    assert [step.text for step in client.get("/years/").context["first_steps"]] == steps


def test_first_step_waits_until_it_is_taken(client: Client) -> None:
    TownshipFactory(code="01")
    client.force_login(account(Role.OFFICE))
    assert [step.waiting for step in client.get("/years/").context["first_steps"]] == [False, True, True, True]


def test_administrator_of_a_new_county_begins_with_the_office(client: Client) -> None:
    assert lines(client, Role.ADMINISTRATOR)["Accounts"][:3] == [
        "1 enabled account",
        "Begin with an account for the organization department: it sets up townships, departments and the year",
        "Nobody holds the role “county department”",
    ]
    assert 'href="/accounts/new/?role=office"' in client.get("/").content.decode()
    assert client.get("/accounts/new/?role=office").context["form"]["role"].value() == "office"
    assert 'href="/accounts/"' in client.get("/years/").content.decode()


def test_department_is_told_how_many_of_its_values_are_missing(client: Client) -> None:
    """One township, two lines of its own, one value there."""
    year_in(Phase.COLLECTING)
    lines_of = AssessmentYear.objects.get().lines.filter(code__in=["K1", "K2"])
    lines_of.update(department=DepartmentFactory(code="01"))
    words = "1 value of your lines is missing: enter it"
    values_save(year=AssessmentYear.objects.get(), cells={("01", "K1"): Fraction(5)}, by=None)
    assert lines(client, Role.DEPARTMENT)["Year 2025"][0] == words
    assert client.get("/years/2025/values/").context["own_missing"] == 1
    AssessmentYear.objects.update(phase=Phase.DRAFT)
    assert client.get("/years/2025/values/").context["own_missing"] == 0


def test_office_sees_the_next_step_and_what_is_missing(client: Client) -> None:
    """One township: 13 lines and 4 evaluations of the default scheme."""
    year_in(Phase.COLLECTING)
    assert lines(client, Role.OFFICE) == {
        "Year 2025": [
            "Next: enter or upload everything, then close the year",
            "13 target values are missing",
            "4 tallies are missing",
            "The board: what every township still lacks",
        ]
    }


def test_office_is_told_of_the_coming_year_once_one_is_closed(client: Client) -> None:
    year_in(Phase.CLOSED)
    assert lines(client, Role.OFFICE)["Year 2026"] == ["Create it from last year's scheme and roster"]


@pytest.mark.parametrize(
    ("phase", "first"),
    [
        (Phase.CONFIRMED, "Next: publish the results, so that each sees its own"),
        (Phase.PUBLISHED, "Next: feed back and follow up, then archive the year"),
    ],
)
def test_y1_office_is_told_what_follows_confirming_and_publishing(client: Client, phase: Phase, first: str) -> None:
    year_in_phase(county(ladder(1)), phase)
    assert lines(client, Role.OFFICE)["Year 2025"][0] == first


@pytest.mark.parametrize(
    ("role", "phase", "expected"),
    [
        (Role.LEADER, Phase.DRAFT, ["Not announced yet"]),
        (
            Role.LEADER,
            Phase.COLLECTING,
            [
                "How far the collection has come",
                "Scores and rankings can be read here once the year is closed",
                *READABLE,
            ],
        ),
        (Role.LEADER, Phase.CLOSED, [*FOLLOWING, "Scores and rankings", *READABLE, "Values of the targets"]),
        (Role.TOWNSHIP, Phase.CLOSED, [*READABLE]),
        (Role.DEPARTMENT, Phase.COLLECTING, [*READABLE, "Values of the targets"]),
        (Role.DEPARTMENT, Phase.DRAFT, ["Not announced yet"]),
    ],
)
def test_readers_see_what_the_phase_opens_to_them(
    client: Client, role: Role, phase: Phase, expected: list[str]
) -> None:
    year_in(phase)
    assert lines(client, role) == {"Year 2025": expected}


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_auditor_and_administrator_see_no_year(client: Client, role: Role) -> None:
    year_in(Phase.CLOSED)
    title = {"auditor": "Audit trail", "administrator": "Accounts"}[role]
    assert list(lines(client, role)) == [title]


def test_administrator_is_told_which_roles_nobody_holds(client: Client) -> None:
    account(Role.OFFICE)
    account(Role.AUDITOR)
    texts = lines(client, Role.ADMINISTRATOR)["Accounts"]
    assert texts[0] == "3 enabled accounts"
    assert "Nobody holds the role “county leader”" in texts
    assert "Nobody holds the role “auditor”" not in texts


def test_menu_offers_what_the_role_may_open(client: Client) -> None:
    client.force_login(account(Role.AUDITOR))
    assert [item.url for item in client.get("/").context["navigation"]] == [
        "/",
        "/years/",
        "/townships/",
        "/departments/",
        "/posts/",
        "/audit/",
    ]


def test_menus_ask_for_permissions_that_exist() -> None:
    """An unknown permission is held by nobody: the entry would never show."""
    assert [entry.view for entry in (*MENU, *YEAR_MENU) if not rules.perm_exists(entry.permission)] == []


def test_address_under_a_strange_name_is_refused_with_a_page(client: Client) -> None:
    """Before anybody has been asked who he is: the page of errors has a menu all the same, an empty one."""
    answer = client.get("/", headers={"host": "elsewhere.test"})
    assert answer.status_code == 400
    assert "This request cannot be read" in answer.content.decode()


@pytest.mark.parametrize("address", ["/townships/of/%00/", "/cadres/%00/", "/years/2025/tallies/cadres/%00/"])
def test_address_that_no_database_can_be_asked_for_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404  # even before signing in


@pytest.mark.parametrize("address", ["/", "/cadres/", "/years/2025/archive/record/", "/no/such/page/"])
def test_what_is_answered_is_kept_by_nobody_else(client: Client, address: str) -> None:
    year_in(Phase.CLOSED)
    client.force_login(account(Role.OFFICE))
    assert client.get(address)["Cache-Control"] == "private, no-cache"


# --- what waits while a year is collecting ---------------------------------------------------------


@pytest.fixture
def collecting() -> AssessmentYear:
    """2025 with the township 01, whose party secretary is 0001; the department 01 answers for K1."""
    year_in(Phase.COLLECTING)
    year = AssessmentYear.objects.get()
    roster_save(year=year, rows=[RosterRow("0001", "王伟", "01", "党委书记")], by=None)
    year.lines.filter(code="K1").update(department=DepartmentFactory(code="01"))
    return year


def waiting(client: Client, role: Role) -> list[str]:
    """The lines of the role's home page that ask for something, but the next step and what is missing."""
    client.force_login(account(role))
    card = client.get("/").context["cards"][0]
    return [
        line.text for line in card.lines if line.waiting and " missing" not in line.text and "Next" not in line.text
    ]


def entry(year: AssessmentYear, line: str, by: Account, **fields: object) -> None:
    stamp = {"entered_by": by, "entered_at": timezone.now(), "value": Fraction(5)}
    ValueEntry.objects.create(line=year.lines.get(code=line), township=Township.objects.get(), **stamp, **fields)


def round_opened(year: AssessmentYear, kind: SheetKind) -> SheetRound:
    return SheetRound.objects.create(year=year, kind=kind, opened_at=timezone.now())


def test_y3_office_confirms_what_others_entered(client: Client, collecting: AssessmentYear) -> None:
    entry(collecting, "K1", account(Role.DEPARTMENT))
    entry(collecting, "K2", account(Role.OFFICE))
    entry(collecting, "K3", account(Role.OFFICE))
    assert waiting(client, Role.OFFICE) == ["1 value awaits your confirmation"]
    assert "2 values entered by you await a colleague's confirmation" in lines(client, Role.OFFICE)["Year 2025"]


def test_office_keys_paper_once_and_a_colleague_the_second_time(client: Client, collecting: AssessmentYear) -> None:
    """Two voter groups, one keyed by the clerk; a box that is open; a rehearsal does not count."""
    township = Township.objects.get()
    box = Box.objects.create(year=collecting, township=township, state=BoxState.CLOSED)
    Box.objects.create(year=collecting, department=DepartmentFactory(code="01"), state=BoxState.OPEN)
    Box.objects.create(year=collecting, township=township, state=BoxState.CLOSED, is_rehearsal=True)
    groups = [Electorate.objects.create(box=box, category=name, order=place) for place, name in enumerate("甲乙")]
    numbers = {"issued": 1, "returned": 1, "void": 0, "counts": [[1, 0, 0, 0, 0]], "keyed_at": timezone.now()}
    PaperCount.objects.create(electorate=groups[0], hand=1, keyed_by=account(Role.OFFICE), **numbers)
    assert waiting(client, Role.OFFICE) == [
        "1 ballot box is open",
        "1 voter group's paper ballots are to be keyed, by you or a colleague",
    ]
    assert "1 voter group keyed by you waits for another clerk" in lines(client, Role.OFFICE)["Year 2025"]


def test_office_counts_sheets_that_are_to_come(client: Client, collecting: AssessmentYear) -> None:
    account(Role.LEADER)
    account(Role.DEPARTMENT)
    round_opened(collecting, SheetKind.LEADER)
    round_opened(collecting, SheetKind.DEPARTMENT)
    assert waiting(client, Role.OFFICE) == ["2 evaluation sheets are to come"]


def test_department_is_told_what_came_back_and_of_its_sheet(client: Client, collecting: AssessmentYear) -> None:
    settled = {"settled_by": account(Role.OFFICE), "settled_at": timezone.now(), "return_reason": "口径不符"}
    entry(collecting, "K1", account(Role.DEPARTMENT), state=EntryState.RETURNED, **settled)
    round_opened(collecting, SheetKind.DEPARTMENT)
    assert waiting(client, Role.DEPARTMENT) == [
        "1 value was returned to you",
        "Your evaluation sheet: 0 of 1 answered, not signed yet",
    ]


def test_township_is_told_of_its_meeting_and_its_sheet(client: Client, collecting: AssessmentYear) -> None:
    """Three questions about one department. Of the box it learns the state, nothing else."""
    Box.objects.create(year=collecting, township=Township.objects.get(), place="镇礼堂")
    round_opened(collecting, SheetKind.TOWNSHIP)
    assert waiting(client, Role.TOWNSHIP) == ["Your evaluation sheet: 0 of 3 answered, not signed yet"]
    assert "Voting meeting: 镇礼堂; the ballot box is prepared" in lines(client, Role.TOWNSHIP)["Year 2025"]


def test_assessor_is_told_of_sheet_and_interviews_of_the_own_townships(
    client: Client, collecting: AssessmentYear
) -> None:
    """Of two questions, the team and its secretary, one is answered; the secretary is to be talked to."""
    member = (MemberRow(account(Role.ASSESSOR).username, is_head=True),)
    team_save(year=collecting, row=TeamRow("考评一组", townships=("01",), members=member), by=None)
    sheets = round_opened(collecting, SheetKind.ASSESSOR)
    Sheet.objects.create(round=sheets, account=account(Role.ASSESSOR), marks={"E4:01": "1"})
    assert waiting(client, Role.ASSESSOR) == [
        "Your evaluation sheet: 1 of 2 answered, not signed yet",
        "01镇: 1 interviews to be held",
    ]


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (SheetState.SIGNED, "Your evaluation sheet is signed"),
        (SheetState.RETURNED, "Your evaluation sheet was returned: 漏填"),
        (SheetState.DRAFT, "Your evaluation sheet: 0 of 2 answered, not signed yet"),
    ],
)
def test_leader_is_told_where_the_own_sheet_stands(
    client: Client, collecting: AssessmentYear, state: SheetState, text: str
) -> None:
    fields = {"state": state, "signed_at": timezone.now(), "return_reason": "漏填"}
    Sheet.objects.create(round=round_opened(collecting, SheetKind.LEADER), account=account(Role.LEADER), **fields)
    assert lines(client, Role.LEADER)["Year 2025"][0] == text


@pytest.mark.parametrize("townships", [1, 8])
@pytest.mark.parametrize(("role", "queries"), [(Role.OFFICE, 31), (Role.ASSESSOR, 16)])
def test_home_page_asks_the_database_no_more_often_for_many_townships(
    client: Client,
    collecting: AssessmentYear,
    role: Role,
    queries: int,
    townships: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    units = [TownshipFactory(code=f"{place:02}") for place in range(1, townships + 1)]
    collecting.townships.set(units)
    member = (MemberRow(account(Role.ASSESSOR).username, is_head=True),)
    row = TeamRow("考评一组", townships=tuple(unit.code for unit in units), members=member)
    team_save(year=collecting, row=row, by=None)
    for unit in units:
        box = Box.objects.create(year=collecting, township=unit, state=BoxState.CLOSED)
        Electorate.objects.create(box=box)
    for kind in (SheetKind.ASSESSOR, SheetKind.LEADER):
        round_opened(collecting, kind)
    client.force_login(account(role))
    with django_assert_num_queries(queries):
        client.get("/")
