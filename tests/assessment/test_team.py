"""Assessment teams (考评组): townships and members, each in one team of a year (RULES Y2, Y3)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from assessment.errors import YearClosed
from assessment.models import AssessmentTeam, AssessmentYear, Phase, TeamMember
from assessment.services.team import MemberRow, TeamRow, team_remove, team_save, teams_copy
from assessment.services.year import year_create
from cadres.errors import Refused
from cadres.models import Account, AuditEntry, Role, Township
from tests.county import year_in_phase
from tests.factories import AccountFactory

ClientFor = Callable[[str], Client]

FIRST = TeamRow("考评一组", "罗斌", "0700-1", ("T01",), (MemberRow("luobin", is_head=True),))


pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def clerk(client_for: ClientFor) -> Client:
    """A clerk's browser that has chosen English."""
    client = client_for("office")
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def luobin(db: None) -> Account:
    return AccountFactory(role=Role.ASSESSOR, username="luobin", name="罗斌")


@pytest.fixture
def second(db: None) -> Account:
    return AccountFactory(role=Role.ASSESSOR, username="second", name="董晓东")


def test_y2_team_has_townships_a_contact_and_members_with_a_head(
    year: AssessmentYear, luobin: Account, office: Account
) -> None:
    team = team_save(year=year, row=FIRST, by=office)
    assert [unit.name for unit in team.townships.all()] == ["青石镇"]
    assert [(member.account, member.is_head, member.cadre) for member in team.members.all()] == [(luobin, True, None)]
    entry = AuditEntry.objects.get(action="team_save")
    assert entry.details["members"] == ["luobin"]
    assert entry.details["townships"] == ["青石镇"]


def test_saving_a_team_as_it_stands_leaves_no_trace(year: AssessmentYear, luobin: Account) -> None:
    team = team_save(year=year, row=FIRST, by=None)
    team_save(year=year, row=FIRST, team=team, by=None)
    assert AuditEntry.objects.filter(action="team_save").count() == 1


def test_changed_team_keeps_who_stays_and_drops_who_goes(
    year: AssessmentYear, luobin: Account, second: Account
) -> None:
    team = team_save(year=year, row=FIRST, by=None)
    row = TeamRow("考评一组", "", "", ("T02",), (MemberRow("second", is_head=True, number="0003"),))
    team_save(year=year, row=row, team=team, by=None)
    assert [unit.code for unit in team.townships.all()] == ["T02"]
    assert [(m.account.username, m.cadre.number if m.cadre else "") for m in team.members.all()] == [("second", "0003")]


@pytest.mark.parametrize(
    ("row", "refusal"),
    [
        (TeamRow("考评二组", townships=("T01",)), "青石镇 belongs to the team “考评一组” already"),
        (TeamRow("考评二组", members=(MemberRow("luobin", is_head=True),)), "罗斌 is a member of the team “考评一组”"),
        (TeamRow("考评一组"), "There is a team of this name already"),
        (TeamRow("考评二组", members=(MemberRow("second"),)), "Name one member as the head"),
        (TeamRow("考评二组", members=(MemberRow("office", is_head=True),)), "no enabled account of an assessor"),
    ],
)
def test_second_team_is_refused_in_words(
    year: AssessmentYear, luobin: Account, second: Account, office: Account, row: TeamRow, refusal: str
) -> None:
    team_save(year=year, row=FIRST, by=None)
    with pytest.raises(Refused, match=refusal):
        team_save(year=year, row=row, by=None)
    assert AssessmentTeam.objects.count() == 1


def test_township_that_does_not_take_part_is_refused(year: AssessmentYear) -> None:
    Township.objects.create(code="T03", name="杨湾镇")
    with pytest.raises(Refused, match="杨湾镇 does not take part"):
        team_save(year=year, row=TeamRow("考评一组", townships=("T03",)), by=None)


def test_disabled_account_joins_no_team(year: AssessmentYear, luobin: Account) -> None:
    Account.objects.filter(pk=luobin.pk).update(is_active=False)
    with pytest.raises(Refused, match="no enabled account"):
        team_save(year=year, row=FIRST, by=None)


def test_database_refuses_a_member_of_two_teams(year: AssessmentYear, luobin: Account) -> None:
    team_save(year=year, row=FIRST, by=None)
    other = AssessmentTeam.objects.create(year=year, name="考评二组")
    with pytest.raises(IntegrityError), transaction.atomic():
        TeamMember.objects.create(team=other, year=year, account=luobin)


def test_teams_are_formed_by_the_office_and_until_the_year_is_closed(year: AssessmentYear, leader: Account) -> None:
    with pytest.raises(PermissionDenied):
        team_save(year=year, row=TeamRow("考评一组"), by=leader)
    year_in_phase(year, Phase.CLOSED)
    with pytest.raises(YearClosed):
        team_save(year=year, row=TeamRow("考评一组"), by=None)


def test_dissolved_team_stays_in_the_trail(year: AssessmentYear, luobin: Account) -> None:
    team_remove(team=team_save(year=year, row=FIRST, by=None), by=None)
    assert (AssessmentTeam.objects.count(), TeamMember.objects.count()) == (0, 0)
    assert AuditEntry.objects.get(action="team_remove").details["members"] == ["luobin"]


def test_copy_leaves_out_who_may_no_longer_sign_in_and_what_takes_no_part(
    year: AssessmentYear, luobin: Account, second: Account
) -> None:
    """The head has left: the next member leads. T02 takes no part in 2026."""
    members = (MemberRow("luobin", is_head=True), MemberRow("second"))
    team_save(year=year, row=TeamRow("考评一组", "罗斌", "0700-1", ("T01", "T02"), members), by=None)
    copy = year_create(number=2026, by=None)
    copy.townships.set(Township.objects.filter(code="T01"))
    Account.objects.filter(pk=luobin.pk).update(is_active=False)
    assert teams_copy(year=copy, source=year, by=None) == 1
    team = copy.teams.get()
    assert (team.name, team.contact, [unit.code for unit in team.townships.all()]) == ("考评一组", "罗斌", ["T01"])
    assert [(member.account.username, member.is_head) for member in team.members.all()] == [("second", True)]
    with pytest.raises(Refused, match="has assessment teams already"):
        teams_copy(year=copy, source=year, by=None)


# --- pages ---------------------------------------------------------------------------------------


def posted(head: Account, *, number: str = "", **fields: object) -> dict[str, object]:
    """The form with one member, who leads."""
    return {"name": "考评一组", f"member_{head.pk}": "on", "head": head.pk, f"cadre_{head.pk}": number, **fields}


def test_team_by_form_warns_of_a_member_who_serves_there(clerk: Client, year: AssessmentYear, luobin: Account) -> None:
    """0001 is the party secretary of 青石镇, T01."""
    township = Township.objects.get(code="T01")
    page = clerk.post("/years/2025/teams/new/", posted(luobin, number="0001", townships=[township.pk]), follow=True)
    words = "罗斌 serves in 青石镇 and will not rate it (clause Y3)."
    assert [str(message) for message in page.context["messages"]] == ["Saved.", words]
    assert [line.warning for line in page.context["lines"][0].members] == [words]


def test_member_who_serves_elsewhere_is_no_matter(clerk: Client, year: AssessmentYear, luobin: Account) -> None:
    township = Township.objects.get(code="T02")
    page = clerk.post("/years/2025/teams/new/", posted(luobin, number="0001", townships=[township.pk]), follow=True)
    assert [line.warning for line in page.context["lines"][0].members] == [""]


def test_unknown_personnel_number_stands_beside_its_field(clerk: Client, year: AssessmentYear, luobin: Account) -> None:
    page = clerk.post("/years/2025/teams/new/", posted(luobin, number="9999"))
    assert page.context["form"].errors == {f"cadre_{luobin.pk}": ["No cadre has this number."]}
    assert AssessmentTeam.objects.count() == 0


def test_refused_form_keeps_what_was_typed(clerk: Client, year: AssessmentYear, luobin: Account) -> None:
    team_save(year=year, row=TeamRow("考评一组", townships=("T01",)), by=None)
    township = Township.objects.get(code="T01")
    page = clerk.post("/years/2025/teams/new/", posted(luobin, name="考评二组", townships=[township.pk]))
    form = page.context["form"]
    assert form.errors == {"townships": ["青石镇 belongs to the team “考评一组” already."]}
    assert (form["name"].value(), form["head"].value()) == ("考评二组", str(luobin.pk))


def test_edited_team_begins_with_what_is_stored(clerk: Client, year: AssessmentYear, luobin: Account) -> None:
    team = team_save(year=year, row=FIRST, by=None)
    page = clerk.get(f"/years/2025/teams/{team.pk}/")
    assert [(row.member.value(), row.head.data["selected"]) for row in page.context["form"].rows()] == [(True, True)]
    clerk.post(f"/years/2025/teams/{team.pk}/", posted(luobin, name="考评甲组"))
    assert AssessmentTeam.objects.get().name == "考评甲组"


def test_page_says_who_is_in_no_team_yet(clerk: Client, year: AssessmentYear, luobin: Account, second: Account) -> None:
    team_save(year=year, row=FIRST, by=None)
    page = clerk.get("/years/2025/teams/")
    left = page.context["townships_left"], page.context["assessors_left"]
    assert ([unit.name for unit in left[0]], [account.name for account in left[1]]) == (["柳河镇"], ["董晓东"])


def test_teams_of_last_year_are_offered_and_copied(clerk: Client, year: AssessmentYear, luobin: Account) -> None:
    team_save(year=year, row=FIRST, by=None)
    year_create(number=2026, by=None)
    assert clerk.get("/years/2026/teams/").context["source"] == year
    clerk.post("/years/2026/teams/copy/")
    assert AssessmentTeam.objects.filter(year__number=2026).count() == 1
    assert clerk.get("/years/2026/teams/").context["source"] is None
    assert clerk.post("/years/2025/teams/copy/").status_code == 404


def test_team_is_dissolved_after_asking(clerk: Client, year: AssessmentYear) -> None:
    team = team_save(year=year, row=TeamRow("考评一组"), by=None)
    clerk.get(f"/years/2025/teams/{team.pk}/remove/")
    assert AssessmentTeam.objects.count() == 1
    clerk.post(f"/years/2025/teams/{team.pk}/remove/")
    assert AssessmentTeam.objects.count() == 0


def test_team_of_another_year_is_not_found_here(clerk: Client, year: AssessmentYear) -> None:
    other = team_save(year=year_create(number=2026, by=None), row=TeamRow("考评一组"), by=None)
    assert clerk.get(f"/years/2025/teams/{other.pk}/").status_code == 404
    assert clerk.post(f"/years/2025/teams/{other.pk}/remove/").status_code == 404
    assert AssessmentTeam.objects.count() == 1


@pytest.mark.parametrize("teams", [1, 6])
def test_list_asks_the_database_no_more_often_for_many_teams(
    clerk: Client, year: AssessmentYear, teams: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for place in range(teams):
        AccountFactory(role=Role.ASSESSOR, username=f"a{place}")
        row = TeamRow(f"考评{place}组", members=(MemberRow(f"a{place}", True, "0001"),))
        team_save(year=year, row=row, by=None)
    with django_assert_num_queries(11):
        clerk.get("/years/2025/teams/")
