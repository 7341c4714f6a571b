"""Entries of target values: a second person confirms or returns them; who entered one takes it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.access import year_view
from assessment.forms.reason import ReasonForm
from assessment.forms.value_entry import ChoiceForm
from assessment.models import AssessmentYear, EntryState, ValueEntry
from assessment.presenters.value_entry import entry_groups, entry_text
from assessment.selectors.value import departments_answering
from assessment.services.value_entry import value_entries_confirm, value_entries_return
from assessment.views.value import line_or_403, to_line
from cadres.access import AccountRequest
from cadres.errors import Refused
from cadres.forms.saving import form_saved, posted


@year_view("assessment.confirm_values")
def values_confirm(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """All that waits, line by line, to be confirmed or returned; one's own entries are shown only."""
    form = ChoiceForm(request.POST or None)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            _settle(request, year, form)
        except Refused as refusal:
            problems = refusal.messages
        else:
            return HttpResponseRedirect(request.get_full_path())
    department = request.GET.get("department", "")
    context = {
        "year": year,
        "form": form,
        "problems": problems,
        "groups": entry_groups(year=year, by=request.user, department=department),
        "departments": departments_answering(year),
        "department": department,
    }
    return render(request, "assessment/value_confirm.html", context)


def _settle(request: AccountRequest, year: AssessmentYear, form: ChoiceForm) -> None:
    chosen = form.cleaned_data["entry"]
    if form.cleaned_data["action"] == ChoiceForm.RETURN:
        value_entries_return(year=year, entries=chosen, reason=form.cleaned_data["reason"], by=request.user)
        text = ngettext("%(count)d entry was returned.", "%(count)d entries were returned.", len(chosen))
    else:
        value_entries_confirm(year=year, entries=chosen, by=request.user)
        text = ngettext("%(count)d value was confirmed.", "%(count)d values were confirmed.", len(chosen))
    messages.success(request, text % {"count": len(chosen)})


@year_view("assessment.enter_values")
def value_withdraw(request: AccountRequest, *, year: AssessmentYear, entry: int) -> HttpResponse:
    """Take back an entry of one's own while it waits, with a reason."""
    stored = _waiting(request, year, entry)
    form = ReasonForm(posted(request))

    def take_back() -> None:
        reason = form.cleaned_data["reason"]
        value_entries_return(year=year, entries=[stored.pk], reason=reason, by=request.user)

    if form_saved(form, take_back):
        messages.success(request, _("The entry was taken back; it stays on record."))
        return to_line(year, stored.line)
    context = {"year": year, "entry": stored, "text": entry_text(stored), "form": form}
    return render(request, "assessment/value_withdraw.html", context)


def _waiting(request: HttpRequest, year: AssessmentYear, entry: int) -> ValueEntry:
    entries = ValueEntry.objects.select_related("township", "line")
    stored = get_object_or_404(entries, pk=entry, line__year=year)
    line_or_403(request, year, stored.line.code)  # type: ignore[arg-type]
    return get_object_or_404(entries, pk=entry, state=EntryState.PENDING)
