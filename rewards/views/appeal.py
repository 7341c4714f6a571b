"""复核: appeals of a year, one with its readings and consequences, the decision, the letter (RULES Y8)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.access import year_view
from assessment.models import AssessmentYear, Phase
from assessment.selectors.record import subject_of
from cadres.access import AccountRequest
from cadres.forms.saving import form_saved, posted
from cadres.permissions import allows
from rewards.forms.appeal import AppealForm, DecisionForm, ReadingForm, SubjectForm, outcome_proposed, today_if_within
from rewards.models import Appeal, AppealItem
from rewards.presenters.appeal import (
    appeal_clock,
    appeal_rows,
    consequence_rows,
    input_sections,
    input_text,
    item_rows,
    source_text,
    subject_text,
)
from rewards.selectors.appeal import appeal_days, appeals_of
from rewards.selectors.appeal_item import InputKind, ReadingStep, evidence_of, items_read
from rewards.selectors.appeal_review import Review, bonus_disagrees, review_of, version_looked_at
from rewards.services.appeal import PERMISSION, AppealRow, appeal_read, appeal_receive
from rewards.services.appeal_decision import appeal_decide
from scoring.results import current_result
from scoring.selectors.version import version_result


@year_view("rewards.view_appeals")
def appeals(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """All of the year with their clocks."""
    published = year.phase == Phase.PUBLISHED
    context = {
        "year": year,
        "rows": appeal_rows(appeals_of(year)),
        "days": appeal_days(year),
        "today": timezone.localdate(),
        "may_add": published and allows(request.user, PERMISSION, year),
        "published": published,
    }
    return render(request, "rewards/appeal_list.html", context)


@year_view(PERMISSION)
def appeal_new(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """First whose result, then what of it."""
    if year.phase != Phase.PUBLISHED:
        return render(request, "rewards/appeal_new.html", {"year": year, "closed": True})
    result, days = current_result(year), appeal_days(year)
    choice = SubjectForm(request.GET or None, result=result)
    if not choice.is_bound or not choice.is_valid():
        return render(request, "rewards/appeal_new.html", {"year": year, "days": days, "choice": choice})
    return _receive(request, year, choice.cleaned_data["subject"])


def _receive(request: AccountRequest, year: AssessmentYear, token: str) -> HttpResponse:
    found, days = subject_of(year, token), appeal_days(year)
    if found is None:
        raise Http404
    about = Appeal(year=year, **found.fields())
    initial = {"received_on": today_if_within(days, timezone.localdate())}
    sections = input_sections(current_result(year), about)
    form = AppealForm(posted(request), sections=sections, days=days, initial=initial)

    def receive() -> None:
        row = AppealRow(subject=found.cadre or found.township, **form.cleaned_data)
        about.pk = appeal_receive(year=year, row=row, by=request.user).pk

    if form_saved(form, receive):
        messages.success(request, _("The appeal is received; its clock runs."))
        return redirect("rewards:appeal", year=year.number, appeal=about.pk)
    context = {"year": year, "days": days, "form": form, "subject": subject_text(about)}
    return render(request, "rewards/appeal_new.html", context)


@year_view("rewards.view_appeals")
def appeal(request: AccountRequest, *, year: AssessmentYear, appeal: int) -> HttpResponse:
    """Grounds, every contested input with its readings, what the review comes to."""
    stored = _appeal_or_404(year, appeal)
    return render(request, "rewards/appeal.html", _context(request, stored, review_of(stored)))


@year_view(PERMISSION)
def appeal_reading(request: AccountRequest, *, year: AssessmentYear, appeal: int, contested: int) -> HttpResponse:
    """Read one source again, without any number of it on the page."""
    stored = _appeal_or_404(year, appeal)
    asked = get_object_or_404(AppealItem.objects.select_related("appeal__year"), appeal=stored, pk=contested)
    state = next(
        found for found in items_read(stored, version_result(version_looked_at(stored))) if found.item.pk == asked.pk
    )
    form = ReadingForm(posted(request), state=state)
    if form_saved(form, lambda: appeal_read(item=asked, by=request.user, **form.read())):  # type: ignore[arg-type]
        messages.success(request, _("Your reading is kept."))
        return redirect("rewards:appeal", year=year.number, appeal=appeal)
    context = {
        "year": year,
        "appeal": stored,
        "subject": subject_text(stored),
        "title": input_text(state.source),
        "source": source_text(state),
        "evidence": evidence_of(year, state.source) if state.source.kind is InputKind.VALUE else (),
        "form": form,
        "done": state.read_by(request.user),
        "over": state.settled or hasattr(stored, "decision"),
        "deciding": state.step is ReadingStep.DIFFERS,
    }
    return render(request, "rewards/appeal_reading.html", context)


@year_view(PERMISSION)
def appeal_decide_page(request: AccountRequest, *, year: AssessmentYear, appeal: int) -> HttpResponse:
    """Every consequence, then the decision."""
    stored = _appeal_or_404(year, appeal)
    if hasattr(stored, "decision"):
        messages.info(request, _("The appeal is decided already."))
        return redirect("rewards:appeal", year=year.number, appeal=appeal)
    review = review_of(stored)
    initial = {
        "outcome": outcome_proposed(settled=review.settled, changed=bool(review.changed)),
        "decided_on": timezone.localdate(),
    }
    form = DecisionForm(posted(request), appeal=stored, grade=_grade_decided(review), initial=initial)
    if form_saved(form, lambda: appeal_decide(appeal=stored, terms=form.terms(), by=request.user)):
        messages.success(request, _("The appeal is decided."))
        return redirect("rewards:appeal", year=year.number, appeal=appeal)
    if form.chosen_grade:
        review = review_of(stored, grade=form.chosen_grade)
    form.show(review.seen)
    return render(request, "rewards/appeal_decide.html", {**_context(request, stored, review), "form": form})


@year_view("rewards.view_appeals")
def appeal_letter(request: AccountRequest, *, year: AssessmentYear, appeal: int) -> HttpResponse:
    """The outcome on paper: findings, before and after, signatures."""
    stored = _appeal_or_404(year, appeal)
    return render(request, "rewards/appeal_letter.html", _context(request, stored, review_of(stored)))


def _appeal_or_404(year: AssessmentYear, appeal: int) -> Appeal:
    found: Appeal = get_object_or_404(
        appeals_of(year).select_related("decision__before", "decision__after", "decision__entered_by"), pk=appeal
    )
    return found


def _context(request: AccountRequest, stored: Appeal, review: Review) -> dict[str, object]:
    """What the pages of one appeal share."""
    year, decision = stored.year, getattr(stored, "decision", None)
    may_change = year.phase == Phase.PUBLISHED and allows(request.user, PERMISSION, year)
    found = review.consequences
    return {
        "year": year,
        "appeal": stored,
        "decision": decision,
        "subject": subject_text(stored),
        "clock": appeal_clock(stored),
        "review": review,
        "rows": item_rows(review, review.before.result, request.user, may_change=may_change),
        "consequences": consequence_rows(stored, found) if found else None,
        "bonus": found.bonus if found else None,
        "bonus_disagrees": bool(decision and decision.after) and bonus_disagrees(year),
        "may_decide": may_change and decision is None,
    }


def _grade_decided(review: Review) -> str:
    """The grade of the appeal's subject as it was confirmed."""
    grades = review.before.team_grades if review.appeal.township else review.before.cadre_grades
    return grades.get(review.appeal.code, "")
