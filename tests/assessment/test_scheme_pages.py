"""The scheme in the browser: the page, the editor, its check while typing, versions (RULES T2, Y1)."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from assessment.errors import SchemeRefused, YearClosed
from assessment.forms.scheme import scheme_form
from assessment.models import AssessmentYear, Phase
from assessment.scheme import PARAMETERS, Bands, Scheme, WeightedShare, default_scheme
from assessment.selectors.year import scheme_current
from assessment.services.scheme import scheme_save
from assessment.services.value import values_save
from assessment.services.year import year_create
from cadres.errors import Refused
from cadres.models import Account
from tests.conftest import unit_of_department
from tests.county import year_in_phase

EDIT = "/years/2025/scheme/edit/"
CHECK = "/years/2025/scheme/check/"


def typed(scheme: Scheme | None = None, **changes: str) -> dict[str, str]:
    """The editor's form as a browser sends it, some inputs typed over; `line_0_points` is line-0-points."""
    form = scheme_form(scheme or default_scheme(), [])
    data = {cell.name: cell.text for cell in form.all_fields}
    names = {name.replace("_", "-"): text for name, text in changes.items()}
    return {"version": "1", "reason": "经常委会研究", "action": "save"} | data | names


def errors(page: Any) -> dict[str, str]:
    """Input → what is wrong with it."""
    return {cell.name: cell.error for cell in page.context["form"].all_fields if cell.error}


def current() -> Scheme:
    return scheme_current(AssessmentYear.objects.get(number=2025))


def test_untouched_form_means_the_same_scheme() -> None:
    form = scheme_form(default_scheme(), [])
    assert (form.check(), form.scheme) == (True, default_scheme())


@pytest.mark.parametrize(
    "scheme",
    [
        replace(
            default_scheme(), team_votes=Bands(((Fraction(9, 10), Fraction(1)), (Fraction(0), Fraction(1, 2))), None)
        ),
        replace(
            default_scheme(),
            evaluations=(
                replace(default_scheme().evaluations[0], groups=(("甲", Fraction(2, 5)), ("乙", Fraction(3, 5)))),
                *default_scheme().evaluations[1:],
            ),
        ),
    ],
)
def test_form_reads_back_every_kind_of_scheme(scheme: Scheme) -> None:
    form = scheme_form(scheme, [])
    assert (form.check(), form.scheme) == (True, scheme)


def test_changed_points_are_saved_as_a_version_with_reason(clerk: Client, draft: AssessmentYear) -> None:
    clerk.post(EDIT, typed(line_0_points="１１", line_1_points="13"))
    assert [line.points for line in current().lines[:2]] == [11, 13]
    version = draft.scheme_versions.get(number=2)
    assert (version.reason, version.made_by and version.made_by.username) == ("经常委会研究", "office")


def test_t2_a_block_that_does_not_add_up_is_told_beside_it(clerk: Client, draft: AssessmentYear) -> None:
    page = clerk.post(EDIT, typed(line_0_points="11"))
    assert list(errors(page)) == ["block-key"]
    assert "59" in errors(page)["block-key"]
    assert page.context["form"].lines[0]["points"].text == "11"
    assert draft.scheme_versions.count() == 1


@pytest.mark.parametrize(
    ("name", "text", "wrong"),
    [
        ("line-0-points", "十二", "line-0-points"),
        ("line-0-points", "0", "line-0-points"),
        ("line-0-code", "", "line-0-code"),
        ("line-0-name", "", "line-0-name"),
        ("line-0-code", "K/1", "line-0-code"),
        ("line-0-step", "200%", "line-0-step"),
        ("line-0-top", "90%", "line-0-top"),
        ("line-0-method", "抽签", "line-0-method"),
        ("evaluation-E1-points", "", "evaluation-E1-points"),
        ("evaluation-E1-groups", "A=0.4,B=0.4", "evaluation-E1-groups"),
        ("evaluation-E1-groups", "A=1;E2:B=1", "evaluation-E1-groups"),
        ("item-C1-points", "-20", "item-C1-points"),
        ("parameter-班子档次系数", "1;0.8", "parameter-班子档次系数"),
        ("parameter-奖金总额", "0.001", "parameter-奖金总额"),
        ("parameter-称职线", "90", "parameter-称职线"),
        ("parameter-同分排序", "C9", "parameter-同分排序"),
        ("parameter-班子总分", "140", "parameter-班子总分"),
        ("parameter-免发份额", "", "parameter-免发份额"),
    ],
)
def test_bad_text_is_told_beside_its_input_and_kept(
    clerk: Client, draft: AssessmentYear, name: str, text: str, wrong: str
) -> None:
    page = clerk.post(EDIT, typed() | {name: text})
    assert wrong in errors(page)
    assert {cell.name: cell.text for cell in page.context["form"].all_fields}[name] == text
    assert page.context["reason"] == "经常委会研究"
    assert draft.scheme_versions.count() == 1


def test_refused_save_begins_with_what_is_wrong_and_the_way_to_it(clerk: Client, draft: AssessmentYear) -> None:
    page = clerk.post(EDIT, typed(line_0_points="十二", line_1_code="") | {"parameter-班子总分": ""})
    findings = page.context["form"].findings
    assert [finding.href for finding in findings] == ["#line-0-points", "#line-1-code", "#parameter-班子总分"]
    words = page.content.decode()
    assert all(f'id="{finding.href[1:]}"' in words for finding in findings)
    assert ("autofocus" in words, 'name="refused"' in words) == (True, True)
    checked = clerk.post(CHECK, typed(line_0_points="十二", refused="1")).content.decode()
    assert ('href="#line-0-points"' in checked, "autofocus" in checked) == (True, False)


def test_check_while_typing_repeats_nothing_before_a_save_was_refused(clerk: Client, draft: AssessmentYear) -> None:
    assert 'href="#line-0-points"' not in clerk.post(CHECK, typed(line_0_points="十二")).content.decode()
    assert "autofocus" not in clerk.get(EDIT).content.decode()


def test_every_parameter_is_explained_beside_its_input(clerk: Client, draft: AssessmentYear) -> None:
    fields = clerk.get(EDIT).context["form"].parameters
    words = {parameter.name: parameter.words for parameter in PARAMETERS}
    with override("en"):
        assert [scheme_form(default_scheme(), []).parameters[name].help for name in fields] == [
            gettext(words[name]) for name in fields
        ]
    assert all(cell.help for cell in fields.values())


def test_code_given_twice_is_told_at_both_lines(clerk: Client, draft: AssessmentYear) -> None:
    page = clerk.post(EDIT, typed(line_1_code="K1"))
    assert list(errors(page)) == ["line-0-code", "line-1-code"]


def test_rule_of_a_line_can_be_changed(clerk: Client, draft: AssessmentYear) -> None:
    page = clerk.post(EDIT, typed(line_0_method="线性", line_0_step="", line_0_floor="", line_0_bottom="50%"))
    assert page["Location"] == "/years/2025/scheme/"
    assert (current().lines[0].rule.top, current().lines[0].rule.bottom) == (1, Fraction(1, 2))  # type: ignore[union-attr]


@pytest.mark.parametrize(("top", "bottom", "wrong"), [("50%", "40%", []), ("50%", "60%", ["line-0-bottom"])])
def test_two_rates_of_a_rule_are_read_together(
    clerk: Client, draft: AssessmentYear, top: str, bottom: str, wrong: list[str]
) -> None:
    rule = {"line_0_method": "线性", "line_0_step": "", "line_0_floor": "", "line_0_top": top, "line_0_bottom": bottom}
    assert list(errors(clerk.post(CHECK, typed(None, **rule)))) == wrong


def test_e2_bands_replace_the_coefficients_and_back(clerk: Client, draft: AssessmentYear) -> None:
    clerk.post(EDIT, typed() | {"parameter-班子档次分段": "90%:100%;0:80%;后两档1/3:65%"})
    assert isinstance(current().team_votes, Bands)
    clerk.post(EDIT, typed(current(), version="2") | {"parameter-班子档次分段": ""})
    assert current().team_votes == WeightedShare((Fraction(1), Fraction(4, 5), Fraction(3, 5), Fraction(0)))


def test_change_needs_a_reason(clerk: Client, draft: AssessmentYear) -> None:
    page = clerk.post(EDIT, typed(line_0_points="11", line_1_points="13", reason=" "))
    assert len(page.context["form"].problems) == 1
    assert draft.scheme_versions.count() == 1


def test_version_saved_meanwhile_is_not_overwritten_unseen(
    clerk: Client, draft: AssessmentYear, second_clerk: Account
) -> None:
    scheme_save(year=draft, scheme=replace(default_scheme(), tie_break=("C2",)), by=second_clerk)
    mine = typed(line_0_points="11", line_1_points="13")
    page = clerk.post(EDIT, mine)
    assert [row.where for row in page.context["differences"]] == ["K1 分值", "K2 分值", "同分排序"]
    assert current().tie_break == ("C2",)
    clerk.post(EDIT, mine | {"version": "2"})
    assert (current().tie_break, current().lines[0].points) == ((), 11)


@pytest.mark.parametrize(
    ("action", "codes"),
    [
        ("up:1", ["K2", "K1", "K3"]),
        ("down:0", ["K2", "K1", "K3"]),
        ("up:0", ["K1", "K2", "K3"]),
        ("remove:0", ["K2", "K3", "K4"]),
        ("remove:99", ["K1", "K2", "K3"]),
        ("remove:x", ["K1", "K2", "K3"]),
    ],
)
def test_rows_are_rearranged_without_saving(
    clerk: Client, draft: AssessmentYear, action: str, codes: list[str]
) -> None:
    page = clerk.post(EDIT, typed(action=action, line_12_name="安全"))
    rows = page.context["form"].lines
    assert [row["code"].text for row in rows[:3]] == codes
    assert [row["code"].name for row in rows[:2]] == ["line-0-code", "line-1-code"]
    assert rows[-1]["name"].text == "安全"
    assert draft.scheme_versions.count() == 1


def test_line_is_added_and_saved(clerk: Client, draft: AssessmentYear) -> None:
    rows = clerk.post(EDIT, typed(action="add")).context["form"].lines
    assert (len(rows), rows[13]["code"].text, rows[13]["method"].text) == (14, "", "名次百分比")
    new = {"code": "R4", "target": "生态", "name": "生态", "block": "常规", "points": "1", "direction": "越低越好"}
    data = typed(line_5_points="4") | {f"line-13-{name}": text for name, text in new.items()}
    clerk.post(EDIT, data | {"line-13-method": "名次分值", "line-13-ties": "取平均", "line-13-department": ""})
    assert (current().line("R4").points, draft.lines.get(code="R4").order) == (1, 14)


def test_line_that_holds_values_is_not_removed(clerk: Client, draft: AssessmentYear) -> None:
    values_save(year=draft, cells={("T01", "R1"): Fraction(1)}, by=None)
    data = typed(line_6_points="10")
    kept = clerk.post(EDIT, data | {"action": "remove:5"}).context["form"]
    page = clerk.post(EDIT, typed() | {c.name: c.text for c in kept.all_fields} | {"line-12-code": "V5"})
    assert draft.lines.filter(code="R1").exists()
    assert draft.scheme_versions.count() == 1
    assert page.status_code == 200


def test_department_answers_for_a_line(clerk: Client, draft: AssessmentYear) -> None:
    unit = unit_of_department()
    clerk.post(EDIT, typed(line_0_department="财政局"))
    assert draft.lines.get(code="K1").department == unit


def test_check_tells_problems_and_sums_without_saving(clerk: Client, draft: AssessmentYear) -> None:
    page = clerk.post(CHECK, typed(line_0_points="11"))
    assert list(errors(page)) == ["block-key"]
    assert [(s.total, s.expected, s.agrees) for s in page.context["form"].sums] == [
        ("59", "60", False),
        ("14", "14", True),
        ("16", "16", True),
        ("90", "90", True),
        ("60", "60", True),
        ("150", "150", True),
        ("100", "100", True),
    ]
    words = " ".join(page.content.decode().split())
    assert '<div id="error-block-key" class="invalid-feedback field-error" hx-swap-oob="true">' in words
    assert draft.scheme_versions.count() == 1


def test_check_survives_any_rubbish(clerk: Client, draft: AssessmentYear) -> None:
    page = clerk.post(CHECK, {"line-0-code": "K1", "block-key": "?", "parameter-班子总分": "∞"})
    assert page.status_code == 200


def test_y1_announced_scheme_is_frozen(clerk: Client, draft: AssessmentYear) -> None:
    stale = AssessmentYear.objects.get()
    year_in_phase(draft, Phase.ANNOUNCED)
    with pytest.raises(YearClosed):
        scheme_save(year=stale, scheme=replace(default_scheme(), tie_break=("C2",)), by=None)
    assert clerk.post(EDIT, typed(line_0_points="11", line_1_points="13"))["Location"] == "/years/2025/scheme/"
    assert current() == default_scheme()


@pytest.mark.parametrize(
    "changed",
    [
        {"team_points": Fraction(100)},
        {"target_points": Fraction(91)},
        {"evaluation_points": Fraction(59)},
        {"cadre_points": Fraction(120)},
        {"lines": default_scheme().lines[1:]},
        {"lines": ()},
    ],
)
def test_t2_service_refuses_what_does_not_add_up(draft: AssessmentYear, changed: dict[str, Any]) -> None:
    with pytest.raises(SchemeRefused):
        scheme_save(year=draft, scheme=replace(default_scheme(), **changed), by=None)
    assert draft.scheme_versions.count() == 1


def test_page_shows_every_parameter_with_clause_and_source(clerk: Client, draft: AssessmentYear) -> None:
    page = clerk.get("/years/2025/scheme/")
    rows = [row for section in page.context["sections"] for row in section.rows]
    assert [row.parameter.name for row in rows] == [parameter.name for parameter in PARAMETERS]
    assert all(row.parameter.clause and row.source for row in rows)
    lines = [row for block in page.context["blocks"] for row in block.lines]
    assert [(row.line.code, row.clause, row.source) for row in lines[:1]] == [("K1", "T1, 1.1, T3", "S2, D")]
    assert len(lines) == 13


def test_page_tells_where_the_county_departs_from_the_default(clerk: Client, draft: AssessmentYear) -> None:
    scheme_save(year=draft, scheme=replace(default_scheme(), deputy_team_share=Fraction(7, 10)), by=None)
    page = clerk.get("/years/2025/scheme/")
    rows = {row.parameter.name: row for section in page.context["sections"] for row in section.rows}
    assert (rows["副职班子占比"].value, rows["副职班子占比"].changed, rows["空票别"].changed) == ("0.7", True, False)
    assert "0.5" in rows["副职班子占比"].source


def test_page_lists_what_differs_from_last_year(clerk: Client, draft: AssessmentYear) -> None:
    copy = year_create(number=2026, copy_from=draft, by=None)
    scheme_save(year=copy, scheme=replace(default_scheme(), deputy_team_share=Fraction(7, 10)), by=None)
    rows = clerk.get("/years/2026/scheme/").context["differences"]
    assert [(row.where, row.before, row.after) for row in rows] == [("副职班子占比", "0.5", "0.7")]


def test_versions_compare_any_two(clerk: Client, draft: AssessmentYear) -> None:
    scheme_save(year=draft, scheme=replace(default_scheme(), tie_break=("C2",)), reason="一", by=None)
    scheme_save(year=draft, scheme=replace(default_scheme(), tie_break=("C2", "C1")), reason="二", by=None)
    url = "/years/2025/scheme/versions/"

    def compared(query: str) -> list[tuple[str, str]]:
        return [(row.before, row.after) for row in clerk.get(url + query).context["differences"]]

    assert compared("") == [("C2", "C2;C1")]
    assert compared("?old=1&new=3") == [("", "C2;C1")]
    assert compared("?old=3&new=1") == [("C2;C1", "")]
    assert compared("?old=x&new=99") == [("C2", "C2;C1")]


def test_draft_is_the_office_s_alone(client_for: Callable[[str], Client], draft: AssessmentYear) -> None:
    for member in ("department", "township", "assessor", "leader", "auditor", "administrator"):
        assert client_for(member).get("/years/2025/scheme/").status_code == 403
        assert client_for(member).post(EDIT, typed(line_0_points="11", line_1_points="13")).status_code == 403
    assert current() == default_scheme()


def test_removal_of_a_line_with_values_is_refused_by_the_service(draft: AssessmentYear) -> None:
    values_save(year=draft, cells={("T01", "V5"): Fraction(1)}, by=None)
    lines = default_scheme().lines
    fewer = (*lines[:-2], replace(lines[-2], points=Fraction(6)))
    with pytest.raises(Refused, match="安全生产工作"):
        scheme_save(year=draft, scheme=replace(default_scheme(), lines=fewer), by=None)


def test_line_leads_to_its_preview(clerk: Client, draft: AssessmentYear) -> None:
    page = clerk.get("/years/2025/scheme/").content.decode()
    address = page.split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
    assert [cell.place for cell in clerk.get(address).context["preview"].rows] == [1, 2]
