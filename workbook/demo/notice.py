"""The demo years' notice and assessment teams (RULES Y2)."""

from datetime import date

from assessment.models import AssessmentYear
from assessment.services.notice import notice_save
from assessment.services.team import MemberRow, TeamRow, team_save
from cadres.models import Account
from workbook.demo.county import TOWNSHIP_CODES

TEAMS = (
    ("考评一组", ("assessor", "assessor4", "assessor7")),
    ("考评二组", ("assessor2", "assessor5", "assessor8")),
    ("考评三组", ("assessor3", "assessor6", "assessor9")),
)
"""Name and members' user names, the head first."""


def notice_build(year: AssessmentYear, *, by: Account | None) -> None:
    """Two weeks of field work in November."""
    notice_save(
        year=year,
        field_from=date(year.number, 11, 9),
        field_until=date(year.number, 11, 27),
        contact="县委组织部干部科",
        phone="0700-8212380",
        remarks="考评期间，欢迎干部群众反映情况、提出意见。",
        by=by,
    )


def teams_build(year: AssessmentYear, *, accounts: dict[str, Account], by: Account | None) -> None:
    """Every township in one of three teams; without accounts the teams have no members."""
    for place, (name, people) in enumerate(TEAMS):
        members = tuple(MemberRow(who, is_head=who == people[0]) for who in people if who in accounts)
        row = TeamRow(name, "", f"0700-821300{place + 1}", tuple(TOWNSHIP_CODES[place :: len(TEAMS)]), members)
        team_save(year=year, row=row, by=by)
