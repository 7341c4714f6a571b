"""The grid of target values: what may stand in a cell, what a save enters, who sees what (RULES 1.1, A3, Y3)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessment.cells import cell_parse, cell_text
from assessment.errors import Overtaken
from assessment.models import AssessmentYear, EntryState, LineValue, Phase, ValueEntry
from assessment.numbers import number_text
from assessment.scheme import default_scheme, rule_from_text
from assessment.services.scheme import scheme_save
from assessment.services.value import NOT_APPLICABLE, cell_of, values_save
from assessment.services.value_entry import value_entries_confirm, value_entries_return, value_entries_save
from cadres.errors import Refused
from cadres.models import Account, AuditEntry, Township
from cadres.services.unit import UnitRow, townships_save
from tests.conftest import account_of, unit_of_department
from tests.county import year_in_phase

Queries = Callable[[int], AbstractContextManager[object]]

ClientFor = Callable[[str], Client]
URL = "/years/2025/values/"


def stored() -> dict[str, str]:
    """“T01/K1” → text."""
    values = LineValue.objects.select_related("township", "line")
    return {
        f"{v.township.code}/{v.line.code}": number_text(Fraction(v.value)) if v.value is not None else "不适用"
        for v in values
    }


def waiting() -> dict[str, str]:
    """“T01/K1” → text of what awaits confirmation; what is to be taken away is empty."""
    entries = ValueEntry.objects.filter(state=EntryState.PENDING).select_related("township", "line")
    return {f"{entry.township.code}/{entry.line.code}": cell_text(cell_of(entry)) for entry in entries}


def enter(year: AssessmentYear, cell: str, text: str, by: Account) -> int:
    """As typed into the grid; the entry's number."""
    township, line = cell.split("/")
    value_entries_save(year=year, cells={(township, line): cell_parse(text)}, by=by)
    return ValueEntry.objects.latest("pk").pk


def put(year: AssessmentYear, cell: str, text: str, by: Account | None = None) -> None:
    township, line = cell.split("/")
    values_save(year=year, cells={(township, line): cell_parse(text)}, by=by)


def typed(cells: dict[str, str], loaded: dict[str, str] | None = None) -> dict[str, str]:
    """What a browser sends for these cells."""
    return cells | {f"{name}~": (loaded or {}).get(name, "") for name in cells}


def with_rule(year: AssessmentYear, method: str, direction: str = "越高越好") -> None:
    """K1 (12 points) gets another rule, before the announcement."""
    phase = Phase(year.phase)
    year_in_phase(year, Phase.DRAFT)
    scheme = default_scheme()
    rule, ties = rule_from_text(method, "")
    line = scheme.lines[0]
    changed = replace(line, rule=rule, ties=ties, direction=type(line.direction)(direction))
    scheme_save(year=year, scheme=replace(scheme, lines=(changed, *scheme.lines[1:])), by=None)
    year_in_phase(year, phase)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("53.3", Fraction(533, 10)),
        (" 1,234.5 ", Fraction(2469, 2)),
        ("５３．３", Fraction(533, 10)),
        ("50%", Fraction(1, 2)),
        ("1/3", Fraction(1, 3)),
        ("－2", Fraction(-2)),
        ("不适用", NOT_APPLICABLE),
        ("n/a", NOT_APPLICABLE),
        ("N/A", NOT_APPLICABLE),
        ("", None),
        ("  ", None),
    ],
)
def test_what_a_cell_means(text: str, value: object) -> None:
    assert cell_parse(text) == value


@pytest.mark.parametrize("text", ["abc", "1.2.3", "1/0", "12 元", "--", "1e5"])
def test_what_a_cell_cannot_mean(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        cell_parse(text)


def test_blank_makes_a_value_missing_again(year: AssessmentYear) -> None:
    put(year, "T01/K1", "5")
    put(year, "T01/K1", "")
    assert stored() == {}
    assert AuditEntry.objects.filter(action="values_save").count() == 2


def test_same_value_again_writes_nothing(year: AssessmentYear, office: Account) -> None:
    put(year, "T01/K1", "50%", by=None)
    put(year, "T01/K1", "0.5", by=office)
    assert LineValue.objects.get().entered_by is None


@pytest.mark.parametrize(("text", "good"), [("0", True), ("12", True), ("12.01", False), ("-0.1", False)])
def test_direct_points_lie_between_0_and_full(year: AssessmentYear, text: str, good: bool) -> None:
    with_rule(year, "直接计分")
    if good:
        put(year, "T01/K1", text)
    else:
        with pytest.raises(Refused, match="12"):
            put(year, "T01/K1", text)
    assert stored() == ({"T01/K1": text} if good else {})


@pytest.mark.parametrize("text", ["0", "-1"])
def test_ratio_where_lower_is_better_needs_values_above_0(year: AssessmentYear, text: str) -> None:
    with_rule(year, "与最优比", "越低越好")
    with pytest.raises(Refused):
        put(year, "T01/K1", text)


def test_writer_who_was_overtaken_is_refused(year: AssessmentYear) -> None:
    put(year, "T01/K1", "7")
    with pytest.raises(Overtaken) as refusal:
        values_save(year=year, cells={("T01", "K1"): Fraction(8)}, seen={("T01", "K1"): None}, by=None)
    assert (refusal.value.keys, stored()) == (frozenset({("T01", "K1")}), {"T01/K1": "7"})


def test_two_who_write_the_same_agree(year: AssessmentYear) -> None:
    put(year, "T01/K1", "7")
    values_save(year=year, cells={("T01", "K1"): Fraction(7)}, seen={("T01", "K1"): None}, by=None)
    assert stored() == {"T01/K1": "7"}


def test_database_refuses_a_value_and_not_applicable_at_once(year: AssessmentYear) -> None:
    put(year, "T01/K1", "7")
    with pytest.raises(IntegrityError), transaction.atomic():
        LineValue.objects.update(applicable=False)


def test_database_refuses_a_cell_twice(year: AssessmentYear) -> None:
    put(year, "T01/K1", "7")
    old = LineValue.objects.get()
    now = datetime(2026, 1, 1, tzinfo=UTC)
    with pytest.raises(IntegrityError), transaction.atomic():
        LineValue.objects.create(line=old.line, township=old.township, value="1", entered_at=now)


def test_department_cannot_write_by_the_service(year: AssessmentYear, department: Account) -> None:
    with pytest.raises(PermissionDenied):
        put(year, "T01/K1", "7", by=department)
    assert stored() == {}


# --- pages ---------------------------------------------------------------------------------------


def test_a_save_enters_the_changed_cells_and_says_which(clerk: Client, year: AssessmentYear) -> None:
    data = typed({"T01/K1": "５３．３", "T02/K1": "N/A", "T01/K2": ""})
    page = clerk.post(URL, data, follow=True)
    assert (waiting(), stored()) == ({"T01/K1": "53.3", "T02/K1": "不适用"}, {})
    assert "青石镇 财政收入、柳河镇 财政收入" in str(next(iter(page.context["messages"])))


def test_a_cell_shows_what_waits_by_whom_and_what_is_in_force(
    clerk: Client, year: AssessmentYear, second_clerk: Account
) -> None:
    put(year, "T01/K1", "7.25", by=None)
    enter(year, "T01/K1", "8.5", by=second_clerk)
    page = clerk.get(URL)
    cell = page.context["grid"].cells["T01", "K1"]
    assert (cell.text, cell.in_force, cell.sign, page.context["grid"].waiting) == ("8.5", "7.25", "waiting", 1)
    assert ("second clerk" in cell.mark, "7.25" in cell.mark, cell.mark in page.content.decode()) == (True,) * 3


def test_a_returned_entry_shows_its_reason_until_entered_again(
    clerk: Client, year: AssessmentYear, department: Account, second_clerk: Account, client_for: ClientFor
) -> None:
    year.lines.filter(code="K1").update(department=unit_of_department())
    put(year, "T01/K1", "7", by=None)
    entry = enter(year, "T01/K1", "70", by=department)
    value_entries_return(year=year, entries=[entry], reason="小数点错位", by=second_clerk)
    page = client_for("department").get(URL)
    cell = page.context["grid"].cells["T01", "K1"]
    assert (cell.text, cell.sign, [c.name for c in page.context["grid"].returned]) == ("7", "returned", ["T01/K1"])
    assert ("小数点错位" in cell.mark, "70" in cell.mark) == (True, True)
    client_for("department").post(URL, typed({"T01/K1": "7.1"}, loaded={"T01/K1": "7"}))
    assert "小数点错位" not in clerk.get(URL).content.decode()


def test_what_one_took_back_himself_was_not_returned(clerk: Client, year: AssessmentYear, office: Account) -> None:
    value_entries_return(year=year, entries=[enter(year, "T01/K1", "70", by=office)], reason="填错", by=office)
    assert clerk.get(URL).context["grid"].cells["T01", "K1"].sign == ""


def test_the_value_in_force_typed_again_takes_the_entry_back(
    clerk: Client, year: AssessmentYear, office: Account
) -> None:
    enter(year, "T01/K1", "70", by=office)
    page = clerk.post(URL, typed({"T01/K1": ""}, loaded={"T01/K1": "70"}), follow=True)
    assert waiting() == {}
    assert "青石镇 财政收入" in str(next(iter(page.context["messages"])))


def test_one_bad_cell_saves_nothing_and_loses_nothing(clerk: Client, year: AssessmentYear) -> None:
    page = clerk.post(URL, typed({"T01/K1": "五十", "T02/K1": "52", "T02/K2": "12 %"}))
    cells = page.context["grid"].cells
    assert waiting() == {}
    assert [cells["T01", "K1"].text, cells["T02", "K1"].text, cells["T02", "K2"].text] == ["五十", "52", "12 %"]
    assert [key for key, cell in cells.items() if cell.error] == [("T01", "K1")]
    assert 'value="五十"' in page.content.decode()


def test_range_is_told_in_the_cell(clerk: Client, year: AssessmentYear) -> None:
    with_rule(year, "直接计分")
    page = clerk.post(URL, typed({"T01/K1": "13", "T02/K1": "12"}))
    assert [key for key, cell in page.context["grid"].cells.items() if cell.error] == [("T01", "K1")]


def test_ratio_needs_a_best_above_0(clerk: Client, year: AssessmentYear) -> None:
    with_rule(year, "与最优比")
    assert clerk.post(URL, typed({"T01/K1": "0", "T02/K1": "-3"})).context["grid"].errors == 2
    clerk.post(URL, typed({"T01/K1": "0", "T02/K1": "3"}))
    assert waiting() == {"T01/K1": "0", "T02/K1": "3"}


@pytest.mark.parametrize("way", ["in force", "waiting"])
def test_a_cell_that_another_changed_shows_both_and_then_takes_mine(
    clerk: Client, year: AssessmentYear, second_clerk: Account, way: str
) -> None:
    if way == "waiting":
        enter(year, "T01/K1", "7", by=second_clerk)
    else:
        put(year, "T01/K1", "7", by=second_clerk)
    before = waiting()
    page = clerk.post(URL, typed({"T01/K1": "8"}))
    cell = page.context["grid"].cells["T01", "K1"]
    assert (waiting(), cell.text, cell.stored) == (before, "8", "7")
    assert "7" in cell.error
    assert "second clerk" in cell.error
    clerk.post(URL, typed({"T01/K1": "8"}, loaded={"T01/K1": "7"}))
    assert waiting() == {"T01/K1": "8"}


def test_a_cell_left_alone_keeps_what_another_typed(clerk: Client, year: AssessmentYear, second_clerk: Account) -> None:
    enter(year, "T01/K1", "7", by=second_clerk)
    clerk.post(URL, typed({"T01/K1": "", "T01/K2": "3"}))
    assert waiting() == {"T01/K1": "7", "T01/K2": "3"}


def test_cell_tells_who_entered_it(clerk: Client, year: AssessmentYear, second_clerk: Account) -> None:
    put(year, "T01/K1", "7", by=second_clerk)
    assert clerk.get(URL).context["grid"].cells["T01", "K1"].note.startswith("second clerk")


def test_cell_that_waits_says_what_is_in_force_only_where_something_is(
    clerk: Client, year: AssessmentYear, office: Account, second_clerk: Account, settings: Any
) -> None:
    settings.LANGUAGE_CODE = "en"
    value_entries_confirm(year=year, entries=[enter(year, "T01/K1", "7", by=office)], by=second_clerk)
    enter(year, "T01/K1", "8", by=office)
    enter(year, "T02/K1", "9", by=office)
    cells = clerk.get(URL).context["grid"].cells
    assert [cells[unit, "K1"].mark for unit in ("T01", "T02")] == [
        "unconfirmed, office; in force: 7",
        "unconfirmed, office",
    ]


def test_cell_tells_who_confirmed_it(
    clerk: Client, year: AssessmentYear, office: Account, second_clerk: Account, settings: Any
) -> None:
    settings.LANGUAGE_CODE = "en"
    value_entries_confirm(year=year, entries=[enter(year, "T01/K1", "7", by=office)], by=second_clerk)
    note = clerk.get(URL).context["grid"].cells["T01", "K1"].note
    assert (note.startswith("office"), note.endswith("second clerk")) == (True, True)


def test_closed_year_takes_no_value(clerk: Client, year: AssessmentYear) -> None:
    year_in_phase(year, Phase.CLOSED)
    page = clerk.post(URL, typed({"T01/K1": "7"}))
    assert (waiting(), page.context["editable"]) == ({}, False)


@pytest.mark.parametrize(
    ("phase", "department_may", "office_may"),
    [("draft", False, True), ("announced", False, True), ("collecting", True, True), ("closed", False, False)],
)
def test_who_may_type_in_which_phase(
    client_for: ClientFor, year: AssessmentYear, phase: str, department_may: bool, office_may: bool
) -> None:
    year.lines.filter(code="K2").update(department=unit_of_department())
    year_in_phase(year, Phase(phase))
    seen = [client_for(who).get(URL) for who in ("department", "office")]
    assert [page.context["editable"] for page in seen] == [department_may, office_may]
    assert ["data-grid" in page.content.decode() for page in seen] == [department_may, office_may]
    client_for("department").post(URL, typed({"T01/K2": "5"}))
    assert waiting() == ({"T01/K2": "5"} if department_may else {})


def test_department_sees_and_enters_its_own_lines_alone(client_for: ClientFor, year: AssessmentYear) -> None:
    year.lines.filter(code="K2").update(department=unit_of_department())
    put(year, "T01/K1", "71.25")
    put(year, "T01/K2", "64.75")
    client = client_for("department")
    page = client.get(URL)
    assert [column.line.code for column in page.context["grid"].columns] == ["K2"]
    assert "64.75" in page.content.decode()
    assert "71.25" not in page.content.decode()
    answer = client.post(URL, typed({"T01/K2": "99", "T01/K1": "99"}, loaded={"T01/K2": "64.75"}))
    assert (answer.status_code, waiting()) == (403, {})
    assert AuditEntry.objects.filter(refused=True, actor_name="department").count() == 1
    client.post(URL, typed({"T01/K2": "99"}, loaded={"T01/K2": "64.75"}))
    assert (waiting(), stored()["T01/K2"]) == ({"T01/K2": "99"}, "64.75")


def test_office_filters_by_department_and_keeps_the_filter(clerk: Client, year: AssessmentYear) -> None:
    year.lines.filter(code="K2").update(department=unit_of_department())
    url = f"{URL}?department=D01"
    assert [column.line.code for column in clerk.get(url).context["grid"].columns] == ["K2"]
    assert clerk.post(url, typed({"T01/K2": "5"}))["Location"] == url
    assert waiting() == {"T01/K2": "5"}


def test_a_leader_sees_values_in_force_and_nothing_of_their_making(client_for: ClientFor, year: AssessmentYear) -> None:
    put(year, "T01/K1", "71.25")
    enter(year, "T01/K1", "64.75", by=account_of("office"))
    year_in_phase(year, Phase.CLOSED)
    page = client_for("leader").get(URL).content.decode()
    assert ("71.25" in page, "64.75" in page) == (True, False)


def test_what_a_department_entered_is_not_missing(client_for: ClientFor, year: AssessmentYear) -> None:
    year.lines.filter(code="K2").update(department=unit_of_department())
    enter(year, "T01/K2", "5", by=account_of("department"))
    assert client_for("department").get(URL).context["own_missing"] == 1


def test_department_without_a_line_is_told_so(client_for: ClientFor, year: AssessmentYear) -> None:
    assert client_for("department").get(URL).context["grid"].columns == ()


@pytest.mark.parametrize("townships", [2, 30])
def test_grid_costs_the_same_for_few_and_many(
    clerk: Client,
    year: AssessmentYear,
    townships: int,
    django_assert_num_queries: Queries,
) -> None:
    townships_save(rows=[UnitRow(f"T{n:02}", f"第{n}镇") for n in range(1, townships + 1)], by=None)
    year.townships.set(Township.objects.all())
    with django_assert_num_queries(10):
        page = clerk.get(URL)
    data = typed(
        {
            f"{t.code}/{c.line.code}": "50.5"
            for t in page.context["grid"].townships
            for c in page.context["grid"].columns
        }
    )
    with CaptureQueriesContext(connection) as queries:
        clerk.post(URL, data)
    # SQLite takes 999 values a statement, so there alone one bulk insert becomes several.
    others = [query for query in queries if not query["sql"].startswith('INSERT INTO "assessment_valueentry"')]
    assert (len(others), len(waiting())) == (26, townships * 13)
