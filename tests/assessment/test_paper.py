"""Paper is keyed twice, blind, by two people; a third decides, or both key again (RULES E5, JOURNEYS 4)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from assessment.counts import CountProblem, PaperBallots, paper_problems
from assessment.errors import SamePerson
from assessment.models import AssessmentYear, Box, BoxState, Electorate, Hand, PaperCount, Phase, Tally
from assessment.questions import Counts
from assessment.selectors.paper import paper_states, papers_accepted
from assessment.services.box import ElectorateRow, box_clear, box_create, box_make_void, box_open
from assessment.services.box_closing import box_close
from assessment.services.paper import paper_decide, paper_key, paper_rekey
from assessment.services.slip import slips_draw
from cadres.errors import Refused
from cadres.models import Account, AuditEntry, Role, Township
from tests.assessment.voting import cast
from tests.conftest import ClientFor
from tests.county import year_in_phase
from tests.factories import AccountFactory

TEN = PaperBallots(issued=12, returned=11, void=1)
"""Ten valid ballots."""

BEST: Counts = (8, 1, 0, 0, 1)
OTHER: Counts = (7, 2, 0, 0, 1)
Queries = Callable[[int], AbstractContextManager[object]]


def box_with_paper(year: AssessmentYear, by: Account, *groups: str, is_rehearsal: bool = False) -> Box:
    """青石镇's box: the team and three cadres; open, with one voter group unless told."""
    rows = [ElectorateRow(name, 12, 12) for name in groups or ("老干部",)]
    box = box_create(
        year=year, unit=Township.objects.get(code="T01"), electorates=rows, is_rehearsal=is_rehearsal, by=by
    )
    box_open(box=box, by=by)
    return box


@pytest.fixture
def box(year: AssessmentYear, office: Account) -> Box:
    """The same, closed."""
    made = box_with_paper(year, office)
    box_close(box=made, by=office)
    return made


@pytest.fixture
def group(box: Box) -> Electorate:
    """Its one voter group."""
    return box.electorates.get()


@pytest.fixture
def third_clerk(db: None) -> Account:
    return AccountFactory(role=Role.OFFICE, username="third_clerk")


def counts_of(box: Box, **changed: Counts) -> dict[str, Counts]:
    """Every row BEST, but for those of the codes named."""
    return {question.key: changed.get(question.code, BEST) for question in box.asked}


def key(group: Electorate, by: Account | None, **changed: Counts) -> PaperCount:
    return paper_key(electorate=group, ballots=TEN, counts=counts_of(group.box, **changed), by=by)


def decide(group: Electorate, by: Account, **changed: Counts) -> PaperCount:
    return paper_decide(electorate=group, ballots=TEN, counts=counts_of(group.box, **changed), by=by)


def hands() -> list[tuple[int, int, str]]:
    """Round, hand and account of every keying."""
    found = PaperCount.objects.order_by("round", "hand")
    return list(found.values_list("round", "hand", "keyed_by__username"))


# --- E5 ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ballots", "row", "problems"),
    [
        (PaperBallots(12, 11, 1), (8, 1, 0, 0, 1), {}),
        (PaperBallots(12, 12, 0), (8, 1, 1, 1, 1), {}),
        (PaperBallots(0, 0, 0), (0, 0, 0, 0, 0), {}),
        (PaperBallots(10, 11, 1), (8, 1, 0, 0, 1), {"returned": CountProblem.RETURNED_ABOVE_ISSUED}),
        (PaperBallots(12, 11, 12), (8, 1, 0, 0, 1), {"void": CountProblem.VOID_ABOVE_RETURNED}),
        (PaperBallots(12, 11, 0), (8, 1, 0, 0, 1), {"E1:T01": CountProblem.SUM_IS_NOT_VALID}),
        (PaperBallots(12, 11, 1), (8, 1, 0, 0, 2), {"E1:T01": CountProblem.SUM_IS_NOT_VALID}),
    ],
)
def test_e5_valid_is_returned_less_void_and_every_row_adds_up_to_it(
    ballots: PaperBallots, row: Counts, problems: dict[str, CountProblem]
) -> None:
    assert paper_problems(ballots, {"E1:T01": row}) == problems


def test_e5_service_tells_everything_that_is_wrong_at_once(group: Electorate, office: Account) -> None:
    counts = counts_of(group.box, T01=(9, 9, 9, 9, 9))
    del counts["C1:0005"]
    with pytest.raises(Refused) as refusal:
        paper_key(electorate=group, ballots=PaperBallots(10, 11, 1), counts=counts, by=office)
    assert sorted(refusal.value.message_dict) == ["C1:0005", "E1:T01", "returned"]
    assert hands() == []


@pytest.mark.parametrize(
    "counts",
    [{"E1:T02": BEST}, {"E1:T01": (11, 0, 0, 0, -1)}, {"E1:T01": (10, 0, 0, 0)}, {"E1:T01": (10**7, 0, 0, 0, 0)}],
    ids=["not asked", "negative", "four numbers", "beyond any box"],
)
def test_what_is_no_row_of_the_box_is_refused(group: Electorate, office: Account, counts: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        paper_key(electorate=group, ballots=TEN, counts={**counts_of(group.box), **counts}, by=office)
    assert hands() == []


# --- two people ----------------------------------------------------------------------------------


def test_two_alike_are_counted_into_tallies(
    box: Box, group: Electorate, office: Account, second_clerk: Account
) -> None:
    assert key(group, office).hand == Hand.FIRST
    assert not Tally.objects.exists()
    assert key(group, second_clerk).hand == Hand.SECOND
    box.refresh_from_db()
    team = Tally.objects.get(township__code="T01")
    assert (box.state, Tally.objects.count()) == (BoxState.COUNTED, 4)
    assert (team.issued, team.returned, team.valid, team.grades, team.abstain) == (12, 11, 10, (8, 1, 0, 0), 1)


def test_the_box_waits_for_its_last_group(year: AssessmentYear, office: Account, second_clerk: Account) -> None:
    box = box_with_paper(year, office, "老干部", "机关工作人员")
    box_close(box=box, by=office)
    one, other = box.electorates.all()
    for group, by in ((one, office), (one, second_clerk), (other, second_clerk)):
        key(group, by)
    box.refresh_from_db()
    assert (box.state, Tally.objects.count()) == (BoxState.CLOSED, 0)
    key(other, office)
    box.refresh_from_db()
    assert (box.state, Tally.objects.count()) == (BoxState.COUNTED, 8)


def test_the_same_person_is_refused_by_the_service_and_that_is_on_record(group: Electorate, office: Account) -> None:
    key(group, office)
    with pytest.raises(SamePerson):
        key(group, office)
    entry = AuditEntry.objects.order_by("number").last()
    assert entry is not None
    assert (entry.action, entry.refused, entry.actor, entry.details) == ("paper_key", True, office, {})
    assert hands() == [(1, 1, "office")]


@pytest.mark.parametrize("hand", [Hand.SECOND, Hand.DECIDING])
def test_the_same_person_is_refused_by_the_database(group: Electorate, office: Account, hand: Hand) -> None:
    key(group, office)
    with pytest.raises(IntegrityError), transaction.atomic():
        written(group, office, hand)
    assert hands() == [(1, 1, "office")]


def test_the_database_refuses_a_hand_that_is_taken(group: Electorate, office: Account, second_clerk: Account) -> None:
    key(group, office)
    with pytest.raises(IntegrityError), transaction.atomic():
        written(group, second_clerk, Hand.FIRST)


def written(group: Electorate, by: Account, hand: Hand) -> None:
    """Past the service."""
    fields = {"issued": 12, "returned": 11, "void": 1, "counts": {}, "keyed_at": timezone.now()}
    PaperCount.objects.create(electorate=group, round=1, hand=hand, keyed_by=by, **fields)


def test_a_keying_is_never_changed(group: Electorate, office: Account) -> None:
    count = key(group, office)
    count.issued = 13
    with pytest.raises(TypeError):
        count.save()
    with pytest.raises(TypeError):
        PaperCount.objects.update(issued=13)


def test_a_third_keying_of_an_agreed_group_is_refused(
    year: AssessmentYear, office: Account, second_clerk: Account, third_clerk: Account
) -> None:
    box = box_with_paper(year, office, "老干部", "机关工作人员")
    box_close(box=box, by=office)
    group = box.electorates.first()
    assert group is not None
    key(group, office)
    key(group, second_clerk)
    for service in (key, decide):
        with pytest.raises(Refused):
            service(group, third_clerk)
    assert len(hands()) == 2


def test_the_command_line_cannot_key(group: Electorate) -> None:
    with pytest.raises(Refused):
        key(group, None)


@pytest.mark.parametrize("member", ["department", "township", "assessor", "leader", "auditor", "administrator"])
def test_nobody_but_the_office_keys(group: Electorate, cast: dict[str, Account], member: str) -> None:
    with pytest.raises(PermissionDenied):
        key(group, cast[member])
    assert AuditEntry.objects.filter(refused=True, actor=cast[member]).count() == 1


# --- the box -------------------------------------------------------------------------------------


def test_nothing_is_keyed_while_the_box_is_open(year: AssessmentYear, office: Account) -> None:
    group = box_with_paper(year, office).electorates.get()
    with pytest.raises(Refused):
        key(group, office)
    assert hands() == []


def test_nothing_is_keyed_of_a_void_box(box: Box, group: Electorate, office: Account) -> None:
    box_make_void(box=box, reason="收回多于发出", by=office)
    with pytest.raises(Refused):
        key(group, office)


def test_nothing_is_keyed_of_a_counted_box(group: Electorate, office: Account, second_clerk: Account) -> None:
    key(group, office)
    key(group, second_clerk)
    with pytest.raises(Refused):
        paper_rekey(electorate=group, reason="看错", by=office)


def test_nothing_is_keyed_once_the_year_is_closed(year: AssessmentYear, group: Electorate, office: Account) -> None:
    year_in_phase(year, Phase.CLOSED)
    with pytest.raises(Refused):
        key(Electorate.objects.get(pk=group.pk), office)


def test_a_rehearsal_is_keyed_and_leaves_no_tally(year: AssessmentYear, office: Account, second_clerk: Account) -> None:
    box = box_with_paper(year, office, is_rehearsal=True)
    box_close(box=box, by=office)
    key(box.electorates.get(), office)
    key(box.electorates.get(), second_clerk)
    box.refresh_from_db()
    assert (box.state, Tally.objects.count()) == (BoxState.COUNTED, 0)
    with pytest.raises(Refused):
        box_clear(box=box, by=office)


# --- differences ---------------------------------------------------------------------------------


@pytest.fixture
def differing(group: Electorate, office: Account, second_clerk: Account) -> Electorate:
    """Keyed by two people, one row apart."""
    key(group, office)
    key(group, second_clerk, T01=OTHER)
    return group


def test_a_third_person_decides(box: Box, differing: Electorate, third_clerk: Account) -> None:
    assert papers_accepted([differing]) == {}
    decide(differing, third_clerk, T01=OTHER)
    box.refresh_from_db()
    assert (box.state, Tally.objects.get(township__code="T01").grades) == (BoxState.COUNTED, (7, 2, 0, 0))


@pytest.mark.parametrize("member", ["office", "second_clerk"])
def test_neither_of_the_two_decides(differing: Electorate, cast: dict[str, Account], member: str) -> None:
    with pytest.raises(SamePerson):
        decide(differing, cast[member], T01=OTHER)
    entry = AuditEntry.objects.order_by("number").last()
    assert entry is not None
    assert (entry.action, entry.refused) == ("paper_decide", True)


def test_both_key_again_and_every_version_stays(
    box: Box, differing: Electorate, office: Account, second_clerk: Account
) -> None:
    paper_rekey(electorate=differing, reason="看错一张", by=office)
    key(differing, second_clerk, T01=OTHER)
    assert papers_accepted([Electorate.objects.get(pk=differing.pk)]) == {}
    key(differing, office, T01=OTHER)
    box.refresh_from_db()
    assert (box.state, Tally.objects.get(township__code="T01").grades) == (BoxState.COUNTED, (7, 2, 0, 0))
    assert hands() == [(1, 1, "office"), (1, 2, "second_clerk"), (2, 1, "second_clerk"), (2, 2, "office")]


def test_a_page_of_a_round_that_was_left_behind_saves_nothing(
    differing: Electorate, office: Account, third_clerk: Account
) -> None:
    paper_rekey(electorate=differing, reason="看错一张", by=office)
    counts = counts_of(differing.box)
    with pytest.raises(Refused):
        paper_decide(electorate=differing, ballots=TEN, counts=counts, round_seen=1, by=third_clerk)
    with pytest.raises(Refused):
        paper_key(electorate=differing, ballots=TEN, counts=counts, round_seen=1, by=third_clerk)
    assert len(hands()) == 2


def test_keying_again_needs_both_and_a_reason(group: Electorate, office: Account, second_clerk: Account) -> None:
    key(group, office)
    with pytest.raises(Refused):
        paper_rekey(electorate=group, reason="看错一张", by=office)
    key(group, second_clerk, T01=OTHER)
    with pytest.raises(Refused):
        paper_rekey(electorate=group, reason=" ", by=office)


def test_the_trail_names_hands_and_never_a_number(differing: Electorate, third_clerk: Account, office: Account) -> None:
    paper_rekey(electorate=differing, reason="看错一张", by=office)
    key(differing, third_clerk)
    entries = AuditEntry.objects.filter(action__startswith="paper_").order_by("number")
    assert [(entry.action, entry.actor_name, entry.details) for entry in entries] == [
        ("paper_key", "office", {"round": 1, "hand": 1}),
        ("paper_key", "second_clerk", {"round": 1, "hand": 2}),
        ("paper_rekey", "office", {"round": 2, "reason": "看错一张"}),
        ("paper_key", "third_clerk", {"round": 2, "hand": 1}),
    ]


@pytest.mark.parametrize("groups", [1, 5])
def test_states_cost_the_same_for_one_group_and_many(
    year: AssessmentYear, office: Account, groups: int, django_assert_num_queries: Queries
) -> None:
    box = box_with_paper(year, office, *(f"{number}票" for number in range(groups)))
    with django_assert_num_queries(2):
        assert [state.step for state in paper_states(box.electorates.all())] == ["first"] * groups


# --- pages ---------------------------------------------------------------------------------------


def paper_url(box: Box, page: str = "") -> str:
    return f"/years/2025/boxes/{box.pk}/paper/{page}"


def group_url(group: Electorate, page: str = "") -> str:
    return paper_url(group.box, f"{group.pk}/{page}")


def typed(box: Box, ballots: str = "12 11 1", **rows: str) -> dict[str, str]:
    """What a browser sends: three ballots, then five counts a question, - for blank."""
    data = dict(zip(("issued", "returned", "void"), ballots.replace("-", "").split(" "), strict=True))
    for question in box.asked:
        row = rows.get(f"q{question.code}", "8 1 0 0 1").replace("-", "").split(" ")
        names = ("first", "second", "third", "fourth", "abstain")
        data |= {f"{question.key}/{name}": text for name, text in zip(names, row, strict=True)}
    return {**data, "round": "1"}


def test_a_township_is_keyed_by_two_clerks(client_for: ClientFor, box: Box, group: Electorate) -> None:
    clerks = client_for("office"), client_for("second_clerk")
    for clerk in clerks:
        assert clerk.get(group_url(group)).context["grid"].problems == []
        assert clerk.post(group_url(group), typed(box))["Location"] == paper_url(box)
    box.refresh_from_db()
    assert box.state == BoxState.COUNTED


def test_the_page_keeps_what_was_typed_and_tells_all_that_is_wrong(clerk: Client, group: Electorate) -> None:
    data = typed(group.box, "12 11 x", qT01="８ 1 - - 1", q0001="8 y 0 0 1", q0002="8 1 0 0 2")
    grid = clerk.post(group_url(group), data).context["grid"]
    assert [problem.href for problem in grid.problems] == ["#error-void", "#error-C1:0001/second"]
    data["void"] = "1"
    grid = clerk.post(group_url(group), data).context["grid"]
    assert [problem.href for problem in grid.problems] == ["#error-C1:0001/second", "#row-C1:0002"]
    assert [cell.text for cell in grid.rows[0].cells.values()] == ["８", "1", "", "", "1"]
    assert hands() == []


def test_more_returned_than_issued_says_that_the_box_is_void(clerk: Client, group: Electorate) -> None:
    page = clerk.post(group_url(group), typed(group.box, "10 11 1"))
    assert page.context["grid"].is_void_box
    assert [problem.href for problem in page.context["grid"].problems] == ["#error-returned"]


def test_a_group_nobody_came_from_is_three_zeros(client_for: ClientFor, group: Electorate) -> None:
    rows = {f"q{question.code}": "- - - - -" for question in group.box.asked}
    for member in ("office", "second_clerk"):
        assert client_for(member).post(group_url(group), typed(group.box, "0 0 -", **rows)).status_code == 302
    assert Tally.objects.get(township__code="T01").grades == (0, 0, 0, 0)


SECRET = "7 2 0 0 1"
"""Numbers that nobody may see before the second keying."""


def test_first_numbers_are_seen_by_nobody_before_the_second(
    client_for: ClientFor, group: Electorate, office: Account
) -> None:
    ballots = PaperBallots(98765, 54321, 44444)
    counts: dict[str, Counts] = {question.key: (9000, 877, 0, 0, 0) for question in group.box.asked}
    paper_key(electorate=group, ballots=ballots, counts=counts, by=office)
    pages = [paper_url(group.box), *(group_url(group, page) for page in ("", "differences/", "decide/", "history/"))]
    pages += [f"{paper_url(group.box)[:-6]}", "/years/2025/tallies/", "/years/2025/tallies/teams/E1/", "/audit/"]
    for member in ("office", "second_clerk", "auditor"):
        for page in pages:
            answer = client_for(member).get(page).content.decode()
            assert not any(number in answer for number in ("98765", "54321", "44444", "9000", "877"))


def test_whoever_has_keyed_is_told_kindly(clerk: Client, group: Electorate, office: Account) -> None:
    key(group, office)
    page = clerk.get(group_url(group))
    assert (page.templates[0].name, page.context["group"].may_key) == ("assessment/paper_wait.html", False)


def test_same_person_posts_the_second_hand(clerk: Client, group: Electorate, office: Account) -> None:
    key(group, office)
    page = clerk.post(group_url(group), typed(group.box))
    assert (page.status_code, hands()) == (200, [(1, 1, "office")])
    assert AuditEntry.objects.filter(action="paper_key", refused=True).count() == 1


def test_first_keyer_posts_the_decision(clerk: Client, differing: Electorate) -> None:
    assert clerk.post(group_url(differing, "decide/"), typed(differing.box)).status_code == 200
    assert len(hands()) == 2


def test_a_page_opened_before_the_first_was_saved_becomes_the_second(
    client_for: ClientFor, group: Electorate, office: Account
) -> None:
    opened = client_for("second_clerk")
    opened.get(group_url(group))
    key(group, office)
    opened.post(group_url(group), typed(group.box))
    assert hands() == [(1, 1, "office"), (1, 2, "second_clerk")]


def test_key_while_the_box_is_open(clerk: Client, year: AssessmentYear, office: Account) -> None:
    group = box_with_paper(year, office).electorates.get()
    assert clerk.post(group_url(group), typed(group.box)).status_code == 200
    assert hands() == []


@pytest.mark.parametrize("member", ["department", "township", "assessor", "leader", "auditor", "administrator"])
def test_others_post_nothing(client_for: ClientFor, differing: Electorate, member: str) -> None:
    for page in ("", "decide/", "again/"):
        assert client_for(member).post(group_url(differing, page), typed(differing.box)).status_code == 403
    for page in ("", "differences/", "history/"):
        assert client_for(member).get(group_url(differing, page)).status_code == 403


@pytest.mark.parametrize("member", ["office", "second_clerk", "third"])
def test_differences_stand_side_by_side_for_both_and_the_office(
    client_for: ClientFor, differing: Electorate, third_clerk: Account, member: str
) -> None:
    client = Client()
    client.force_login(third_clerk, backend="django.contrib.auth.backends.ModelBackend")
    page = (client if member == "third" else client_for(member)).get(group_url(differing, "differences/"))
    compared = page.context["round"]
    assert (compared.cells_differing, [row.title for row in compared.differing]) == (2, ["青石镇"])
    lines = compared.differing[0].lines
    assert [[cell.text for cell in line.cells] for line in lines] == [
        ["8", "1", "0", "0", "1"],
        ["7", "2", "0", "0", "1"],
    ]
    assert [cell.differs for cell in lines[0].cells] == [True, True, False, False, False]


def test_who_decides_finds_what_agrees_and_empty_cells_elsewhere(differing: Electorate, third_clerk: Account) -> None:
    client = Client()
    client.force_login(third_clerk, backend="django.contrib.auth.backends.ModelBackend")
    grid = client.get(group_url(differing, "decide/")).context["grid"]
    assert [cell.text for cell in grid.ballots.values()] == ["12", "11", "1"]
    assert [cell.text for cell in grid.rows[0].cells.values()] == ["", "", "0", "0", "1"]
    assert [row.differs for row in grid.rows] == [True, False, False, False]
    page = client.post(group_url(differing, "decide/"), typed(differing.box, qT01="9 - 0 0 1"))
    assert [problem.href for problem in page.context["grid"].problems] == ["#error-E1:T01/second"]
    client.post(group_url(differing, "decide/"), typed(differing.box, qT01="7 2 0 0 1"))
    assert Tally.objects.get(township__code="T01").grades == (7, 2, 0, 0)


def test_keying_again_by_page_and_the_history_of_both_rounds(
    client_for: ClientFor, differing: Electorate, office: Account, second_clerk: Account
) -> None:
    clerk = client_for("office")
    assert clerk.post(group_url(differing, "again/"), {"reason": ""}).status_code == 200
    assert clerk.post(group_url(differing, "again/"), {"reason": "看错一张"})["Location"] == paper_url(differing.box)
    key(differing, office)
    history = clerk.get(group_url(differing, "history/")).context["rounds"]
    assert [(compared.number, len(compared.keyed)) for compared in history] == [(1, 2)]
    key(differing, second_clerk)
    history = clerk.get(group_url(differing, "history/")).context["rounds"]
    assert [(compared.number, compared.holds is not None) for compared in history] == [(2, True), (1, False)]


def test_a_group_of_another_box_is_not_there(clerk: Client, group: Electorate) -> None:
    assert clerk.get(f"/years/2025/boxes/{group.box.pk + 1}/paper/{group.pk}/").status_code == 404
    assert clerk.get(f"/years/2025/boxes/{group.box.pk + 1}/paper/").status_code == 404


@pytest.mark.parametrize("groups", [1, 5])
def test_paper_page_costs_the_same_for_one_group_and_many(
    clerk: Client, year: AssessmentYear, office: Account, groups: int, django_assert_num_queries: Queries
) -> None:
    box = box_with_paper(year, office, *(f"{number}票" for number in range(groups)))
    with django_assert_num_queries(6):
        clerk.get(paper_url(box))


FEW: Counts = (2, 1, 0, 0, 0)
THREE = PaperBallots(issued=3, returned=3, void=0)


def mixed_box(year: AssessmentYear, office: Account, *, slips: int) -> Box:
    """青石镇's, on paper and online: 老干部 with so many slips, all used, 机关工作人员 on paper alone; closed."""
    rows = [ElectorateRow("老干部", 12, 12), ElectorateRow("机关工作人员", 12, 12)]
    unit = Township.objects.get(code="T01")
    made = box_create(year=year, unit=unit, online=True, electorates=rows, by=office)
    if slips:
        slips_draw(box=made, numbers={"老干部": slips}, by=office)
    box_open(box=made, by=office)
    cast(made, *["1111"] * slips, group="老干部")
    box_close(box=made, by=office)
    return made


@pytest.mark.parametrize(
    ("slips", "retired", "shown"),
    [
        (0, TEN, [True, True]),
        (5, TEN, [True, True]),
        (4, TEN, [False, True]),  # tally less paper would be the four online ballots
        (0, THREE, [False, False]),  # the other group would give it away
    ],
    ids=["large", "five online", "four online", "three on paper"],
)
def test_keyings_of_small_groups_are_shown_until_the_box_is_counted(
    clerk: Client,
    year: AssessmentYear,
    office: Account,
    second_clerk: Account,
    slips: int,
    retired: PaperBallots,
    shown: list[bool],
) -> None:
    box = mixed_box(year, office, slips=slips)
    first, other = box.electorates.get(category="老干部"), box.electorates.get(category="机关工作人员")
    few = {question.key: FEW if retired is THREE else BEST for question in box.asked}
    for by in (office, second_clerk):
        paper_key(electorate=first, ballots=retired, counts=few, by=by)
    assert len(clerk.get(group_url(first, "history/")).context["rounds"]) == 1
    for by in (office, second_clerk):
        key(other, by)
    assert Box.objects.get(pk=box.pk).state == BoxState.COUNTED
    pages = [clerk.get(group_url(group, "history/")).context["rounds"] for group in (first, other)]
    assert [bool(rounds) for rounds in pages] == shown
    assert PaperCount.objects.count() == 4
