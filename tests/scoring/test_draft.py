"""Drafts of a scheme: kept, named, changed, removed, adopted; the year they were tried on stays what it is."""

from typing import Any
from urllib.parse import quote

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from assessment.models import AssessmentYear, Phase
from assessment.scheme import default_scheme, scheme_with, scheme_without
from assessment.selectors.year import scheme_current
from assessment.services.scheme import scheme_save
from assessment.services.year import year_create
from cadres.errors import Refused
from cadres.models import Account, AuditEntry
from cadres.selectors.audit import data_revision
from scoring.models import SchemeDraft
from scoring.results import current_result
from scoring.selectors.draft import adoption_of
from scoring.services.draft import draft_adopt, draft_create, draft_describe, draft_remove, draft_replace
from scoring.variation import Variation
from tests.conftest import ClientFor
from tests.county import county, ladder

pytestmark = pytest.mark.django_db

STEP_3 = Variation({"步长": "3%"})
NO_LEADERS = Variation({}, ("E3", "C3"))


@pytest.fixture
def year() -> AssessmentYear:
    """2025 of three teams, closed."""
    return county(ladder(3), phase=Phase.CLOSED)


@pytest.fixture
def draft(year: AssessmentYear, office: Account) -> SchemeDraft:
    """“步长 3%” on 2025."""
    return draft_create(year=year, name="步长 3%", variation=STEP_3, note="拉开差距", by=office)


def told(refused: pytest.ExceptionInfo[Refused]) -> str:
    return " ".join(refused.value.messages)


def actions(number: int) -> list[str]:
    return list(AuditEntry.objects.filter(year=number).order_by("number").values_list("action", flat=True))


class TestKeeping:
    def test_a_draft_says_what_it_changes_and_who_made_it(self, draft: SchemeDraft, office: Account) -> None:
        kept = SchemeDraft.objects.get()
        assert (kept.name, kept.note, kept.variation, kept.made_by) == ("步长 3%", "拉开差距", STEP_3, office)

    def test_audit_tells_old_and_new_and_results_stay_as_they_are_kept(self, year: AssessmentYear) -> None:
        revision = data_revision()
        draft_create(year=year, name="奖金三十万", variation=Variation({"奖金总额": "300000"}), by=None)
        entry = AuditEntry.objects.latest("number")
        assert (entry.action, entry.year) == ("draft_create", 2025)
        assert entry.details == {"name": "奖金三十万", "differences": [["奖金总额", "250000", "300000"]]}
        assert data_revision() == revision

    def test_a_name_is_used_once_a_year(self, draft: SchemeDraft, english: None) -> None:
        with pytest.raises(Refused) as refused:
            draft_create(year=draft.year, name=" 步长 3% ", variation=NO_LEADERS, by=None)
        assert told(refused) == "There is a draft with this name already."

    def test_the_same_name_may_stand_in_another_year(self, draft: SchemeDraft) -> None:
        other = year_create(number=2026, by=None)
        assert draft_create(year=other, name=draft.name, variation=STEP_3, by=None).year == other

    @pytest.mark.parametrize(
        "variation",
        [Variation(), Variation({"步长": "2%"}), Variation({}, ("没有这个票别",))],
        ids=["empty", "what is in force", "a source that is not there"],
    )
    def test_what_changes_nothing_is_no_draft(self, year: AssessmentYear, variation: Variation, english: None) -> None:
        with pytest.raises(Refused) as refused:
            draft_create(year=year, name="空", variation=variation, by=None)
        assert told(refused) == "Nothing differs from the scheme in force: there is nothing to keep."
        assert SchemeDraft.objects.count() == 0

    @pytest.mark.parametrize(
        "settings", [{"步长": "三"}, {"步幅": "3%"}, {"干部分值": "民主测评=30", "干部总分": "100"}]
    )
    def test_what_is_no_scheme_is_no_draft(self, year: AssessmentYear, settings: dict[str, str]) -> None:
        with pytest.raises(Refused):
            draft_create(year=year, name="错", variation=Variation(settings), by=None)
        assert SchemeDraft.objects.count() == 0

    @pytest.mark.parametrize(
        "fields",
        [
            {"name": "", "settings": {"步长": "3%"}},
            {"name": "空", "settings": {}},
            {"name": "步长 3%", "without": ["E3"]},
        ],
        ids=["without a name", "without a change", "with a name in use"],
    )
    def test_the_database_refuses_nonsense(self, draft: SchemeDraft, fields: dict[str, Any]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            SchemeDraft.objects.create(year=draft.year, **fields)

    def test_only_the_office(self, draft: SchemeDraft, leader: Account, auditor: Account) -> None:
        for account in (leader, auditor):
            with pytest.raises(PermissionDenied):
                draft_create(year=draft.year, name="别的", variation=STEP_3, by=account)
            with pytest.raises(PermissionDenied):
                draft_describe(draft=draft, name="别的", note="", by=account)
            with pytest.raises(PermissionDenied):
                draft_replace(draft=draft, variation=NO_LEADERS, by=account)
            with pytest.raises(PermissionDenied):
                draft_adopt(draft=draft, by=account)
            with pytest.raises(PermissionDenied):
                draft_remove(draft=draft, by=account)
        assert SchemeDraft.objects.get().variation == STEP_3


class TestChanging:
    def test_another_name_and_note(self, draft: SchemeDraft) -> None:
        draft_describe(draft=draft, name="步长百分之三", note="", by=None)
        kept = SchemeDraft.objects.get()
        assert (kept.name, kept.note, kept.variation) == ("步长百分之三", "", STEP_3)

    def test_its_own_name_is_not_in_its_way(self, draft: SchemeDraft) -> None:
        assert draft_describe(draft=draft, name="步长 3%", note="再议", by=None).note == "再议"

    def test_another_change_under_the_same_name(self, draft: SchemeDraft) -> None:
        draft_replace(draft=draft, variation=NO_LEADERS, by=None)
        kept = SchemeDraft.objects.get()
        assert (kept.name, kept.note, kept.variation) == ("步长 3%", "拉开差距", NO_LEADERS)

    def test_it_is_not_changed_into_nothing(self, draft: SchemeDraft) -> None:
        with pytest.raises(Refused):
            draft_replace(draft=draft, variation=Variation(), by=None)
        assert SchemeDraft.objects.get().variation == STEP_3

    def test_removed_its_words_stay_in_the_trail(self, draft: SchemeDraft) -> None:
        draft_remove(draft=draft, by=None)
        entry = AuditEntry.objects.latest("number")
        assert SchemeDraft.objects.count() == 0
        assert (entry.action, entry.details) == ("draft_remove", {"name": "步长 3%", "differences": [["步长", "3%"]]})

    def test_what_another_clerk_removed_is_told(self, draft: SchemeDraft, english: None) -> None:
        draft_remove(draft=SchemeDraft.objects.get(), by=None)
        for change in (
            lambda: draft_describe(draft=draft, name="别的", note="", by=None),
            lambda: draft_replace(draft=draft, variation=NO_LEADERS, by=None),
            lambda: draft_remove(draft=draft, by=None),
            lambda: draft_adopt(draft=draft, by=None),
        ):
            with pytest.raises(Refused) as refused:
                change()
            assert told(refused) == "Somebody else has removed this draft."


class TestAdopting:
    def test_next_year_is_created_with_last_years_roster_and_the_drafts_scheme(self, draft: SchemeDraft) -> None:
        version = draft_adopt(draft=draft, by=None)
        target = AssessmentYear.objects.get(number=2026)
        assert (version.year, version.number) == (target, 2)
        assert version.reason.count("步长 3%") == 1
        assert scheme_current(target) == scheme_with(default_scheme(), {"步长": "3%"})
        assert target.roster.count() == draft.year.roster.count() == 15
        assert SchemeDraft.objects.get().adopted == version

    def test_a_next_year_that_is_there_gets_another_version(self, draft: SchemeDraft) -> None:
        target = year_create(number=2026, by=None)
        scheme_save(year=target, scheme=scheme_with(default_scheme(), {"优秀比例": "25%"}), by=None)
        version = draft_adopt(draft=draft, by=None)
        assert (version.number, scheme_current(target)) == (3, scheme_with(default_scheme(), {"步长": "3%"}))
        assert target.roster.count() == 0  # it keeps the roster it has

    def test_the_year_it_was_tried_on_is_never_touched(self, draft: SchemeDraft) -> None:
        year = draft.year
        scheme, result, before = scheme_current(year), current_result(year), actions(2025)
        draft_adopt(draft=draft, by=None)
        year.refresh_from_db()
        assert (scheme_current(year), current_result(year), year.phase) == (scheme, result, Phase.CLOSED)
        assert year.scheme_versions.count() == 1
        assert actions(2025) == [*before, "draft_adopt"]

    def test_an_adopted_draft_stays_as_it_is(self, draft: SchemeDraft, english: None) -> None:
        draft_adopt(draft=draft, by=None)
        for change in (
            lambda: draft_describe(draft=draft, name="别的", note="", by=None),
            lambda: draft_replace(draft=draft, variation=NO_LEADERS, by=None),
            lambda: draft_remove(draft=draft, by=None),
            lambda: draft_adopt(draft=draft, by=None),
        ):
            with pytest.raises(Refused) as refused:
                change()
            assert told(refused) == "The draft was adopted as scheme 2026 v2 and stays as it is."
        assert SchemeDraft.objects.get().variation == STEP_3

    def test_a_frozen_scheme_is_not_replaced(self, draft: SchemeDraft, english: None) -> None:
        target = year_create(number=2026, by=None)
        AssessmentYear.objects.filter(pk=target.pk).update(phase=Phase.ANNOUNCED)
        with pytest.raises(Refused) as refused:
            draft_adopt(draft=draft, by=None)
        assert told(refused) == "The scheme of 2026 was frozen when it was announced."
        assert (target.scheme_versions.count(), SchemeDraft.objects.get().adopted) == (1, None)

    def test_sources_left_out_are_the_countys_to_weigh(self, year: AssessmentYear, english: None) -> None:
        left_out = draft_create(year=year, name="不计领导评价", variation=NO_LEADERS, by=None)
        with pytest.raises(Refused, match="set the points yourself"):
            draft_adopt(draft=left_out, by=None)
        assert not AssessmentYear.objects.filter(number=2026).exists()

    def test_points_set_by_hand_instead_can_be_adopted(self, year: AssessmentYear) -> None:
        points = {"评价项分值": "民主测评=18;县直单位评价=18;县级领导评价=0;考评组评价=24"}
        by_hand = draft_create(year=year, name="领导评价零分", variation=Variation(points), by=None)
        version = draft_adopt(draft=by_hand, by=None)
        assert version.scheme.evaluations == scheme_without(default_scheme(), ("E3",)).evaluations

    def test_nothing_to_adopt_is_told(self, draft: SchemeDraft, english: None) -> None:
        year_create(number=2026, scheme=scheme_with(default_scheme(), {"步长": "3%"}), by=None)
        with pytest.raises(Refused) as refused:
            draft_adopt(draft=draft, by=None)
        assert told(refused) == "The scheme of 2026 says the same already."

    def test_what_changed_since_the_page_was_shown_is_not_adopted_unseen(
        self, draft: SchemeDraft, english: None
    ) -> None:
        seen = adoption_of(draft).seen
        draft_replace(draft=draft, variation=Variation({"步长": "4%"}), by=None)
        with pytest.raises(Refused) as refused:
            draft_adopt(draft=draft, seen=seen, by=None)
        assert told(refused) == "Something has changed since this page was shown. Read it again and confirm."
        draft_adopt(draft=draft, seen=adoption_of(SchemeDraft.objects.get()).seen, by=None)
        assert AssessmentYear.objects.filter(number=2026).exists()

    def test_a_next_year_that_another_clerk_created_meanwhile_is_shown_first(
        self, draft: SchemeDraft, english: None
    ) -> None:
        seen = adoption_of(draft).seen
        target = year_create(number=2026, by=None)
        with pytest.raises(Refused, match="Something has changed since this page was shown"):
            draft_adopt(draft=draft, seen=seen, by=None)
        assert target.scheme_versions.count() == 1

    def test_a_draft_that_no_longer_fits_is_not_adopted(self, english: None) -> None:
        fresh = year_create(number=2025, by=None)
        kept = draft_create(year=fresh, name="K1", variation=Variation({"K1.步长": "3%"}), by=None)
        scheme_save(year=fresh, scheme=scheme_with(default_scheme(), {"K1.折分方法": "直接计分"}), by=None)
        with pytest.raises(Refused, match="no line has a rule with the parameter"):
            draft_adopt(draft=kept, by=None)


@pytest.fixture
def clerk(client_for: ClientFor) -> Client:
    return client_for("office")


DRAFTS = "/years/2025/drafts/"


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.usefixtures("english")
class TestPages:
    def test_an_empty_list_leads_to_the_what_if_page(self, year: AssessmentYear, clerk: Client) -> None:
        assert "No draft is kept yet" in page(clerk, DRAFTS)

    def test_the_list_says_what_each_changes_and_what_became_of_it(self, draft: SchemeDraft, clerk: Client) -> None:
        draft_create(year=draft.year, name="不计领导评价", variation=NO_LEADERS, by=None)
        draft_adopt(draft=draft, by=None)
        shown = page(clerk, DRAFTS)
        words = ["2% → 3%", "adopted: scheme 2026, version 2", "counted → left out", "拉开差距", "office"]
        assert [word for word in words if word not in shown] == []

    @pytest.mark.parametrize("many", [1, 12])
    def test_the_list_takes_as_many_queries_for_one_as_for_many(
        self, year: AssessmentYear, clerk: Client, django_assert_num_queries: Any, many: int
    ) -> None:
        for number in range(many):
            draft_create(year=year, name=f"草案{number}", variation=Variation({"步长": f"{3 + number}%"}), by=None)
        clerk.get(DRAFTS)
        with django_assert_num_queries(5):  # session, account, year, scheme, drafts
            clerk.get(DRAFTS)

    def test_a_what_if_is_kept_under_its_name(self, year: AssessmentYear, clerk: Client) -> None:
        sent = {"name": "步长 3%", "note": "拉开差距", "query": "步长=3%25&without=E3"}
        answer = clerk.post(f"{DRAFTS}new/", sent)
        kept = SchemeDraft.objects.get()
        assert answer["Location"] == f"{DRAFTS}{kept.pk}/"
        assert (kept.name, kept.note, kept.variation) == ("步长 3%", "拉开差距", Variation({"步长": "3%"}, ("E3",)))

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            ({"name": "步长 3%", "query": "步长=4%25"}, "There is a draft with this name already."),
            ({"name": "空", "query": ""}, "Nothing differs from the scheme in force"),
            ({"name": "空", "query": "步幅=3%25&d=%FF"}, "Nothing differs from the scheme in force"),
            ({"name": "错", "query": "步长=三"}, "is not a number"),
            ({"name": "", "query": "步长=4%25"}, "This field is required."),
            ({"name": "长" * 61, "query": "步长=4%25"}, "at most 60 characters"),
            ({"name": "多", "query": "步长=4%25&x=" + "y" * 8000}, "The what-if is too long to be kept."),
        ],
        ids=["name in use", "empty", "unknown", "no number", "no name", "long name", "long query"],
    )
    def test_what_is_refused_is_said_and_nothing_typed_is_lost(
        self, draft: SchemeDraft, clerk: Client, sent: dict[str, str], words: str
    ) -> None:
        answer = clerk.post(f"{DRAFTS}new/", {**sent, "note": "常委会上提的"})
        form = answer.context["form"]
        assert (answer.status_code, words in answer.content.decode()) == (200, True)
        assert [form[name].value() for name in ("name", "note", "query")] == [
            sent["name"],
            "常委会上提的",
            sent["query"],
        ]
        assert SchemeDraft.objects.count() == 1

    def test_new_without_anything_changed_says_where_to_change_it(self, year: AssessmentYear, clerk: Client) -> None:
        assert "Nothing is changed yet" in page(clerk, f"{DRAFTS}new/")

    def test_a_kept_draft_can_say_the_what_if_instead(self, draft: SchemeDraft, clerk: Client) -> None:
        query = quote("步长") + "=4%25"
        assert f"{DRAFTS}{draft.pk}/replace/?{query}" in page(clerk, f"{DRAFTS}new/?{query}")
        address = f"{DRAFTS}{draft.pk}/replace/?{query}"
        form = clerk.get(address).context["form"]
        assert clerk.post(address, {"query": form["query"].value()}).status_code == 302
        assert SchemeDraft.objects.get().variation == Variation({"步长": "4%"})

    def test_a_draft_tells_change_clause_and_outcome(self, draft: SchemeDraft, clerk: Client) -> None:
        context = clerk.get(f"{DRAFTS}{draft.pk}/").context
        (change,) = context["changes"]
        assert (change.before, change.after, change.clause) == ("2%", "3%", "1.1")
        assert [row.texts[0] for row in context["measures"]][:3] == ["0 / 3", "0.00", "0"]
        assert context["query"] == quote("步长") + "=3%25"

    def test_a_draft_that_no_longer_fits_says_so(self, clerk: Client) -> None:
        fresh = year_create(number=2025, by=None)
        kept = draft_create(year=fresh, name="K1", variation=Variation({"K1.步长": "3%"}), by=None)
        scheme_save(year=fresh, scheme=scheme_with(default_scheme(), {"K1.折分方法": "直接计分"}), by=None)
        for address in (f"{DRAFTS}{kept.pk}/", f"{DRAFTS}compare/?d={kept.pk}"):
            assert "The draft no longer fits the scheme in force" in page(clerk, address)
        assert "It cannot be adopted" in page(clerk, f"{DRAFTS}{kept.pk}/adopt/")
        assert "Nothing of the draft fits the scheme of this year." in page(clerk, f"{DRAFTS}{kept.pk}/backtest/")

    def test_name_and_note_are_changed_and_kept_when_refused(self, draft: SchemeDraft, clerk: Client) -> None:
        draft_create(year=draft.year, name="别的", variation=NO_LEADERS, by=None)
        answer = clerk.post(f"{DRAFTS}{draft.pk}/edit/", {"name": "别的", "note": "新的说明"})
        assert answer.context["form"]["note"].value() == "新的说明"
        assert "There is a draft with this name already." in answer.content.decode()
        clerk.post(f"{DRAFTS}{draft.pk}/edit/", {"name": "步长百分之三", "note": "新的说明"})
        draft.refresh_from_db()
        assert (draft.name, draft.note) == ("步长百分之三", "新的说明")

    def test_removing_asks_first(self, draft: SchemeDraft, clerk: Client) -> None:
        assert "removed for good" in page(clerk, f"{DRAFTS}{draft.pk}/remove/")
        assert SchemeDraft.objects.count() == 1
        assert clerk.post(f"{DRAFTS}{draft.pk}/remove/")["Location"] == DRAFTS
        assert SchemeDraft.objects.count() == 0

    def test_adopting_names_the_consequence_first(self, draft: SchemeDraft, clerk: Client) -> None:
        answer = clerk.get(f"{DRAFTS}{draft.pk}/adopt/")
        shown = answer.content.decode()
        assert "The year 2026 does not exist yet." in shown
        assert [row.after.split(";")[0][-2:] for row in answer.context["differences"]] == ["3%"] * 13
        assert clerk.post(f"{DRAFTS}{draft.pk}/adopt/", {"seen": "anything"}).status_code == 200
        assert not AssessmentYear.objects.filter(number=2026).exists()
        sent = {"seen": answer.context["adoption"].seen}
        assert clerk.post(f"{DRAFTS}{draft.pk}/adopt/", sent)["Location"] == f"{DRAFTS}{draft.pk}/"
        assert AssessmentYear.objects.get(number=2026).phase == Phase.DRAFT

    def test_an_existing_next_year_is_named(self, draft: SchemeDraft, clerk: Client) -> None:
        year_create(number=2026, by=None)
        assert "The year 2026 exists and is not announced yet." in page(clerk, f"{DRAFTS}{draft.pk}/adopt/")

    def test_a_draft_of_another_year_is_not_found(self, draft: SchemeDraft, clerk: Client) -> None:
        year_create(number=2026, by=None)
        statuses = {
            clerk.get(f"/years/2026/drafts/{draft.pk}/{part}").status_code
            for part in ("", "edit/", "replace/", "remove/", "backtest/", "adopt/")
        }
        assert statuses == {404}
