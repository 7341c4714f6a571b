"""Leaving a source out: what is left takes its weight, every total stays, and the scheme still holds together."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessment.scheme import (
    LastSourceError,
    Scheme,
    default_scheme,
    scheme_problems,
    scheme_without,
    sources_of,
)

SCHEME = default_scheme()


def points(entries: tuple[object, ...]) -> list[Fraction]:
    return [entry.points for entry in entries]  # type: ignore[attr-defined]


def test_the_other_evaluations_take_the_points_in_proportion() -> None:
    """60 points without the 20 of the assessors: 15, 15, 10 become 22.5, 22.5, 15 (RULES 1)."""
    left = scheme_without(SCHEME, ["E4"])
    assert points(left.evaluations) == [Fraction(45, 2), Fraction(45, 2), 15, 0]
    assert (left.evaluation_points, left.team_points) == (60, 150)


def test_the_other_items_of_a_cadre_take_the_points() -> None:
    """100 points without the 20 of the leaders: 20, 40, 20 become 25, 50, 25 (RULES 2)."""
    assert points(scheme_without(SCHEME, ["C3"]).cadre_items) == [25, 50, 0, 25]


def test_a_line_goes_and_its_block_keeps_its_points() -> None:
    """Five lines of 12 without one: four of 15 (RULES 1)."""
    left = scheme_without(SCHEME, ["K1"])
    assert [line.code for line in left.lines] == [line.code for line in SCHEME.lines if line.code != "K1"]
    assert points(left.lines[:4]) == [15, 15, 15, 15]


def test_a_voter_group_goes_and_the_others_take_its_weight() -> None:
    groups = (("甲", Fraction(1, 2)), ("乙", Fraction(1, 4)), ("丙", Fraction(1, 4)))
    weighted = _grouped(SCHEME, groups)
    assert scheme_without(weighted, ["甲"]).evaluations[0].groups == (("乙", Fraction(1, 2)), ("丙", Fraction(1, 2)))
    assert "甲" in sources_of(weighted)


def _grouped(scheme: Scheme, groups: tuple[tuple[str, Fraction], ...]) -> Scheme:
    first, *others = scheme.evaluations
    return replace(scheme, evaluations=(replace(first, groups=groups), *others))


@pytest.mark.parametrize("source", sources_of(SCHEME))
def test_whatever_is_left_out_the_scheme_still_adds_up(source: str) -> None:
    """RULES T2."""
    left = scheme_without(SCHEME, [source])
    assert left != SCHEME
    assert scheme_problems(left) == ()


def test_the_last_source_stays() -> None:
    with pytest.raises(LastSourceError, match="E1"):
        scheme_without(SCHEME, ["E1", "E2", "E3", "E4"])
    with pytest.raises(LastSourceError, match="甲"):
        scheme_without(_grouped(SCHEME, (("甲", Fraction(1)),)), ["甲"])


def test_a_chain_that_parts_ties_forgets_what_was_left_out() -> None:
    """RULES P5."""
    chained = replace(SCHEME, tie_break=("K1", "E1"))
    assert scheme_without(chained, ["K1"]).tie_break == ("E1",)


def test_nothing_left_out_is_the_same_scheme() -> None:
    assert scheme_without(SCHEME, ["nobody"]) == SCHEME
