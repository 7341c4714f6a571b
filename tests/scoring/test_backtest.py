"""A draft on every year, and several drafts side by side: each number against the engine and by hand."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from assessment.models import AssessmentYear, Phase
from assessment.scheme import Scheme, default_scheme, scheme_with, scheme_without
from assessment.services.value import values_save
from cadres.models import Account, AuditEntry
from scoring.drafts.backtest import YearTested, backtest, fitted
from scoring.drafts.moves import cadre_moves, team_moves
from scoring.drafts.outcome import outcome_of, outcomes_forget
from scoring.drafts.page import move_text
from scoring.engine import YearInput, YearResult, score_year
from scoring.models import SchemeDraft
from scoring.results import current_result
from scoring.services.draft import draft_create
from scoring.variation import Variation
from scoring.what_if import inputs_under
from tests.conftest import ClientFor
from tests.county import county, ladder

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forget_outcomes() -> Iterator[None]:
    """A rolled-back test may leave an outcome under keys that the next one reaches again."""
    yield
    outcomes_forget()


def crossed() -> YearInput:
    """T1, T2, T3: T1 leads in K1 by first places, T2 in R1 and R2; T2 is first, until K1 weighs enough.

    By step 2 % of 12, 5 and 5 points: one place in K1 is worth 0.24, one in R1 and R2 together 0.20.
    """
    year = ladder(3)
    even = {line.code: Fraction(1) for line in year.scheme.lines}
    own = {
        "T1": {"K1": 3, "R1": 1, "R2": 1},
        "T2": {"K1": 2, "R1": 3, "R2": 3},
        "T3": {"K1": 1, "R1": 2, "R2": 2},
    }
    teams = tuple(
        replace(team, values=even | {line: Fraction(value) for line, value in own[team.code].items()})
        for team in year.teams
    )
    return replace(year, teams=teams)


LIGHT_K1 = Variation({"K1.步长": "10%"})
"""One place in K1 is worth 1.2: T1, the first there, passes T2."""


class TestMoves:
    """T1 loses 2 places in R1 and R2 (0.40) and none in K1; T2 one in K1 (0.24): T2, T1, T3. By 10 % T1, T2, T3."""

    @pytest.fixture
    def results(self) -> tuple[YearResult, YearResult]:
        inputs = crossed()
        return score_year(inputs), score_year(replace(inputs, scheme=scheme_with(inputs.scheme, {"K1.步长": "10%"})))

    def test_places_by_hand(self, results: tuple[YearResult, YearResult]) -> None:
        before, after = ({team.input.code: team.rank for team in result.teams} for result in results)
        assert (before, after) == ({"T2": 1, "T1": 2, "T3": 3}, {"T1": 1, "T2": 2, "T3": 3})

    def test_who_moves_and_by_how_much(self, results: tuple[YearResult, YearResult]) -> None:
        side = team_moves(*results)
        assert [(move.code, move.shift) for move in side.moves] == [("T2", -1), ("T1", 1), ("T3", 0)]
        assert (side.moved, side.ranked, side.mean_shift) == (2, 3, Decimal("0.67"))
        assert [move_text(move) for move in side.largest] == ["T2镇 1 → 2", "T1镇 2 → 1"]

    def test_one_of_three_is_outstanding_and_it_is_another(self, results: tuple[YearResult, YearResult]) -> None:
        side = team_moves(*results)
        assert [move.code for move in side.entered] == ["T1"]
        assert [move.code for move in side.left] == ["T2"]
        assert side.regraded == 2

    def test_the_same_result_moves_nobody(self, results: tuple[YearResult, YearResult]) -> None:
        for side in (team_moves(results[0], results[0]), cadre_moves(results[0], results[0])):
            assert (side.moved, side.mean_shift, side.regraded, side.largest) == (0, Decimal("0.00"), 0, ())

    def test_who_is_not_graded_does_not_move(self) -> None:
        year = ladder(2)
        absent = replace(year.cadres[0], not_graded="5A")
        result = score_year(replace(year, cadres=(absent, *year.cadres[1:])))
        assert cadre_moves(result, result).ranked == 9


def years_found(draft: SchemeDraft) -> dict[int, YearTested]:
    return {found.year.number: found for found in backtest(draft)}


def draft_on(year: AssessmentYear, variation: Variation, by: Account | None = None) -> SchemeDraft:
    return draft_create(year=year, name="草案", variation=variation, by=by)


class TestBacktest:
    def test_every_year_up_to_its_own_is_the_engine_on_that_years_scheme(self) -> None:
        own = scheme_with(default_scheme(), {"副职班子占比": "0.6", "优秀比例": "40%"})
        county(crossed(), number=2023)
        county(replace(crossed(), scheme=own), number=2024)
        county(ladder(3), number=2025)
        county(ladder(3), number=2026)
        found = years_found(draft_on(AssessmentYear.objects.get(number=2025), LIGHT_K1))
        assert list(found) == [2025, 2024, 2023]
        for number, scheme in ((2025, default_scheme()), (2024, own), (2023, default_scheme())):
            outcome = found[number].outcome
            real = current_result(found[number].year)
            expected = score_year(
                inputs_under(
                    scheme_with(scheme, {"K1.步长": "10%"}),
                    YearInput(scheme, tuple(t.input for t in real.teams), tuple(c.input for c in real.cadres)),
                )
            )
            assert outcome is not None
            assert (outcome.found.before, outcome.found.after) == (real, expected)
        moved = {number: year.outcome.teams.moved for number, year in found.items() if year.outcome}
        assert moved == {2025: 0, 2024: 2, 2023: 2}

    def test_what_a_years_scheme_has_not_is_named_beside_it(self, english: None) -> None:
        county(lacking_k1(), number=2024)
        year = county(crossed(), number=2025)
        draft = draft_on(year, Variation({"K1.步长": "10%", "R1.步长": "3%"}, ("K1",)))
        found = years_found(draft)
        assert found[2025].misfits == ()
        assert [text.split(":")[0] for text in found[2024].misfits] == ["K1 step", "“K1”"]
        assert found[2024].outcome is not None

    def test_a_year_where_nothing_fits_says_so(self, english: None) -> None:
        county(lacking_k1(), number=2024)
        found = years_found(draft_on(county(crossed(), number=2025), LIGHT_K1))[2024]
        assert (found.problem, found.outcome) == ("Nothing of the draft fits the scheme of this year.", None)

    def test_a_year_that_is_not_computable_says_how_much_is_missing(self, english: None) -> None:
        incomplete = county(crossed(), number=2024, phase=Phase.COLLECTING)
        values_save(year=incomplete, cells={("T1", "K1"): None, ("T2", "R1"): None}, by=None)
        missing = len(current_result(incomplete).missing)
        found = years_found(draft_on(county(crossed(), number=2025), LIGHT_K1))[2024]
        assert found.problem == f"The year cannot be computed: {missing} entries are missing."

    def test_what_contradicts_a_years_scheme_is_said(self, english: None) -> None:
        """A line of 12 points made 10 fits the own scheme's block of 60 no more where the year states its totals."""
        county(crossed(), number=2024)
        year = county(lacking_k1(), number=2025)
        found = years_found(draft_on(year, Variation({"分块分值": "重点=48;常规=14;否决=16", **fifteen_to_twelve()})))
        assert found[2024].outcome is None
        assert found[2024].problem == "Key: the sum is 60, expected 48 (clause T2)"

    def test_nothing_is_stored(self) -> None:
        draft = draft_on(county(crossed()), LIGHT_K1)
        before = AuditEntry.objects.count(), current_result(draft.year)
        backtest(draft)
        assert (AuditEntry.objects.count(), current_result(draft.year)) == before

    @pytest.mark.parametrize("years", [1, 3])
    def test_a_second_look_computes_nothing_anew(self, years: int, django_assert_num_queries: Any) -> None:
        for number in range(2026 - years, 2026):
            county(crossed(), number=number)
        draft = draft_on(AssessmentYear.objects.get(number=2025), LIGHT_K1)
        backtest(draft)
        with django_assert_num_queries(2 + years):  # revision, years, and the scheme of each
            backtest(draft)


def fifteen_to_twelve() -> dict[str, str]:
    """Without K1 the four others hold 15 points each."""
    return {f"K{number}.分值": "12" for number in (2, 3, 4, 5)}


def lacking_k1() -> YearInput:
    """The year of a county that does not score K1."""
    year = crossed()
    teams = (
        replace(team, values={line: value for line, value in team.values.items() if line != "K1"})
        for team in year.teams
    )
    return replace(year, scheme=without_k1(), teams=tuple(teams))


def without_k1() -> Scheme:
    return scheme_without(default_scheme(), ("K1",))


def test_a_change_that_rests_on_another_goes_with_it() -> None:
    variation = Variation({"K1.折分方法": "线性", "K1.最低": "50%", "优秀比例": "25%"})
    rest, misfits = fitted(without_k1(), variation)
    assert (rest, list(misfits)) == (Variation({"优秀比例": "25%"}), ["K1.折分方法", "K1.最低"])


@pytest.fixture
def clerk(client_for: ClientFor) -> Client:
    return client_for("office")


@pytest.mark.usefixtures("english")
class TestPages:
    def test_the_chart_says_the_shares_of_the_table(self, clerk: Client) -> None:
        draft = draft_on(county(crossed()), LIGHT_K1)
        context = clerk.get(f"/years/2025/drafts/{draft.pk}/backtest/").context
        (row,), (drawn,) = context["rows"], context["chart"].rows
        assert (row.teams.moved, drawn.marks[0].text, drawn.marks[0].value) == ("2 / 3", "66.67%", "66.67")
        assert (row.teams.entered, row.teams.left) == ("T1镇", "T2镇")

    def test_side_by_side(self, clerk: Client) -> None:
        year = county(crossed())
        one = draft_on(year, LIGHT_K1)
        other = draft_create(year=year, name="领导", variation=Variation({}, ("E3",)), by=None)
        found = clerk.get(f"/years/2025/drafts/compare/?d={one.pk}&d={other.pk}").context["found"]
        assert [(line.what[:2], line.texts) for line in found.parameters] == [
            ("K1", ("2%", "10%", "2%")),
            ("E3", ("counted", "counted", "left out")),
        ]
        places = {row.code: [seat.place for seat in row.seats] for row in found.teams}
        assert places == {"T2": [1, 2, 1], "T1": [2, 1, 2], "T3": [3, 3, 3]}
        shifts = {row.code: [seat.shift_text for seat in row.seats] for row in found.teams}
        assert shifts == {"T2": ["", "▼ 1", ""], "T1": ["", "▲ 1", ""], "T3": ["", "", ""]}
        assert found.chart.series == ("T2镇", "T1镇")

    def test_money_follows_the_suggested_grades(self, clerk: Client) -> None:
        """B1: the only team that is outstanding gets 50,000; which one it is changes."""
        year = county(crossed())
        found = outcome_of(year, LIGHT_K1).found
        assert (found.money_before.awards, found.money_after.awards) == (
            {"T2": Decimal("50000.00")},
            {"T1": Decimal("50000.00")},
        )
        draft = draft_on(year, LIGHT_K1)
        rows = clerk.get(f"/years/2025/drafts/compare/?d={draft.pk}").context["found"].teams
        money = {row.code: [seat.money for seat in row.seats] for row in rows}
        assert money == {"T2": ["50,000.00", "—"], "T1": ["—", "50,000.00"], "T3": ["—", "—"]}

    def test_all_cadres_are_shown_when_asked_for(self, clerk: Client) -> None:
        draft = draft_on(county(crossed()), LIGHT_K1)
        address = f"/years/2025/drafts/compare/?d={draft.pk}"
        first, everyone = (clerk.get(f"{address}{more}").context["found"] for more in ("", "&all=1"))
        assert (len(first.cadres) + first.hidden, len(everyone.cadres), everyone.hidden) == (15, 15, 0)

    @pytest.mark.parametrize("query", ["?d=999", "?d=x&d=%00", "?d=-1"])
    def test_an_address_that_names_no_draft_says_so(self, clerk: Client, query: str) -> None:
        draft_on(county(crossed()), LIGHT_K1)
        shown = clerk.get(f"/years/2025/drafts/compare/{query}")
        assert (shown.status_code, shown.context["found"]) == (200, None)
        assert "Not shown: drafts that are no longer there" in shown.content.decode()

    def test_four_at_most(self, clerk: Client) -> None:
        year = county(crossed())
        for step in range(3, 8):
            draft_create(year=year, name=f"步长{step}", variation=Variation({"步长": f"{step}%"}), by=None)
        query = "&".join(f"d={draft.pk}" for draft in SchemeDraft.objects.all())
        shown = clerk.get(f"/years/2025/drafts/compare/?{query}")
        assert (len(shown.context["found"].columns), shown.context["left_aside"]) == (4, 1)

    @pytest.mark.parametrize("many", [1, 4])
    def test_comparing_again_takes_a_query_a_draft(
        self, clerk: Client, many: int, django_assert_num_queries: Any
    ) -> None:
        year = county(crossed())
        for step in range(3, 3 + many):
            draft_create(year=year, name=f"步长{step}", variation=Variation({"步长": f"{step}%"}), by=None)
        query = "&".join(f"d={draft.pk}" for draft in SchemeDraft.objects.all())
        clerk.get(f"/years/2025/drafts/compare/?{query}")
        with django_assert_num_queries(5 + many):  # session, account, year, drafts, scheme; the revision for each
            clerk.get(f"/years/2025/drafts/compare/?{query}")
