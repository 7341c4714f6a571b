"""Appeals of the demo county's latest published year: a value misread, votes that were right, one taken back."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from assessment.models import AssessmentYear
from cadres.models import Account, Cadre, Township
from rewards.models import AppealOutcome
from rewards.selectors.appeal_review import review_of
from rewards.services.appeal import AppealRow, appeal_read, appeal_receive
from rewards.services.appeal_decision import DecisionTerms, appeal_decide
from scoring.engine import Counts
from scoring.selectors.version import version_in_force, version_result
from workbook.demo.people import number

MISREAD, TRUE_VALUE = "T18", Fraction(5537)
"""Of K2 5237 was typed; the report of the forestry bureau says 5537."""


def reviews_build(year: AssessmentYear, accounts: dict[str, Account]) -> None:
    clerks = accounts["office"], accounts["office2"]
    _misread_value(year, clerks)
    _right_votes(year, clerks)
    _taken_back(year, clerks[0])


def _misread_value(year: AssessmentYear, clerks: Sequence[Account]) -> None:
    row = AppealRow(
        subject=Township.objects.get(code=MISREAD),
        applicant="桃源乡党委",
        received_on=date(2026, 2, 20),
        grounds="我乡上报的第二条主导产业产值为5537万元，与反馈的5237万元不符，申请核对原始报表。",
        contested=["K2/"],
    )
    appeal = appeal_receive(year=year, row=row, by=clerks[0])
    for clerk in clerks:
        appeal_read(item=appeal.items.get(), value=TRUE_VALUE, by=clerk)
    terms = DecisionTerms(
        outcome=AppealOutcome.CORRECTED,
        findings="经两人分别核对县林业局盖章报表，原录入数据有误，应为5537万元。",
        decided_on=date(2026, 3, 6),
        document="平组复〔2026〕1号",
        seen=review_of(appeal).seen,
    )
    appeal_decide(appeal=appeal, terms=terms, by=clerks[0])


def _right_votes(year: AssessmentYear, clerks: Sequence[Account]) -> None:
    row = AppealRow(
        subject=Cadre.objects.get(number=number(117)),
        applicant="本人",
        received_on=date(2026, 2, 24),
        grounds="认为考评组评价的票数统计可能有误，申请复核。",
        contested=["C4/"],
    )
    appeal = appeal_receive(year=year, row=row, by=clerks[1])
    votes = _counted(year, appeal.code)
    for clerk in clerks:
        appeal_read(item=appeal.items.get(), votes=(*votes.grades, votes.abstain), by=clerk)
    terms = DecisionTerms(
        AppealOutcome.UPHELD, "经两人分别重新清点评价表，票数与公布结果一致。", date(2026, 3, 10), "平组复〔2026〕2号"
    )
    appeal_decide(appeal=appeal, terms=terms, by=clerks[0])


def _counted(year: AssessmentYear, number: str) -> Counts:
    """What the assessors' sheets say is what was counted."""
    result = version_result(version_in_force(year))
    (votes,) = result.cadre(number).input.tallies["C4"].values()
    return votes


def _taken_back(year: AssessmentYear, by: Account) -> None:
    row = AppealRow(
        Cadre.objects.get(number=number(204)), "本人", date(2026, 2, 26), "对未评为优秀有异议，申请说明理由。"
    )
    appeal = appeal_receive(year=year, row=row, by=by)
    terms = DecisionTerms(AppealOutcome.WITHDRAWN, "经当面说明巡察整改情况，本人撤回申请。", date(2026, 3, 2))
    appeal_decide(appeal=appeal, terms=terms, by=by)
