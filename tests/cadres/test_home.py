"""The home page: what waits for whom."""

from fractions import Fraction

import pytest
import rules
from django.test import Client

from assessment.models import AssessmentYear, Phase
from assessment.services.value import values_save
from assessment.services.year import year_create
from cadres.models import Role
from config.navigation import MENU, YEAR_MENU
from tests.factories import DepartmentFactory, TownshipFactory, account

pytestmark = pytest.mark.django_db


def lines(client: Client, role: Role) -> dict[str, list[str]]:
    """The cards of the role's home page: title → lines."""
    client.force_login(account(role))
    return {card.title: [line.text for line in card.lines] for card in client.get("/").context["cards"]}


def year_in(phase: Phase) -> None:
    TownshipFactory(code="01")
    year_create(number=2025, by=None)
    AssessmentYear.objects.update(phase=phase)


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
    assert lines(client, Role.DEPARTMENT) == {"Year 2025": ["The announced scheme", words]}
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
        ]
    }


def test_office_is_told_of_the_coming_year_once_one_is_closed(client: Client) -> None:
    year_in(Phase.CLOSED)
    assert lines(client, Role.OFFICE)["Year 2026"] == ["Create it from last year's scheme and roster"]


@pytest.mark.parametrize(
    ("role", "phase", "expected"),
    [
        (Role.LEADER, Phase.DRAFT, ["Not announced yet"]),
        (Role.LEADER, Phase.COLLECTING, ["The announced scheme"]),
        (Role.LEADER, Phase.CLOSED, ["The announced scheme", "Values of the targets", "Scores and rankings"]),
        (Role.TOWNSHIP, Phase.CLOSED, ["The announced scheme"]),
        (Role.DEPARTMENT, Phase.COLLECTING, ["The announced scheme", "Values of the targets"]),
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
