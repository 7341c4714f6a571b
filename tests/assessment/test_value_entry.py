"""What is typed waits for a second person; nothing else becomes a score (RULES Y3, A3; JOURNEYS 3)."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from io import BytesIO, StringIO
from json import loads

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from assessment.cells import Cell, cell_parse
from assessment.errors import Overtaken, YearClosed
from assessment.models import AssessmentYear, EntryState, LineValue, Phase, ValueEntry
from assessment.numbers import number_text
from assessment.scheme import default_scheme
from assessment.services.scheme import scheme_save
from assessment.services.value import NOT_APPLICABLE, cell_of, values_save
from assessment.services.value_entry import (
    lines_require,
    value_entries_confirm,
    value_entries_import,
    value_entries_return,
    value_entries_save,
)
from assessment.services.year import year_close, year_townships_set
from cadres.errors import Refused
from cadres.models import Account, AuditEntry, Township
from cadres.selectors.audit import data_revision
from cadres.services.unit import UnitRow, townships_save
from rewards.selectors.bonus import year_bonus
from scoring.results import current_result, results_forget
from tests.assessment.test_value import with_rule
from tests.conftest import unit_of_department
from tests.county import county, ladder, year_in_phase
from workbook.archive.export import archive_export

ClientFor = Callable[[str], Client]


@pytest.fixture
def year(year: AssessmentYear) -> AssessmentYear:
    """2025, collecting; 财政局 answers for K1 and K2."""
    year.lines.filter(code__in=("K1", "K2")).update(department=unit_of_department())
    return year


def enter(year: AssessmentYear, cell: str, text: str, by: Account, seen: str | None = None) -> None:
    """“T01/K1” as typed by somebody, who had `seen` before him."""
    township, line = cell.split("/")
    key = (township, line)
    value_entries_save(
        year=year,
        cells={key: cell_parse(text)},
        seen=None if seen is None else {key: cell_parse(seen)},
        by=by,
    )


def word(cell: Cell) -> str:
    return "" if cell is None else cell if isinstance(cell, str) else number_text(cell)


def entries() -> list[tuple[str, str]]:
    """(value, state) of all entries, oldest first."""
    return [(word(cell_of(entry)), entry.state) for entry in ValueEntry.objects.order_by("pk")]


def in_force() -> dict[str, str]:
    """“T01/K1” → text."""
    values = LineValue.objects.select_related("township", "line")
    return {f"{value.township.code}/{value.line.code}": word(cell_of(value)) for value in values}


def pending() -> list[int]:
    """The entries that wait, oldest first."""
    return list(ValueEntry.objects.filter(state=EntryState.PENDING).order_by("pk").values_list("pk", flat=True))


def refusals() -> list[tuple[str, str, str]]:
    """(who, what, why) of the refusals on record."""
    found = AuditEntry.objects.filter(refused=True).order_by("number")
    return [(entry.actor_name, entry.subject, entry.details.get("reason", "")) for entry in found]


# --- entering ------------------------------------------------------------------------------------


def test_an_entry_waits_and_is_not_in_force(year: AssessmentYear, department: Account) -> None:
    enter(year, "T01/K1", "53.3", by=department)
    assert (entries(), in_force()) == ([("53.3", "pending")], {})


def test_a_later_entry_replaces_the_waiting_one_which_stays(
    year: AssessmentYear, department: Account, office: Account
) -> None:
    enter(year, "T01/K1", "5", by=department)
    enter(year, "T01/K1", "6", by=office)
    assert entries() == [("5", "replaced"), ("6", "pending")]
    assert ValueEntry.objects.earliest("pk").settled_by == office


@pytest.mark.parametrize("stored", ["in force", "waiting"])
def test_what_stands_there_already_is_no_entry(year: AssessmentYear, department: Account, stored: str) -> None:
    if stored == "in force":
        values_save(year=year, cells={("T01", "K1"): Fraction(1, 2)}, by=None)
    else:
        enter(year, "T01/K1", "0.5", by=department)
    before = entries()
    enter(year, "T01/K1", "50%", by=department)
    assert entries() == before


def test_the_value_in_force_typed_over_a_waiting_entry_takes_it_back(year: AssessmentYear, department: Account) -> None:
    values_save(year=year, cells={("T01", "K1"): Fraction(7)}, by=None)
    enter(year, "T01/K1", "8", by=department)
    enter(year, "T01/K1", "7", by=department)
    assert (entries(), in_force()) == ([("8", "replaced")], {"T01/K1": "7"})


def test_not_applicable_and_nothing_are_entered_as_well(
    year: AssessmentYear, office: Account, second_clerk: Account
) -> None:
    values_save(year=year, cells={("T01", "K1"): Fraction(7), ("T02", "K1"): Fraction(8)}, by=None)
    value_entries_save(year=year, cells={("T01", "K1"): None, ("T02", "K1"): NOT_APPLICABLE}, by=office)
    assert in_force() == {"T01/K1": "7", "T02/K1": "8"}
    value_entries_confirm(year=year, entries=pending(), by=second_clerk)
    assert in_force() == {"T02/K1": "不适用"}


def test_a_department_enters_its_own_lines_alone(year: AssessmentYear, department: Account) -> None:
    with pytest.raises(PermissionDenied):
        value_entries_save(year=year, cells={("T01", "K1"): Fraction(1), ("T01", "R1"): Fraction(2)}, by=department)
    assert entries() == []
    assert refusals() == [("department", "assessment.enter_values 2025 R1", "other_line")]


@pytest.mark.parametrize("who", ["township", "assessor", "leader", "auditor", "administrator"])
def test_other_roles_enter_nothing(year: AssessmentYear, cast: dict[str, Account], who: str) -> None:
    with pytest.raises(PermissionDenied):
        enter(year, "T01/K1", "1", by=cast[who])
    assert [name for name, _what, _why in refusals()] == [who]


@pytest.mark.parametrize(
    ("phase", "good"), [("draft", False), ("announced", False), ("collecting", True), ("closed", False)]
)
def test_a_department_enters_while_the_year_is_collecting(
    year: AssessmentYear, department: Account, phase: str, good: bool
) -> None:
    year_in_phase(year, Phase(phase))
    if good:
        enter(year, "T01/K1", "1", by=department)
    else:
        with pytest.raises(YearClosed):
            enter(year, "T01/K1", "1", by=department)
    assert len(entries()) == good


def test_who_was_overtaken_by_an_entry_is_refused(year: AssessmentYear, department: Account, office: Account) -> None:
    enter(year, "T01/K1", "7", by=office)
    with pytest.raises(Overtaken):
        enter(year, "T01/K1", "8", by=department, seen="")
    assert entries() == [("7", "pending")]


def test_a_value_its_rule_cannot_take_is_refused(draft: AssessmentYear, office: Account) -> None:
    with_rule(draft, "直接计分")
    with pytest.raises(Refused, match="12"):
        enter(draft, "T01/K1", "12.01", by=office)
    assert entries() == []


# --- confirming and returning ----------------------------------------------------------------------


def test_a_second_person_puts_it_in_force(year: AssessmentYear, department: Account, office: Account) -> None:
    enter(year, "T01/K1", "53.3", by=department)
    value_entries_confirm(year=year, entries=pending(), by=office)
    value = LineValue.objects.get()
    entry = ValueEntry.objects.get()
    assert (entries(), in_force()) == ([("53.3", "confirmed")], {"T01/K1": "53.3"})
    assert (value.entered_by, value.entered_at, value.confirmed_by) == (department, entry.entered_at, office)
    assert (entry.settled_by, entry.settled_at is None) == (office, False)
    assert AuditEntry.objects.filter(action="value_entries_confirm", actor=office).count() == 1


def test_who_entered_cannot_confirm(year: AssessmentYear, office: Account, department: Account) -> None:
    enter(year, "T01/K1", "5", by=department)
    enter(year, "T02/K1", "6", by=office)
    with pytest.raises(PermissionDenied):
        value_entries_confirm(year=year, entries=pending(), by=office)
    assert (entries(), in_force()) == ([("5", "pending"), ("6", "pending")], {})
    assert refusals() == [("office", "assessment.confirm_values 2025 柳河镇 财政收入", "own_entry")]


@pytest.mark.parametrize("who", ["department", "township", "assessor", "leader", "auditor", "administrator"])
def test_the_office_alone_confirms(year: AssessmentYear, cast: dict[str, Account], who: str) -> None:
    enter(year, "T01/K1", "5", by=cast["office"])
    with pytest.raises(PermissionDenied):
        value_entries_confirm(year=year, entries=pending(), by=cast[who])
    assert (in_force(), [name for name, _what, _why in refusals()]) == ({}, [who])


def test_the_command_line_cannot_confirm(year: AssessmentYear, office: Account) -> None:
    enter(year, "T01/K1", "5", by=office)
    with pytest.raises(PermissionDenied):
        value_entries_confirm(year=year, entries=pending(), by=None)
    assert (in_force(), refusals()) == ({}, [("command line", "assessment.confirm_values 2025", "nobody")])


@pytest.mark.django_db
@pytest.mark.parametrize("by", ["nobody", "the one who entered"])
def test_database_refuses_a_confirmation_by(year: AssessmentYear, office: Account, by: str) -> None:
    enter(year, "T01/K1", "5", by=office)
    settled_by = office if by == "the one who entered" else None
    with pytest.raises(IntegrityError, match="entry_confirmed_by_another"), transaction.atomic():
        ValueEntry.objects.update(state="confirmed", settled_by=settled_by, settled_at=timezone.now())


def test_database_refuses_a_value_confirmed_by_who_entered_it(year: AssessmentYear, office: Account) -> None:
    values_save(year=year, cells={("T01", "K1"): Fraction(7)}, by=office)
    with pytest.raises(IntegrityError, match="value_confirmed_by_another"), transaction.atomic():
        LineValue.objects.update(confirmed_by=office)


def test_database_refuses_two_waiting_entries_of_a_cell(year: AssessmentYear, office: Account) -> None:
    enter(year, "T01/K1", "5", by=office)
    entry = ValueEntry.objects.get()
    entry.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(force_insert=True)


def test_all_or_none_with_every_entry_that_does_not_wait(
    year: AssessmentYear, department: Account, office: Account, second_clerk: Account
) -> None:
    for cell in ("T01/K1", "T02/K1", "T01/K2"):
        enter(year, cell, "5", by=department)
    chosen = pending()
    enter(year, "T01/K1", "6", by=department)
    value_entries_return(year=year, entries=[chosen[1]], reason="口径不符", by=second_clerk)
    with pytest.raises(Refused) as refusal:
        value_entries_confirm(year=year, entries=chosen, by=office)
    assert in_force() == {}
    assert [text.partition(":")[0].partition("：")[0] for text in refusal.value.messages] == [
        "青石镇 财政收入",
        "柳河镇 财政收入",
    ]


def test_an_entry_of_another_year_is_not_confirmed_here(
    year: AssessmentYear, department: Account, office: Account
) -> None:
    enter(year, "T01/K1", "5", by=department)
    other = county(ladder(2), number=2026, phase=Phase.COLLECTING)
    with pytest.raises(Refused):
        value_entries_confirm(year=other, entries=pending(), by=office)
    assert entries() == [("5", "pending")]


def test_a_closed_year_takes_no_confirmation(year: AssessmentYear, department: Account, office: Account) -> None:
    enter(year, "T01/K1", "5", by=department)
    year_in_phase(year, Phase.CLOSED)
    with pytest.raises(YearClosed):
        value_entries_confirm(year=year, entries=pending(), by=office)
    assert in_force() == {}


def test_a_return_keeps_its_reason_and_the_value_in_force(
    year: AssessmentYear, department: Account, office: Account
) -> None:
    values_save(year=year, cells={("T01", "K1"): Fraction(7)}, by=None)
    enter(year, "T01/K1", "70", by=department)
    assert value_entries_return(year=year, entries=pending(), reason=" 小数点 ", by=office) == 1
    entry = ValueEntry.objects.get()
    assert (entry.state, entry.return_reason, entry.settled_by) == ("returned", "小数点", office)
    assert in_force() == {"T01/K1": "7"}
    enter(year, "T01/K1", "7.1", by=department)
    assert entries() == [("70", "returned"), ("7.1", "pending")]


def test_a_return_needs_a_reason(year: AssessmentYear, department: Account, office: Account) -> None:
    enter(year, "T01/K1", "5", by=department)
    with pytest.raises(Refused):
        value_entries_return(year=year, entries=pending(), reason="  ", by=office)
    with pytest.raises(IntegrityError), transaction.atomic():
        ValueEntry.objects.update(state="returned", settled_by=office)
    assert entries() == [("5", "pending")]


def test_who_entered_takes_it_back_and_a_department_nothing_else(
    year: AssessmentYear, department: Account, office: Account
) -> None:
    enter(year, "T01/K1", "5", by=department)
    value_entries_return(year=year, entries=pending(), reason="填错行", by=department)
    enter(year, "T02/K1", "6", by=office)
    with pytest.raises(PermissionDenied):
        value_entries_return(year=year, entries=pending(), reason="x", by=department)
    assert entries() == [("5", "returned"), ("6", "pending")]
    assert refusals() == [("department", "assessment.confirm_values 2025 柳河镇 财政收入", "other_entry")]


def test_waiting_entries_keep_the_year_open(year: AssessmentYear, department: Account, office: Account) -> None:
    enter(year, "T01/K1", "5", by=department)
    with pytest.raises(Refused, match="1"):
        year_close(year=year, by=office)
    value_entries_return(year=year, entries=pending(), reason="年终不报", by=office)
    year_close(year=year, by=office)
    assert year.phase == Phase.CLOSED


def test_a_line_and_a_township_with_an_entry_stay_in_the_year(draft: AssessmentYear, office: Account) -> None:
    townships_save(rows=[UnitRow("T03", "红塘乡")], by=None)
    year_townships_set(year=draft, townships=Township.objects.all(), by=None)
    enter(draft, "T03/R1", "5", by=office)
    scheme = default_scheme()
    lines = tuple(replace(line, points=Fraction(10)) if line.code == "R2" else line for line in scheme.lines)
    without = replace(scheme, lines=tuple(line for line in lines if line.code != "R1"))
    with pytest.raises(Refused, match="基层组织建设"):
        scheme_save(year=draft, scheme=without, by=None)
    with pytest.raises(Refused, match="红塘乡"):
        year_townships_set(year=draft, townships=Township.objects.exclude(code="T03"), by=None)
    assert entries() == [("5", "pending")]


def test_lines_are_asked_about_by_the_page_as_well(year: AssessmentYear, department: Account, office: Account) -> None:
    lines_require(year=year, codes={"K1", "K2"}, by=department)
    lines_require(year=year, codes={"K1", "R1"}, by=office)
    with pytest.raises(PermissionDenied):
        lines_require(year=year, codes={"K1", "R1"}, by=department)


# --- a workbook's cells as entries ---------------------------------------------------------------


def test_a_workbook_that_says_what_is_in_force_leaves_waiting_entries_be(
    year: AssessmentYear, department: Account, office: Account
) -> None:
    values_save(year=year, cells={("T01", "K1"): Fraction(7)}, by=None)
    enter(year, "T01/K1", "8", by=department)
    cells: dict[tuple[str, str], Cell] = {("T01", "K1"): Fraction(7), ("T02", "K1"): None, ("T02", "K2"): Fraction(3)}
    changes = value_entries_import(year=year, cells=cells, by=office)
    assert (len(changes.added), changes.unchanged) == (1, 2)
    assert entries() == [("8", "pending"), ("3", "pending")]
    again = value_entries_import(year=year, cells=cells, by=office)
    assert (bool(again), again.unchanged) == (False, 3)


# --- an unconfirmed value changes nothing (issue 3) ------------------------------------------------


@pytest.fixture
def scored(office: Account) -> AssessmentYear:
    """Four teams, all inputs there."""
    return county(ladder(4), phase=Phase.COLLECTING)


def turn_round(year: AssessmentYear, by: Account) -> None:
    """The last team would be the first in every line."""
    value_entries_save(year=year, cells={("T4", line.code): Fraction(1000) for line in year.lines.all()}, by=by)
    results_forget()


def outcome(year: AssessmentYear) -> list[tuple[object, ...]]:
    """Total, place, grade and quota of every team; place and grade of every cadre."""
    results_forget()
    result = current_result(year)
    teams = [(team.input.code, team.total, team.rank, team.grade) for team in result.teams]
    cadres = [(cadre.input.number, cadre.total, cadre.rank_county, cadre.grade) for cadre in result.cadres]
    return [*teams, *cadres, (result.team_quota, result.cadre_quota)]


def score_json() -> object:
    output = StringIO()
    results_forget()
    call_command("score_year", "2025", "--json", stdout=output)
    return loads(output.getvalue())


def archive_cells(year: AssessmentYear) -> dict[str, list[tuple[object, ...]]]:
    """All sheets but the cover, which holds the moment."""
    results_forget()
    book = load_workbook(BytesIO(archive_export(year=year, by=None)))
    return {sheet.title: list(sheet.values) for sheet in book if sheet.title != "封面"}


def bonus_rows(year: AssessmentYear) -> object:
    results_forget()
    return year_bonus(year=year).split


@pytest.mark.parametrize("seen", [outcome, archive_cells, bonus_rows, lambda _year: score_json()])
def test_an_unconfirmed_value_changes_nothing_and_a_confirmed_one_does(
    scored: AssessmentYear, office: Account, second_clerk: Account, seen: Callable[[AssessmentYear], object]
) -> None:
    before, revision = seen(scored), data_revision()
    turn_round(scored, by=office)
    assert (seen(scored), data_revision()) == (before, revision)
    with pytest.raises(PermissionDenied):
        value_entries_confirm(year=scored, entries=pending(), by=office)
    assert (seen(scored), data_revision()) == (before, revision)
    value_entries_confirm(year=scored, entries=pending(), by=second_clerk)
    assert (seen(scored) != before, data_revision() != revision) == (True, True)


# --- pages ---------------------------------------------------------------------------------------

CONFIRM = "/years/2025/values/confirm/"


def test_confirm_page_groups_by_line_and_shows_old_and_new(
    client_for: ClientFor, year: AssessmentYear, department: Account, second_clerk: Account
) -> None:
    values_save(year=year, cells={("T01", "K1"): Fraction(29, 4)}, by=None)
    enter(year, "T01/K1", "8.5", by=department)
    enter(year, "T01/R1", "9.75", by=second_clerk)
    groups = client_for("office").get(CONFIRM).context["groups"]
    assert [(g.line.code, [(r.in_force, r.text, r.own) for r in g.rows]) for g in groups] == [
        ("K1", [("7.25", "8.5", False)]),
        ("R1", [("—", "9.75", False)]),
    ]
    one = client_for("office").get(f"{CONFIRM}?department=D01").context["groups"]
    assert [group.line.code for group in one] == ["K1"]


def test_a_clerk_confirms_the_ticked_ones(
    client_for: ClientFor, year: AssessmentYear, department: Account, office: Account
) -> None:
    for cell in ("T01/K1", "T02/K1"):
        enter(year, cell, "5", by=department)
    answer = client_for("office").post(f"{CONFIRM}?department=D01", {"entry": pending()[:1], "action": "confirm"})
    assert answer["Location"] == f"{CONFIRM}?department=D01"
    assert (in_force(), len(pending())) == ({"T01/K1": "5"}, 1)
    assert LineValue.objects.get().confirmed_by == office


def test_own_entries_are_shown_with_the_reason_and_cannot_be_ticked(
    client_for: ClientFor, year: AssessmentYear, office: Account
) -> None:
    enter(year, "T01/K1", "5", by=office)
    page = client_for("office").get(CONFIRM)
    assert [(row.own, group.open) for group in page.context["groups"] for row in group.rows] == [(True, 0)]
    assert page.content.decode().count("disabled") == 1
    answer = client_for("office").post(CONFIRM, {"entry": pending(), "action": "confirm"})
    assert (answer.status_code, in_force()) == (403, {})
    assert [why for _who, _what, why in refusals()] == ["own_entry"]


def test_a_department_that_posts_a_confirmation_is_refused(
    client_for: ClientFor, year: AssessmentYear, office: Account
) -> None:
    enter(year, "T01/K1", "5", by=office)
    assert client_for("department").post(CONFIRM, {"entry": pending(), "action": "confirm"}).status_code == 403
    assert (in_force(), [who for who, _what, _why in refusals()]) == ({}, ["department"])


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"action": "confirm"}, "entry"),
        ({"action": "return", "entry": ["1"]}, "reason"),
        ({"action": "confirm", "entry": ["x"]}, "entry"),
        ({"action": "other", "entry": ["1"]}, "action"),
    ],
)
def test_nothing_chosen_or_no_reason_is_told(
    client_for: ClientFor, year: AssessmentYear, department: Account, data: dict[str, object], field: str
) -> None:
    enter(year, "T01/K1", "5", by=department)
    page = client_for("office").post(CONFIRM, data)
    assert (list(page.context["form"].errors), entries()) == ([field], [("5", "pending")])


def test_a_return_by_page_keeps_the_reason(client_for: ClientFor, year: AssessmentYear, department: Account) -> None:
    enter(year, "T01/K1", "5", by=department)
    client_for("office").post(CONFIRM, {"entry": pending(), "action": "return", "reason": "无附件"})
    assert list(ValueEntry.objects.values_list("state", "return_reason")) == [("returned", "无附件")]


def test_a_stale_confirmation_says_so_and_saves_nothing(
    client_for: ClientFor, year: AssessmentYear, department: Account
) -> None:
    enter(year, "T01/K1", "5", by=department)
    enter(year, "T02/K1", "6", by=department)
    chosen = pending()
    enter(year, "T01/K1", "5.5", by=department)
    page = client_for("office").post(CONFIRM, {"entry": chosen, "action": "confirm"})
    assert (in_force(), len(page.context["problems"])) == ({}, 1)
    assert page.context["problems"][0].startswith("青石镇 财政收入")
    assert page.content.decode().count("checked") == 1


def test_history_tells_who_entered_confirmed_and_returned(
    client_for: ClientFor, year: AssessmentYear, department: Account, office: Account
) -> None:
    enter(year, "T01/K1", "5.125", by=department)
    value_entries_return(year=year, entries=pending(), reason="无附件", by=office)
    enter(year, "T01/K1", "6.125", by=department)
    value_entries_confirm(year=year, entries=pending(), by=office)
    page = client_for("department").get("/years/2025/values/lines/K1/?township=T01")
    histories = page.context["page"].histories
    assert [(h.in_force, [(row.text, row.entry.state) for row in h.entries]) for h in histories] == [
        ("6.125", [("6.125", "confirmed"), ("5.125", "returned")])
    ]
    assert "无附件" in page.content.decode()


def test_derivation_names_the_confirmer(
    client_for: ClientFor, year: AssessmentYear, department: Account, second_clerk: Account
) -> None:
    enter(year, "T01/K1", "6.125", by=department)
    value_entries_confirm(year=year, entries=pending(), by=second_clerk)
    page = client_for("office").get("/years/2025/results/teams/T01/K1/").content.decode()
    assert ("6.125" in page, "second clerk" in page) == (True, True)


def test_a_department_takes_back_its_own_entry_by_page(
    client_for: ClientFor, year: AssessmentYear, department: Account, office: Account
) -> None:
    enter(year, "T01/K1", "5", by=department)
    client = client_for("department")
    url = f"/years/2025/values/entries/{pending()[0]}/withdraw/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": "填错行"})["Location"] == "/years/2025/values/lines/K1/"
    assert entries() == [("5", "returned")]
    assert client.get(url).status_code == 404
    enter(year, "T02/K1", "6", by=office)
    assert client.post(f"/years/2025/values/entries/{pending()[0]}/withdraw/", {"reason": "x"}).status_code == 403
    assert entries() == [("5", "returned"), ("6", "pending")]


@pytest.mark.parametrize("townships", [1, 20])
def test_confirm_and_line_pages_cost_the_same_for_few_and_many(
    client_for: ClientFor, department: Account, django_assert_num_queries: Callable[..., object], townships: int
) -> None:
    year = county(ladder(townships, members=()), phase=Phase.COLLECTING)
    year.lines.update(department=department.department)
    cells = {(f"T{n}", line.code): Fraction(1000 + n) for n in range(1, townships + 1) for line in year.lines.all()}
    value_entries_save(year=year, cells=cells, by=department)
    client = client_for("office")
    with django_assert_num_queries(7):  # type: ignore[attr-defined]
        client.get(CONFIRM)
    with django_assert_num_queries(8):  # type: ignore[attr-defined]
        client.get("/years/2025/values/lines/K1/")
    client.post(CONFIRM, {"entry": pending(), "action": "confirm"})
    assert (len(in_force()), pending()) == (13 * townships, [])
    assert set(in_force().values()) == {str(1000 + n) for n in range(1, townships + 1)}
