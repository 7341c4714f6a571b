"""票箱: the list, one box, its preparation and its named steps (RULES E5, Y4)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from assessment.access import year_view
from assessment.forms.box import BoxForm, GroupsForm, PresentForm, WayForm, electorate_rows, meeting_form
from assessment.forms.reason import ReasonForm
from assessment.models import AssessmentYear, Box, BoxState
from assessment.presenters.box import STEPS, box_page, box_rows, present_text, without_box
from assessment.selectors.box import is_weighted, opening_problems, opinions_shown
from assessment.selectors.year import scheme_current
from assessment.services.box import (
    box_clear,
    box_create,
    box_make_void,
    box_open,
    box_prepare,
    box_present_correct,
    boxes_create,
)
from assessment.services.box_closing import box_close
from cadres.access import AccountRequest
from cadres.errors import Refused
from cadres.forms.saving import form_saved, posted


@year_view("assessment.view_boxes")
def boxes(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Every box of the year, and the townships that have none."""
    context = {"year": year, "rows": box_rows(year), "without": without_box(year), "editable": year.inputs_open}
    return render(request, "assessment/box_list.html", context)


@year_view("assessment.change_boxes")
def boxes_prepare(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """A box for every township that has none."""
    form, without = WayForm(posted(request)), without_box(year)
    if form_saved(form, lambda: boxes_create(year=year, **form.ways(), by=request.user)):
        messages.success(request, _("Boxes prepared: %(number)s.") % {"number": len(without)})
        return redirect("assessment:boxes", year=year.number)
    return render(request, "assessment/box_prepare.html", {"year": year, "form": form, "without": without})


@year_view("assessment.change_boxes")
def box_new(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """One box more."""
    initial = {"is_rehearsal": "rehearsal" in request.GET, "way": WayForm.PAPER}
    form = BoxForm(request.POST or None, year=year, initial=initial)
    if form.is_valid():
        rehearsal = form.cleaned_data["is_rehearsal"]
        try:
            box = box_create(year=year, unit=form.chosen(), is_rehearsal=rehearsal, **form.ways(), by=request.user)
        except Refused as refusal:
            form.add_error("unit", refusal)
        else:
            messages.success(request, _("The box was prepared. Enter who is entitled and present."))
            return redirect("assessment:box_edit", year=year.number, box=box.pk)
    return render(request, "assessment/box_new.html", {"year": year, "form": form})


@year_view("assessment.view_boxes")
def box(request: AccountRequest, *, year: AssessmentYear, box: int) -> HttpResponse:
    """One box: what may be said of it, and what can be done next."""
    page = box_page(box_of(year, box))
    return render(request, "assessment/box_detail.html", {"year": year, "page": page, "box": page.box})


@year_view("assessment.view_boxes")
def box_numbers(request: AccountRequest, *, year: AssessmentYear, box: int) -> HttpResponse:
    """The table of issued and returned alone, which the page of an open box asks for again and again."""
    page = box_page(box_of(year, box))
    return render(request, "assessment/box_numbers.html", {"year": year, "page": page, "box": page.box})


@year_view("assessment.change_boxes")
def box_edit(request: AccountRequest, *, year: AssessmentYear, box: int) -> HttpResponse:
    """Way of voting, officers, voter groups; until the box is opened."""
    stored = box_of(year, box)
    if stored.state != BoxState.PREPARED:
        messages.error(request, _("The box is %(state)s.") % {"state": stored.get_state_display()})
        return redirect("assessment:box", year=year.number, box=stored.pk)
    form = meeting_form(posted(request), box=stored)
    rows = electorate_rows(posted(request), box=stored, weighted=is_weighted(scheme_current(year)))

    def prepare() -> None:
        box_prepare(box=stored, **form.ways(), electorates=rows.rows(), meeting=form.meeting(), by=request.user)

    if rows.is_valid() and form_saved(form, prepare):
        messages.success(request, _("The box was saved."))
        return redirect("assessment:box", year=year.number, box=stored.pk)
    return render(request, "assessment/box_edit.html", {"year": year, "box": stored, "form": form, "rows": rows})


@year_view("assessment.change_boxes")
def box_open_view(request: AccountRequest, *, year: AssessmentYear, box: int) -> HttpResponse:
    """prepared → open."""
    return _step(request, box_of(year, box), "open", lambda held, _form: box_open(box=held, by=request.user))


@year_view("assessment.change_boxes")
def box_present(request: AccountRequest, *, year: AssessmentYear, box: int) -> HttpResponse:
    """实到 of an open box: who comes late is counted too."""
    stored = box_of(year, box)
    if stored.state != BoxState.OPEN:
        messages.error(request, _("The box is %(state)s.") % {"state": stored.get_state_display()})
        return redirect("assessment:box", year=year.number, box=stored.pk)
    form = PresentForm(request.POST or None, groups=stored.electorates.all())
    if form.is_valid():
        try:
            box_present_correct(box=stored, present=form.numbers(), by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, present_text(stored))
            return redirect("assessment:box", year=year.number, box=stored.pk)
    return render(request, "assessment/box_present.html", {"year": year, "box": stored, "form": form})


@year_view("assessment.change_boxes")
def box_close_view(request: AccountRequest, *, year: AssessmentYear, box: int) -> HttpResponse:
    """open → closed, with the slips left over."""
    stored = box_of(year, box)
    drawn = [group for group in stored.electorates.all() if group.slips_drawn]
    form = GroupsForm(request.POST or None, groups=drawn, initial={}) if drawn else None

    def close(held: Box, form: Any) -> None:
        box_close(box=held, slips_left=form.numbers() if form else None, by=request.user)

    return _step(request, stored, "close", close, form)


@year_view("assessment.change_boxes")
def box_void(request: AccountRequest, *, year: AssessmentYear, box: int) -> HttpResponse:
    """→ void, with a reason."""

    def make_void(held: Box, form: Any) -> None:
        box_make_void(box=held, reason=form.cleaned_data["reason"], by=request.user)

    return _step(request, box_of(year, box), "void", make_void, ReasonForm(request.POST or None))


@year_view("assessment.change_boxes")
def box_clear_view(request: AccountRequest, *, year: AssessmentYear, box: int) -> HttpResponse:
    """A rehearsal begins anew."""
    return _step(request, box_of(year, box), "clear", lambda held, _form: box_clear(box=held, by=request.user))


@year_view("assessment.view_boxes")
def box_opinions(request: AccountRequest, *, year: AssessmentYear, box: int) -> HttpResponse:
    """民主评议 of a counted box, without author."""
    stored = box_of(year, box)
    context = {"year": year, "box": stored, "opinions": opinions_shown(stored)}
    return render(request, "assessment/box_opinions.html", context)


def box_of(year: AssessmentYear, box: int) -> Box:
    """The box of this year, or 404."""
    return get_object_or_404(year.boxes.select_related("year", "township", "department"), pk=box)


def _step(
    request: AccountRequest, box: Box, name: str, take: Callable[[Box, Any], None], form: Any = None
) -> HttpResponse:
    """Confirm a step; where it is refused, say why."""
    step = next(step for step in STEPS if step.name == name)
    problems = [] if step.fits(box) else [_("The box is %(state)s.") % {"state": box.get_state_display()}]
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            take(box, form)
        except Refused as refusal:
            problems = refusal.messages
        else:
            messages.success(request, _("The box is now: %(state)s.") % {"state": box.get_state_display()})
            return redirect("assessment:box", year=box.year.number, box=box.pk)
    elif name == "open" and not problems:
        problems = opening_problems(box)
    context = {"year": box.year, "box": box, "step": step, "problems": problems, "form": form}
    return render(request, "assessment/box_step.html", context)
