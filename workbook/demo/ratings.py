"""Evaluation sheets of the year that is being collected: most signed, some drafts, one returned, a few not begun."""

from random import Random

from assessment.models import AssessmentYear, Ground, Sheet, SheetKind
from assessment.questions import ABSTAIN, GRADES, Question, Subject
from assessment.selectors.recusal import TOWNSHIP, Barred
from assessment.selectors.sheet import accounts_asked, round_questions
from assessment.services.recusal import recusal_declare
from assessment.services.sheet import marks_digest, sheet_return, sheet_save, sheet_sign
from assessment.services.sheet_round import sheet_round_close, sheet_round_open
from cadres.models import Account
from workbook.demo.figures import strength
from workbook.demo.votes import standing

CLOSED = SheetKind.TOWNSHIP
"""The round that is over: townships have rated the departments."""

NOT_BEGUN = {"d19", "d22", "leader6", "leader7", "assessor9"}
DRAFTS = {"finance", "d07", "leader", "leader4", "assessor", "assessor5"}
"""Who has begun and not signed; the accounts that a visitor signs in as among them."""

RETURNED = {"d11": "双塘镇一项与业务台账不一致，请核对后重新签名"}
RECUSED = ("leader5", "T03")
"""Somebody whose kin serves there."""


def ratings_build(year: AssessmentYear, by: Account) -> None:
    """All four rounds are open, and one is closed in the end."""
    for kind in SheetKind:
        opened = sheet_round_open(year=year, kind=kind, by=by)
        if kind == SheetKind.LEADER:
            _recuse(year)
        questions = round_questions(year, kind)
        for account in accounts_asked(year, kind):
            asked = [question for section in questions.asked_of(account.pk) for question in section.questions]
            _fill(year, account, asked)
        if kind == CLOSED:
            sheet_round_close(sheet_round=opened, by=by)
    for sheet in Sheet.objects.filter(round__year=year, account__username__in=RETURNED).select_related("account"):
        sheet_return(sheet=sheet, reason=RETURNED[sheet.account.username], by=by)


def _recuse(year: AssessmentYear) -> None:
    username, code = RECUSED
    account = Account.objects.get(username=username)
    recusal_declare(year=year, subject=Barred(TOWNSHIP, code), ground=Ground.KIN, note="配偶在该镇任职", by=account)


def _fill(year: AssessmentYear, account: Account, asked: list[Question]) -> None:
    if account.username in NOT_BEGUN:
        return
    choice = Random(f"sheet {year} {account.username}")
    answered = asked[: len(asked) * 2 // 3] if account.username in DRAFTS else asked
    marks = {question.key: _mark(question, choice, year) for question in answered}
    saved = sheet_save(year=year, changes=marks, by=account)
    if account.username not in DRAFTS:
        sheet_sign(year=year, seen=marks_digest(saved.marks), by=account)


def _mark(question: Question, choice: Random, year: AssessmentYear) -> str:
    if choice.random() < 0.04:
        return ABSTAIN
    good = {
        Subject.TEAM: lambda: strength(question.code, year.number),
        Subject.CADRE: lambda: standing(question.code, year.number),
        Subject.DEPARTMENT: lambda: Random(f"service {question.key}").random(),
    }[question.subject]()
    return choice.choices(GRADES, (0.3 + 0.45 * good, 0.4, 0.2 - 0.15 * good, 0.05))[0]
