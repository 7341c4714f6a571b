"""What a letter says (RULES U4): numbers as the year has them, changes from the year before, ties, vetoes, C3."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from assessment.models import Phase
from rewards.letters import words
from rewards.letters.values import Earlier, Letter, LetterLine, Occasion
from rewards.models import PastResult
from rewards.selectors.letter import Subject, year_letters
from scoring.engine import Rank, ScoreLine, YearInput
from scoring.standing import LineStanding
from tests.county import county, ladder, year_in_phase
from tests.rewards.committee import outstanding

pytestmark = pytest.mark.django_db


def letter(inputs: YearInput, subject: Subject, *, phase: Phase = Phase.CLOSED) -> Letter:
    return year_letters(county(inputs, phase=phase)).letter(subject)


def said(found: Letter, heading: str) -> str:
    """The paragraphs under this heading."""
    parts = [part for part in (*found.sections, found.closing) if part.heading.endswith(heading)]
    return "".join(text for part in parts for text in part.paragraphs)


TEAM_2 = Subject(True, "T2")


def test_team_is_told_score_place_and_what_one_more_place_needs() -> None:
    """13 lines at place 2 of 4 cost 2 % each: 90 × 2 % = 1.80 of 150."""
    found = letter(ladder(4), TEAM_2)
    assert found.addressee == "T2镇领导班子："
    assert said(found, "得分和位次") == (
        "得分148.20分（满分150分），得分率98.80%，在全县乡镇领导班子中居第2名（共4个班子）。"
        "再得1.80分（达到150.00分）可升至第1名。"
    )


def test_first_place_needs_nothing_more() -> None:
    assert said(letter(ladder(4), Subject(True, "T1")), "得分和位次").endswith("居第1名（共4个班子）。")


def test_every_line_stands_against_the_median_of_that_line() -> None:
    """财政收入: 12.00, 11.76, 11.52, 11.28; the median lies between the two in the middle. Then the sum."""
    table = letter(ladder(4), TEAM_2).sections[1].lines
    assert len(table) == 18
    assert table[0] == LetterLine("财政收入", "11.76", "12", "98.00%", "11.64", "+0.12")
    assert table[13] == LetterLine("民主测评", "15.00", "15", "100.00%", "15.00", "0.00")
    assert table[-1] == LetterLine("合计", "148.20", "150", "98.80%", "147.30", "+0.90", is_total=True)


def test_cadre_is_told_the_three_places_with_their_ties() -> None:
    """P1 to P3: three deputies of a team share one score; so do both 副乡镇长 of a team, and all five with it."""
    assert said(letter(ladder(4), Subject(False, "T2-4")), "得分和位次") == (
        "得分99.20分（满分100分），得分率99.20%。"
        "同级位次（本乡镇副职）居第1名（共3人，与其他2人并列）；"
        "同职位次（全县副乡镇长）居第3名（共8人，与其他1人并列）；"
        "综合位次（全县参加考评的领导干部）居第6名（共20人，与其他4人并列）。"
        "按综合位次，再得0.80分（达到100.00分）可升至第1名。"
    )


def test_principal_has_no_place_among_the_deputies() -> None:
    text = said(letter(ladder(2), Subject(False, "T1-1")), "得分和位次")
    assert "同级位次" not in text
    assert "同职位次（全县党委书记）居第1名（共2人）" in text


def test_not_graded_cadre_is_told_why_and_no_score() -> None:
    """C3."""
    inputs = ladder(2)
    cadres = (replace(inputs.cadres[0], not_graded="5A"), *inputs.cadres[1:])
    found = letter(replace(inputs, cadres=cadres), Subject(False, "T1-1"))
    assert [part.heading for part in found.sections] == ["一、不定等次的情况"]
    assert said(found, "不定等次的情况") == (
        "经审核，你2025年度属于“试用期”情形（登记代码5A），按照考评办法不定等次，不计分，不参加位次排列。"
    )
    assert found.closing.heading == "二、申请复核"


def test_veto_is_named_to_the_team_and_to_its_principals() -> None:
    """G5, G4."""
    inputs = ladder(2)
    teams = (replace(inputs.teams[0], vetoes=("V2",)), inputs.teams[1])
    letters = year_letters(county(replace(inputs, teams=teams)))
    assert "本年度有一票否决：信访工作。" in said(letters.letter(Subject(True, "T1")), "考评档次")
    assert "有下列情形不得评为优秀：所在班子有一票否决：信访工作。" in said(
        letters.letter(Subject(False, "T1-1")), "考评档次"
    )


def test_grade_is_suggested_until_the_committee_has_decided() -> None:
    """RULES 4."""
    text = said(letter(ladder(4), TEAM_2), "考评档次")
    assert text == "按得分，你们领导班子2025年度建议档次为“实绩较好”，县委尚未研究决定。"


def test_decided_grade_is_said_as_decided() -> None:
    year = outstanding(ladder(4))
    assert said(year_letters(year).letter(TEAM_2), "考评档次") == (
        "经县委研究，你们领导班子2025年度考评档次定为“实绩突出”。"
    )


def test_draft_says_so_and_names_no_last_day() -> None:
    found = letter(ladder(2), TEAM_2)
    assert found.mark == "未公布，仅供核对"
    assert "自结果公布之日起30日内，以书面形式" in said(found, "申请复核")


def test_published_letter_is_dated_and_names_the_last_day_of_the_appeal() -> None:
    """Y8: 30 days from the publication."""
    year = county(ladder(2), phase=Phase.PUBLISHED)
    type(year).objects.update(published_on=date(2026, 1, 20))
    found = year_letters(year).letter(TEAM_2)
    assert (found.mark, found.dated) == ("", "2026年1月20日")
    assert "自结果公布之日起30日内，即2026年2月19日前（含当日），" in said(found, "申请复核")


def test_team_beside_its_year_before() -> None:
    """P6: fourth of 4 then, second of 4 now."""
    inputs = ladder(4)
    swapped = (replace(inputs.teams[3], code="T2", name="T2镇"), replace(inputs.teams[1], code="T4", name="T4镇"))
    before = replace(inputs, teams=(inputs.teams[0], swapped[1], inputs.teams[2], swapped[0]))
    county(before, number=2024)
    assert said(letter(inputs, TEAM_2), "与上年度相比") == (
        "2024年度得分率96.40%，第4名（共4名）；本年度得分率上升2.40个百分点，位次前移2名。"
    )


@pytest.mark.parametrize("phase", [Phase.COLLECTING, Phase.DRAFT])
def test_a_year_before_that_still_takes_inputs_is_no_result(phase: Phase) -> None:
    year_in_phase(county(ladder(4), number=2024), phase)
    letters = year_letters(county(ladder(4)))
    texts = {said(letters.letter(subject), "与上年度相比") for subject in (TEAM_2, Subject(False, "T2-4"))}
    assert texts == {"没有2024年度考评结果，不作比较。"}


def test_imported_result_has_a_score_and_no_rate() -> None:
    year = county(ladder(4))
    cadre = year.roster.get(cadre__number="T2-4").cadre
    PastResult.objects.create(cadre=cadre, year=2024, grade="称职", score=Decimal("88.20"), rank_county=9, ranked=40)
    assert said(year_letters(year).letter(Subject(False, "T2-4")), "与上年度相比") == (
        "2024年度得88.20分，第9名（共40名）；本年度位次前移3名。"
    )


HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("earlier", "text"),
    [
        (None, "没有2024年度考评结果，不作比较。"),
        (Earlier(2024, not_graded=True), "2024年度未定等次，不作比较。"),
        (
            Earlier(2024, rate=HALF, place=3, ranked=9),
            "2024年度得分率50.00%，第3名（共9名）；本年度得分率持平，位次不变。",
        ),
        (
            Earlier(2024, rate=Fraction(3, 4), place=1, ranked=9),
            "2024年度得分率75.00%，第1名（共9名）；本年度得分率下降25.00个百分点，位次后移2名。",
        ),
        (Earlier(2024, score=Decimal("81.5")), "2024年度得81.50分。"),
        (Earlier(2024, place=2), "2024年度第2名；本年度位次后移1名。"),
        (Earlier(2024), "2024年度没有得分和位次记录。"),
    ],
)
def test_change_from_last_year_in_words(earlier: Earlier | None, text: str) -> None:
    """At a rate of 50 % and place 3 now."""
    assert words.change(earlier, year=2025, rate=HALF, rank=Rank(3, 1, 9)) == text


def standing(name: str, points: str | None, middle: str | None, full: int = 10) -> LineStanding:
    scored = None if points is None else Decimal(points)
    line = ScoreLine(name, name, Fraction(full), scored, None, None, "")
    return LineStanding(line, name, None, False, None, None if middle is None else Decimal(middle), "", "")


def names(found: list[LineStanding]) -> list[str]:
    return [line.name for line in found]


def test_strongest_and_weakest_by_rate_at_most_three_each() -> None:
    """Half a point of 5 weighs as much as one of 10; equal ones stay in the scheme's order."""
    lines = [
        standing("a", "6.00", "5.00"),
        standing("b", "3.00", "2.50", full=5),
        standing("c", "7.00", "5.00"),
        standing("d", "5.10", "5.00"),
        standing("e", "5.00", "5.00"),
        standing("f", "4.00", "5.00"),
        standing("g", None, "5.00"),
        standing("h", "1.00", None),
    ]
    assert names(words.strongest(lines)) == ["c", "a", "b"]
    assert names(words.weakest(lines)) == ["f"]
    assert words.lines_named("弱项", words.weakest(lines), "无") == "弱项：f（4.00分，低1.00分）。"
    assert words.lines_named("强项", [], "没有。") == "没有。"


def test_distance_is_from_the_median_as_printed() -> None:
    """A median of 12.805 is printed 12.81: 13.80 is 0.99 above what the reader sees."""
    assert (
        words.lines_named("强项", [standing("a", "13.80", "12.805", full=15)], "") == "强项：a（13.80分，高0.99分）。"
    )


@pytest.mark.parametrize(
    ("number", "text"), [("0.62", "+0.62"), ("-0.4", "-0.40"), ("0", "0.00"), ("10", "+10.00"), ("-0.00", "0.00")]
)
def test_distances_have_a_sign(number: str, text: str) -> None:
    assert words.signed(Decimal(number)) == text


@pytest.mark.parametrize(("county_name", "sender"), [("平澜县", "中共平澜县委组织部"), ("", "县委组织部")])
def test_the_organization_department_signs(county_name: str, sender: str) -> None:
    day = date(2026, 1, 20)
    occasion = Occasion(2025, county_name, True, True, 30, 30, None, day)
    assert occasion.sender == sender
