"""RULES U1 as the office uses it: a shortlist pasted or ticked, answered with clause and year, kept as answered."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessment.models import AssessmentYear, Phase
from assessment.services.year import year_create
from cadres.errors import Refused
from cadres.models import Account, AuditEntry, Cadre, DisciplinaryRecord
from rewards.models import Appeal, PastResult, PromotionCandidate, PromotionCheck
from rewards.names import Names, names_resolved
from rewards.services.grade import DecisionRow, grade_decisions_save
from rewards.services.promotion import promotion_check
from tests.conftest import ClientFor
from tests.county import county, ladder, year_in_phase
from tests.factories import AppointmentFactory, CadreFactory, TownshipFactory

pytestmark = pytest.mark.django_db

NEW = "/years/2025/promotion/new/"
PEOPLE = {"0001": "王伟", "0002": "王伟", "0003": "李娜", "0004": "欧阳文", "T1-1": "张敏"}


@pytest.mark.parametrize(
    ("text", "meant", "homonyms", "unknown"),
    [
        ("李娜", ["0003"], [], []),
        ("李娜\n欧阳文", ["0003", "0004"], [], []),
        ("李娜、欧阳文，张敏；0001", ["0003", "0004", "T1-1", "0001"], [], []),
        ("李　娜 欧阳文", ["0003", "0004"], [], []),
        ("李 娜\t张 敏", ["0003", "T1-1"], [], []),
        ("０００３", ["0003"], [], []),
        ("t1-1", [], [], ["t1-1"]),
        ("王伟", [""], ["王伟"], []),
        ("王 伟 李 娜", ["", "0003"], ["王伟"], []),
        ("李娜 赵无 李娜 赵无", ["0003", "0003"], [], ["赵无"]),
        (" \n、 ", [], [], []),
    ],
)
def test_what_is_pasted_means_people(text: str, meant: list[str], homonyms: list[str], unknown: list[str]) -> None:
    found = names_resolved(text, PEOPLE)
    assert ([number for number, _name in found.meant], list(found.homonyms), found.unknown) == (
        meant,
        homonyms,
        unknown,
    )


def test_a_number_is_its_holders_though_another_has_it_as_a_name() -> None:
    assert names_resolved("0001", {"0001": "王伟", "7": "0001"}) == Names(meant=[("0001", "")])


@pytest.fixture
def year() -> AssessmentYear:
    """2025, closed: 王伟 (0001), 王伟 (0002), 李娜 (0003) with three years on record each; 张敏 (0004) with none."""
    township = TownshipFactory(code="T1", name="马鞍乡")
    for number, name in {"0001": "王伟", "0002": "王伟", "0003": "李娜", "0004": "张敏"}.items():
        AppointmentFactory(cadre=CadreFactory(number=number, name=name), township=township, post="副乡镇长")
    for number, grades in {"0001": "优优称", "0002": "称称称", "0003": "称基优"}.items():
        words = {"优": "优秀", "称": "称职", "基": "基本称职"}
        for back, grade in zip((2023, 2024, 2025), grades, strict=True):
            PastResult.objects.create(
                cadre=Cadre.objects.get(number=number), year=back, grade=words[grade], rank_county=5, ranked=40
            )
    return year_in_phase(year_create(number=2025, by=None), Phase.CLOSED)


def test_shortlist_is_checked_and_kept_u1(year: AssessmentYear, office: Account) -> None:
    check = promotion_check(year=year, purpose=" 换届 ", numbers=["0003", "0001", "0002", "0004", "0001"], by=office)
    assert (check.purpose, check.entered_by) == ("换届", office)
    kept = check.candidates.values_list("cadre__number", "eligible", "order")
    assert list(kept) == [("0003", False, None), ("0001", True, 1), ("0002", True, 2), ("0004", False, None)]
    third, first, *_others = (candidate.content for candidate in check.candidates.order_by("id"))
    assert third["obstacles"] == [{"code": "low_grade", "year": 2024, "value": "基本称职", "clause": "U1"}]
    assert (first["township"], first["post"], first["obstacles"]) == ("马鞍乡", "副乡镇长", [])
    assert [(entry["year"], entry["grade"], entry["imported"]) for entry in first["years"]] == [
        (2023, "优秀", True),
        (2024, "优秀", True),
        (2025, "称职", True),
    ]
    entry = AuditEntry.objects.get(action="promotion_check")
    assert (entry.year, entry.subject, entry.details) == (2025, "换届", {"people": 4})


@pytest.mark.parametrize("numbers", [[], ["0009"], ["0001", "0009"], [str(n) for n in range(201)]])
def test_refused_shortlist_leaves_nothing(year: AssessmentYear, office: Account, numbers: list[str]) -> None:
    with pytest.raises(Refused):
        promotion_check(year=year, purpose="换届", numbers=numbers, by=office)
    assert (PromotionCheck.objects.count(), AuditEntry.objects.filter(action="promotion_check").count()) == (0, 0)


@pytest.mark.parametrize("who", ["department", "township", "assessor", "leader", "auditor", "administrator"])
def test_others_may_not(year: AssessmentYear, who: str, cast: dict[str, Account], client_for: ClientFor) -> None:
    with pytest.raises(PermissionDenied):
        promotion_check(year=year, purpose="换届", numbers=["0001"], by=cast[who])
    assert client_for(who).post(NEW, {"purpose": "换届", "names": "0001"}).status_code == 403
    assert PromotionCheck.objects.count() == 0


def test_pasted_names_and_ticks_make_one_list(year: AssessmentYear, client_for: ClientFor) -> None:
    form = {"purpose": "换届", "names": "李　娜\n王伟", "who:王伟": "0002", "picked": ["0004", "0003"]}
    answer = client_for("office").post(NEW, form)
    check = PromotionCheck.objects.get()
    assert answer["Location"] == f"/years/2025/promotion/{check.pk}/"
    assert list(check.candidates.values_list("cadre__number", flat=True)) == ["0003", "0002", "0004"]


def test_homonyms_are_asked_with_what_tells_them_apart(year: AssessmentYear, client_for: ClientFor) -> None:
    answer = client_for("office").post(NEW, {"purpose": "换届", "names": "王伟"})
    (question,) = answer.context["form"].questions()
    assert [text for _value, text in question.field.choices] == [
        "马鞍乡 · 副乡镇长 · 0001",
        "马鞍乡 · 副乡镇长 · 0002",
    ]
    assert (list(answer.context["form"].errors), PromotionCheck.objects.count()) == (["who:王伟"], 0)


def test_somebody_else_of_another_name_cannot_be_slipped_in(year: AssessmentYear, client_for: ClientFor) -> None:
    answer = client_for("office").post(NEW, {"purpose": "换届", "names": "王伟", "who:王伟": "0003"})
    assert list(answer.context["form"].errors) == ["who:王伟"]


def test_unknown_names_keep_what_was_typed(year: AssessmentYear, client_for: ClientFor) -> None:
    answer = client_for("office").post(NEW, {"purpose": "第三季度", "names": "赵无、李娜、<b>", "picked": ["0004"]})
    form, page = answer.context["form"], answer.content.decode()
    assert list(form.errors) == ["names"]
    assert ("赵无" in form.errors["names"][0], "李娜" in form.errors["names"][0]) == (True, False)
    assert ("第三季度" in page, "赵无、李娜、&lt;b&gt;" in page, "<b>" in page) == (True, True, False)
    assert [choice.number for choice in form.choices() if choice.ticked] == ["0004"]


def test_nobody_named(year: AssessmentYear, client_for: ClientFor) -> None:
    assert list(client_for("office").post(NEW, {"purpose": "", "names": ""}).context["form"].errors) == ["purpose"]
    assert list(client_for("office").post(NEW, {"purpose": "换届"}).context["form"].errors) == ["names"]


def test_page_says_clause_and_year_and_orders_by_u1(year: AssessmentYear, client_for: ClientFor) -> None:
    check = promotion_check(year=year, purpose="换届", numbers=["0003", "0002", "0001"], by=None)
    answer = client_for("leader").get(f"/years/2025/promotion/{check.pk}/")
    rows = answer.context["rows"]
    assert [(row.candidate.cadre.number, row.candidate.order) for row in rows] == [
        ("0001", 1),
        ("0002", 2),
        ("0003", None),
    ]
    ((text, clause),) = rows[2].reasons
    assert (text.startswith("2024"), clause, text in answer.content.decode()) == (True, "U1", True)
    assert "/certificates/issue/" not in answer.content.decode()


def test_list_shows_the_latest_first(year: AssessmentYear, client_for: ClientFor) -> None:
    for purpose, numbers in (("一", ["0001", "0003"]), ("二", ["0002"])):
        promotion_check(year=year, purpose=purpose, numbers=numbers, by=None)
    checks = client_for("leader").get("/years/2025/promotion/").context["checks"]
    assert [(check.purpose, check.eligible_count, check.candidates.count()) for check in checks] == [
        ("二", 1, 1),
        ("一", 1, 2),
    ]


def test_ties_are_marked_p5(year: AssessmentYear, client_for: ClientFor) -> None:
    PastResult.objects.filter(cadre__number="0001").update(grade="称职")
    check = promotion_check(year=year, purpose="换届", numbers=["0001", "0002"], by=None)
    rows = client_for("office").get(f"/years/2025/promotion/{check.pk}/").context["rows"]
    assert [(row.candidate.order, row.tied) for row in rows] == [(1, True), (1, True)]


def test_what_bars_nobody_is_told_all_the_same(year: AssessmentYear, client_for: ClientFor) -> None:
    """A disciplinary record in force, a review under way: shown, not obstacles of U1."""
    cadre, now = Cadre.objects.get(number="0002"), timezone.now()
    sanction = {"kind": "warning", "decided_by": "县纪委", "recorded_at": now}
    DisciplinaryRecord.objects.create(cadre=cadre, document="县纪〔2026〕7号", start=date(2026, 1, 1), **sanction)
    ended = {"start": date(2020, 1, 1), "end": date(2020, 12, 31)}
    DisciplinaryRecord.objects.create(cadre=cadre, document="县纪〔2020〕1号", **ended, **sanction)
    days = {"received_on": date(2026, 2, 1), "due_on": date(2026, 3, 1), "entered_at": now}
    Appeal.objects.create(year=year, cadre=cadre, applicant="本人", grounds="票数有误", **days)
    check = promotion_check(year=year, purpose="换届", numbers=["0002"], by=None)
    (row,) = client_for("office").get(f"/years/2025/promotion/{check.pk}/").context["rows"]
    assert (row.candidate.eligible, row.reasons, len(row.warnings)) == (True, (), 2)
    assert ("县纪〔2026〕7号" in row.warnings[0], "2020" in row.warnings[0], "2025" in row.warnings[1]) == (
        True,
        False,
        True,
    )


def test_grade_nobody_decided_counts_and_is_told() -> None:
    """By the suggestion 称职 or better; a decided 基本称职 takes its place."""
    year = county(ladder(1))
    for back in (2023, 2024):
        PastResult.objects.create(cadre=Cadre.objects.get(number="T1-1"), year=back, grade="称职")
    first = promotion_check(year=year, purpose="一", numbers=["T1-1"], by=None).candidates.get()
    assert (first.eligible, [entry["suggested"] for entry in first.content["years"]]) == (True, [False, False, True])
    grade_decisions_save(year=year, rows=[DecisionRow("T1-1", "基本称职", "县委研究决定")], by=None)
    second = promotion_check(year=year, purpose="二", numbers=["T1-1"], by=None).candidates.get()
    assert (second.eligible, [entry["suggested"] for entry in second.content["years"]]) == (False, [False] * 3)
    assert PromotionCandidate.objects.get(pk=first.pk).eligible  # the earlier check stays as it was answered


def test_pages_have_a_fixed_number_of_queries(year: AssessmentYear, client_for: ClientFor) -> None:
    one = promotion_check(year=year, purpose="一", numbers=["0001"], by=None)
    first = [page_queries(client_for, path) for path in ("", "new/", f"{one.pk}/")]
    for number in range(100, 120):
        AppointmentFactory(cadre=CadreFactory(number=f"0{number}"), township=TownshipFactory(code="T1"))
    numbers = [f"0{number}" for number in range(100, 120)]
    many = promotion_check(year=year, purpose="二", numbers=numbers, by=None)
    assert [page_queries(client_for, path) for path in ("", "new/", f"{many.pk}/")] == first == [7, 6, 6]


def page_queries(client_for: ClientFor, path: str) -> int:
    client = client_for("office")
    client.get(f"/years/2025/promotion/{path}")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/years/2025/promotion/{path}").status_code == 200
    return len(captured)
