"""The bonus page says in words why each award and share is what it is; the label names the clause."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from assessment.models import AssessmentYear, Phase
from assessment.scheme import Forfeited
from assessment.services.veto import VetoRow, vetoes_save
from cadres.models import Cadre, Post
from rewards.presenters.bonus_explained import bonus_notes, explained_awards
from rewards.selectors.bonus import award_rows, year_bonus
from rewards.selectors.bonus_circumstances import bonus_circumstances
from rewards.services.grade import DecisionRow, grade_decisions_save
from scoring.engine import YearInput
from tests.county import VETO_DAY, ladder, year_in_phase
from tests.factories import AppointmentFactory, TownshipFactory
from tests.rewards.committee import outstanding

pytestmark = pytest.mark.django_db


def with_bonus(inputs: YearInput, **terms: object) -> YearInput:
    bonus = replace(inputs.scheme.bonus, **terms)  # type: ignore[arg-type]
    return replace(inputs, scheme=replace(inputs.scheme, bonus=bonus))


def notes(year: AssessmentYear, team: str) -> dict[str, str]:
    """Clause → text of that team's notes; the last one of a clause."""
    bonus = year_bonus(year=year)
    rows = award_rows(bonus)
    explained = explained_awards(bonus, rows, bonus_circumstances(year=year, rows=rows))
    (award,) = [award for award in explained if award.row.award.team == team]
    return {note.clause: note.text for note in award.notes}


def figures(text: str, *numbers: str) -> list[bool]:
    return [number in text for number in numbers]


def test_b1_the_sum_of_a_place_and_who_shares_it() -> None:
    inputs = ladder(3)
    first, second, third = inputs.teams
    year = outstanding(replace(inputs, teams=(first, replace(second, values=first.values), third)))
    assert figures(notes(year, "T1")["B1"], "T2镇", "50,000.00") == [True, True]
    assert figures(notes(year, "T3")["B1"], "50,000.00", "2", "5,000.00", "40,000.00") == [True] * 4


def test_b1_a_place_that_the_reduction_leaves_nothing_is_listed() -> None:
    year = outstanding(with_bonus(ladder(3), decrement=Fraction(30000)))
    assert list(notes(year, "T3")) == ["B1"]
    assert figures(notes(year, "T3")["B1"], "2", "30,000.00") == [True, True]


def test_b3_redivided_says_among_how_many() -> None:
    inputs = ladder(1)
    cadres = tuple(replace(c, not_graded="5A", tallies={}) if c.number == "T1-5" else c for c in inputs.cadres)
    year = outstanding(with_bonus(replace(inputs, cadres=cadres), forfeited=Forfeited.REDIVIDE))
    found = notes(year, "T1")
    assert figures(found["B2"], "60.00%", "30,000.00", "15,000.00") == [True] * 3
    assert "均分" in found["B3"]


def test_g1_a_quota_exceeded_by_decision_and_g5_a_veto_after_it_are_told() -> None:
    """30 % of four teams is one place; four are decided, one of them comes under a veto afterwards."""
    year = year_in_phase(outstanding(ladder(4)), Phase.COLLECTING)
    vetoes_save(year=year, rows=[VetoRow("T2", "V5", "较大事故", "县委", VETO_DAY)], by=None)
    found = {note.clause: note.text for note in bonus_notes(year_bonus(year=year))}
    assert figures(found["G1"], "4", "1") == [True, True]
    assert figures(found["G5"], "T2镇", "安全生产") == [True, True]


def test_c4_who_moved_within_the_year_is_named_with_the_place_left() -> None:
    year = outstanding(ladder(1))
    AppointmentFactory(
        cadre=Cadre.objects.get(number="T1-4"),
        township=TownshipFactory(code="T9", name="旧乡"),
        post=Post.objects.get(name="副乡镇长"),
        start=date(2020, 1, 1),
        end=date(2025, 5, 31),
    )
    assert figures(notes(year, "T1")["C4"], "旧乡", "2025-05-31") == [True, True]


def test_b2_a_post_outside_the_bonus_is_named() -> None:
    year = outstanding(ladder(1))
    Post.objects.filter(name="党委副书记").update(in_bonus=False)
    bonus = year_bonus(year=year)
    (row,) = award_rows(bonus)
    assert [cadre.input.number for cadre in row.outside] == ["T1-3"]


def test_b3_a_low_grade_by_decision_is_told_beside_the_share() -> None:
    year = outstanding(ladder(1))
    grade_decisions_save(year=year, rows=[DecisionRow("T1-3", "基本称职", "县委研究决定")], by=None)
    assert "收回" in notes(year, "T1")["B3"]
