"""What differs between two results of a year: every line, total, place and grade, and nothing else."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from assessment.scheme import scheme_with
from scoring.differences import Kind, Matter, Outcome, Presence, differences
from scoring.engine import YearInput, score_year
from tests.county import ladder


def outcome(inputs: YearInput, teams: dict[str, str] | None = None, cadres: dict[str, str] | None = None) -> Outcome:
    return Outcome(score_year(inputs), teams or {}, cadres or {})


def with_value(inputs: YearInput, code: str, line: str, value: Fraction) -> YearInput:
    teams = [
        replace(team, values={**team.values, line: Fraction(value)}) if team.code == code else team
        for team in inputs.teams
    ]
    return replace(inputs, teams=tuple(teams))


PRINCIPALS = ladder(3, members=(("党委书记", True),))
"""Three teams with one principal each."""


def test_the_same_inputs_differ_in_nothing() -> None:
    assert differences(outcome(PRINCIPALS), outcome(PRINCIPALS)) == ()


def test_one_value_moves_lines_totals_and_places_of_everyone_it_touches() -> None:
    """T3's 财政收入 becomes 98.5: second in the line, T2 third; 12.00, 11.76, 11.52 points a place (step 2 %)."""
    found = differences(outcome(PRINCIPALS), outcome(with_value(PRINCIPALS, "T3", "K1", Fraction(197, 2))))
    assert [(each.kind, each.code, each.presence) for each in found] == [
        (Kind.TEAM, "T2", Presence.BOTH),
        (Kind.TEAM, "T3", Presence.BOTH),
        (Kind.CADRE, "T2-1", Presence.BOTH),
        (Kind.CADRE, "T3-1", Presence.BOTH),
    ]
    assert [(change.matter, change.line, change.old, change.new) for change in found[0].changes] == [
        (Matter.POINTS, "K1", Decimal("11.76"), Decimal("11.52")),
        (Matter.PLACE, "K1", 2, 3),
        (Matter.TARGET_POINTS, "", Decimal("88.20"), Decimal("87.96")),
        (Matter.TOTAL, "", Decimal("148.20"), Decimal("147.96")),
    ]
    assert [(change.matter, change.line, change.old, change.new) for change in found[2].changes] == [
        (Matter.POINTS, "C2", Decimal("39.20"), Decimal("39.09")),
        (Matter.TOTAL, "", Decimal("99.20"), Decimal("99.09")),
    ]


def test_a_line_is_named_as_the_scheme_names_it() -> None:
    found = differences(outcome(PRINCIPALS), outcome(with_value(PRINCIPALS, "T3", "K1", Fraction(197, 2))))
    assert found[0].changes[0].name == "财政收入"


def test_a_value_that_changes_no_points_is_no_difference() -> None:
    assert differences(outcome(PRINCIPALS), outcome(with_value(PRINCIPALS, "T3", "K1", Fraction(195, 2)))) == ()


def test_a_decided_grade_alone() -> None:
    found = differences(
        outcome(PRINCIPALS, {"T1": "实绩突出"}, {"T1-1": "优秀"}),
        outcome(PRINCIPALS, {"T1": "实绩较好"}, {"T1-1": "优秀"}),
    )
    assert [(each.code, each.changes[0].matter, each.changes[0].old, each.changes[0].new) for each in found] == [
        ("T1", Matter.GRADE, "实绩突出", "实绩较好")
    ]
    assert found[0].change_of(Matter.GRADE) == found[0].changes[0]
    assert found[0].change_of(Matter.TOTAL) is None


def test_a_veto_is_named_beside_what_it_moves() -> None:
    """G5, G3, G4: T1 loses 实绩突出 to T2, its principal 优秀 to nobody: one of three is inside the quota, T2-1."""
    first, *rest = PRINCIPALS.teams
    vetoed = replace(PRINCIPALS, teams=(replace(first, vetoes=("V2",)), *rest))
    found = differences(outcome(PRINCIPALS), outcome(vetoed))
    assert {each.code: [(change.matter, change.old, change.new) for change in each.changes] for each in found} == {
        "T1": [(Matter.VETOES, "", "V2"), (Matter.SUGGESTED, "实绩突出", "实绩较好")],
        "T2": [(Matter.SUGGESTED, "实绩较好", "实绩突出")],
        "T1-1": [(Matter.SUGGESTED, "优秀", "称职")],
        "T2-1": [(Matter.SUGGESTED, "称职", "优秀")],
    }


def test_a_disciplinary_record_is_named_beside_what_it_moves() -> None:
    first, *rest = PRINCIPALS.cadres
    disciplined = replace(PRINCIPALS, cadres=(replace(first, disciplinary="县纪〔2025〕3号"), *rest))
    found = differences(outcome(PRINCIPALS), outcome(disciplined))
    assert {each.code: [(change.matter, change.old, change.new) for change in each.changes] for each in found} == {
        "T1-1": [(Matter.SUGGESTED, "优秀", "称职"), (Matter.DISCIPLINE, "", "县纪〔2025〕3号")],
        "T2-1": [(Matter.SUGGESTED, "称职", "优秀")],
    }


def test_a_subject_of_one_result_only() -> None:
    fewer = replace(PRINCIPALS, cadres=PRINCIPALS.cadres[:2])
    added, removed = differences(outcome(fewer), outcome(PRINCIPALS)), differences(outcome(PRINCIPALS), outcome(fewer))
    assert [(each.code, each.presence) for each in added][-1] == ("T3-1", Presence.ADDED)
    assert [(each.code, each.presence) for each in removed][-1] == ("T3-1", Presence.REMOVED)
    assert removed[-1].change_of(Matter.TOTAL) is not None


def test_not_graded_after_all() -> None:
    """C3: no points, no places; everybody behind moves up."""
    first, *rest = PRINCIPALS.cadres
    left_out = replace(PRINCIPALS, cadres=(replace(first, not_graded="5A"), *rest))
    found = differences(outcome(PRINCIPALS), outcome(left_out))
    places = {each.code: each.change_of(Matter.RANK_COUNTY) for each in found}
    assert {code: place and (place.old, place.new) for code, place in places.items()} == {
        "T1-1": (1, None),
        "T2-1": (2, 1),
        "T3-1": (3, 2),
    }
    reason = found[0].change_of(Matter.NOT_GRADED)
    assert reason
    assert (reason.old, reason.new) == ("", "5A")


def test_another_scheme_moves_what_it_weighs() -> None:
    """A step of 5 %: the second of K1 gets 11.40 of 12."""
    steeper = replace(PRINCIPALS, scheme=scheme_with(PRINCIPALS.scheme, {"K1.步长": "5%"}))
    found = differences(outcome(PRINCIPALS), outcome(steeper))
    change = found[0].change_of(Matter.POINTS, "K1")
    assert (found[0].code, change and (change.old, change.new)) == ("T2", (Decimal("11.76"), Decimal("11.40")))
