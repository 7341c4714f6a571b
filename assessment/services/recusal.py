"""Recusals (回避): declared by the account itself or recorded by the office, withdrawn before signing (RULES Y3)."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear, Ground, Recusal, Sheet, SheetKind, SheetState
from assessment.selectors.recusal import CADRE, DEPARTMENT, TOWNSHIP, Barred
from assessment.selectors.sheet import round_of, round_questions
from assessment.services.guard import inputs_open
from assessment.services.sheet import CHANGE, FILL, SheetShut, open_round_held, refusals_recorded
from cadres.errors import Refused
from cadres.models import Account, Cadre, Department, Township
from cadres.permissions import require
from cadres.services.audit import audit_record


def recusal_declare(*, year: AssessmentYear, subject: Barred, ground: str, note: str = "", by: Account) -> Recusal:
    """The account will not rate somebody on its own sheet. Raises Refused once it has signed, or where not asked."""
    require(by=by, permission=FILL, target=year)
    with refusals_recorded(year, by):
        found = round_of(year, by.role)
        if found is None:
            raise SheetShut(_("The office has not opened this round yet."))
        open_round_held(found)
        _refuse_signed(year, by)
        return _record(year, by, subject, ground, note, by)


def recusal_record(
    *, year: AssessmentYear, account: Account, subject: Barred, ground: str, note: str = "", by: Account | None
) -> Recusal:
    """By the office, for an account. On a sheet that is signed already the mark then counts for nothing."""
    with inputs_open(year=year, permission=CHANGE, by=by):
        _round_hold(year, account)
        return _record(year, account, subject, ground, note, by)


def recusal_withdraw(*, recusal: Recusal, by: Account) -> None:
    """It stays on record. An account withdraws what it declared itself, the office any; never for a signed sheet."""
    year, account = recusal.year, recusal.account
    own = account == by and recusal.declared_by_id == by.pk
    with inputs_open(year=year, permission=FILL if own else CHANGE, by=by):
        _round_hold(year, account)
        held = Recusal.objects.select_for_update().get(pk=recusal.pk)
        if held.withdrawn_at:
            raise Refused(_("This recusal was withdrawn before."))
        _refuse_signed(year, account)
        held.withdrawn_at = timezone.now()
        held.save(update_fields=["withdrawn_at"])
        _audit(recusal, "recusal_withdraw", by)


def _record(
    year: AssessmentYear, account: Account, subject: Barred, ground: str, note: str, by: Account | None
) -> Recusal:
    _refuse_not_asked(year, account, subject)
    recusal = Recusal(
        year=year,
        account=account,
        ground=Ground(ground),
        note=note.strip(),
        declared_by=by,
        declared_at=timezone.now(),
        **{subject.unit: _units(subject).get()},
    )
    recusal.save()
    _audit(recusal, "recusal_declare", by)
    return recusal


def _units(subject: Barred) -> "QuerySet[Township] | QuerySet[Cadre] | QuerySet[Department]":
    match subject.unit:
        case "township":
            return Township.objects.filter(code=subject.code)
        case "cadre":
            return Cadre.objects.filter(number=subject.code)
        case _:
            return Department.objects.filter(code=subject.code)


def _refuse_not_asked(year: AssessmentYear, account: Account, subject: Barred) -> None:
    """Only who stands on the sheet can be taken off it, and only once."""
    if subject.unit not in (TOWNSHIP, CADRE, DEPARTMENT) or account.role not in SheetKind.values:
        raise SheetShut(_("This account has no sheet."))
    questions = round_questions(year, account.role)
    in_reach = {q.key for section in questions.in_reach(account.pk) for q in section.questions}
    keys = questions.keys.get(subject, frozenset()) & in_reach
    if not keys:
        raise SheetShut(_("This subject is not on the sheet of %(account)s.") % {"account": account})
    if keys <= questions.excluded(account.pk):
        raise Refused(_("There is a recusal for this subject already."))


def _round_hold(year: AssessmentYear, account: Account) -> None:
    """A counted round holds the recusals it was counted with; before it is opened they may be recorded."""
    if found := round_of(year, account.role):
        open_round_held(found)


def _refuse_signed(year: AssessmentYear, account: Account) -> None:
    signed = Sheet.objects.filter(round__year=year, account=account, state=SheetState.SIGNED)
    if signed.exists():
        raise Refused(_("The sheet is signed: the office returns it first."))


def _audit(recusal: Recusal, action: str, by: Account | None) -> None:
    details = {"account": recusal.account.username, "ground": recusal.ground}
    about = recusal.township or recusal.cadre or recusal.department
    audit_record(by=by, action=action, year=recusal.year.number, subject=str(about), details=details)
