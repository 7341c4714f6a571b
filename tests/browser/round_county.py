"""The county of tests/browser/test_round.py: who is in it, what everybody says, and what that adds up to by hand.

Marks are read along a ballot or a sheet: 1 to 4 from the best grade to the worst, 0 abstains. Counts are the four
grades, then abstentions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assessment.models import AssessmentYear
from assessment.scheme import Scheme, default_scheme
from assessment.services.roster import RosterRow, roster_save
from assessment.services.team import MemberRow, TeamRow, team_save
from assessment.services.year import year_create
from cadres.models import Account, Department, Role, Township
from cadres.services.account import account_create
from cadres.services.unit import UnitRow, departments_save, townships_save
from tests.conftest import PASSWORD
from tests.workbook.books import book_of

YEAR, AGAIN = 2025, 2026
"""The year that is played, and the one that says the same by workbook."""

TOWNSHIPS = {"T01": "青石镇", "T02": "柳河镇", "T03": "红塘乡"}
DEPARTMENTS = {"D01": "财政局", "D02": "农业农村局"}
STAFF = "机关工作人员"
CADRES = (
    RosterRow("0101", "王伟", "T01", "党委书记"),
    RosterRow("0102", "李娜", "T01", "乡镇长"),
    RosterRow("0103", "王伟", "T01", "副乡镇长", in_charge=("K1", "V2")),
    RosterRow("0201", "张敏", "T02", "党委书记"),
    RosterRow("0202", "刘洋", "T02", "乡镇长"),
    RosterRow("0203", "陈静", "T02", "副乡镇长", in_charge=("K5",)),
    RosterRow("0301", "赵磊", "T03", "党委书记"),
    RosterRow("0302", "孙丽", "T03", "乡镇长"),
    RosterRow("0303", "周强", "T03", "副乡镇长"),
)
ACCOUNTS = {
    "first_clerk": (Role.OFFICE, ""),
    "second_clerk": (Role.OFFICE, ""),
    "third_clerk": (Role.OFFICE, ""),
    "finance": (Role.DEPARTMENT, "D01"),
    "farming": (Role.DEPARTMENT, "D02"),
    "town_one": (Role.TOWNSHIP, "T01"),
    "town_two": (Role.TOWNSHIP, "T02"),
    "town_three": (Role.TOWNSHIP, "T03"),
    "secretary": (Role.LEADER, ""),
    "governor": (Role.LEADER, ""),
    "head_assessor": (Role.ASSESSOR, ""),
    "assessor": (Role.ASSESSOR, ""),
    "auditor": (Role.AUDITOR, ""),
}

# What is typed: 财政局 answers for the first five lines, 农业农村局 for seven, nobody for 安全生产工作.
LINES = ("K1", "K2", "K3", "K4", "K5", "R1", "R2", "R3", "V1", "V2", "V3", "V4", "V5")
ANSWERS_FOR = {"finance": ("D01", LINES[:5]), "farming": ("D02", LINES[5:12])}
UNCLAIMED = LINES[12:]
VALUES = {
    "T01": ("10", "20", "30", "40", "50", "8", "7", "6", "90", "80", "70", "60", "50"),
    "T02": ("11", "19", "30", "41", "45.5", "9", "6", "6", "85", "88", "70", "61", "52"),
    "T03": ("9", "不适用", "28", "39", "60", "7", "8", "5", "95", "79", "72", "59", "51"),
}

# On paper, a row for the team and one for each cadre.
PAPER_T01 = ((6, 2, 1, 0, 1), (7, 2, 0, 0, 1), (5, 3, 1, 1, 0), (8, 1, 1, 0, 0))
SLIP_OF_THE_FINGER = ((5, 3, 1, 0, 1), *PAPER_T01[1:])
PAPER_T03 = ((3, 1, 1, 0, 0), (4, 1, 0, 0, 0), (2, 2, 1, 0, 0), (5, 0, 0, 0, 0))

# On phones: the team, then each cadre.
PHONES_T02 = ("1121", "2112", "1304")
PHONE_T03 = "2141"
OPINION = "修路的事办得好"

# On sheets, in the order of townships: departments on teams; townships on departments; teams with their cadres.
SHEETS = {
    "department": {"finance": "123", "farming": "112"},
    "township": {"town_one": "111222", "town_two": "211112", "town_three": "121323"},
    "leader": {"secretary": "111212112111", "governor": "122113233240"},
    "assessor": {"head_assessor": "211111211311", "assessor": "121121211114"},
}

# The same added up by hand. 民主测评 of T02: the phones' 1 2 1; of T03: paper and one phone.
TEAM_COUNTS = {
    "T01": ((6, 2, 1, 0, 1), (2, 0, 0, 0, 0), (2, 0, 0, 0, 0), (1, 1, 0, 0, 0)),
    "T02": ((2, 1, 0, 0, 0), (1, 1, 0, 0, 0), (2, 0, 0, 0, 0), (1, 1, 0, 0, 0)),
    "T03": ((3, 2, 1, 0, 0), (0, 1, 1, 0, 0), (0, 1, 1, 0, 0), (2, 0, 0, 0, 0)),
}
"""民主测评, 县直单位评价, 县级领导评价, 考评组评价."""
CADRE_COUNTS = {
    "0101": ((7, 2, 0, 0, 1), (1, 1, 0, 0, 0), (1, 1, 0, 0, 0)),
    "0102": ((5, 3, 1, 1, 0), (1, 1, 0, 0, 0), (2, 0, 0, 0, 0)),
    "0103": ((8, 1, 1, 0, 0), (1, 1, 0, 0, 0), (2, 0, 0, 0, 0)),
    "0201": ((2, 0, 1, 0, 0), (0, 1, 1, 0, 0), (2, 0, 0, 0, 0)),
    "0202": ((1, 1, 0, 0, 1), (1, 1, 0, 0, 0), (0, 2, 0, 0, 0)),
    "0203": ((1, 1, 0, 1, 0), (1, 0, 1, 0, 0), (2, 0, 0, 0, 0)),
    "0301": ((5, 1, 0, 0, 0), (1, 1, 0, 0, 0), (1, 0, 1, 0, 0)),
    "0302": ((2, 2, 1, 1, 0), (1, 0, 0, 1, 0), (2, 0, 0, 0, 0)),
    "0303": ((6, 0, 0, 0, 0), (1, 0, 0, 0, 1), (1, 0, 0, 1, 0)),
}
"""民主测评, 领导评价, 考评组评价."""


def county() -> AssessmentYear:
    """In draft: units, accounts, scheme, roster and one assessment team for the whole county."""
    townships_save(rows=[UnitRow(code, name) for code, name in TOWNSHIPS.items()], by=None)
    departments_save(rows=[UnitRow(code, name) for code, name in DEPARTMENTS.items()], by=None)
    year = year_create(number=YEAR, scheme=scheme(), by=None)
    roster_save(year=year, rows=list(CADRES), by=None)
    for username, (role, unit) in ACCOUNTS.items():
        account_create(
            username=username,
            name=username.replace("_", " "),
            role=role,
            password=PASSWORD,
            department=Department.objects.filter(code=unit).first(),
            township=Township.objects.filter(code=unit).first(),
            must_change_password=False,
            by=None,
        )
    members = (MemberRow("head_assessor", is_head=True), MemberRow("assessor"))
    team_save(year=year, row=TeamRow("第一考评组", townships=tuple(TOWNSHIPS), members=members), by=None)
    return year


def scheme() -> Scheme:
    """The default, with the departments that answer for its lines."""
    units = {line: DEPARTMENTS[unit] for unit, lines in ANSWERS_FOR.values() for line in lines}
    found = default_scheme()
    return replace(found, lines=tuple(replace(line, department=units.get(line.code, "")) for line in found.lines))


def account(username: str) -> Account:
    return Account.objects.get(username=username)


def workbook() -> bytes:
    """Everything that was said, as a clerk would have typed it into the year's workbook."""
    cadres = [[c.number, c.name, c.township, c.post, "、".join(c.in_charge) or None] for c in CADRES]
    of_teams, of_cadres = (
        ("民主测评", "县直单位评价", "县级领导评价", "考评组评价"),
        ("民主测评", "领导评价", "考评组评价"),
    )
    return book_of(
        {
            "乡镇": [["编码", "名称"], *map(list, TOWNSHIPS.items())],
            "县直单位": [["编码", "名称"], *map(list, DEPARTMENTS.items())],
            "干部": [["工号", "姓名", "乡镇", "职务", "分管"], *cadres],
            "目标完成": [["乡镇", *LINES], *([code, *row] for code, row in VALUES.items())],
            "班子测评": [
                ["乡镇", "评价项", "票别", "好", "较好", "一般", "较差", "弃权"],
                *rows(TEAM_COUNTS, of_teams),
            ],
            "干部测评": [
                ["工号", "评价项", "票别", "优秀", "称职", "基本称职", "不称职", "弃权"],
                *rows(CADRE_COUNTS, of_cadres),
            ],
        }
    )


def rows(counted: Mapping[str, Sequence[tuple[int, ...]]], names: tuple[str, ...]) -> list[list[object]]:
    """One a subject and evaluation; the meetings' votes stand under their voter group."""
    return [
        [subject, name, STAFF if name == "民主测评" else None, *counts]
        for subject, evaluations in counted.items()
        for name, counts in zip(names, evaluations, strict=True)
    ]
