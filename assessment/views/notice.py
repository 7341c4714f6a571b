"""考评预告: the public page, and the form behind it (RULES Y2)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from assessment.access import year_view
from assessment.forms.notice import notice_form
from assessment.models import AssessmentYear, Phase
from assessment.presenters.notice import notice_page
from assessment.services.notice import notice_save
from cadres.access import AccountRequest
from cadres.forms.saving import form_saved, posted


def notice(request: HttpRequest, year: int) -> HttpResponse:
    """Open to everybody, signed in or not, from the announcement on; before it there is no such page."""
    found = AssessmentYear.objects.exclude(phase=Phase.DRAFT).filter(number=year).first()
    if found is None:
        raise Http404
    request.assessment_year = found  # type: ignore[attr-defined]  # the year's menu, for those who have one
    return render(request, "assessment/notice_public.html", {"year": found, "page": notice_page(found)})


@year_view("assessment.change_notice")
def notice_edit(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Write it, and see it as it will be read."""
    form = notice_form(posted(request), year=year)
    if form_saved(form, lambda: notice_save(year=year, **form.cleaned_data, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("assessment:notice_edit", year=year.number)
    context = {"year": year, "form": form, "page": notice_page(year), "editable": year.phase != Phase.ARCHIVED}
    return render(request, "assessment/notice_form.html", context)
