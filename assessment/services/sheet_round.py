"""Rounds of sheets (评价轮次): opened, closed and counted into tallies, re-opened with a reason."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.counts import TallyCounts
from assessment.models import AssessmentYear, Phase, Sheet, SheetKind, SheetRound, SheetState, Tally
from assessment.questions import Counts, Question, Subject, question_counts
from assessment.selectors.sheet import RoundQuestions, accounts_asked, round_questions, voice
from assessment.selectors.year import scheme_current
from assessment.services.guard import inputs_open
from assessment.services.sheet import round_held
from assessment.sheets import evaluation_codes, evaluations_of, keys_of
from cadres.errors import Refused
from cadres.models import Account, Cadre, Department, Township
from cadres.services.audit import audit_record

CHANGE = "assessment.change_sheets"

Numbers = tuple[int, Counts]
"""Of one question: how many accounts were asked it, and what the signed sheets say."""


def sheet_round_open(*, year: AssessmentYear, kind: str, by: Account | None) -> SheetRound:
    """From here on accounts of this kind fill in their sheets. Raises Refused in words that say what to do instead."""
    with inputs_open(year=year, permission=CHANGE, by=by):
        _refuse_phase(year)
        if year.sheet_rounds.filter(kind=kind).exists():
            raise Refused(_("This round was opened before."))
        _refuse_scheme(year, kind)
        _refuse_tallied(year, kind)
        opened = SheetRound.objects.create(year=year, kind=SheetKind(kind), opened_at=timezone.now())
        _record(opened, "sheet_round_open", by)
    return opened


def sheet_round_close(*, sheet_round: SheetRound, by: Account | None) -> None:
    """Signed sheets are counted into tallies; what is not signed counts for nothing."""
    with inputs_open(year=sheet_round.year, permission=CHANGE, by=by):
        held = _held(sheet_round)
        if not held.is_open:
            raise Refused(_("The round is closed already."))
        _refuse_tallied(held.year, held.kind)
        Tally.objects.bulk_create(_tallies(held, by))
        held.closed_at, held.closed_by = timezone.now(), by
        held.save(update_fields=["closed_at", "closed_by"])
        _record(held, "sheet_round_close", by)


def sheet_round_reopen(*, sheet_round: SheetRound, reason: str, by: Account | None) -> None:
    """The tallies of the round go, its sheets stay as they are: signed ones until the office returns them."""
    if not reason.strip():
        raise Refused(_("A reason is needed."))
    with inputs_open(year=sheet_round.year, permission=CHANGE, by=by):
        held = _held(sheet_round)
        if held.is_open:
            raise Refused(_("The round is open."))
        held.tallies.all().delete()
        _refuse_tallied(held.year, held.kind)
        held.closed_at = held.closed_by = None
        held.save(update_fields=["closed_at", "closed_by"])
        _record(held, "sheet_round_reopen", by, reason=reason.strip())


def _held(sheet_round: SheetRound) -> SheetRound:
    held = round_held(sheet_round)
    _refuse_phase(held.year)
    return held


def _refuse_phase(year: AssessmentYear) -> None:
    if year.phase != Phase.COLLECTING:
        raise Refused(_("Rounds of sheets are opened and closed while the year is collecting."))


def _refuse_scheme(year: AssessmentYear, kind: str) -> None:
    scheme = scheme_current(year)
    if not evaluation_codes(scheme, kind):
        raise Refused(_("The scheme has no evaluation that these sheets would fill."))
    weighted = [entry.name for entry in evaluations_of(scheme, kind) if entry.groups]
    if weighted:
        text = _("The scheme weighs voter groups in %(name)s: enter these tallies by hand or by workbook.")
        raise Refused(text % {"name": "、".join(weighted)})
    if not round_questions(year, kind, scheme=scheme).sections:
        raise Refused(_("There is nobody to rate yet."))


def _refuse_tallied(year: AssessmentYear, kind: str) -> None:
    """Sheets and votes entered by hand for the same evaluation do not go together."""
    codes = evaluation_codes(scheme_current(year), kind)
    if year.tallies.filter(evaluation__in=codes, round=None).exists():
        text = _("Votes for %(codes)s were entered by hand or by workbook already: take them away first.")
        raise Refused(text % {"codes": "、".join(sorted(codes))})


def _tallies(sheet_round: SheetRound, by: Account | None) -> list[Tally]:
    """One a subject and evaluation that a signed sheet rates; whoever nobody rates stays missing (RULES A3)."""
    questions = round_questions(sheet_round.year, sheet_round.kind)
    asked = _asked(sheet_round, questions)
    signed = _signed(sheet_round, questions)
    subject, now = _subjects(questions), timezone.now()
    return [
        _tally(sheet_round, question, (asked[question.key], question_counts(marks)), subject, by, now)
        for section in questions.sections
        for question in section.questions
        if (marks := signed.get(question.key))
    ]


def _asked(sheet_round: SheetRound, questions: RoundQuestions) -> Counter[str]:
    """Question → how many are asked it. Of a unit with two accounts the one that signed, else either, is its voice."""
    has_signed = frozenset(sheet_round.sheets.filter(state=SheetState.SIGNED).values_list("account", flat=True))
    accounts = list(accounts_asked(sheet_round.year, sheet_round.kind))
    signed = [account for account in accounts if account.pk in has_signed]
    heard = {voice(account) for account in signed}
    silent = {voice(account): account for account in accounts if voice(account) not in heard}
    return Counter(key for a in (*signed, *silent.values()) for key in keys_of(questions.asked_of(a.pk)))


def _signed(sheet_round: SheetRound, questions: RoundQuestions) -> Mapping[str, list[str]]:
    """Question → marks of the signed sheets. A recusal that was recorded after the signature takes its mark away."""
    marks: dict[str, list[str]] = defaultdict(list)
    signed: Iterable[Sheet] = sheet_round.sheets.filter(state=SheetState.SIGNED).order_by("pk")
    for sheet in signed:
        asked = keys_of(questions.asked_of(sheet.account_id))
        for key, mark in sheet.marks.items():
            if key in asked:
                marks[key].append(mark)
    return marks


def _subjects(questions: RoundQuestions) -> Callable[[Question], dict[str, int]]:
    """Question → the tally's field and key of whom it is about. Three queries."""
    codes = [question.code for section in questions.sections for question in section.questions]
    keys = {
        Subject.TEAM: ("township_id", dict(Township.objects.filter(code__in=codes).values_list("code", "pk"))),
        Subject.CADRE: ("cadre_id", dict(Cadre.objects.filter(number__in=codes).values_list("number", "pk"))),
        Subject.DEPARTMENT: (
            "department_id",
            dict(Department.objects.filter(code__in=codes).values_list("code", "pk")),
        ),
    }

    def subject(question: Question) -> dict[str, int]:
        field, pks = keys[question.subject]
        return {field: pks[question.code]}

    return subject


def _tally(
    sheet_round: SheetRound,
    question: Question,
    numbers: Numbers,
    subject: Callable[[Question], dict[str, int]],
    by: Account | None,
    now: datetime,
) -> Tally:
    """E5 for sheets: asked = issued; a signed sheet that rates the subject is returned and valid, abstentions too."""
    issued, counts = numbers
    returned = sum(counts)
    return Tally(
        year=sheet_round.year,
        round=sheet_round,
        evaluation=question.evaluation,
        entered_by=by,
        entered_at=now,
        **TallyCounts(counts[:4], counts[4], issued, returned, valid=returned).fields(),
        **subject(question),
    )


def _record(sheet_round: SheetRound, action: str, by: Account | None, **details: object) -> None:
    """Never with counts: the auditor reads this before results are published."""
    audit_record(by=by, action=action, year=sheet_round.year.number, subject=sheet_round.kind, details=details)
