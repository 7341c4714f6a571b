"""RULES U1: who may be promoted, and in which order those on equal terms stand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rewards.rules import AnnualGrade, Eligibility, Obstacle, ObstacleCode, check_promotion
from scoring.engine import CadreGrade

BEST, GOOD, BASIC, BAD = CadreGrade.EXCELLENT, CadreGrade.COMPETENT, CadreGrade.BASIC, CadreGrade.INCOMPETENT
NO_RESULT, NOT_GRADED, LOW = ObstacleCode.NO_RESULT, ObstacleCode.NOT_GRADED, ObstacleCode.LOW_GRADE
THREE_GOOD = {2023: GOOD, 2024: GOOD, 2025: GOOD}

Grades = Mapping[int, CadreGrade | str | None]
"""Year → grade, or the register's code of who was not graded, or None: on the roster, no grade."""


def years_of(grades: Grades, rank: int | None = None) -> list[AnnualGrade]:
    """`rank` is the overall place of 2025 among 24."""
    known = [
        AnnualGrade(year, grade) if isinstance(grade, CadreGrade | None) else AnnualGrade(year, None, grade)
        for year, grade in grades.items()
    ]
    return [replace(entry, rank_county=rank, ranked=24) if entry.year == 2025 and rank else entry for entry in known]


def checked(grades: Grades, *, years: int = 3) -> Eligibility:
    (one,) = check_promotion({"甲": years_of(grades)}, year=2025, years=years)
    return one


def order(candidates: Mapping[str, Sequence[AnnualGrade]], *, years: int = 3) -> dict[str, int | None]:
    return {one.number: one.order for one in check_promotion(candidates, year=2025, years=years)}


@pytest.mark.parametrize(
    ("case", "grades", "obstacles"),
    [
        ("three years 称职", THREE_GOOD, []),
        ("three years 优秀", {2023: BEST, 2024: BEST, 2025: BEST}, []),
        ("the earliest year is missing", {2024: GOOD, 2025: BEST}, [(NO_RESULT, 2023, "")]),
        ("the middle year is missing", {2023: GOOD, 2025: BEST}, [(NO_RESULT, 2024, "")]),
        ("the year itself is missing", {2023: GOOD, 2024: BEST}, [(NO_RESULT, 2025, "")]),
        ("nothing is known", {}, [(NO_RESULT, 2023, ""), (NO_RESULT, 2024, ""), (NO_RESULT, 2025, "")]),
        ("on the roster without a grade", THREE_GOOD | {2024: None}, [(NO_RESULT, 2024, "")]),
        ("not graded, with the register's code", THREE_GOOD | {2024: "5A"}, [(NOT_GRADED, 2024, "5A")]),
        ("基本称职 two years ago", THREE_GOOD | {2023: BASIC}, [(LOW, 2023, "基本称职")]),
        ("不称职 last year", THREE_GOOD | {2024: BAD}, [(LOW, 2024, "不称职")]),
        ("基本称职 this year, otherwise 优秀", {2023: BEST, 2024: BEST, 2025: BASIC}, [(LOW, 2025, "基本称职")]),
        (
            "every year stands against it for its own reason",
            {2023: "6A", 2025: BAD},
            [(NOT_GRADED, 2023, "6A"), (NO_RESULT, 2024, ""), (LOW, 2025, "不称职")],
        ),
        ("the fourth year back is not looked at", THREE_GOOD | {2022: BAD}, []),
        ("a later year is not looked at", THREE_GOOD | {2026: BAD}, []),
        ("no earlier year stands in for a missing one", {2022: BEST, 2024: GOOD, 2025: GOOD}, [(NO_RESULT, 2023, "")]),
    ],
)  # fmt: skip
def test_who_may_be_promoted_u1(case: str, grades: Grades, obstacles: list[tuple[ObstacleCode, int, str]]) -> None:
    found = checked(grades)
    expected = tuple(Obstacle(code, year, value, "U1") for code, year, value in obstacles)
    assert (found.obstacles, found.eligible, found.order) == (expected, not expected, None if expected else 1), case


@pytest.mark.parametrize(
    ("years", "grades", "eligible"),
    [
        (1, {2025: GOOD}, True),
        (1, {2024: BAD, 2025: GOOD}, True),
        (1, {2024: GOOD, 2025: BASIC}, False),
        (1, {2024: GOOD}, False),
        (2, {2024: GOOD, 2025: BEST}, True),
        (2, {2023: BAD, 2024: GOOD, 2025: BEST}, True),
        (2, {2024: BASIC, 2025: BEST}, False),
        (2, {2025: BEST}, False),
        (4, THREE_GOOD, False),
    ],
)
def test_how_many_years_are_asked_is_a_parameter_u1(years: int, grades: Grades, eligible: bool) -> None:
    assert checked(grades, years=years).eligible is eligible


def test_years_ascend_and_hold_those_without_a_grade() -> None:
    assert checked({2025: GOOD, 2023: BEST}).years == (
        AnnualGrade(2023, BEST),
        AnnualGrade(2024, None),
        AnnualGrade(2025, GOOD),
    )


def test_more_years_of_excellent_come_first_u1() -> None:
    """Two 优秀 at place 20 stand before one at place 1; a fourth year's 优秀 does not count."""
    two = years_of({2023: BEST, 2024: BEST, 2025: GOOD}, rank=20)
    one = years_of({2022: BEST, 2023: BEST, 2024: GOOD, 2025: GOOD}, rank=1)
    assert order({"one": one, "two": two}) == {"one": 2, "two": 1}


def test_then_the_latest_overall_place_u1() -> None:
    places = {"third": 9, "first": 2, "second": 8}
    assert order({name: years_of(THREE_GOOD, rank) for name, rank in places.items()}) == {
        "third": 3,
        "first": 1,
        "second": 2,
    }


def test_places_of_earlier_years_part_nobody() -> None:
    ahead, behind = (
        [AnnualGrade(2024, GOOD, rank_county=rank, ranked=24), AnnualGrade(2025, GOOD, rank_county=5, ranked=24)]
        for rank in (1, 24)
    )
    assert order({"ahead": ahead, "behind": behind}, years=2) == {"ahead": 1, "behind": 1}


def test_who_has_no_latest_place_stands_after_those_who_do() -> None:
    assert order({"none": years_of(THREE_GOOD), "last": years_of(THREE_GOOD, 24)}) == {"none": 2, "last": 1}


def test_ties_share_a_place_and_the_next_is_left_out_p5() -> None:
    candidates = {"a": years_of(THREE_GOOD, 3), "b": years_of(THREE_GOOD, 3), "c": years_of(THREE_GOOD, 4)}
    assert order(candidates) == {"a": 1, "b": 1, "c": 3}
    assert order({"x": years_of(THREE_GOOD), "y": years_of(THREE_GOOD)}) == {"x": 1, "y": 1}


def test_who_is_not_eligible_takes_no_place() -> None:
    barred = years_of({2023: BEST, 2024: BEST, 2025: BASIC}, 1)
    assert order({"barred": barred, "free": years_of(THREE_GOOD, 20)}) == {"barred": None, "free": 1}


def test_answers_come_in_the_order_asked() -> None:
    candidates = {number: years_of(THREE_GOOD, rank) for number, rank in (("c", 3), ("a", 1), ("b", 2))}
    assert [one.number for one in check_promotion(candidates, year=2025, years=3)] == ["c", "a", "b"]


GRADE = st.sampled_from([BEST, GOOD, BASIC, BAD, None, "5A", "5B"])
PERSON = st.tuples(
    st.dictionaries(st.integers(2021, 2026), GRADE), st.one_of(st.none(), st.integers(min_value=1, max_value=5))
)


@given(people=st.lists(PERSON, max_size=6), years=st.integers(1, 5))
def test_against_a_slow_oracle(people: list[tuple[Grades, int | None]], years: int) -> None:
    """Word for word: ask every year; then count who is better, pair by pair."""
    candidates = {str(index): years_of(grades, rank) for index, (grades, rank) in enumerate(people)}
    expected = {
        name: None if any(bad(known, year) for year in asked(years)) else 1 for name, known in candidates.items()
    }
    for name in [name for name, place in expected.items() if place]:
        rivals = [rival for rival, place in expected.items() if place]
        expected[name] = 1 + sum(better(candidates[rival], candidates[name], years) for rival in rivals)
    assert order(candidates, years=years) == expected


def asked(years: int) -> list[int]:
    return [2025 - back for back in range(years)]


def grade_of(known: Sequence[AnnualGrade], year: int) -> str:
    return "".join(str(entry.grade or "") for entry in known if entry.year == year)


def bad(known: Sequence[AnnualGrade], year: int) -> bool:
    return grade_of(known, year) not in ("优秀", "称职")


def better(one: Sequence[AnnualGrade], other: Sequence[AnnualGrade], years: int) -> bool:
    ours, theirs = (sum(grade_of(known, year) == "优秀" for year in asked(years)) for known in (one, other))
    if ours != theirs:
        return ours > theirs
    place, their_place = (
        next((entry.rank_county for entry in known if entry.year == 2025 and entry.rank_county), 10**6)
        for known in (one, other)
    )
    return place < their_place
