"""复核: an appeal is received, and its contested inputs are read again, blind, by two people (RULES Y8)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessment.cells import NOT_APPLICABLE, Cell, cell_problem
from assessment.counts import LARGEST
from assessment.errors import SamePerson, YearClosed
from assessment.models import AssessmentYear, Phase
from assessment.numbers import number_text
from assessment.questions import MARKS, Counts
from assessment.services.correction import votes_refuse
from assessment.services.guard import year_held
from cadres.errors import Refused
from cadres.models import Account, Cadre, Township
from cadres.services.audit import audit_record
from rewards.models import Appeal, AppealItem, AppealReading
from rewards.models.subject import about
from rewards.selectors.appeal import appeal_days, appeals_open
from rewards.selectors.appeal_item import (
    HANDS,
    ContestedInput,
    InputKind,
    ItemState,
    inputs_contestable,
    item_tally,
    items_read,
)
from rewards.services.following import day_come
from scoring.engine import YearResult
from scoring.selectors.version import version_in_force, version_result

PERMISSION = "rewards.change_appeals"


@dataclass(frozen=True)
class AppealRow:
    """Who asks, for whom, when, why. `contested` are keys of `inputs_contestable`; without any the review looks at
    the decided grade alone."""

    subject: Township | Cadre
    applicant: str
    received_on: date
    grounds: str
    contested: Sequence[str] = ()


def appeal_receive(*, year: AssessmentYear, row: AppealRow, by: Account | None) -> Appeal:
    """Enter an appeal; its clock runs from the day it was received.

    Raises PermissionDenied; Refused with the field where one is meant: outside of the days (clause Y8), a subject
    without a result, one whose appeal is open, an input that the result does not rest on.
    """
    with published_held(year, by):
        appeal = Appeal(
            year=year,
            **about(row.subject),
            received_on=row.received_on,
            due_on=_due(year, row.received_on),
            applicant=_required("applicant", row.applicant, _("Name who asks for the review.")),
            grounds=_required("grounds", row.grounds, _("State the grounds.")),
            entered_by=by,
            entered_at=timezone.now(),
        )
        result = version_result(version_in_force(year))
        _refuse_subject(appeal, result)
        sources = _contested(appeal, result, row.contested)
        appeal.save()
        AppealItem.objects.bulk_create(_item(appeal, source) for source in sources)
        details = {"inputs": [source.key.rstrip("/") for source in sources], "due": appeal.due_on.isoformat()}
        audit_record(by=by, action="appeal_receive", year=year.number, subject=str(row.subject), details=details)
    return appeal


def appeal_read(
    *, item: AppealItem, value: Cell = None, votes: Counts | None = None, by: Account | None
) -> AppealReading:
    """What one person reads in the source: a number or 不适用, or the votes of the group.

    The first and the second read apart; a third decides where these differ. Raises PermissionDenied; SamePerson,
    which is put on record, for who has read it already; Refused for what cannot be (clauses 1.1, E5).
    """
    appeal = item.appeal
    try:
        with published_held(appeal.year, by):
            reading = _read(_state_of(item), value, votes, by)
    except SamePerson:
        audit_record(by=by, action="appeal_read", year=appeal.year.number, subject=_words(item), refused=True)
        raise
    return reading


@contextmanager
def published_held(year: AssessmentYear, by: Account | None) -> Iterator[AssessmentYear]:
    """A transaction that holds a published year: appeals are received, read and decided one after another."""
    with year_held(year=year, permission=PERMISSION, by=by) as held:
        if held.phase != Phase.PUBLISHED:
            raise YearClosed(_("Results can be contested only while the year is published."))
        yield held


def undecided_refuse(appeal: Appeal) -> None:
    """Raises Refused where somebody has decided it. For services that hold the year."""
    if not Appeal.objects.filter(pk=appeal.pk, decision=None).exists():
        raise Refused(_("The appeal is decided already."))


def _due(year: AssessmentYear, received_on: date) -> date:
    days = appeal_days(year)
    if days is None:
        raise Refused(_("There is no published result to contest."))
    day_come("received_on", received_on)
    if received_on < days.first:
        text = _("The results were published only on %(day)s.")
        raise Refused({"received_on": text % {"day": date_format(days.first)}})
    if received_on > days.last:
        text = _("The days to ask for a review ended on %(day)s (clause Y8): a later appeal is not received.")
        raise Refused({"received_on": text % {"day": date_format(days.last)}})
    return days.due(received_on)


def _required(field: str, text: str, problem: str) -> str:
    words = text.strip()
    limit = Appeal._meta.get_field(field).max_length or 0  # type: ignore[union-attr]
    if not words or len(words) > limit:
        raise Refused({field: problem if not words else _("At most %(count)d characters.") % {"count": limit}})
    return words


def _refuse_subject(appeal: Appeal, result: YearResult) -> None:
    try:
        found: Any = result.team(appeal.code) if appeal.township else result.cadre(appeal.code)
    except KeyError:
        found = None
    if found is None or found.total is None:
        raise Refused({"subject": _("There is no published result to contest.")})
    if appeals_open(appeal.year).filter(township=appeal.township, cadre=appeal.cadre).exists():
        raise Refused({"subject": _("An appeal on this result is open already.")})


def _contested(appeal: Appeal, result: YearResult, keys: Sequence[str]) -> list[ContestedInput]:
    sources = {source.key: source for source in inputs_contestable(result, appeal)}
    if unknown := [key for key in keys if key not in sources]:
        text = _("The result does not rest on: %(inputs)s")
        raise Refused({"contested": text % {"inputs": "、".join(unknown)}})
    return [sources[key] for key in dict.fromkeys(keys)]


def _item(appeal: Appeal, source: ContestedInput) -> AppealItem:
    return AppealItem(
        appeal=appeal,
        line=source.line,
        group=source.group,
        entered_by=appeal.entered_by,
        entered_at=appeal.entered_at,
    )


def _state_of(item: AppealItem) -> ItemState:
    """Read anew under the lock."""
    result = version_result(version_in_force(item.appeal.year))
    return next(state for state in items_read(item.appeal, result) if state.item.pk == item.pk)


def _read(state: ItemState, value: Cell, votes: Counts | None, by: Account | None) -> AppealReading:
    item = state.item
    undecided_refuse(item.appeal)
    if by is None:
        raise Refused(_("Sources are read by people who have signed in."))
    if state.read_by(by):
        raise SamePerson(_("You have read this source already: another person reads it now."))
    if state.settled:
        raise Refused(_("This input is settled: nobody needs to read it again."))
    content = _value_content(state, value) if state.source.kind is InputKind.VALUE else _votes_content(state, votes)
    hand = len(state.readings) + 1
    reading = AppealReading.objects.create(
        item=item, hand=hand, content=content, entered_by=by, entered_at=timezone.now()
    )
    details = {"reading": hand, "decides": str(hand > HANDS)}
    audit_record(by=by, action="appeal_read", year=item.appeal.year.number, subject=_words(item), details=details)
    return reading


def _value_content(state: ItemState, value: Cell) -> dict[str, object]:
    result = version_result(version_in_force(state.item.appeal.year))
    if value is None:
        raise Refused({"value": _("Enter the number that the source says, or “not applicable”.")})
    if problem := cell_problem(result.scheme.line(state.source.line), value):
        raise Refused({"value": problem})
    return {"value": None if value == NOT_APPLICABLE else number_text(Fraction(value))}


def _votes_content(state: ItemState, votes: Counts | None) -> dict[str, object]:
    if votes is None or len(votes) != len(MARKS) or not all(0 <= number <= LARGEST for number in votes):
        raise Refused(_("Whole numbers from 0 up are expected, five for each question."))
    online = (*state.online.grades, state.online.abstain) if state.online else (0, 0, 0, 0, 0)
    first, second, third, fourth, abstain = (sum(pair) for pair in zip(votes, online, strict=True))
    votes_refuse(item_tally(state.item.appeal.year, state.source), (first, second, third, fourth, abstain))
    return {"grades": list(votes[:4]), "abstain": votes[4]}


def _words(item: AppealItem) -> str:
    """Which input; never a number of it."""
    return f"{item.appeal.subject} {item.line} {item.group}".strip()
