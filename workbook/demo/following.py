"""What followed in the demo county's closed years: grades decided, results published, everything after that."""

from collections.abc import Iterable
from datetime import timedelta

from assessment.models import AssessmentYear
from assessment.services.year import year_archive, year_confirm, year_publish
from cadres.models import Account, Cadre
from cadres.services.discipline import discipline_record
from rewards.models import TEAM_GRADES, CommendationKind, FeedbackWay
from rewards.selectors.bulletin import BulletinText
from rewards.selectors.followed import Followed, followed
from rewards.services.bonus import bonus_confirm
from rewards.services.bulletin import bulletin_publish
from rewards.services.certificate import certificate_issue
from rewards.services.commendation import CommendationGiven, commendations_record
from rewards.services.feedback import FeedbackGiven, feedback_record
from rewards.services.grade import adoptable, grade_decisions_save, suggestions_adopt
from rewards.services.past_result import past_results_save
from rewards.services.promotion import promotion_check
from workbook.demo.committee import DEPARTURES, PUBLISHED, SANCTIONS, earlier_results
from workbook.demo.drafts import drafts_build
from workbook.demo.measures import measures_build
from workbook.demo.people import number
from workbook.demo.reviews import reviews_build

COMMITTEE = "中共平岚县委常委会"
SHORTLIST = ("平岚县2026年上半年县直部门正职人选", (7, 43, 50, 88, 89, 131, 151, 216))
"""Purpose, and people of whom some are eligible."""

CERTIFIED = (7, 50)
TALKED_TO = 12
"""Teams of the latest year whose collective talk was held."""


def earlier_build(*, by: Account | None) -> None:
    """Grades of the years before the system."""
    past_results_save(rows=earlier_results(), by=by)


def following_build(year: AssessmentYear, *, accounts: dict[str, Account], latest: bool) -> None:
    """From the committee's decisions to the archive; the latest year is published and still being followed up."""
    by = accounts.get("office")
    _decide(year, by=by)
    year_confirm(year=year, by=by)
    bonus_confirm(year=year, by=by)
    year_publish(year=year, on=PUBLISHED[year.number], by=by)
    _make_public(year, by=by)
    _tell(year, latest=latest, by=by)
    _commend(year, by=by)
    measures_build(year, by=by)
    if not latest:
        year_archive(year=year, by=by)
        return
    _check_shortlist(year, by=by)
    drafts_build(year, by=by)
    if accounts:
        reviews_build(year, accounts)


def _decide(year: AssessmentYear, *, by: Account | None) -> None:
    """Sanctions first, since they bar; then the teams, whose grades bar principals; then the cadres."""
    for personnel_number, row in SANCTIONS.get(year.number, ()):
        discipline_record(cadre=Cadre.objects.get(number=personnel_number), row=row, by=by)
    rows = DEPARTURES[year.number]
    for teams in (True, False):
        departing = [row for row in rows if (row.grade in TEAM_GRADES) == teams]
        grade_decisions_save(year=year, rows=departing, by=by)
        suggestions_adopt(year=year, teams=teams, expected=len(adoptable(year=year, teams=teams)), by=by)


def _make_public(year: AssessmentYear, *, by: Account | None) -> None:
    text = BulletinText(
        title=f"关于{year.number}年度乡镇领导班子和领导干部实绩考评结果的通报",
        document=f"平组发〔{year.number + 1}〕3号",
        opening="根据年度实绩考评办法，经县委常委会研究，现将考评结果通报如下。",
        closing="希望受到表扬的单位和个人再接再厉；各乡镇要对照先进找差距，推动各项工作再上新台阶。",
    )
    bulletin_publish(year=year, text=text, by=by)


def _tell(year: AssessmentYear, *, latest: bool, by: Account | None) -> None:
    """Every team is talked to and every cadre gets a letter; in the latest year that is still under way."""
    teams = [who for who in followed(year) if who.of_team]
    cadres = [who for who in followed(year) if not who.of_team]
    reached = teams[:TALKED_TO] if latest else teams
    day = PUBLISHED[year.number]
    talk = FeedbackGiven(FeedbackWay.COLLECTIVE_TALK, day + timedelta(4), "县委书记", place="县委常委会议室")
    letter = FeedbackGiven(FeedbackWay.LETTER, day + timedelta(3), "县委组织部")
    feedback_record(year=year, subjects=_tokens(reached), given=talk, by=by)
    names = {who.township for who in reached}
    told = [*teams, *(who for who in cadres if who.township in names)]
    feedback_record(year=year, subjects=_tokens(told), given=letter, by=by)


def _commend(year: AssessmentYear, *, by: Account | None) -> None:
    excellent = [who for who in followed(year) if who.grade.decided == "优秀"]
    given = CommendationGiven(
        CommendationKind.PRAISE, COMMITTEE, PUBLISHED[year.number], f"平发〔{year.number + 1}〕6号"
    )
    commendations_record(year=year, subjects=_tokens(excellent), given=given, by=by)


def _check_shortlist(year: AssessmentYear, *, by: Account | None) -> None:
    purpose, people = SHORTLIST
    check = promotion_check(year=year, purpose=purpose, numbers=[number(who) for who in people], by=by)
    certified = [number(who) for who in CERTIFIED]
    for candidate in check.candidates.filter(cadre__number__in=certified).order_by("cadre__number"):
        certificate_issue(candidate=candidate, by=by)


def _tokens(people: Iterable[Followed]) -> list[str]:
    return [who.token for who in people]
