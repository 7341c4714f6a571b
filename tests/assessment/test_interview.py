"""个别谈话: coverage of the three musts and two floors, who records, who reads (RULES Y5)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from assessment.errors import YearClosed
from assessment.models import AssessmentYear, Interview, Interviewee, InterviewTarget, Phase
from assessment.scheme import default_scheme, scheme_with
from assessment.selectors.interview import coverage_of
from assessment.services.interview import (
    InterviewRow,
    interview_correct,
    interview_record,
    interview_targets_save,
    interview_withdraw,
)
from assessment.services.roster import RosterRow, roster_save
from assessment.services.scheme import scheme_save
from assessment.services.year import year_create
from cadres.errors import Refused
from cadres.models import Account, AuditEntry, Cadre
from cadres.services.unit import UnitRow, townships_save
from tests.assessment.records import BAD_FIELDS, DAY, SECRET, team_of, township
from tests.conftest import ClientFor
from tests.county import year_in_phase

Queries = Callable[[int], AbstractContextManager[object]]

URL = "/years/2025/interviews/"
NEW = f"{URL}townships/T01/new/"
VILLAGER = InterviewRow(Interviewee.ORDINARY, DAY, person="张三", place="村委会", content=SECRET)


def member(number: str) -> InterviewRow:
    return InterviewRow(Interviewee.MEMBER, DAY, cadre=Cadre.objects.get(number=number), content=SECRET)


@pytest.fixture
def team(year: AssessmentYear, assessor: Account) -> None:
    """The cast's assessor goes to 青石镇."""
    team_of(year, "第一考评组", ["T01"], assessor)


@pytest.fixture
def interview(year: AssessmentYear, team: None, assessor: Account) -> Interview:
    """张三 of 青石镇, recorded by the assessor."""
    return interview_record(year=year, township=township("T01"), row=VILLAGER, by=assessor)


def talk(year: AssessmentYear, by: Account, row: InterviewRow, code: str = "T01") -> Interview:
    return interview_record(year=year, township=township(code), row=row, by=by)


def covered(year: AssessmentYear, code: str = "T01") -> dict[str, tuple[int, int | None, bool | None]]:
    """Group → done, people, met."""
    (row,) = coverage_of(year, [township(code)])
    return {group.group.value: (group.done, group.people, group.met) for group in row.groups}


def people(year: AssessmentYear, **numbers: int | None) -> None:
    interview_targets_save(year=year, people={("T01", group): n for group, n in numbers.items()}, by=None)


# --- coverage ------------------------------------------------------------------------------------


def test_y5_nothing_is_met_before_anybody_was_talked_to(year: AssessmentYear) -> None:
    assert covered(year) == {
        "member": (0, 3, False),
        "superior": (0, None, None),
        "delegate": (0, None, None),
        "middle": (0, None, None),
        "ordinary": (0, None, None),
    }


def test_y5_all_members_of_the_team_graded_or_not(year: AssessmentYear, office: Account) -> None:
    roster_save(year=year, rows=[RosterRow("0005", "孙强", "T01", "副乡镇长", not_graded="5A")], by=None)
    for number in ("0001", "0002"):
        talk(year, office, member(number))
    (row,) = coverage_of(year, [township("T01")])
    assert [entry.cadre.number for entry in row.groups[0].missing] == ["0005"]
    assert covered(year)["member"] == (2, 3, False)
    talk(year, office, member("0005"))
    assert covered(year)["member"] == (3, 3, True)


@pytest.mark.parametrize(
    ("group", "there_are", "talks", "met", "short"),
    [
        ("superior", 2, 1, False, 1),
        ("superior", 2, 2, True, 0),
        ("delegate", 3, 2, False, 1),
        ("middle", 5, 3, False, 1),
        ("middle", 5, 4, True, 0),  # 80 % exactly
        ("middle", 6, 4, False, 1),  # 66.67 %: five are needed
        ("ordinary", 10, 1, False, 1),
        ("ordinary", 10, 2, True, 0),  # 20 % exactly
        ("ordinary", 11, 2, False, 1),  # 18.18 %
        ("ordinary", 0, 0, True, 0),  # nobody to talk to
    ],
)
def test_y5_musts_are_whole_and_floors_are_reached(
    year: AssessmentYear, office: Account, group: str, there_are: int, talks: int, met: bool, short: int
) -> None:
    people(year, **{group: there_are})
    for number in range(talks):
        talk(year, office, InterviewRow(Interviewee(group), DAY, person=f"谈话人{number}"))
    (row,) = coverage_of(year, [township("T01")])
    (found,) = [share for share in row.groups if share.group == group]
    assert (found.done, found.met, found.short) == (talks, met, short)


def test_y5_floors_are_parameters_of_the_scheme(draft: AssessmentYear, clerk: Client, office: Account) -> None:
    scheme_save(year=draft, scheme=scheme_with(default_scheme(), {"普通谈话面": "30%"}), by=None)
    people(draft, ordinary=10)
    for name in ("张三", "李四"):
        talk(draft, office, InterviewRow(Interviewee.ORDINARY, DAY, person=name))
    assert covered(draft)["ordinary"] == (2, 10, False)
    page = page_in_english(clerk, URL)
    assert ["ordinary cadres (at least 30%)" in page, "middle cadres (at least 80%)" in page] == [True, True]


def test_more_talks_than_people_says_that_the_number_is_wrong(
    year: AssessmentYear, clerk: Client, office: Account
) -> None:
    people(year, superior=1)
    for name in ("张三", "李四"):
        talk(year, office, InterviewRow(Interviewee.SUPERIOR, DAY, person=name))
    assert "more talks than people" in page_in_english(clerk, URL)


def test_talks_of_another_township_or_year_or_withdrawn_do_not_count(year: AssessmentYear, office: Account) -> None:
    people(year, ordinary=5)
    talk(year, office, VILLAGER, "T02")
    interview_withdraw(interview=talk(year, office, VILLAGER), reason="记错人", by=office)
    other = year_create(number=2026, copy_from=year, by=None)
    Interview.objects.create(
        year=other, township=township("T01"), group="ordinary", person="王五", held_on=DAY,
        recorded_by=office, recorded_at=timezone.now(),
    )  # fmt: skip
    assert covered(year)["ordinary"] == (0, 5, False)


def test_who_left_the_roster_counts_no_longer(year: AssessmentYear, office: Account) -> None:
    talk(year, office, member("0005"))
    year.roster.filter(cadre__number="0005").delete()
    assert covered(year)["member"] == (0, 2, False)


# --- how many there are --------------------------------------------------------------------------


def test_numbers_are_saved_changed_and_taken_away(year: AssessmentYear) -> None:
    people(year, middle=8, ordinary=20)
    people(year, middle=9, ordinary=None)
    assert list(InterviewTarget.objects.values_list("township__code", "group", "people")) == [("T01", "middle", 9)]
    assert AuditEntry.objects.filter(action="interview_targets_save").count() == 2


def test_the_office_enters_them_in_a_grid(clerk: Client, year: AssessmentYear) -> None:
    typed = {"T01/superior": "2", "T01/middle": " 8 ", "T02/ordinary": "40"}
    assert clerk.post(f"{URL}people/", typed)["Location"] == URL
    saved = set(InterviewTarget.objects.values_list("township__code", "group", "people"))
    assert saved == {("T01", "superior", 2), ("T01", "middle", 8), ("T02", "ordinary", 40)}


@pytest.mark.parametrize("text", ["-1", "8.5", "八", "100000", "\x00", "1e3"])
def test_what_is_no_number_is_told_beside_its_cell_and_nothing_is_saved(
    clerk: Client, year: AssessmentYear, text: str
) -> None:
    page = clerk.post(f"{URL}people/", {"T01/superior": "2", "T01/middle": text})
    assert list(page.context["form"].errors) == ["T01/middle"]
    assert page.context["form"]["T01/superior"].value() == "2"
    assert InterviewTarget.objects.count() == 0


def test_database_refuses_a_number_of_team_members(year: AssessmentYear) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        InterviewTarget.objects.create(year=year, township=township("T01"), group="member", people=3)


# --- recording -----------------------------------------------------------------------------------


def test_a_talk_keeps_who_recorded_it(interview: Interview, assessor: Account) -> None:
    stored = Interview.objects.get()
    assert (stored.person, stored.cadre, stored.place, stored.content) == ("张三", None, "村委会", SECRET)
    assert (stored.recorded_by, stored.held_on) == (assessor, DAY)


def test_a_person_once_per_group_and_township(year: AssessmentYear, office: Account, interview: Interview) -> None:
    with pytest.raises(Refused):
        talk(year, office, VILLAGER)
    talk(year, office, VILLAGER, "T02")
    talk(year, office, replace(VILLAGER, group=Interviewee.DELEGATE))
    assert Interview.objects.count() == 3


def test_a_member_once_by_service_and_database(year: AssessmentYear, office: Account) -> None:
    first = talk(year, office, member("0001"))
    with pytest.raises(Refused):
        talk(year, office, member("0001"))
    first.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


def test_two_members_of_one_name_are_two(year: AssessmentYear, office: Account) -> None:
    roster_save(year=year, rows=[RosterRow("0006", "王伟", "T01", "副乡镇长")], by=None)
    talk(year, office, member("0001"))
    talk(year, office, member("0006"))
    assert covered(year)["member"] == (2, 4, False)


def test_after_a_withdrawal_the_person_can_be_recorded_again(
    year: AssessmentYear, interview: Interview, assessor: Account
) -> None:
    interview_withdraw(interview=interview, reason=" 记错人 ", by=assessor)
    talk(year, assessor, VILLAGER)
    assert list(Interview.objects.order_by("pk").values_list("withdrawn_reason", flat=True)) == ["记错人", ""]


def test_a_member_of_another_team_is_refused(year: AssessmentYear, office: Account) -> None:
    with pytest.raises(Refused):
        talk(year, office, member("0003"))


@pytest.mark.parametrize("row", [replace(VILLAGER, person=" "), InterviewRow(Interviewee.MEMBER, DAY)])
def test_nobody_is_refused(year: AssessmentYear, office: Account, row: InterviewRow) -> None:
    with pytest.raises(Refused):
        talk(year, office, row)


def test_withdrawing_needs_a_reason_and_is_done_once(interview: Interview, office: Account) -> None:
    with pytest.raises(Refused):
        interview_withdraw(interview=interview, reason=" ", by=office)
    interview_withdraw(interview=interview, reason="记错人", by=office)
    with pytest.raises(Refused):
        interview_withdraw(interview=interview, reason="又一次", by=office)
    with pytest.raises(Refused):
        interview_correct(interview=interview, row=VILLAGER, by=interview.recorded_by)


def test_after_the_year_is_closed_nothing_changes(year: AssessmentYear, interview: Interview, office: Account) -> None:
    year = year_in_phase(year, Phase.CLOSED)
    interview = Interview.objects.get()
    with pytest.raises(YearClosed):
        talk(year, office, replace(VILLAGER, person="李四"))
    with pytest.raises(YearClosed):
        interview_withdraw(interview=interview, reason="记错人", by=office)
    with pytest.raises(PermissionDenied):
        interview_correct(interview=interview, row=VILLAGER, by=interview.recorded_by)
    with pytest.raises(YearClosed):
        people(year, middle=1)


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.ANNOUNCED])
def test_assessors_begin_when_collecting_begins(
    year: AssessmentYear, team: None, assessor: Account, phase: Phase
) -> None:
    with pytest.raises(PermissionDenied):
        talk(year_in_phase(year, phase), assessor, VILLAGER)


# --- what the trail keeps ------------------------------------------------------------------------


def test_the_trail_knows_that_it_happened_and_where_never_with_whom_or_what(
    interview: Interview, assessor: Account, office: Account
) -> None:
    interview_correct(interview=interview, row=replace(VILLAGER, person="李四"), by=assessor)
    interview_withdraw(interview=interview, reason="李四要求撤回", by=office)
    entries = AuditEntry.objects.filter(action__startswith="interview").order_by("number")
    assert [(entry.action, entry.subject, entry.details) for entry in entries] == [
        (f"interview_{verb}", f"2025 青石镇 #{interview.pk}", {}) for verb in ("record", "correct", "withdraw")
    ]


# --- who ----------------------------------------------------------------------------------------


def refusals() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.filter(refused=True).values_list("actor_name", "subject"))


def typed(**fields: object) -> dict[str, object]:
    data = {"group": "ordinary", "person": "李四", "held_on": "2025-12-11", "place": "", "content": "工作扎实"}
    return data | fields


def test_assessor_of_another_team_is_refused_by_every_address(
    client_for: ClientFor, year: AssessmentYear, interview: Interview
) -> None:
    other = client_for("assessor")
    year.teams.all()[0].townships.set([township("T02")])
    number = interview.pk
    addresses = [NEW, f"{URL}records/{number}/correct/", f"{URL}records/{number}/withdraw/"]
    assert [other.post(address, typed(reason="x")).status_code for address in addresses] == [403, 403, 403]
    assert refusals() == [
        ("assessor", "assessment.withdraw_record 2025 青石镇 #" + str(number)),
        ("assessor", "assessment.record_interview 2025 青石镇 #" + str(number)),
        ("assessor", "assessment.record_interview 2025 青石镇"),
    ]
    assert Interview.objects.get().content == SECRET


@pytest.mark.parametrize("visitor", ["department", "township", "leader", "auditor", "administrator"])
@pytest.mark.parametrize("phase", [Phase.COLLECTING, Phase.PUBLISHED])
def test_nobody_else_writes_or_reads_a_record(
    client_for: ClientFor, year: AssessmentYear, interview: Interview, visitor: str, phase: Phase
) -> None:
    year_in_phase(year, phase)
    client = client_for(visitor)
    number = interview.pk
    addresses = [NEW, f"{URL}people/", f"{URL}records/{number}/correct/", f"{URL}records/{number}/withdraw/"]
    assert [client.post(address, typed(reason="x")).status_code for address in addresses] == [403] * 4
    assert client.get(f"{URL}records/").status_code == 403
    assert len(refusals()) == 5


def test_a_clerk_withdraws_but_does_not_correct_what_another_wrote(clerk: Client, interview: Interview) -> None:
    number = interview.pk
    assert clerk.post(f"{URL}records/{number}/correct/", typed()).status_code == 403
    page = clerk.get(f"{URL}records/").content.decode()
    assert (f"records/{number}/correct/" in page, f"records/{number}/withdraw/" in page) == (False, True)
    assert clerk.post(f"{URL}records/{number}/withdraw/", {"reason": "记错人"})["Location"] == f"{URL}records/"
    assert "记错人" in clerk.get(f"{URL}records/").content.decode()


def test_the_office_reads_all_records_an_assessor_the_own(
    client_for: ClientFor, year: AssessmentYear, interview: Interview, office: Account
) -> None:
    talk(year, office, replace(VILLAGER, person="李四", content="只给办公室看"))
    seen = {who: client_for(who).get(f"{URL}records/").content.decode() for who in ("office", "assessor")}
    assert ["只给办公室看" in seen["office"], SECRET in seen["office"]] == [True, True]
    assert ["只给办公室看" in seen["assessor"], SECRET in seen["assessor"]] == [False, True]


def test_own_records_are_readable_after_closing_without_ways_to_change_them(
    client_for: ClientFor, year: AssessmentYear, interview: Interview
) -> None:
    year_in_phase(year, Phase.CLOSED)
    page = client_for("assessor").get(f"{URL}records/").content.decode()
    assert (SECRET in page, "/correct/" in page, "/withdraw/" in page) == (True, False, False)


def test_leader_sees_numbers_without_names_once_closed(
    client_for: ClientFor, year: AssessmentYear, interview: Interview
) -> None:
    leader = client_for("leader")
    assert leader.get(URL).status_code == 403
    year_in_phase(year, Phase.CLOSED)
    page = leader.get(URL).content.decode()
    assert ["青石镇" in page, "0 / 3" in page, "1 / ?" in page] == [True, True, True]
    assert ["0001" in page, "张三" in page, SECRET in page, "/new/" in page] == [False] * 4


def test_assessor_sees_the_own_townships_and_who_is_missing(
    client_for: ClientFor, year: AssessmentYear, team: None
) -> None:
    page = client_for("assessor").get(URL).content.decode()
    assert ["青石镇" in page, "柳河镇" in page] == [True, False]
    assert f'{NEW}?group=member&amp;cadre=0005"' in page


def test_assessor_without_a_team_is_told_so(client_for: ClientFor, year: AssessmentYear) -> None:
    assert "No township is given to your team yet" in page_in_english(client_for("assessor"), URL)


# --- the form ------------------------------------------------------------------------------------


def test_a_talk_by_form_and_its_correction(client_for: ClientFor, year: AssessmentYear, team: None) -> None:
    client = client_for("assessor")
    assert client.get(f"{NEW}?group=member&cadre=0001").context["form"]["cadre"].value() == "0001"
    assert client.post(NEW, typed(group="member", cadre="0001", person="多余"))["Location"] == URL
    stored = Interview.objects.get()
    assert (stored.cadre.number if stored.cadre else None, stored.person) == ("0001", "0001")
    correct = f"{URL}records/{stored.pk}/correct/"
    assert client.get(correct).context["form"]["content"].value() == "工作扎实"
    assert client.post(correct, typed(content="工作\r\n扎实"))["Location"] == f"{URL}records/"
    stored.refresh_from_db()
    assert (stored.group, stored.cadre, stored.person, stored.content) == ("ordinary", None, "李四", "工作\n扎实")


def test_members_offered_are_those_of_this_years_roster_each_once(clerk: Client, year: AssessmentYear) -> None:
    year_create(number=2026, copy_from=year, by=None)
    choices = clerk.get(NEW).context["form"].fields["cadre"].choices
    assert [str(value) for value, _label in choices] == ["", "0001", "0002", "0005"]


TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        *BAD_FIELDS,
        ("group", "", "required"),
        ("group", "friends", "invalid_choice"),
        ("person", "", None),
        ("person", "长" * 61, "max_length"),
        ("person", "张\x00三", "null_characters_not_allowed"),
        ("held_on", "", "required"),
        ("held_on", "2025-13-01", "invalid"),
        ("held_on", "2024-12-31", None),
        ("held_on", TOMORROW, None),
        ("place", "x" * 61, "max_length"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_kept(
    clerk: Client, year: AssessmentYear, field: str, value: str, code: str | None
) -> None:
    page = clerk.post(NEW, typed(**{field: value}))
    errors = page.context["form"].errors.as_data()
    assert {name: [error.code for error in found] for name, found in errors.items()} == {field: [code]}
    assert page.context["form"]["place"].value() == (value if field == "place" else "")
    assert Interview.objects.count() == 0


@pytest.mark.parametrize("cadre", ["", "0003", "9999"])
def test_a_member_is_chosen_from_the_roster_of_the_township(clerk: Client, year: AssessmentYear, cadre: str) -> None:
    page = clerk.post(NEW, typed(group="member", cadre=cadre))
    assert list(page.context["form"].errors) == ["cadre"]


def test_the_longest_record_fits(clerk: Client, year: AssessmentYear) -> None:
    clerk.post(NEW, typed(content="好\r\n" * 2499 + "好"))
    assert len(Interview.objects.get().content) == 4999


def test_twice_is_told_in_words(clerk: Client, year: AssessmentYear) -> None:
    clerk.post(NEW, typed())
    page = clerk.post(NEW, typed(content="第二次"))
    assert page.context["form"]["content"].value() == "第二次"
    assert page.context["form"].non_field_errors()
    assert Interview.objects.count() == 1


def test_a_township_that_is_not_there_is_404(clerk: Client, year: AssessmentYear) -> None:
    townships_save(rows=[UnitRow("T99", "外镇")], by=None)
    assert [clerk.get(f"{URL}townships/{code}/new/").status_code for code in ("T99", "T77")] == [404, 404]
    assert clerk.get(f"{URL}records/99/correct/").status_code == 404


# --- lists ---------------------------------------------------------------------------------------


def test_records_are_found_by_group_township_state_and_words(
    clerk: Client, year: AssessmentYear, office: Account
) -> None:
    talk(year, office, VILLAGER)
    talk(year, office, member("0003"), "T02")
    interview_withdraw(interview=talk(year, office, replace(VILLAGER, person="李四")), reason="记错人", by=office)

    def found(query: str) -> list[str]:
        return sorted(row.record.person for row in clerk.get(f"{URL}records/?{query}").context["table"].rows)

    assert found("") == ["0003", "张三", "李四"]
    assert found("group=member") == ["0003"]
    assert found("township=T01&state=in-force") == ["张三"]
    assert found("state=withdrawn") == ["李四"]
    assert found("q=张") == ["张三"]
    assert found("q=%00") == ["0003", "张三", "李四"]


def test_coverage_sorts_by_a_group(clerk: Client, year: AssessmentYear, office: Account) -> None:
    talk(year, office, member("0003"), "T02")

    def order(query: str) -> list[str]:
        return [row.record.township.code for row in clerk.get(f"{URL}?{query}").context["table"].rows]

    assert [order(""), order("sort=member"), order("sort=-member")] == [["T01", "T02"], ["T01", "T02"], ["T02", "T01"]]
    people(year, superior=0)
    assert order("sort=-superior") == ["T01", "T02"]


@pytest.mark.parametrize("more", [0, 20])
def test_lists_cost_the_same_for_one_and_many(
    clerk: Client, year: AssessmentYear, office: Account, more: int, django_assert_num_queries: Queries
) -> None:
    townships_save(rows=[UnitRow(f"X{n}", f"外{n}镇", 9) for n in range(more)], by=None)
    year.townships.add(*[township(f"X{n}") for n in range(more)])
    talk(year, office, member("0001"))
    for number in range(more):
        talk(year, office, replace(VILLAGER, person=f"谈话人{number}"), f"X{number}")
    with django_assert_num_queries(10):
        clerk.get(URL)
    with django_assert_num_queries(7):
        clerk.get(f"{URL}records/")


@pytest.mark.parametrize("more", [0, 20])
def test_the_assessors_table_costs_the_same_for_one_and_many(
    client_for: ClientFor,
    year: AssessmentYear,
    interview: Interview,
    assessor: Account,
    more: int,
    django_assert_num_queries: Queries,
) -> None:
    for number in range(more):
        talk(year, assessor, replace(VILLAGER, person=f"谈话人{number}"))
    client = client_for("assessor")
    with django_assert_num_queries(11):
        client.get(URL)
    with django_assert_num_queries(8):
        client.get(f"{URL}records/")


def page_in_english(client: Client, url: str) -> str:
    client.cookies["django_language"] = "en"
    return client.get(url).content.decode()
