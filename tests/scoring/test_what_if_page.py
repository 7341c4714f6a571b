"""The page of a what-if: everything can be changed, what comes of it is the engine's, and nothing is stored."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from io import StringIO
from typing import Any
from urllib.parse import unquote

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessment.models import AssessmentYear, Phase
from assessment.scheme import (
    LINE_CELLS,
    LINE_PARAMETERS,
    METHODS,
    PARAMETERS,
    Direct,
    Linear,
    RatioToBest,
    Scheme,
    StepPercent,
    StepPoints,
    default_scheme,
    scheme_with,
    scheme_without,
    sources_of,
)
from cadres.models import Post
from scoring.engine import YearResult, score_year
from scoring.forms.what_if import query_of, variation_of
from scoring.results import current_result
from scoring.variation import Variation
from scoring.what_if import Money, inputs_under, what_if
from tests.conftest import ClientFor
from tests.county import MEMBERS, county, ladder, year_in_phase
from tests.oracle import read_golden
from tests.oracle.test_against_oracle import answer as figures

PAGE, OUTCOME, DOCTOR = (f"/years/2025/what-if/{part}" for part in ("", "outcome/", "doctor/"))


@pytest.fixture
def golden(db: None) -> AssessmentYear:
    """The default golden county, closed."""
    return county(read_golden.year_input("county-default"))


def of(query: str, scheme: Scheme | None = None) -> Variation:
    return variation_of(QueryDict(query.replace("%", "%25")), scheme or default_scheme())


class TestAddress:
    """What differs from the scheme in force, and nothing else."""

    @pytest.mark.parametrize(
        ("query", "settings", "without"),
        [
            ("", {}, ()),
            ("步长=2%&优秀比例=20%&并列=取高位", {}, ()),
            ("步长= 3% &name=草案&note=x&everybody=on", {"步长": "3%"}, ()),
            ("优秀比例=0.2", {}, ()),
            ("优秀比例=", {"优秀比例": ""}, ()),
            ("步长=", {}, ()),
            ("K1.步长=5%&K1.下限=60%&K1.分值=12", {"K1.步长": "5%"}, ()),
            ("K9.步长=5%", {"K9.步长": "5%"}, ()),
            ("评价项分值:民主测评=20&评价项分值:考评组评价=20", {"评价项分值": "民主测评=20"}, ()),
            ("评价项分值=民主测评=15;考评组评价=20", {}, ()),
            ("班子档次系数:2=0.7", {"班子档次系数": "1;0.7;0.6;0"}, ()),
            ("without=E2&without=K1&without=K1&without=X9", {}, ("K1", "E2")),
        ],
    )
    def test_what_it_means(self, query: str, settings: dict[str, str], without: tuple[str, ...]) -> None:
        assert of(query) == Variation(settings, without)

    @pytest.mark.parametrize(
        "variation",
        [
            Variation(),
            Variation({"步长": "3%", "K1.步长": "5%", "评价项分值": "民主测评=20"}, ("K2", "C3")),
            Variation({"优秀比例": "x&y=1", "奖金总额": ""}),
        ],
    )
    def test_there_and_back(self, variation: Variation) -> None:
        assert variation_of(QueryDict(query_of(variation)), default_scheme()) == variation

    def test_e3_one_weight_is_written_with_the_others(self) -> None:
        scheme = scheme_with(default_scheme(), {"票别权重": "民主测评:A=0.4,B=0.6;E2:X=1"})
        assert of("票别权重:民主测评:A=0.5", scheme).settings == {"票别权重": "民主测评:A=0.5,B=0.6;县直单位评价:X=1"}


def ruled(rule: Any) -> Callable[[Scheme], Scheme]:
    """K1 scored by that rule, everything else as it was."""

    def change(scheme: Scheme) -> Scheme:
        lines = (replace(line, rule=rule) if line.code == "K1" else line for line in scheme.lines)
        return replace(scheme, lines=tuple(lines))

    return change


RULES: dict[str, tuple[str, Callable[[Scheme], Scheme]]] = {
    "1.1 percent": ("K1.步长=5%&K1.下限=50%", ruled(StepPercent(Fraction(1, 20), Fraction(1, 2)))),
    "1.1 points": ("K1.折分方法=名次分值&K1.步长=0.25", ruled(StepPoints(Fraction(1, 4), Fraction(3, 5)))),
    "1.1 linear": ("K1.折分方法=线性&K1.最低=40%", ruled(Linear(Fraction(1), Fraction(2, 5)))),
    "1.1 ratio": ("K1.折分方法=与最优比", ruled(RatioToBest())),
    "1.1 direct": ("K1.折分方法=直接计分", ruled(Direct())),
    "T2 points of a line": (
        "K1.分值=20",
        lambda scheme: replace(
            scheme,
            lines=tuple(replace(line, points=Fraction(20)) if line.code == "K1" else line for line in scheme.lines),
            blocks=((scheme.blocks[0][0], Fraction(68)), *scheme.blocks[1:]),
            target_points=Fraction(98),
            team_points=Fraction(158),
        ),
    ),
    "C2": ("副职班子占比=0.8", lambda scheme: replace(scheme, deputy_team_share=Fraction(4, 5))),
    "G2": (
        "优秀比例=40%&优秀线=75",
        lambda scheme: replace(
            scheme, cadre_grading=replace(scheme.cadre_grading, quota=Fraction(2, 5), excellent=Fraction(75))
        ),
    ),
}


class TestOutcome:
    @pytest.mark.parametrize(("query", "changed"), RULES.values(), ids=RULES)
    def test_is_the_engines_under_a_scheme_built_by_hand(
        self, query: str, changed: Callable[[Scheme], Scheme], golden: AssessmentYear, client_for: ClientFor
    ) -> None:
        inputs = read_golden.year_input("county-default")
        expected = score_year(replace(inputs, scheme=changed(inputs.scheme)))
        assert figures(what_if(golden, of(query, inputs.scheme)).after) == figures(expected)
        shown = team_rows(answer(client_for, query))
        assert shown == {team.input.name: (team.rank, f"{team.total}") for team in expected.teams if team.rank}

    def test_every_source_can_be_left_out(self, golden: AssessmentYear, client_for: ClientFor) -> None:
        inputs = read_golden.year_input("county-default")
        for source in sources_of(inputs.scheme):
            expected = score_year(inputs_under(scheme_without(inputs.scheme, [source]), inputs))
            shown = team_rows(answer(client_for, f"without={source}"))
            assert shown == {team.input.name: (team.rank, f"{team.total}") for team in expected.teams if team.rank}

    def test_the_bonus_is_that_of_the_command(self, golden: AssessmentYear) -> None:
        settings = {"第一名奖金": "60000", "班子突出比例": "20%"}
        found = what_if(golden, Variation(settings))
        before = printed("score_year", "2025", "--json")
        after = printed("what_if", "2025", *(f"--set={name}={text}" for name, text in settings.items()), "--json")
        for money, record in ((found.money_before, before), (found.money_after, after)):
            assert bonus_of(money, found.after) == bonus_in(record)

    @pytest.mark.django_db
    def test_before_and_after_are_paid_by_the_same_posts(self) -> None:
        """A confirmed result stays while the county's list of posts changes: money before and after both follow it."""
        county(ladder(4))
        year = year_in_phase(AssessmentYear.objects.get(), Phase.CONFIRMED)
        assert len(what_if(year, Variation()).money_before.paid) > 1
        Post.objects.update(in_bonus=False)
        found = what_if(year, Variation())
        assert found.money_before == found.money_after
        assert found.money_before.paid == {}

    def test_teams_and_cadres_who_move_are_counted(self, client_for: ClientFor) -> None:
        """Three teams at steps of 2 %: with K1 worth everything nobody moves; lower is better turns K1 around."""
        county(ladder(3))
        still, turned = answer(client_for, "K1.步长=3%"), answer(client_for, "K1.方向=越低越好&K1.步长=20%&K1.下限=0")
        assert (facts(still)[:2], facts(turned)[:2]) == (["0 / 3", "0 / 15"], ["2 / 3", "10 / 15"])

    def test_why_names_the_lines_with_points_before_and_after(self, client_for: ClientFor) -> None:
        county(ladder(2))
        html = answer(client_for, "K1.步长=10%&everybody=on")
        assert re.findall(r'<td class="why"><ul><li>([^<]*)</li>', html)[:2] == [
            "K1 财政收入 11.76 → 10.80",
            "C2 工作实绩 39.20 → 38.77",
        ]

    @pytest.mark.usefixtures("english")
    def test_what_was_changed_stands_above_it_also_on_paper(self, client_for: ClientFor) -> None:
        county(ladder(2))
        html = answer(client_for, "优秀比例=25%&K1.步长=5%&without=K2")
        changes = html[html.index("what-if-changes") :]
        found = re.findall(r"<dd>(.*?)</dd>", changes[: changes.index("</dl>")], re.S)
        assert [" ".join(each.split()) for each in found] == ["20% → 25%", "2% → 5%", "K2 Agriculture, line 1"]

    def test_a_moving_slider_gets_the_first_rows_alone(self, client_for: ClientFor) -> None:
        """Forty cadres and those who stay: thirty rows while it moves, all of them once it rests; counted alike."""
        county(ladder(8))
        moving, resting = (answer(client_for, f"K1.步长=3%&everybody=on{more}") for more in ("&brief=on", ""))
        assert (cadre_count(moving), cadre_count(resting)) == (30, 40)
        assert facts(moving) == facts(resting)

    def test_who_stays_is_shown_when_asked_for(self, client_for: ClientFor) -> None:
        county(ladder(2))
        assert (
            cadre_count(answer(client_for, "K1.步长=3%")),
            cadre_count(answer(client_for, "K1.步长=3%&everybody=on")),
        ) == (0, 10)

    @pytest.mark.usefixtures("english")
    def test_b5_awards_above_the_pool_are_said(self, client_for: ClientFor) -> None:
        county(ladder(4))
        html = answer(client_for, "奖金总额=1000")
        assert "The awards exceed the pool by 49,000.00 yuan (clause B5)." in html

    @pytest.mark.usefixtures("english")
    def test_a3_what_is_missing_is_said(self, client_for: ClientFor) -> None:
        inputs = ladder(2)
        team = inputs.teams[0]
        values = {code: value for code, value in team.values.items() if code != "K1"}
        county(replace(inputs, teams=(replace(team, values=values), *inputs.teams[1:])))
        assert "Not computable: 1 input is missing." in answer(client_for, "步长=3%")


class TestRefused:
    @pytest.mark.usefixtures("english")
    @pytest.mark.parametrize(
        ("query", "field", "typed", "words"),
        [
            ("优秀比例=lots", "优秀比例", "lots", "“lots” is not a number; expected for example 0.5, 50% or 1/3"),
            ("优秀比例=", "优秀比例", "", "a value is needed"),
            ("称职线=90", "称职线", "90", "90 stands above 80, the line before; it must lie below"),
            ("K1.步长=x", "K1.步长", "x", "“x” is not a number; expected for example 0.5, 50% or 1/3"),
            ("K1.分值=0", "K1.分值", "0", "0 is too small, the limit is 0"),
            ("分块分值=重点=50", "分块分值", "重点=50", "the sum is 60, expected 50"),
            ("干部总分=90", "干部总分", "90", "the sum is 100, expected 90"),
        ],
    )
    def test_beside_the_field_with_what_was_typed(
        self, query: str, field: str, typed: str, words: str, client_for: ClientFor
    ) -> None:
        county(ladder(2))
        html = page(client_for, query)
        assert (values_of(html)[field], errors_of(html)) == (typed, {field: words})
        assert problems_of(answer(client_for, query)) == [(field, words)]

    @pytest.mark.usefixtures("english")
    def test_e3_weights_that_do_not_sum(self, client_for: ClientFor) -> None:
        scheme = scheme_with(default_scheme(), {"票别权重": "E1:A=0.4,B=0.6"})
        county(replace(ladder(2), scheme=scheme))
        html = page(client_for, "票别权重:E1:A=0.5")
        assert values_of(html)["票别权重:E1:A"] == "0.5"
        assert errors_of(html) == {"票别权重": "the sum is 1.1, expected 1"}

    @pytest.mark.usefixtures("english")
    def test_the_last_source_stays(self, client_for: ClientFor) -> None:
        county(ladder(2))
        html = page(client_for, "&".join(f"without=R{number}" for number in (1, 2, 3)))
        assert errors_of(html) == {"without": "“R1” cannot be left out: nothing would be left to take its weight."}


class TestPanel:
    def test_every_parameter_is_reachable(self, golden: AssessmentYear, client_for: ClientFor) -> None:
        found = values_of(page(client_for))
        pieces = {name.partition(":")[0] for name in found}
        assert [parameter.name for parameter in PARAMETERS if parameter.name not in pieces] == []
        lines = [line.code for line in current_result(golden).scheme.lines]
        parts = (*LINE_CELLS, *LINE_PARAMETERS)
        assert [(code, part) for code in lines for part in parts if f"{code}.{part}" not in found] == []

    def test_every_source_has_a_tick(self, golden: AssessmentYear, client_for: ClientFor) -> None:
        ticks = re.findall(r'name="without"\s+value="([^"]*)"', page(client_for))
        assert set(ticks) == set(sources_of(current_result(golden).scheme))
        assert len(ticks) == len(set(ticks))

    def test_the_page_sent_back_untouched_changes_nothing(self, golden: AssessmentYear, client_for: ClientFor) -> None:
        data = QueryDict(mutable=True)
        data.update(values_of(page(client_for)))
        assert variation_of(data, current_result(golden).scheme) == Variation()

    def test_a_method_brings_its_parameters(self, golden: AssessmentYear, client_for: ClientFor) -> None:
        html = page(client_for, "K1.折分方法=线性")
        assert html.count(" is-changed") == 1
        assert {part: hidden(html, f"K1.{part}") for part in LINE_PARAMETERS} == {
            "步长": True,
            "下限": True,
            "最高": False,
            "最低": False,
            "并列": False,
        }
        assert set(METHODS) == set(json.loads(re.search(r'id="what-if-methods"[^>]*>([^<]*)<', html)[1]))  # type: ignore[index]


class TestWithoutScript:
    def test_a_post_leads_to_the_short_address(self, golden: AssessmentYear, client_for: ClientFor) -> None:
        client = client_for("office")
        sent = values_of(page(client_for)) | {"步长": "3%", "without": "K2", "everybody": "on"}
        response = client.post(PAGE, sent)
        assert (response.status_code, unquote(response["Location"])) == (302, f"{PAGE}?步长=3%&without=K2&everybody=on")

    def test_the_fragment_moves_the_address_along(self, golden: AssessmentYear, client_for: ClientFor) -> None:
        response = client_for("office").get(OUTCOME, {"步长": "3%", "优秀比例": "20%", "movers": "on"})
        assert unquote(response["HX-Replace-Url"]) == f"{PAGE}?步长=3%&movers=on"


class TestNothingIsStored:
    @pytest.mark.parametrize("phase", [Phase.COLLECTING, Phase.CLOSED, Phase.CONFIRMED])
    def test_no_row_of_any_table_changes(self, phase: Phase, golden: AssessmentYear, client_for: ClientFor) -> None:
        year_in_phase(golden, phase)
        client = client_for("office")
        client.get(PAGE)
        before = every_row()
        for path in (PAGE, OUTCOME, DOCTOR):
            assert client.get(path, {"步长": "3%", "without": "K2"}).status_code == 200
        assert client.post(PAGE, {"步长": "3%"}).status_code == 302
        assert every_row() == before

    @pytest.mark.parametrize("role", ["leader", "department", "township", "assessor", "auditor", "administrator"])
    def test_the_office_alone(self, role: str, golden: AssessmentYear, client_for: ClientFor) -> None:
        client = client_for(role)
        answers = [client.get(path, {"步长": "3%"}).status_code for path in (PAGE, OUTCOME, DOCTOR)]
        assert [*answers, client.post(PAGE, {"步长": "3%"}).status_code] == [403, 403, 403, 403]


class TestQueries:
    @pytest.mark.parametrize("cadres", [1, 40], ids=["one cadre a team", "forty"])
    def test_a_slider_asks_for_the_session_the_year_and_the_posts(self, cadres: int, client_for: ClientFor) -> None:
        county(ladder(3, members=MEMBERS[:1] + (("副乡镇长", False),) * (cadres - 1)))
        client = client_for("office")
        client.get(OUTCOME, {"步长": "3%"})
        assert queries(client, OUTCOME, {"步长": "4%"}) == 6  # the posts for the money before, and for that after


def queries(client: Client, path: str, query: dict[str, str]) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path, query).status_code == 200
    return len(captured)


def page(client_for: ClientFor, query: str = "") -> str:
    return get(client_for, PAGE, query)


def answer(client_for: ClientFor, query: str) -> str:
    return get(client_for, OUTCOME, query)


def get(client_for: ClientFor, path: str, query: str) -> str:
    response = client_for("office").get(f"{path}?{query.replace('%', '%25')}")
    assert response.status_code == 200
    return response.content.decode()


def team_rows(html: str) -> dict[str, tuple[int, str]]:
    """Township → the place and total afterwards."""
    body = html[html.index("what-if-table") :]
    rows = re.findall(r"<tr[^>]*>(<th scope=\"row\">.*?)</tr>", body[: body.index("</table>")], re.S)
    return {name: (place, total) for name, place, total in map(team_row, rows) if place}


def team_row(row: str) -> tuple[str, int | None, str]:
    name, place, total, *_others = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
    stands = re.search(r"(\d+) / \d+", place)
    amount = re.search(r"<b>([^<]*)</b>", total)
    return re.sub("<[^>]+>", "", name), int(stands[1]) if stands else None, amount[1] if amount else total


def facts(html: str) -> list[str]:
    """The figures of the summary."""
    summary = html[html.index('id="what-if-summary"') :]
    return [" ".join(re.sub("<[^>]+>", " ", each).split()) for each in re.findall(r"<dd>(.*?)</dd>", summary, re.S)]


def cadre_count(html: str) -> int:
    tables = html.split("what-if-table")
    return tables[2].count('<th scope="row">') if len(tables) > 2 else 0


def values_of(html: str) -> dict[str, str]:
    """Every field of the panel with what stands in it."""
    form = html[html.index('id="what-if-form"') : html.index("</form>", html.index('id="what-if-form"'))]
    inputs = dict(re.findall(r'<input id="[^"]*"\s+name="([^"]*)"[^>]*?\svalue="([^"]*)"', form, re.S))
    for name, options in re.findall(r'<select id="[^"]*"\s+name="([^"]*)".*?>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)"\s+selected', options)
        assert chosen is not None, name
        inputs[name] = chosen[1]
    return inputs


def errors_of(html: str) -> dict[str, str]:
    """What is said beside the fields, by their names."""
    return dict(re.findall(r'data-error="([^"]*)">([^<]+)<', html))


def problems_of(html: str) -> list[tuple[str, str]]:
    return re.findall(r'data-problem="([^"]*)"\s+data-words="([^"]*)"', html)


def hidden(html: str, name: str) -> bool:
    """Whether the control of that field is hidden."""
    at = html.index(f'name="{name}"')
    start = html.rindex("data-control", 0, at)
    return "hidden" in html[start : html.index(">", start)]


def printed(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command(*arguments, stdout=out)
    record: dict[str, Any] = json.loads(out.getvalue())
    return record


def bonus_of(money: Money, result: YearResult) -> tuple[Any, ...]:
    teams = {team.input.code: f"{money.awards.get(team.input.code, 0):.2f}" for team in result.teams}
    cadres = {cadre.input.number: f"{money.paid.get(cadre.input.number, 0):.2f}" for cadre in result.cadres}
    return teams, cadres, f"{money.pool:.2f}", f"{money.total:.2f}", f"{money.rest:.2f}"


def bonus_in(record: dict[str, Any]) -> tuple[Any, ...]:
    teams = {team["township"]: team["bonus"] for team in record["teams"]}
    cadres = {cadre["id"]: cadre["bonus"] for cadre in record["cadres"]}
    bonus = record["bonus"]
    return teams, cadres, bonus["pool"], bonus["awards"], bonus["rest"]


def every_row() -> dict[str, list[Any]]:
    """The whole database, but the sessions."""
    models = (model for model in apps.get_models() if model.__name__ != "Session")
    return {model._meta.label: sorted(model._default_manager.values_list(), key=repr) for model in models}
