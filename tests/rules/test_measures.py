"""RULES U2 and U3 as cases in plain grades, and against a second, slow reading on generated histories."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rewards.deadlines import months_after, year_end
from rewards.rules import AnnualGrade, interrupted_pairs, propose_measures
from scoring.engine import CadreGrade, TeamGrade

Known = dict[int, str]
"""Year → grade; a code of the register (5A …) stands for a year that was not graded, '' for one nothing is known of."""

GRADES = tuple(str(grade) for grade in CadreGrade)


def annual(known: Known) -> list[AnnualGrade]:
    return [
        AnnualGrade(year, CadreGrade(text) if text in GRADES else None, "" if text in GRADES else text)
        for year, text in known.items()
    ]


def of_cadre(known: Known, months: int = 6) -> list[tuple[str, str, tuple[int, ...], int | None]]:
    found = propose_measures(year=2025, teams={}, cadres={"0001": annual(known)}, months=months)
    assert all((p.subject, p.of_team) == ("0001", False) for p in found)
    return [(str(p.kind), p.clause, p.years, p.months) for p in found]


def of_team(grade: TeamGrade | None) -> list[tuple[str, str, tuple[int, ...], int | None]]:
    found = propose_measures(year=2025, teams={"T01": grade}, cadres={}, months=6)
    assert all((p.subject, p.of_team) == ("T01", True) for p in found)
    return [(str(p.kind), p.clause, p.years, p.months) for p in found]


YELLOW = ("黄牌警告", "U2", (2025,), None)
LOW = [("诫勉", "U2", (2025,), None), ("限期改进", "U2", (2025,), 6)]
DISMISSAL = ("组织处理建议", "U2", (2024, 2025), None)


@pytest.mark.parametrize(
    ("known", "proposed"),
    [
        ({2025: "优秀"}, []),
        ({2025: "称职"}, []),
        ({2025: "基本称职"}, LOW),
        ({2025: "不称职"}, [YELLOW]),
        ({2025: "5B"}, []),
        ({2025: ""}, []),
        ({}, []),
        ({2024: "不称职", 2025: "不称职"}, [YELLOW, DISMISSAL]),
        ({2023: "不称职", 2024: "不称职", 2025: "不称职"}, [YELLOW, DISMISSAL]),
        ({2023: "不称职", 2025: "不称职"}, [YELLOW]),
        ({2023: "不称职", 2024: "5B", 2025: "不称职"}, [YELLOW]),
        ({2024: "基本称职", 2025: "不称职"}, [YELLOW]),
        ({2024: "不称职", 2025: "基本称职"}, LOW),
        ({2024: "不称职", 2025: "称职"}, []),
        ({2024: "不称职", 2025: "6A"}, []),
        ({2024: "不称职"}, []),
        ({2025: "称职", 2026: "不称职"}, []),
    ],
    ids=str,
)
def test_a_cadre_u2(known: Known, proposed: list[object]) -> None:
    assert of_cadre(known) == proposed


@pytest.mark.parametrize(
    ("grade", "kinds"),
    [
        (TeamGrade.OUTSTANDING, []),
        (TeamGrade.GOOD, []),
        (TeamGrade.FAIR, [("集体谈话", "U3", (2025,), None), ("限期改进", "U3", (2025,), 6)]),
        (TeamGrade.POOR, [("集体谈话", "U3", (2025,), None), ("限期改进", "U3", (2025,), 6)]),
        (None, []),
    ],
)
def test_a_team_u3(grade: TeamGrade | None, kinds: list[object]) -> None:
    assert of_team(grade) == kinds


def test_months_are_the_schemes_u2() -> None:
    assert [months for *_, months in of_cadre({2025: "基本称职"}, months=9)] == [None, 9]


def test_teams_come_first_in_the_order_given() -> None:
    found = propose_measures(
        year=2025,
        teams={"T2": TeamGrade.POOR, "T1": TeamGrade.FAIR},
        cadres={"9": annual({2025: "不称职"}), "1": annual({2025: "不称职"})},
        months=6,
    )
    assert [p.subject for p in found] == ["T2", "T2", "T1", "T1", "9", "1"]


def pair(known: Known, earliest: int = 2015) -> tuple[tuple[int, int], tuple[tuple[int, str], ...]] | None:
    found = interrupted_pairs(year=2025, cadres={"0001": annual(known)}, earliest=earliest)
    assert [p.subject for p in found] == ["0001"] * len(found)
    return (found[0].years, found[0].between) if found else None


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ({2023: "不称职", 2024: "5B", 2025: "不称职"}, ((2023, 2025), ((2024, "5B"),))),
        ({2023: "不称职", 2025: "不称职"}, ((2023, 2025), ((2024, ""),))),
        ({2022: "不称职", 2023: "6A", 2025: "不称职"}, ((2022, 2025), ((2023, "6A"), (2024, "")))),
        ({2024: "不称职", 2025: "不称职"}, None),
        ({2023: "不称职", 2024: "称职", 2025: "不称职"}, None),
        ({2023: "不称职", 2024: "基本称职", 2025: "不称职"}, None),
        ({2023: "不称职", 2024: "5B", 2025: "基本称职"}, None),
        ({2023: "不称职", 2024: "5B", 2025: "5B"}, None),
        ({2022: "不称职", 2023: "称职", 2024: "5B", 2025: "不称职"}, None),
        ({2022: "不称职", 2023: "不称职", 2024: "5B", 2025: "不称职"}, ((2023, 2025), ((2024, "5B"),))),
        ({2024: "5B", 2025: "不称职"}, None),
        ({2025: "不称职"}, None),
    ],
    ids=str,
)
def test_two_years_interrupted_u2(known: Known, found: object) -> None:
    assert pair(known) == found


def test_how_far_back_is_looked() -> None:
    known = {2022: "不称职", 2025: "不称职"}
    assert (pair(known, earliest=2022) is None, pair(known, earliest=2023)) == (False, None)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2025, 12, 31), 6, date(2026, 6, 30)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 1, 15), 6, date(2026, 7, 15)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
        (date(2025, 12, 31), 12, date(2026, 12, 31)),
        (date(2025, 11, 30), 1, date(2025, 12, 30)),
        (date(2025, 12, 31), 0, date(2025, 12, 31)),
    ],
)
def test_months_after_a_day(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


def test_a_proposal_counts_from_the_years_end() -> None:
    assert year_end(2025) == date(2025, 12, 31)


TEXTS = st.sampled_from([*GRADES, "不称职", "不称职", "5A", "5B", ""])
HISTORIES = st.dictionaries(st.integers(2020, 2027), TEXTS, max_size=8)


def slow(known: Known) -> tuple[set[tuple[object, ...]], tuple[int, ...] | None]:
    """U2 read word by word: the kinds with their years, and the pair that is shown for decision."""
    says = {year: known.get(year, "") for year in range(2019, 2028)}
    found: set[tuple[object, ...]] = set()
    if says[2025] == "基本称职":
        found |= {("诫勉", (2025,)), ("限期改进", (2025,))}
    if says[2025] == "不称职":
        found.add(("黄牌警告", (2025,)))
    if [says[2024], says[2025]] == ["不称职", "不称职"]:
        found.add(("组织处理建议", (2024, 2025)))
    before = [year for year in range(2020, 2025) if says[year] in GRADES]
    last = before[-1] if before else None
    shown = says[2025] == "不称职" and last is not None and last < 2024 and says[last] == "不称职"
    return found, (last, 2025) if shown and last is not None else None


@given(HISTORIES)
def test_any_history_as_the_slow_reading_has_it(known: Known) -> None:
    proposed, shown = slow(known)
    assert {(kind, years) for kind, _clause, years, _months in of_cadre(known)} == proposed
    between = pair(known, earliest=2020)
    assert (between[0] if between else None) == shown
