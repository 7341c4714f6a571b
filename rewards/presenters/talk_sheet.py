"""The sheet of a collective talk, in words: page and Word file print the same. Chinese, as an official paper is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from assessment.models import AssessmentYear
from assessment.numbers import number_text
from cadres.templatetags.labels import percent, points, term
from rewards.letters import words
from rewards.models import Verdict
from rewards.selectors.measure import MeasureCase
from rewards.selectors.talk_sheet import TalkMatter, is_low
from scoring.beside import Remark
from scoring.engine import CadreGrade, CadreResult, Rank
from scoring.standing import LineStanding, next_team_place, rate, team_lines
from scoring.wording import entry_name, not_graded_text

LOW_CADRE_GRADES = (CadreGrade.BASIC, CadreGrade.INCOMPETENT)
WEAK_MARK = "▼"
NUMBER = {"td": {"class": "num"}, "th": {"class": "num"}}
U3_MARK = "集体谈话并限期改进"


@dataclass(frozen=True)
class SheetLine:
    """A scored line beside the county's median; a weak one, under the median, carries a mark."""

    name: str
    points: str
    median: str
    difference: str
    mark: str


@dataclass(frozen=True)
class SheetMember:
    """A member of the team; who is not graded has the reason in the place of the grade."""

    post: str
    name: str
    score: str
    place: str
    grade: str
    mark: str


@dataclass(frozen=True)
class TalkSheet:
    """What the sheet says. `pairs`: the lines, two in a row; the second of the last may be None."""

    title: str
    file_name: str
    mark: str
    result: tuple[str, ...]
    pairs: tuple[tuple[SheetLine, SheetLine | None], ...]
    weak: tuple[str, ...]
    members: tuple[SheetMember, ...]
    measures: tuple[str, ...]
    opinions: tuple[str, ...]
    notes: tuple[str, ...]


@override("zh-hans")
def talk_sheet(matter: TalkMatter) -> TalkSheet:
    """In Chinese whatever the page's language."""
    team, year = matter.team.input, matter.year.number
    standings = team_lines(matter.result, matter.team, year)
    beside = matter.beside
    return TalkSheet(
        title=f"{matter.county}{year}年度{team.name}领导班子集体谈话提纲",
        file_name=f"{year}年度集体谈话-{team.code}{team.name}",
        mark=U3_MARK if is_low(matter.grade) else "",
        result=tuple(_result(matter)),
        pairs=tuple(_pairs([_line(standing) for standing in standings])),
        weak=tuple(map(_weak, words.weakest(standings))),
        members=tuple(_members(matter)),
        measures=tuple(map(_measure, matter.measures)),
        opinions=tuple(map(_remark, beside.opinions)) if beside else (),
        notes=tuple(map(_remark, beside.notes)) if beside else (),
    )


def _result(matter: TalkMatter) -> Iterator[str]:
    team, year = matter.team, matter.year.number
    if team.total is None or team.standing is None:
        yield "有未录入的数据，班子得分暂不能计算。"
        return
    score = rate(team.total, team.out_of)
    place = words.place_of(team.standing, "个班子")
    yield f"得{points(team.total)}分（满分{number_text(team.out_of)}分），得分率{percent(score)}，居全县{place}。"
    grade = matter.grade
    yield words.grade_text(grade.grade, decided=grade.decided is not None, whom="班子")
    yield words.change(matter.earlier, year=year, rate=score, rank=team.standing)
    if text := next_team_place(matter.result, team):
        yield f"位次前移：{text}"
    for veto in matter.vetoes:
        document = f"，{veto.document}" if veto.document else ""
        name = entry_name(matter.result.scheme, veto.line.code)
        yield f"一票否决：{name}，{veto.fact}（{veto.decided_by}，{words.day(veto.decided_on)}{document}）。"
    if is_low(grade):
        until = f"，于{words.day(matter.rectify_until)}前整改到位" if matter.rectify_until else ""
        yield f"班子为“{grade.grade}”，由县委有关领导集体谈话，限期改进{until}（U3）。"


def _line(standing: LineStanding) -> SheetLine:
    line, middle = standing.line, standing.median
    known = line.points is not None and middle is not None
    difference = line.points - middle if known else None  # type: ignore[operator]
    return SheetLine(
        name=standing.name,
        points=f"{points(line.points)} / {number_text(line.out_of)}",
        median=points(middle),
        difference="—" if difference is None else words.signed(difference),
        mark=WEAK_MARK if difference is not None and difference < 0 else "",
    )


def _pairs(lines: list[SheetLine]) -> Iterator[tuple[SheetLine, SheetLine | None]]:
    """Down the left column, then down the right one."""
    half = (len(lines) + 1) // 2
    for position, left in enumerate(lines[:half]):
        yield left, lines[half + position] if half + position < len(lines) else None


def _weak(standing: LineStanding) -> str:
    """“财政收入：9.60分（满分12分），第11名（共20个），低于全县中位数1.20分；前一名完成值为53.3。”"""
    line = standing.line
    place = f"，第{line.place}名（共{standing.ranked}个）" if line.place is not None else ""
    short = points((standing.median or 0) - (line.points or 0))
    better = f"；前一名完成值为{standing.next_value}" if standing.next_value else ""
    return (
        f"{standing.name}：{points(line.points)}分（满分{number_text(line.out_of)}分）{place}，"
        f"低于全县中位数{short}分{better}。"
    )


def _members(matter: TalkMatter) -> Iterator[SheetMember]:
    for cadre in matter.result.cadres_of(matter.team.input.code):
        grade = matter.grades.cadres[cadre.input.number]
        suggested = "（建议）" if grade.stands_by_suggestion else ""
        yield SheetMember(
            post="、".join(term(post) for post in (cadre.input.post, cadre.input.second_post) if post),
            name=cadre.input.name,
            score=points(cadre.total),
            place=_place(cadre.in_county),
            grade=_not_graded(cadre) or (f"{term(grade.grade)}{suggested}" if grade.grade else "—"),
            mark=WEAK_MARK if any(grade.grade == low for low in LOW_CADRE_GRADES) else "",
        )


def _place(rank: Rank | None) -> str:
    if rank is None:
        return "—"
    return f"{rank.place} / {rank.ranked}{'（并列）' if rank.is_tied else ''}"


def _not_graded(cadre: CadreResult) -> str:
    return f"不定等次：{not_graded_text(cadre.input.not_graded)}" if not cadre.graded else ""


def _measure(case: MeasureCase) -> str:
    """“班子：限期改进（U3，实绩一般）：建议，尚未决定，限期至2026年6月30日。”"""
    whom = "班子" if case.key.of_team else case.subject.name
    grades = "、".join(f"{entry.year}年度{entry.grade}" for entry in case.evidence if entry.grade)
    return f"{whom}：{case.key.kind}（{case.clause}，{grades}）：{_decided(case)}。"


def _decided(case: MeasureCase) -> str:
    decision = case.course.decision
    if decision is None:
        return "，".join(filter(None, ("建议，尚未研究决定", _until(case))))
    day = f"{decision.decided_by}{words.day(decision.decided_on)}"
    if decision.verdict == Verdict.DECLINED:
        return f"{day}决定不采取（{decision.reason}）"
    taken = f"{day}决定{decision.get_taken_display()}"
    return "，".join(filter(None, (taken, decision.document, _until(case))))


def _until(case: MeasureCase) -> str:
    return f"限期至{words.day(case.deadline)}" if case.deadline else ""


def _remark(remark: Remark) -> str:
    by = f"，{remark.by}" if remark.by else ""
    return f"{words.day(remark.on)}（{remark.kind}{by}）：{' '.join(remark.text.split())}"


class TalkTable(tables.Table):
    """One row a team. `editable`: a talk can be recorded."""

    township = tables.Column(gettext_lazy("Township"), accessor="team__input__name", order_by=("order",))
    place = tables.Column(gettext_lazy("Place"), accessor="place", order_by=("place", "order"))
    score = tables.Column(gettext_lazy("Score"), accessor="team__total", orderable=False, empty_values=(), attrs=NUMBER)
    grade = tables.Column(gettext_lazy("Grade"), accessor="grade", orderable=False)
    held = tables.Column(gettext_lazy("Talk held"), accessor="latest", order_by=("latest", "order"), empty_values=())
    sheet = tables.Column(pgettext_lazy("paper", "Sheet"), accessor="team__input__code", orderable=False)

    class Meta:
        attrs = {"class": "data-table follow-table"}

    def __init__(self, *args: Any, year: AssessmentYear, editable: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year, self.editable = year, editable

    def render_place(self, record: Any) -> str:
        return self._cell("place", record)

    def render_score(self, record: Any) -> str:
        return points(record.team.total)

    def render_grade(self, record: Any) -> str:
        return self._cell("grade", record)

    def render_held(self, record: Any) -> str:
        return self._cell("held", record)

    def render_sheet(self, record: Any) -> str:
        return self._cell("sheet", record)

    def _cell(self, part: str, row: Any) -> str:
        context = {"row": row, "year": self.year, "editable": self.editable, "part": part}
        return render_to_string("rewards/talk_sheet_cell.html", context)
