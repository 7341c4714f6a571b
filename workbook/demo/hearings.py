"""Interviews, solicited opinions and daily notes of the year that is being collected (RULES Y5 to Y7)."""

from datetime import date, timedelta
from random import Random

from django.utils import timezone

from assessment.models import AssessmentYear, Direction, Interviewee, Occasion, RosterEntry, Source
from assessment.record_places import RecordSubject
from assessment.services.interview import InterviewRow, interview_record, interview_targets_save
from assessment.services.note import NoteRow, note_record
from assessment.services.opinion import OpinionRow, opinion_record
from cadres.models import Account, Township
from workbook.demo.county import TOWNSHIP_CODES

PEOPLE = {Interviewee.SUPERIOR: 2, Interviewee.DELEGATE: 5, Interviewee.MIDDLE: 10, Interviewee.ORDINARY: 25}
"""How many of each group there are in a township."""

ALL_TALKED = ("T01", "T02", "T03")
BEGUN = ("T04", "T05", "T07")

WORDS = {
    Interviewee.SUPERIOR: "县领导",
    Interviewee.DELEGATE: "代表委员",
    Interviewee.MIDDLE: "站所负责人",
    Interviewee.ORDINARY: "干部",
}

OPINIONS = (
    ("T01", Source.LEADER, Direction.DOWN, "县领导 冯立新", "重点项目落地快，班子抓落实的劲头足。"),
    ("T02", Source.COUNTERPART, Direction.ALONG, "市农业农村局", "高标准农田建设进度居全市前列，管护机制还需健全。"),
    ("T03", Source.CONDUCT, Direction.ACROSS, "行风监督员 老周", "便民服务中心办事效率有改进，窗口人手偏紧。"),
    ("T05", Source.RETIRED, Direction.UP, "退休干部代表", "班子能听意见，对老干部反映的饮水问题有回应。"),
    ("T13", Source.DELEGATE, Direction.UP, "县人大代表", "采石场整治后安全管理明显加强。"),
)

NOTES = (
    ("T01", Occasion.SURVEY, 220, "调研招商项目，三个在谈项目均有专人跟进。"),
    ("T04", Occasion.INSPECTION, 160, "防汛检查，值班制度落实，物资台账清楚。"),
    ("T08", Occasion.TALK, 95, "与班子成员谈话，反映分工调整后协调不够顺畅，已提醒。"),
    ("T13", Occasion.INSPECTION, 60, "安全生产督查，隐患整改闭环，未见反弹。"),
    ("T19", Occasion.SURVEY, 40, "产业基础薄弱，群众对道路硬化意见集中。"),
)


def hearings_build(year: AssessmentYear, accounts: dict[str, Account]) -> None:
    office = accounts["office"]
    interview_targets_save(
        year=year,
        people={(code, str(group)): people for code in TOWNSHIP_CODES for group, people in PEOPLE.items()},
        by=office,
    )
    for code in (*ALL_TALKED, *BEGUN):
        _talk(year, Township.objects.get(code=code), office, whole=code in ALL_TALKED)
    for code, source, direction, given_by, content in OPINIONS:
        row = OpinionRow(_team(code), source, direction, _day(20), content, given_by)
        opinion_record(year=year, row=row, by=office)
    for code, occasion, days, content in NOTES:
        note_record(year=year, row=NoteRow(_team(code), occasion, _day(days), content), by=office)
    _note_on_cadre(year, office)


def _talk(year: AssessmentYear, township: Township, by: Account, *, whole: bool) -> None:
    """The three musts and the two floors; where it has only begun, the team and some others."""
    members = year.roster.filter(township=township).select_related("cadre")
    for entry in members if whole else members[:4]:
        row = InterviewRow(Interviewee.MEMBER, _day(9), cadre=entry.cadre, place="乡镇小会议室", content=_said(entry))
        interview_record(year=year, township=township, row=row, by=by)
    for group, people in PEOPLE.items():
        done = {Interviewee.MIDDLE: 8, Interviewee.ORDINARY: 6}.get(group, people)
        for place in range(1, (done if whole else done // 2) + 1):
            row = InterviewRow(group, _day(8), person=f"{WORDS[group]}{place}", place="乡镇小会议室")
            interview_record(year=year, township=township, row=row, by=by)


def _note_on_cadre(year: AssessmentYear, by: Account) -> None:
    entry = year.roster.select_related("cadre", "township").filter(township__code="T01").order_by("cadre__number")[2]
    subject = RecordSubject(entry.township, entry.cadre)
    note_record(year=year, row=NoteRow(subject, Occasion.TALK, _day(30), "谈话了解：熟悉业务，作风扎实。"), by=by)


def _said(entry: RosterEntry) -> str:
    choice = Random(f"said {entry.cadre.number}")
    return choice.choice(("对班子运行满意，建议加强年轻干部培养。", "分管工作按计划推进，反映人手不足。", ""))


def _team(code: str) -> RecordSubject:
    return RecordSubject(Township.objects.get(code=code))


def _day(ago: int) -> date:
    """Nothing is recorded before it happened, on whatever day the demo county is built."""
    return timezone.localdate() - timedelta(days=ago)
