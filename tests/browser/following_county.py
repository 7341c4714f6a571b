"""The county of tests/browser/test_following.py: a closed year of six townships and 26 cadres, not decided yet."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

from assessment.models import AssessmentYear
from cadres.models import Account, Cadre, DisciplineKind, Role
from cadres.services.account import account_create
from cadres.services.discipline import DisciplineRow, discipline_record
from rewards.services.past_result import PastResultRow, past_results_save
from scoring.engine import CadreInput, TeamInput, YearInput
from tests.conftest import PASSWORD
from tests.county import county as county_saved
from tests.county import ladder

YEAR = 2025
ACCOUNTS = {
    "first_clerk": Role.OFFICE,
    "second_clerk": Role.OFFICE,
    "secretary": Role.LEADER,
    "auditor": Role.AUDITOR,
}

TOWNSHIPS = {"T1": "青石镇", "T2": "柳河镇", "T3": "红塘乡", "T4": "云溪镇", "T5": "松岭乡", "T6": "白沙镇"}
POSTS = (("党委书记", True), ("乡镇长", True), ("副乡镇长", False), ("组织委员", False))
NAMES = {
    "T1": ("陈国栋", "李秀英", "王伟", "赵春梅"),
    "T2": ("刘志强", "杨丽华", "黄文斌", "周建平"),
    "T3": ("吴海燕", "徐明亮", "孙立军", "马晓东"),
    "T4": ("朱红霞", "胡振华", "王伟", "郭玉兰"),
    "T5": ("何永康", "高翠萍", "林少华", "罗桂芳"),
    "T6": ("梁德胜", "宋佳慧", "郑海涛", "谢春生"),
}
"""王伟 sits in T1 and in T4."""

FIFTH = ("T1-5", "沈一鸣", "武装部长")
"""One more seat in T1."""
NEWCOMER = CadreInput("T6-5", "唐新宇", "T6", "宣传委员", principal=False, not_graded="5A")
VETOED, VETO = "T2", "V5"
SANCTIONED, SANCTION = "T1-4", "平纪发〔2025〕8号"
POOR_BEFORE = "T6-4"
"""不称职 in 2024."""


def inputs() -> YearInput:
    """T1 to T6 stand 99, 98 … 94 in K1 and alike in every other line; every ballot is in the best grade."""
    plain = ladder(6, members=POSTS)
    return replace(
        plain,
        teams=tuple(_team(team) for team in plain.teams),
        cadres=(*(_cadre(cadre) for cadre in plain.cadres), _fifth(plain.cadres[3]), NEWCOMER),
    )


def _team(team: TeamInput) -> TeamInput:
    values = {code: value if code == "K1" else Fraction(50) for code, value in team.values.items()}
    vetoes = (VETO,) if team.code == VETOED else ()
    return replace(team, name=TOWNSHIPS[team.code], values=values, vetoes=vetoes)


def _cadre(cadre: CadreInput) -> CadreInput:
    seat = int(cadre.number[-1])
    return replace(cadre, name=NAMES[cadre.township][seat - 1])


def _fifth(beside: CadreInput) -> CadreInput:
    number, name, post = FIFTH
    return replace(beside, number=number, name=name, post=post)


def county() -> AssessmentYear:
    """Closed, with two earlier years and a sanction; the accounts."""
    for username, role in ACCOUNTS.items():
        name = username.replace("_", " ")
        account_create(username=username, name=name, role=role, password=PASSWORD, must_change_password=False, by=None)
    year = county_saved(inputs(), number=YEAR)
    past_results_save(rows=list(_earlier()), by=None)
    row = DisciplineRow(DisciplineKind.PARTY_WARNING, SANCTION, "中共平岚县纪委", date(2025, 6, 10), date(2026, 6, 9))
    discipline_record(cadre=Cadre.objects.get(number=SANCTIONED), row=row, by=None)
    return year


def _earlier() -> Iterator[PastResultRow]:
    for number in (cadre.number for cadre in inputs().cadres if not cadre.not_graded):
        yield PastResultRow(number, 2023, "称职")
        yield PastResultRow(number, 2024, "不称职" if number == POOR_BEFORE else "称职")


def account(username: str) -> Account:
    return Account.objects.get(username=username)
