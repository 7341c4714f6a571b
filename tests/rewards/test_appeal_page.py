"""The pages of appeals: what a clerk types is kept, no stored figure is seen before both have read, direct posts of
others are refused, every consequence stands on the page before it is confirmed (RULES Y8)."""

from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessment.models import AssessmentYear, Phase
from cadres.models import AuditEntry, Township
from rewards.models import Appeal, AppealDecision, AppealReading, GradeDecision
from rewards.presenters.appeal_waiting import appeals_waiting
from rewards.selectors.appeal import appeals_about
from scoring.models import ResultVersion
from tests.conftest import ClientFor, account_of
from tests.county import county
from tests.rewards.test_appeal import close_county, decided, received, settled

pytestmark = pytest.mark.django_db

LIST = "/years/2025/appeals/"
OTHERS = ("leader", "township", "department", "assessor", "auditor", "administrator")


def page_of(appeal: Appeal, part: str = "") -> str:
    return f"{LIST}{appeal.pk}/{part}"


def reading_of(appeal: Appeal) -> str:
    return page_of(appeal, f"items/{appeal.items.get().pk}/")


def text(client_for: ClientFor, path: str, who: str = "office") -> str:
    return " ".join(client_for(who).get(path).content.decode().split())


@pytest.fixture
def year(db: None) -> AssessmentYear:
    return county(close_county(), phase=Phase.PUBLISHED)


def today() -> str:
    return timezone.localdate().isoformat()


def test_received_on_the_page(client_for: ClientFor, year: AssessmentYear) -> None:
    posted = {"applicant": "李强", "received_on": today(), "grounds": "少计一项", "contested": ["K1/", "E1/"]}
    client = client_for("office")
    assert client.get(f"{LIST}new/").status_code == 200
    answer = client.post(f"{LIST}new/?subject=team:T4", posted)
    appeal = Appeal.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, page_of(appeal))
    assert list(appeal.items.values_list("line", flat=True)) == ["K1", "E1"]


def test_refused_appeal_keeps_what_was_typed(client_for: ClientFor, year: AssessmentYear) -> None:
    AssessmentYear.objects.update(published_on="2020-01-01")
    posted = {"applicant": "李强", "received_on": today(), "grounds": "少计一项", "contested": ["K1/"]}
    answer = client_for("office").post(f"{LIST}new/?subject=team:T4", posted)
    form = answer.context["form"]
    assert (list(form.errors), form.ticked, Appeal.objects.count()) == (["received_on"], ["K1/"], 0)
    assert [word in answer.content.decode() for word in ("李强", "少计一项")] == [True, True]


@pytest.mark.parametrize("token", ["team:T9", "cadre:none", "department:D01", "x"])
def test_unknown_subject_is_asked_again(client_for: ClientFor, year: AssessmentYear, token: str) -> None:
    answer = client_for("office").post(f"{LIST}new/?subject={token}", {"applicant": "李强"})
    assert (answer.status_code, list(answer.context["choice"].errors)) == (200, ["subject"])


def test_stored_figure_is_on_no_page_before_both_have_read(client_for: ClientFor) -> None:
    inputs = close_county()
    inputs.teams[3].values["K1"] = Fraction("96.125")  # type: ignore[index]
    appeal = received(county(inputs, phase=Phase.PUBLISHED))
    pages = [page_of(appeal), reading_of(appeal), page_of(appeal, "decide/"), LIST]
    assert [path for path in pages if "96.125" in text(client_for, path)] == []
    client_for("office").post(reading_of(appeal), {"value": "97.375"})
    for who in ("office", "second_clerk"):
        assert [path for path in pages if "97.375" in text(client_for, path, who)] == []
        assert [path for path in pages if "96.125" in text(client_for, path, who)] == []
    client_for("second_clerk").post(reading_of(appeal), {"value": "97.375"})
    shown = text(client_for, page_of(appeal))
    assert ["96.125" in shown, "97.375" in shown] == [True, True]


def test_two_that_differ_are_shown_to_both(client_for: ClientFor, year: AssessmentYear) -> None:
    appeal = received(year)
    for who, figure in (("office", "101.5"), ("second_clerk", "102.5")):
        assert client_for(who).post(reading_of(appeal), {"value": figure})["Location"] == page_of(appeal)
    for who in ("office", "second_clerk"):
        page = text(client_for, page_of(appeal), who)
        assert ["101.5" in page, "102.5" in page, reading_of(appeal) in page] == [True, True, False]


def test_same_clerk_twice_by_direct_post(client_for: ClientFor, year: AssessmentYear) -> None:
    appeal = received(year)
    client = client_for("office")
    client.post(reading_of(appeal), {"value": "120"})
    answer = client.post(reading_of(appeal), {"value": "120"})
    assert (answer.status_code, AppealReading.objects.count()) == (200, 1)
    assert AuditEntry.objects.filter(action="appeal_read", refused=True).count() == 1


@pytest.mark.parametrize("value", ["", "十二", "1 0 x"])
def test_unreadable_value_keeps_what_was_typed(client_for: ClientFor, year: AssessmentYear, value: str) -> None:
    answer = client_for("office").post(reading_of(received(year)), {"value": value})
    assert (list(answer.context["form"].errors), AppealReading.objects.count()) == (["value"], 0)
    assert f'value="{value}"' in answer.content.decode() or not value


def test_counts_are_read_group_by_group(client_for: ClientFor, year: AssessmentYear) -> None:
    appeal = received(year, "T4", "E1/")
    posted = {"first": "18", "second": "2", "third": "0", "fourth": "0", "abstain": "1"}
    assert client_for("office").post(reading_of(appeal), {**posted, "abstain": "-1"}).status_code == 200
    assert client_for("office").post(reading_of(appeal), posted).status_code == 302
    assert AppealReading.objects.get().content == {"grades": [18, 2, 0, 0], "abstain": 1}


@pytest.mark.parametrize("who", OTHERS)
def test_others_are_refused_by_direct_post(who: str, client_for: ClientFor, year: AssessmentYear) -> None:
    appeal = settled(year, "T4", {"K1/": Fraction(120)})
    client = client_for(who)
    posts = (f"{LIST}new/?subject=team:T3", reading_of(appeal), page_of(appeal, "decide/"))
    pages = (LIST, page_of(appeal), page_of(appeal, "letter/"))
    statuses = [client.post(path, {}).status_code for path in posts] + [client.get(path).status_code for path in pages]
    assert statuses == [403] * 6
    assert (Appeal.objects.count(), AppealDecision.objects.count()) == (1, 0)


def test_every_consequence_is_shown_before_it_is_confirmed(client_for: ClientFor, year: AssessmentYear) -> None:
    appeal = settled(year, "T4", {"K1/": Fraction(120)})
    answer = client_for("office").get(page_of(appeal, "decide/"))
    rows = answer.context["consequences"]
    assert [row.code for row in rows.own] == ["T4"]
    assert [row.code for row in rows.others if row.of_team] == ["T1", "T2", "T3"]
    assert answer.context["form"].initial["outcome"] == "corrected"
    posted = {
        "outcome": "corrected",
        "findings": "经查属实",
        "decided_on": today(),
        "seen": answer.context["review"].seen,
    }
    assert client_for("office").post(page_of(appeal, "decide/"), posted)["Location"] == page_of(appeal)
    assert ResultVersion.objects.count() == 2


def test_new_grade_shows_its_consequences_before_it_counts(client_for: ClientFor, year: AssessmentYear) -> None:
    """The first answer names a grade whose consequences were not on the page: they are shown, nothing is saved."""
    appeal = settled(year, "T4", {"K1/": Fraction(120)})
    client = client_for("office")
    posted = {
        "outcome": "corrected",
        "findings": "经查属实",
        "decided_on": today(),
        "grade": "实绩突出",
        "grade_reason": "复核后位居第一",
        "seen": client.get(page_of(appeal, "decide/")).context["review"].seen,
    }
    first = client.post(page_of(appeal, "decide/"), posted)
    assert (first.status_code, AppealDecision.objects.count(), GradeDecision.objects.count()) == (200, 0, 0)
    shown = first.context["form"]["seen"].value()
    assert shown == first.context["review"].seen
    assert client.post(page_of(appeal, "decide/"), {**posted, "seen": shown}).status_code == 302
    assert GradeDecision.objects.get().grade == "实绩突出"


def test_decision_without_findings_keeps_what_was_typed(client_for: ClientFor, year: AssessmentYear) -> None:
    appeal = settled(year, "T4", {"K1/": Fraction(96)})
    posted = {"outcome": "upheld", "findings": "", "decided_on": today(), "document": "县委组〔2026〕3号"}
    answer = client_for("office").post(page_of(appeal, "decide/"), posted)
    assert list(answer.context["form"].errors) == ["findings"]
    assert "县委组〔2026〕3号" in answer.content.decode()


def test_letter_has_first_and_second_result(client_for: ClientFor, year: AssessmentYear) -> None:
    appeal = settled(year, "T4", {"K1/": Fraction(120)})
    assert "print-sheet" not in text(client_for, page_of(appeal, "letter/"))  # not decided: no letter
    decided(appeal)
    letter = text(client_for, page_of(appeal, "letter/"))
    assert [word in letter for word in ("经查属实", "县委组〔2026〕3号", "11.28", "12.00")] == [True] * 4
    assert "T1镇" not in letter  # what it changed for others is not the applicant's to read


def test_list_has_a_fixed_number_of_queries(client_for: ClientFor, year: AssessmentYear) -> None:
    received(year, "T4")
    client = client_for("office")
    one = queries(client_for, LIST)
    for subject in ("T3", "T2", "T1", "T4-1", "T4-2"):
        received(year, subject, "K1/")
    assert client.get(LIST).status_code == 200
    assert queries(client_for, LIST) == one == 6


def queries(client_for: ClientFor, path: str) -> int:
    client = client_for("office")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_office_is_told_of_open_and_overdue_appeals(year: AssessmentYear) -> None:
    office = account_of("office")
    assert appeals_waiting(year, office) == []
    first = received(year, "T4")
    received(year, "T3")
    assert [line.waiting for line in appeals_waiting(year, office)] == [True]
    Appeal.objects.filter(pk=first.pk).update(received_on="2020-01-01", due_on="2020-01-31")
    assert [line.waiting for line in appeals_waiting(year, office)] == [True, True]
    assert appeals_waiting(year, account_of("leader")) == []


def test_appeals_about_one_team_over_the_years(year: AssessmentYear) -> None:
    received(year, "T3")
    appeal = received(year, "T4")
    assert appeals_about(Township.objects.get(code="T4")) == [appeal]
