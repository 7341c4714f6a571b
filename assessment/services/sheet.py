"""Sheets (评价表): saved as typed, signed by the account that answers for it, returned by the office (RULES Y3)."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear, Phase, Sheet, SheetRound, SheetSignature, SheetState
from assessment.questions import ABSTAIN, MARKS
from assessment.selectors.sheet import colleague_signed, round_questions
from assessment.sheets import keys_of
from cadres.errors import Refused
from cadres.models import Account
from cadres.permissions import require
from cadres.services.audit import audit_record

FILL = "assessment.fill_sheet"
CHANGE = "assessment.change_sheets"

NOT_ANSWERED = ""
"""What a change to this mark makes of a question; stored is nothing, which is not an abstention (弃权)."""


class SheetShut(Refused):
    """The sheet cannot be written: no open round, signed, or what was sent is not asked of this account. On record."""


@dataclass(frozen=True)
class Saved:
    """`marks` is what is stored now; `conflicts` what stood in the way: question key → the mark stored by now."""

    marks: dict[str, str]
    conflicts: dict[str, str]


def sheet_save(
    *, year: AssessmentYear, changes: Mapping[str, str], seen: Mapping[str, str] | None = None, by: Account
) -> Saved:
    """Keep these marks in the account's own draft; "" takes an answer back. Raises PermissionDenied or SheetShut.

    `seen` is what the writer had before him. One account may have its sheet open in two browsers: a question that the
    other one answered meanwhile is left as it stands and told, all others are saved. Merging question by question is
    right, since no answer depends on another.

    A draft counts for nothing and is read by nobody else; so it leaves no trace in the audit trail.
    """
    with _own_sheet(year, by) as (sheet, asked):
        _refuse_strange(changes, asked)
        before = seen or {}
        conflicts = {
            key: stored
            for key, mark in changes.items()
            if (stored := sheet.marks.get(key, NOT_ANSWERED)) not in (before.get(key, stored), mark)
        }
        marks = {**sheet.marks, **{key: mark for key, mark in changes.items() if key not in conflicts}}
        sheet.marks = {key: mark for key, mark in marks.items() if mark != NOT_ANSWERED}
        sheet.saved_at = timezone.now()
        sheet.save()
    return Saved(sheet.marks, conflicts)


def sheet_sign(*, year: AssessmentYear, seen: str, by: Account) -> SheetSignature:
    """Answer for the own sheet: what is not answered becomes an abstention. A version is added, none is changed.

    `seen` is the digest (`marks_digest`) of the marks the signer was shown. Raises Refused where others stand by now.
    """
    with _own_sheet(year, by) as (sheet, asked):
        if not asked:
            raise SheetShut(_("There is nothing on this sheet to sign."))
        if marks_digest(sheet.marks) != seen:
            raise Refused(_("The sheet was changed in another window in the meantime. Read it again, then sign."))
        if other := colleague_signed(sheet.round, by):
            raise Refused(_("%(name)s has signed for your unit already; a unit has one sheet.") % {"name": other})
        sheet.marks = {key: sheet.marks.get(key, ABSTAIN) for key in sorted(asked)}
        sheet.state, sheet.signed_at, sheet.return_reason = SheetState.SIGNED, timezone.now(), ""
        sheet.saved_at = sheet.signed_at
        sheet.save()
        signature = SheetSignature.objects.create(
            sheet=sheet,
            number=sheet.signatures.count() + 1,
            marks=sheet.marks,
            signed_by=by,
            signed_at=sheet.signed_at,
        )
        details = {"version": signature.number}
        audit_record(by=by, action="sheet_sign", year=year.number, subject=sheet_words(sheet), details=details)
    return signature


def sheet_return(*, sheet: Sheet, reason: str, by: Account | None) -> None:
    """signed → returned: the account changes it and signs anew; the version it signed stays. Raises Refused."""
    year = sheet.round.year
    require(by=by, permission=CHANGE, target=year)
    if not reason.strip():
        raise Refused(_("A reason is needed."))
    with transaction.atomic():
        open_round_held(sheet.round)
        held = Sheet.objects.select_for_update(of=("self",)).select_related("round__year", "account").get(pk=sheet.pk)
        if held.state != SheetState.SIGNED:
            raise Refused(_("Only a signed sheet can be returned."))
        held.state, held.return_reason = SheetState.RETURNED, reason.strip()
        held.save(update_fields=["state", "return_reason"])
        details = {"reason": held.return_reason}
        audit_record(by=by, action="sheet_return", year=year.number, subject=sheet_words(held), details=details)


def sheet_read_record(*, signature: SheetSignature, by: Account) -> None:
    """The office opened somebody's signed sheet: that is kept in the audit trail."""
    sheet = signature.sheet
    require(by=by, permission="assessment.view_sheets", target=sheet.round.year)
    audit_record(
        by=by,
        action="sheet_read",
        year=sheet.round.year.number,
        subject=sheet_words(sheet),
        details={"version": signature.number},
        changes=False,
    )


def marks_digest(marks: Mapping[str, str]) -> str:
    """One short text for what stands on a sheet: the page that asks for a signature sends it back."""
    return hashlib.sha256(json.dumps(marks, sort_keys=True).encode()).hexdigest()


def sheet_words(sheet: Sheet) -> str:
    """How the audit trail names a sheet."""
    return f"{sheet.account.username} {sheet.round.kind}"


def round_held(sheet_round: SheetRound) -> SheetRound:
    """The round as it is now, and until the transaction ends."""
    return SheetRound.objects.select_for_update(of=("self",)).select_related("year").get(pk=sheet_round.pk)


def open_round_held(sheet_round: SheetRound) -> SheetRound:
    """Within a transaction: nobody closes the round until its end. Raises SheetShut once it is closed."""
    held = round_held(sheet_round)
    if held.year.phase != Phase.COLLECTING or not held.is_open:
        raise SheetShut(_("The round is closed: its sheets can no longer be changed."))
    return held


@contextmanager
def refusals_recorded(year: AssessmentYear, by: Account) -> Iterator[None]:
    """Whatever raises SheetShut inside is undone, and stands in the audit trail as refused."""
    try:
        with transaction.atomic():
            yield
    except SheetShut as refusal:
        details = {"reason": " ".join(refusal.messages)}
        subject = f"{FILL} {year.number}"
        audit_record(by=by, action="refused", year=year.number, subject=subject, details=details, refused=True)
        raise


@contextmanager
def _own_sheet(year: AssessmentYear, by: Account) -> Iterator[tuple[Sheet, frozenset[str]]]:
    """A transaction that holds the account's own sheet, not signed, and the keys asked of it.

    There is no way to name another account's sheet.
    """
    require(by=by, permission=FILL, target=year)
    with refusals_recorded(year, by):
        sheet = _sheet_held(year, by)
        yield sheet, keys_of(round_questions(year, by.role).asked_of(by.pk))


def _sheet_held(year: AssessmentYear, by: Account) -> Sheet:
    found = year.sheet_rounds.filter(kind=by.role).first()
    if found is None:
        raise SheetShut(_("The office has not opened this round yet."))
    sheet_round = open_round_held(found)
    sheet, _created = Sheet.objects.get_or_create(round=sheet_round, account=by)
    if sheet.state == SheetState.SIGNED:
        raise SheetShut(_("The sheet is signed: only the office can return it."))
    return sheet


def _refuse_strange(changes: Mapping[str, str], asked: frozenset[str]) -> None:
    if changes.keys() - asked:
        raise SheetShut(_("The sheet has changed: something sent is not asked of you (any more). Load the page anew."))
    if set(changes.values()) - {*MARKS, NOT_ANSWERED}:
        raise SheetShut(_("A mark that the sheet does not know was sent."))
