"""RULES 2, C1 to C4: the cadre's items."""

from decimal import Decimal
from fractions import Fraction

from assessment.scheme import default_scheme
from scoring.engine import CadreResult, MissingCode, WorkDerivation, YearResult
from tests.engine.cases import full_cadre, full_team, score, votes, votes_scheme


def _second_of_two(**changes: object) -> YearResult:
    """T2 is second on every line: 98 % of 90 points; the cadre is T2's."""
    scheme = default_scheme()
    second = full_team("T2", values={line.code: Fraction(0) for line in scheme.lines})
    return score(scheme, [full_team("T1"), second], [full_cadre("1", "T2", **changes)])


def _work(cadre: CadreResult) -> WorkDerivation:
    derived = cadre.line("C2").derivation
    assert isinstance(derived, WorkDerivation)
    return derived


def test_c1_a_principal_takes_the_rate_of_the_targets() -> None:
    result = _second_of_two(principal=True, in_charge=("K1",))
    cadre = result.cadre("1")
    assert str(result.team("T2").target_points) == "88.20"
    assert (str(cadre.line("C2").points), cadre.line("C2").clause, _work(cadre).charged) == ("39.20", "C1", ())


def test_c2_a_deputy_takes_half_from_the_team_half_from_the_lines_in_charge() -> None:
    scheme = votes_scheme()
    values = {line.code: Fraction(line.code == "K1") for line in scheme.lines}
    teams = [full_team("T1", values={code: 1 - one for code, one in values.items()}), full_team("T2", values=values)]
    cadre = score(scheme, teams, [full_cadre("1", "T2", in_charge=("K1", "R3", "K1"))]).cadre("1")
    # Team 12 + 78 × 98 % = 88.44 of 90; in charge 12 + 3.92 of 16; 40 × (0.5 × 88.44/90 + 0.5 × 15.92/16)
    assert _work(cadre).charged == (("K1", Decimal("12.00"), Fraction(12)), ("R3", Decimal("3.92"), Fraction(4)))
    assert (str(cadre.line("C2").points), cadre.line("C2").clause) == ("39.55", "C2")


def test_c2_without_lines_in_charge_lambda_is_1() -> None:
    cadre = _second_of_two().cadre("1")
    assert (_work(cadre).team_share, str(cadre.line("C2").points)) == (Fraction(1), "39.20")


def test_c2_lambda_0_counts_the_lines_in_charge_alone() -> None:
    scheme = votes_scheme(副职班子占比="0")
    values = {line.code: Fraction(line.code == "K1") for line in scheme.lines}
    teams = [full_team("T1"), full_team("T2", values=values | {"K1": Fraction(2)})]
    assert str(score(scheme, teams, [full_cadre("1", "T2", in_charge=("K1",))]).cadre("1").line("C2").points) == "40.00"


def test_c2_a_line_in_charge_that_the_scheme_does_not_have_is_missing() -> None:
    cadre = _second_of_two(in_charge=("K1", "K9")).cadre("1")
    assert [(one.code, one.value, one.cadre) for one in cadre.missing] == [(MissingCode.UNKNOWN_LINE, "K9", "1")]


def test_a3_a_missing_target_of_the_team_is_named_once_in_the_year() -> None:
    scheme = default_scheme()
    team = full_team("T1", values={line.code: Fraction(1) for line in scheme.lines if line.code != "K2"})
    result = score(scheme, [team], [full_cadre("1"), full_cadre("2")])
    assert [cadre.total for cadre in result.cadres] == [None, None]
    assert [(one.team, one.line, one.cadre) for one in result.missing] == [("T1", "K2", "")]


def test_a3_missing_votes_of_the_team_do_not_touch_its_cadres() -> None:
    result = score(default_scheme(), [full_team("T1", e1={})], [full_cadre("1")])
    assert (result.team("T1").total, str(result.cadre("1").total)) == (None, "100.00")


def test_a_cadre_without_a_team_is_not_computable() -> None:
    result = score(default_scheme(), [], [full_cadre("1")])
    assert [(one.code, one.team) for one in result.missing] == [(MissingCode.NO_TEAM, "T1")]


def test_c3_who_is_not_graded_has_no_lines_no_total_no_ranks_and_misses_nothing() -> None:
    result = score(default_scheme(), [full_team("T1")], [full_cadre("1", not_graded="5A", c1={})])
    cadre = result.cadre("1")
    assert (cadre.lines, cadre.total, cadre.rank_county, cadre.grade, cadre.bars) == ((), None, None, None, ())
    assert result.computable


def test_cadre_votes_follow_the_cadres_own_coefficients() -> None:
    scheme = votes_scheme(干部档次系数="1;0.5;0;0")
    assert (
        str(score(scheme, [full_team("T1")], [full_cadre("1", c3=votes(1, 1))]).cadre("1").line("C3").points) == "15.00"
    )
