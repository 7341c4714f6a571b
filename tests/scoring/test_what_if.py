"""What would a changed scheme come to: the engine on the year's own inputs, and nothing stored (WORKBOOK 2)."""

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings

from assessment.models import Phase
from assessment.scheme import (
    EmptyGroup,
    Linear,
    Scheme,
    StepPercent,
    StepPoints,
    TieRule,
    WeightedShare,
    default_scheme,
    parameter_text,
    scheme_with,
)
from cadres.errors import Refused
from cadres.models import AuditEntry
from scoring.engine import YearInput, score_year
from scoring.variation import Variation
from scoring.what_if import inputs_of, scheme_varied, settings_of, year_varied
from tests.county import county, year_in_phase
from tests.oracle import read_golden
from tests.oracle.slow import Oracle
from tests.oracle.test_against_oracle import answer
from tests.oracle.years import schemes, years

SHARED = {
    "班子档次系数": "team_votes",
    "班子档次分段": "team_votes",
    "干部档次系数": "cadre_votes",
    "干部档次分段": "cadre_votes",
    "空票别": "empty_group",
    "副职班子占比": "deputy_team_share",
}
"""Parameters that fit any lines, and where they stand in a scheme."""


@settings(max_examples=15, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(years(), schemes())
def test_another_schemes_rules_on_a_generated_year_are_the_oracles(year: YearInput, other: Scheme) -> None:
    expected = replace(year.scheme, **{field: getattr(other, field) for field in SHARED.values()})
    changed = scheme_varied(year.scheme, Variation({name: parameter_text(other, name) for name in SHARED}))
    assert changed == expected
    result = score_year(replace(inputs_of(score_year(year)), scheme=changed))
    assert answer(result) == Oracle(replace(year, scheme=expected)).answer()


def every_line(scheme: Scheme, change: Callable[[Any], Any]) -> Scheme:
    return replace(scheme, lines=tuple(change(line) for line in scheme.lines))


def stepped(scheme: Scheme) -> Scheme:
    """5 % a place on lines by percent, 0.05 points on lines by points."""
    step = Fraction(5, 100)

    def change(line: Any) -> Any:
        stepping = isinstance(line.rule, StepPercent | StepPoints)
        return replace(line, rule=replace(line.rule, step=step)) if stepping else line

    return every_line(scheme, change)


CASES: dict[str, tuple[dict[str, str], Callable[[Scheme], Scheme]]] = {
    "every step": ({"步长": "5%"}, stepped),
    "ties take the mean": (
        {"并列": "取平均"},
        lambda scheme: every_line(scheme, lambda line: replace(line, ties=TieRule.MEAN_OF_PLACES)),
    ),
    "deputies by the team alone": (
        {"副职班子占比": "1"},
        lambda scheme: replace(scheme, deputy_team_share=Fraction(1)),
    ),
    "harsher coefficients": (
        {"班子档次系数": "1;0.5;0;-1"},
        lambda scheme: replace(
            scheme, team_votes=WeightedShare((Fraction(1), Fraction(1, 2), Fraction(0), Fraction(-1)))
        ),
    ),
    "a larger quota": (
        {"优秀比例": "40%", "优秀线": "60", "称职线": "55", "基本称职线": "50"},
        lambda scheme: replace(
            scheme,
            cadre_grading=replace(
                scheme.cadre_grading,
                quota=Fraction(2, 5),
                excellent=Fraction(60),
                competent=Fraction(55),
                basic=Fraction(50),
            ),
        ),
    ),
    "groups without votes leave their weight": (
        {"空票别": "按比例分摊"},
        lambda scheme: replace(scheme, empty_group=EmptyGroup.RENORMALISE),
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["county-default", "county-own-scheme"])
@pytest.mark.parametrize(("texts", "changed"), CASES.values(), ids=CASES)
def test_golden_county_is_computed_as_if_it_had_always_had_the_scheme(
    name: str, texts: dict[str, str], changed: Callable[[Scheme], Scheme]
) -> None:
    inputs = read_golden.year_input(name)
    year = county(inputs)
    expected = replace(inputs, scheme=changed(inputs.scheme))
    assert answer(year_varied(year, Variation(texts))) == answer(score_year(expected))


def test_one_line_alone() -> None:
    scheme = scheme_varied(default_scheme(), Variation({"K1.步长": "10%"}))
    steps = {line.code: line.rule.step for line in scheme.lines if isinstance(line.rule, StepPercent)}
    assert steps == {line.code: Fraction(10 if line.code == "K1" else 2, 100) for line in scheme.lines}


def test_a_linear_line_alone() -> None:
    linear = every_line(default_scheme(), lambda line: replace(line, rule=Linear(Fraction(1), Fraction(3, 5))))
    scheme = scheme_with(linear, {"K1.最低": "0"})
    assert scheme.line("K1").rule == Linear(Fraction(1), Fraction(0))
    assert scheme_varied(linear, Variation({"K1.最低": "0"})) == scheme


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({"步幅": "5%"}, ["步幅"]),
        ({"步长": "二"}, ["二"]),
        ({"干部分值": "民主测评=30", "干部总分": "100"}, ["110"]),
        ({"优秀比例": "2", "优秀线": "x"}, ["优秀比例", "优秀线"]),
    ],
)
def test_what_does_not_fit_is_refused_in_words(texts: dict[str, str], words: list[str]) -> None:
    with pytest.raises(Refused) as refusal:
        scheme_varied(default_scheme(), Variation(texts))
    told = " ".join(refusal.value.messages)
    assert [word for word in words if word in told] == words


def test_settings_may_hold_further_equals_signs() -> None:
    assert settings_of(["分块分值=重点=60;常规=14;否决=16", " 步长 = 5% "]) == {
        "分块分值": "重点=60;常规=14;否决=16",
        "步长": "5%",
    }
    with pytest.raises(Refused, match="步长5%"):
        settings_of(["步长5%"])


@pytest.mark.django_db
class TestCommand:
    def test_prints_the_record_under_the_changed_scheme_and_stores_nothing(self) -> None:
        year = county(read_golden.year_input("county-default"))
        before, entries = printed("score_year", "2025", "--json"), AuditEntry.objects.count()
        changed = json.loads(printed("what_if", "2025", "--set", "奖金总额=300000", "--set", "步长=5%", "--json"))
        assert changed["bonus"]["pool"] == "300000.00"
        assert changed["teams"] != json.loads(before)["teams"]
        assert (printed("score_year", "2025", "--json"), AuditEntry.objects.count()) == (before, entries)
        assert year.scheme_versions.count() == 1

    def test_nothing_changed_is_the_year_itself_also_once_confirmed(self) -> None:
        year = county(read_golden.year_input("county-own-scheme"))
        assert printed("what_if", "2025", "--json") == printed("score_year", "2025", "--json")
        year_in_phase(year, Phase.CONFIRMED)
        assert printed("what_if", "2025", "--json") == printed("score_year", "2025", "--json")

    def test_what_is_wrong_is_told_and_fails(self) -> None:
        county(read_golden.year_input("county-default"))
        with pytest.raises(CommandError, match="步幅"):
            printed("what_if", "2025", "--set", "步幅=5%")


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()
