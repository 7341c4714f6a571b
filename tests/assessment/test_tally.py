"""Tallies: what a box may hold (RULES E5), grids of teams and cadres, clearing a row, small groups."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from assessment.counts import TallyCounts, counts_problems
from assessment.errors import Overtaken
from assessment.models import AssessmentYear, Phase, Tally
from assessment.scheme import default_scheme
from assessment.services.roster import RosterRow, roster_save
from assessment.services.scheme import scheme_save
from assessment.services.tally import cadre_tallies_save, team_tallies_save
from cadres.errors import Refused
from cadres.models import Account, Cadre, Township
from cadres.services.unit import UnitRow, townships_save
from tests.county import year_in_phase

TEAMS = "/years/2025/tallies/teams/E1/"
CADRES = "/years/2025/tallies/cadres/T01/"
NAMES = ("issued", "returned", "valid", "first", "second", "third", "fourth", "abstain")
Queries = Callable[[int], AbstractContextManager[object]]


def typed(row: str, counts: str, loaded: str = "") -> dict[str, str]:
    """A row as a browser sends it: “T01/E1/” and its eight texts, - for blank."""
    texts = counts.replace("-", "").split(" ")
    before = loaded.replace("-", "").split(" ") if loaded else [""] * len(texts)
    names = NAMES[-len(texts) :]
    return {
        **{f"{row}/{name}": text for name, text in zip(names, texts, strict=True)},
        **{f"{row}/{name}~": text for name, text in zip(names, before, strict=True)},
    }


def stored() -> dict[str, list[int | None]]:
    return {
        f"{t.township.code if t.township else t.cadre.number}/{t.evaluation}/{t.group}": [  # type: ignore[union-attr]
            getattr(t, name) for name in NAMES
        ]
        for t in Tally.objects.select_related("township", "cadre")
    }


@pytest.mark.parametrize(
    ("counts", "fields"),
    [
        (TallyCounts((8, 1, 0, 0), 1, 12, 10, 10), []),
        (TallyCounts((8, 1, 0, 0)), []),
        (TallyCounts((8, 1, 0, 0), 1, 9, 10, 10), ["returned"]),
        (TallyCounts((8, 1, 0, 0), 1, 12, 9, 10), ["valid"]),
        (TallyCounts((8, 1, 0, 0), 1, 12, 11, 11), ["valid"]),
        (TallyCounts((8, 1, 0, 0), 0, 12, 11, 10), ["valid"]),
        (TallyCounts((8, 1, 0, 0), 1, 8, 9, 10), ["returned", "valid"]),
    ],
)
def test_e5_what_a_box_may_hold(counts: TallyCounts, fields: list[str]) -> None:
    assert list(counts_problems(counts)) == fields


def test_e5_service_refuses_what_a_page_would(year: AssessmentYear) -> None:
    with pytest.raises(Refused):
        team_tallies_save(year=year, tallies={("T01", "E1", ""): TallyCounts((8, 1, 0, 0), valid=10)}, by=None)
    assert stored() == {}


@pytest.mark.parametrize("fields", [{"returned": 13}, {"valid": 13}, {"first": 9}, {"abstain": 0}, {"township": None}])
def test_e5_database_refuses_it_too(year: AssessmentYear, fields: dict[str, object]) -> None:
    counts = TallyCounts((8, 1, 0, 0), 1, 12, 11, 10)
    team_tallies_save(year=year, tallies={("T01", "E1", ""): counts}, by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tally.objects.update(**fields)


def test_database_refuses_a_second_tally_of_one_group(year: AssessmentYear) -> None:
    cadre = Cadre.objects.get(number="0001")
    fields = {"year": year, "evaluation": "C1", "entered_at": timezone.now()}
    votes = {"first": 1, "second": 0, "third": 0, "fourth": 0}
    Tally.objects.create(cadre=cadre, **fields, **votes)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tally.objects.create(cadre=cadre, **fields, **votes)
    Tally.objects.create(cadre=cadre, **(fields | {"group": "老干部"}), **votes)


def test_none_takes_a_tally_away(year: AssessmentYear) -> None:
    key = ("0001", "C1", "")
    cadre_tallies_save(year=year, tallies={key: TallyCounts((9, 1, 0, 0))}, by=None)
    cadre_tallies_save(year=year, tallies={key: None}, by=None)
    assert stored() == {}


def test_writer_who_was_overtaken_is_refused(year: AssessmentYear) -> None:
    key = ("T01", "E1", "")
    team_tallies_save(year=year, tallies={key: TallyCounts((9, 1, 0, 0))}, by=None)
    with pytest.raises(Overtaken):
        team_tallies_save(year=year, tallies={key: TallyCounts((1, 1, 0, 0))}, seen={key: None}, by=None)
    assert stored() == {"T01/E1/": [None, None, None, 9, 1, 0, 0, 0]}


# --- pages ---------------------------------------------------------------------------------------


def test_team_row_is_saved(clerk: Client, year: AssessmentYear) -> None:
    assert clerk.post(TEAMS, typed("T01/E1/", "１２ 11 10 8 1 - - 1"))["Location"] == TEAMS
    assert stored() == {"T01/E1/": [12, 11, 10, 8, 1, 0, 0, 1]}


@pytest.mark.parametrize(
    ("counts", "wrong"),
    [
        ("12 11 10 8 1 0 0 0", ["valid"]),
        ("12 11 12 11 1 0 0 0", ["valid"]),
        ("12 13 10 8 1 0 0 1", ["returned"]),
        ("12 11 10 8.5 1 0 0 1", ["first"]),
        ("12 11 10 ８人 1 0 0 x", ["first", "abstain"]),
        ("12 11 10 - - - - 1", ["first"]),
        ("9999999 11 10 8 1 0 0 1", ["issued"]),
    ],
)
def test_bad_row_is_told_in_its_cells_and_kept(
    clerk: Client, year: AssessmentYear, counts: str, wrong: list[str]
) -> None:
    page = clerk.post(TEAMS, typed("T01/E1/", counts) | typed("T02/E1/", "- - - 9 0 0 0 0"))
    row = page.context["grid"].rows[0]
    assert [name for name, cell in row.cells.items() if cell.error] == wrong
    assert [cell.text for cell in row.cells.values()] == counts.replace("-", "").split(" ")
    assert [cell.text for cell in page.context["grid"].rows[1].cells.values()] == ["", "", "", "9", "0", "0", "0", "0"]
    assert stored() == {}


def test_negative_count_is_told_in_its_cell(clerk: Client, year: AssessmentYear) -> None:
    data = typed("T01/E1/", "- - - 8 1 0 0 0") | {"T01/E1//second": "-1"}
    cells = clerk.post(TEAMS, data).context["grid"].rows[0].cells
    assert [name for name, cell in cells.items() if cell.error] == ["second"]


def test_clearing_a_whole_row_takes_the_tally_away(clerk: Client, year: AssessmentYear) -> None:
    team_tallies_save(year=year, tallies={("T01", "E1", ""): TallyCounts((8, 1, 0, 0), 1, 12, 11, 10)}, by=None)
    clerk.post(TEAMS, typed("T01/E1/", "- - - - - - - -", loaded="12 11 10 8 1 0 0 1"))
    assert stored() == {}


def test_cell_that_another_changed_shows_both(clerk: Client, year: AssessmentYear, second_clerk: Account) -> None:
    team_tallies_save(year=year, tallies={("T01", "E1", ""): TallyCounts((9, 0, 0, 0))}, by=second_clerk)
    row = clerk.post(TEAMS, typed("T01/E1/", "- - - 8 0 0 0 0")).context["grid"].rows[0]
    assert (row.cells["first"].text, row.cells["first"].stored) == ("8", "9")
    assert "second clerk" in row.cells["first"].error
    assert stored() == {"T01/E1/": [None, None, None, 9, 0, 0, 0, 0]}


def test_e3_weighted_groups_have_their_rows(clerk: Client, draft: AssessmentYear) -> None:
    scheme = default_scheme()
    groups = (("甲票", Fraction(2, 5)), ("乙票", Fraction(3, 5)))
    weighted = replace(scheme.evaluations[0], groups=groups)
    scheme_save(year=draft, scheme=replace(scheme, evaluations=(weighted, *scheme.evaluations[1:])), by=None)
    year_in_phase(draft, Phase.COLLECTING)
    team_tallies_save(year=draft, tallies={("T01", "E1", "丙票"): TallyCounts((9, 0, 0, 0))}, by=None)
    sections = clerk.get(TEAMS).context["grid"].sections
    assert [(section.title, section.counted) for section in sections] == [
        ("甲票", True),
        ("乙票", True),
        ("丙票", False),
    ]
    clerk.post(TEAMS, typed("T01/E1/甲票", "- - - 9 0 0 0 0"))
    assert stored()["T01/E1/甲票"] == [None, None, None, 9, 0, 0, 0, 0]


def test_e3_one_more_category_can_be_recorded(clerk: Client, year: AssessmentYear) -> None:
    url = f"{TEAMS}?group=老干部"
    assert clerk.get(url).context["grid"].groups == ["老干部"]
    clerk.post(url, typed("T01/E1/老干部", "- - - 9 0 0 0 0"))
    assert list(stored()) == ["T01/E1/老干部"]
    assert clerk.get(TEAMS).context["grid"].groups == ["老干部"]


CATEGORIES = ["机关工作人员", "所属企事业和派驻单位负责人", "老干部", "人大代表、政协委员", "村书记、村主任"]
ALL_CATEGORIES = "&".join(f"group={name}" for name in CATEGORIES)


def test_s3_the_categories_are_offered_while_nothing_is_recorded(clerk: Client, year: AssessmentYear) -> None:
    query = clerk.get(TEAMS).context["categories_query"]
    assert f'href="?{query}"'.replace("&", "&amp;") in clerk.get(TEAMS).content.decode()
    assert clerk.get(f"{TEAMS}?{query}").context["grid"].groups == CATEGORIES
    assert f'href="?{query}"'.replace("&", "&amp;") not in clerk.get(f"{TEAMS}?{query}").content.decode()
    assert query.replace("&", "&amp;") not in clerk.get("/years/2025/tallies/teams/E2/").content.decode()


def test_s3_groups_stand_in_the_order_of_the_source_then_as_they_came(clerk: Client, year: AssessmentYear) -> None:
    for group in ("乙票", "村书记、村主任", "甲票", "机关工作人员"):
        team_tallies_save(year=year, tallies={("T01", "E1", group): TallyCounts((9, 0, 0, 0))}, by=None)
    assert clerk.get(TEAMS).context["grid"].groups == ["机关工作人员", "村书记、村主任", "乙票", "甲票"]


def test_e3_groups_without_weights_are_added_up_for_each_township(clerk: Client, year: AssessmentYear) -> None:
    boxes = {
        ("T01", "E1", "机关工作人员"): TallyCounts((8, 1, 0, 0), 1, 12, 11, 10),
        ("T01", "E1", "老干部"): TallyCounts((5, 0, 2, 0), 0, 9, 8, 7),
        ("T02", "E1", "老干部"): TallyCounts((5, 0, 2, 0)),
    }
    team_tallies_save(year=year, tallies=boxes, by=None)
    sums = clerk.get(TEAMS).context["grid"].sections[-1].sums
    assert [(row.title, row.counts) for row in sums] == [
        ("青石镇", ["21", "19", "17", "13", "1", "2", "0", "1"]),
        ("柳河镇", ["", "", "", "5", "0", "2", "0", "0"]),
    ]


def test_one_group_needs_no_sum(clerk: Client, year: AssessmentYear) -> None:
    team_tallies_save(year=year, tallies={("T01", "E1", "老干部"): TallyCounts((9, 0, 0, 0))}, by=None)
    assert [section.sums for section in clerk.get(TEAMS).context["grid"].sections] == [[]]


def test_e3_categories_of_a_cadre_s_votes_are_recorded_and_added_up(clerk: Client, year: AssessmentYear) -> None:
    url = f"{CADRES}?{ALL_CATEGORIES}"
    data = typed("0001/C1/老干部", "9 1 0 0 2") | typed("0001/C1/机关工作人员", "20 0 0 1 -")
    assert clerk.post(url, data).status_code == 302
    sections = clerk.get(CADRES).context["grid"].sections
    assert [(len(section.rows), len(section.sums)) for section in sections] == [(3, 0), (3, 0), (0, 3), (3, 0), (3, 0)]
    assert sections[2].sums[0].counts == ["29", "1", "0", "1", "2"]


def test_cadre_rows_are_saved_by_item(clerk: Client, year: AssessmentYear) -> None:
    data = typed("0001/C1/", "9 1 0 0 2") | typed("0001/C3/", "5 - - - -")
    assert clerk.post(CADRES, data)["Location"] == CADRES
    assert {key: counts[3:] for key, counts in stored().items()} == {
        "0001/C1/": [9, 1, 0, 0, 2],
        "0001/C3/": [5, 0, 0, 0, 0],
    }


def test_c3_cadre_grid_holds_the_graded_alone(clerk: Client, year: AssessmentYear) -> None:
    year.roster.filter(cadre__number="0002").update(not_graded="5A")
    rows = clerk.get(CADRES).context["grid"].rows
    assert sorted({row.key[0] for row in rows}) == ["0001", "0005"]
    assert [section.title[:2] for section in clerk.get(CADRES).context["grid"].sections] == ["C1", "C3", "C4"]


@pytest.mark.parametrize(("votes", "small"), [((2, 2, 0, 0), True), ((3, 2, 0, 0), False)])
def test_small_group_is_noted(
    clerk: Client, year: AssessmentYear, votes: tuple[int, int, int, int], small: bool
) -> None:
    team_tallies_save(year=year, tallies={("T01", "E1", ""): TallyCounts(votes)}, by=None)
    assert clerk.get(TEAMS).context["grid"].small is small


def test_progress_names_what_is_missing(clerk: Client, year: AssessmentYear) -> None:
    team_tallies_save(year=year, tallies={("T01", "E1", ""): TallyCounts((9, 0, 0, 0))}, by=None)
    page = clerk.get("/years/2025/tallies/")
    assert [(row.code, row.missing) for row in page.context["teams"]] == [("E1", 1), ("E2", 2), ("E3", 2), ("E4", 2)]
    assert [(row.code, row.missing) for row in page.context["cadres"]] == [("T01", 9), ("T02", 6)]


@pytest.mark.parametrize("path", ["teams/E9/", "teams/K1/", "cadres/T99/"])
def test_unknown_grid_is_not_there(clerk: Client, year: AssessmentYear, path: str) -> None:
    assert clerk.get(f"/years/2025/tallies/{path}").status_code == 404


def test_closed_year_takes_no_tally(clerk: Client, year: AssessmentYear) -> None:
    year_in_phase(year, Phase.CLOSED)
    page = clerk.post(TEAMS, typed("T01/E1/", "- - - 9 0 0 0 0"))
    assert (stored(), page.context["editable"]) == ({}, False)


@pytest.mark.parametrize("member", ["department", "township", "assessor", "leader", "auditor", "administrator"])
def test_nobody_but_the_office_sees_counts(
    client_for: Callable[[str], Client], year: AssessmentYear, member: str
) -> None:
    team_tallies_save(year=year, tallies={("T01", "E1", ""): TallyCounts((9, 0, 0, 0))}, by=None)
    year_in_phase(year, Phase.CLOSED)
    for url in ("/years/2025/tallies/", TEAMS, CADRES):
        assert client_for(member).get(url).status_code == 403
        assert client_for(member).post(url, {}).status_code == 403


@pytest.mark.parametrize("townships", [2, 30])
def test_team_grid_costs_the_same_for_few_and_many(
    clerk: Client, year: AssessmentYear, townships: int, django_assert_num_queries: Queries
) -> None:
    townships_save(rows=[UnitRow(f"T{n:02}", f"第{n}镇") for n in range(1, townships + 1)], by=None)
    year.townships.set(Township.objects.all())
    with django_assert_num_queries(8):
        clerk.get(TEAMS)
    rows = [typed(f"{township.code}/E1/", "- - - 9 0 0 0 0") for township in year.townships.all()]
    with django_assert_num_queries(22):
        clerk.post(TEAMS, {name: text for row in rows for name, text in row.items()})
    assert len(stored()) == townships


@pytest.mark.parametrize("more", [0, 12])
def test_cadre_grid_costs_the_same_for_few_and_many(
    clerk: Client, year: AssessmentYear, more: int, django_assert_num_queries: Queries
) -> None:
    rows = [RosterRow(f"1{n:03}", "刘洋", "T01", "副乡镇长") for n in range(more)]
    roster_save(year=year, rows=rows, by=None)
    with django_assert_num_queries(9):
        assert len(clerk.get(CADRES).context["grid"].rows) == 3 * (3 + more)
