"""考评通报 [S4]: public only what was chosen, of a published year, of decided grades; withdrawn it is gone."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from assessment.models import AssessmentYear, Phase
from assessment.services.year import year_confirm, year_publish, year_step_back
from cadres.errors import Refused
from cadres.models import Account
from rewards.models import Bulletin
from rewards.selectors.bulletin import BulletinText, bulletin_in_force, years_with_bulletin
from rewards.services.bulletin import bulletin_publish, bulletin_withdraw
from rewards.services.grade import DecisionRow, grade_decisions_save
from scoring.engine import YearInput
from scoring.results import current_result
from tests.conftest import ClientFor
from tests.county import county, ladder, year_in_phase
from tests.rewards.committee import cadres_decided

pytestmark = pytest.mark.django_db

PAGE, EDIT, PREVIEW = (f"/years/2025/bulletin/{part}" for part in ("", "edit/", "preview/"))
NOTHING = BulletinText("通报", "平委组〔2026〕3号", "各乡镇：", "特此通报。", False, False, False, False)
CADRES = ("甲", "乙", "丙", "丁", "戊")


def named(teams: int) -> YearInput:
    """A ladder whose townships are listed against their places, and whose people have names: 甲T1 … 戊T4."""
    inputs = ladder(teams)
    people = tuple(
        replace(cadre, name=f"{CADRES[int(cadre.number[-1]) - 1]}{cadre.township}") for cadre in inputs.cadres
    )
    ordered = tuple(replace(team, order=teams - position) for position, team in enumerate(inputs.teams))
    return replace(inputs, teams=ordered, cadres=people)


@pytest.fixture
def year() -> AssessmentYear:
    """Four teams; T1 decided 实绩突出, T2 to T4 实绩较好; four cadres of T1 decided 优秀."""
    found = county(named(4), phase=Phase.CLOSED)
    rows = [DecisionRow(f"T{n}", "实绩突出" if n == 1 else "实绩较好", "县委研究决定") for n in range(1, 5)]
    grade_decisions_save(year=found, rows=rows, by=None)
    cadres_decided(found)  # none is suggested 优秀: the five of T1 are equal, and the quota is four
    excellent = [DecisionRow(f"T1-{n}", "优秀", "县委研究决定") for n in range(1, 5)]
    grade_decisions_save(year=found, rows=excellent, by=None)
    return year_in_phase(found, Phase.PUBLISHED)


def publish(year: AssessmentYear, **shown: Any) -> str:
    """The public page's text, as a stranger reads it."""
    bulletin_publish(year=year, text=replace(NOTHING, **shown), by=None)
    answer = Client().get(PAGE)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def figures(year: AssessmentYear) -> Iterator[tuple[str, list[str]]]:
    """What each choice brings: scores, places, grades of teams; names of cadres."""
    result = current_result(year)
    yield "shows_team_scores", [f">{team.total:.2f} " for team in result.teams]
    yield "shows_team_places", [f"{team.rank} / 4" for team in result.teams]
    yield "shows_team_grades", ["实绩突出", "实绩较好"]
    yield "shows_excellent", ["甲T1", "乙T1", "丙T1", "丁T1"]


@pytest.mark.parametrize("chosen", ["shows_team_scores", "shows_team_places", "shows_team_grades", "shows_excellent"])
def test_only_what_was_chosen_is_told(chosen: str, year: AssessmentYear) -> None:
    page = publish(year, **{chosen: True})
    told = {name: {text in page for text in texts} for name, texts in figures(year)}
    assert told == {name: {name == chosen} for name, _texts in figures(year)}


def test_no_score_place_grade_or_name_of_a_cadre_beside_the_excellent(year: AssessmentYear) -> None:
    page = publish(year, **{name: True for name, _texts in figures(year)})
    result = current_result(year)
    everybodys = [*(team.lines for team in result.teams), *(cadre.lines for cadre in result.cadres)]
    scores = {f"{cadre.total:.2f}" for cadre in result.cadres} | {
        f"{line.points:.2f}" for lines in everybodys for line in lines
    }
    others = {cadre.input.name for cadre in result.cadres} - {"甲T1", "乙T1", "丙T1", "丁T1"}
    numbers = {cadre.input.number for cadre in result.cadres}
    assert len(others) == 16
    assert [text for text in (*scores, *others, *numbers, "/ 20", "称职") if text in page] == []


def test_teams_stand_by_place_where_places_are_shown_else_as_townships_are_listed(year: AssessmentYear) -> None:
    by_place = publish(year, shows_team_places=True)
    as_listed = publish(year, shows_team_grades=True)
    names = [f"T{n}镇" for n in range(1, 5)]
    assert sorted(names, key=by_place.index) == names
    assert sorted(names, key=as_listed.index) == names[::-1]


def test_suggested_grades_are_nobodys_business() -> None:
    page = publish(county(named(4), phase=Phase.PUBLISHED), shows_team_grades=True, shows_excellent=True)
    assert [word for word in ("实绩突出", "实绩较好", "甲T1", "T1-1") if word in page] == []


@pytest.mark.parametrize(
    ("phase", "allowed"),
    [(Phase.CLOSED, False), (Phase.CONFIRMED, False), (Phase.PUBLISHED, True), (Phase.ARCHIVED, True)],
)
def test_of_a_published_or_archived_year_only(phase: Phase, allowed: bool) -> None:
    year = county(named(1), phase=phase)
    if not allowed:
        with pytest.raises(Refused):
            bulletin_publish(year=year, text=replace(NOTHING, shows_team_places=True), by=None)
    else:
        publish(year, shows_team_places=True)
    assert Client().get(PAGE).status_code == (200 if allowed else 404)


def test_withdrawn_it_says_so_in_plain_words_and_no_earlier_one_comes_back(year: AssessmentYear) -> None:
    publish(year, shows_team_grades=True)
    publish(year, shows_team_places=True)
    latest = bulletin_in_force(year)
    assert latest is not None
    assert latest.shows_team_places
    bulletin_withdraw(bulletin=latest, reason="名次有误", by=None)
    answer = Client().get(PAGE)
    unknown = Client().get("/years/1999/bulletin/")
    assert (answer.status_code, unknown.status_code, years_with_bulletin()) == (404, 404, [])
    assert [word for word in ("实绩较好", "名次有误", "平委组") if word in answer.content.decode()] == []
    here, there = (found.content.decode().partition("<main")[2].partition("</main>")[0] for found in (answer, unknown))
    assert here.replace("2025", "1999") == there
    assert Bulletin.objects.count() == 2


def test_results_confirmed_anew_are_told_anew(year: AssessmentYear) -> None:
    publish(year, shows_team_grades=True)
    for _step in ("confirmed", "closed"):
        year_step_back(year=year, reason="复核", by=None)
        year.refresh_from_db()
        assert Client().get(PAGE).status_code == 404
    year_confirm(year=year, by=None)
    year.refresh_from_db()
    year_publish(year=year, by=None)
    year.refresh_from_db()
    assert Client().get(PAGE).status_code == 404
    assert "实绩较好" in publish(year, shows_team_grades=True)


def test_sign_in_page_leads_to_it(year: AssessmentYear) -> None:
    assert PAGE not in Client().get("/sign-in/").content.decode()
    publish(year, shows_team_places=True)
    assert PAGE in Client().get("/sign-in/").content.decode()


@pytest.mark.parametrize("change", [{"title": " ", "shows_excellent": True}, {}])
def test_without_title_or_content_nothing_is_published(change: dict[str, Any], year: AssessmentYear) -> None:
    with pytest.raises(Refused):
        bulletin_publish(year=year, text=replace(NOTHING, **change), by=None)
    assert Bulletin.objects.count() == 0


def test_composed_looked_at_and_published(year: AssessmentYear, client_for: ClientFor) -> None:
    client = client_for("office")
    typed = {"title": "考评结果通报", "opening": "第一段\r\n第二段", "shows_team_places": "on"}
    shown = client.post(PREVIEW, typed).content.decode()
    looked_at = client.post(EDIT, {**typed, "preview": "1"})
    assert ("<p>第二段</p>" in shown, "1 / 4" in shown, "实绩较好" in shown) == (True, True, False)
    assert (looked_at.status_code, "第一段" in looked_at.content.decode(), Bulletin.objects.count()) == (200, True, 0)
    assert client.post(EDIT, typed)["Location"] == EDIT
    stored = Bulletin.objects.get()
    assert (stored.opening, stored.shows_team_places, stored.shows_team_grades) == ("第一段\n第二段", True, False)


@pytest.mark.parametrize("typed", [{"title": "", "shows_excellent": "on"}, {"title": "只有标题"}])
def test_bad_input_keeps_what_was_typed(typed: dict[str, str], year: AssessmentYear, client_for: ClientFor) -> None:
    answer = client_for("office").post(EDIT, {**typed, "closing": "特此通报，望周知。"})
    assert (answer.status_code, "特此通报，望周知。" in answer.content.decode()) == (200, True)
    assert Bulletin.objects.count() == 0


@pytest.mark.parametrize("who", ["department", "township", "assessor", "leader", "auditor", "administrator"])
def test_others_publish_and_withdraw_nothing(who: str, year: AssessmentYear, client_for: ClientFor) -> None:
    publish(year, shows_team_places=True)
    stored = Bulletin.objects.get()
    client = client_for(who)
    typed = {"title": "另一份", "shows_team_scores": "on"}
    posts = [client.post(path, typed).status_code for path in (EDIT, PREVIEW, f"{PAGE}{stored.pk}/withdraw/")]
    assert (posts, Bulletin.objects.filter(withdrawn_at=None).count()) == ([403] * 3, 1)
    with pytest.raises(PermissionDenied):
        bulletin_withdraw(bulletin=stored, reason="理由", by=Account.objects.get(username=who))
