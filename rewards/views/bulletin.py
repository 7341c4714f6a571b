"""考评通报: the public page, and how the office composes, publishes and withdraws it [S4]."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from assessment.access import year_view
from assessment.addresses import year_url
from assessment.models import AssessmentYear
from cadres.access import AccountRequest, without_account
from cadres.forms.saving import form_saved, posted
from rewards.forms.bulletin import bulletin_form
from rewards.forms.following import WithdrawForm
from rewards.selectors.bulletin import bulletin_in_force, bulletin_page, bulletin_text, bulletins_of
from rewards.services.bulletin import bulletin_publish, bulletin_withdraw


@without_account
def bulletin(request: HttpRequest, year: int) -> HttpResponse:
    """Open to everybody, signed in or not; where there is none, or none any more, it says so in one way."""
    found = AssessmentYear.objects.filter(number=year).first()
    shown = bulletin_in_force(found) if found else None
    if found is None or shown is None:
        return render(request, "rewards/bulletin_none.html", {"number": year}, status=404)
    request.assessment_year = found  # type: ignore[attr-defined]  # the year's menu, for those who have one
    page = bulletin_page(year=found, text=bulletin_text(shown), published_on=shown.published_on)
    return render(request, "rewards/bulletin_public.html", {"year": found, "page": page})


@year_view("rewards.change_bulletin")
def bulletin_edit(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Compose it, see it as it will be read, publish it."""
    all_of_year = bulletins_of(year)
    form = bulletin_form(posted(request), year=year, latest=all_of_year[0] if all_of_year else None)
    publishes = "preview" not in request.POST
    if publishes and form_saved(form, lambda: bulletin_publish(year=year, text=form.text(), by=request.user)):
        messages.success(request, _("The bulletin is published: everybody can read it."))
        return redirect("rewards:bulletin_edit", year=year.number)
    context = {
        "year": year,
        "form": form,
        "page": bulletin_page(year=year, text=form.text()),
        "bulletins": all_of_year,
        "in_force": bulletin_in_force(year),
    }
    return render(request, "rewards/bulletin_edit.html", context)


@year_view("rewards.change_bulletin")
def bulletin_preview(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """What the form holds, as it would be read; stores nothing."""
    form = bulletin_form(posted(request), year=year, latest=None)
    return render(request, "rewards/bulletin_body.html", {"page": bulletin_page(year=year, text=form.text())})


@year_view("rewards.change_bulletin")
def bulletin_end(request: AccountRequest, *, year: AssessmentYear, bulletin: int) -> HttpResponse:
    """Take it back, with a reason."""
    stored = get_object_or_404(year.bulletins.filter(withdrawn_at=None), pk=bulletin)
    form = WithdrawForm(posted(request))
    if form_saved(form, lambda: bulletin_withdraw(bulletin=stored, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The bulletin was withdrawn: nobody can read it any more."))
        return redirect("rewards:bulletin_edit", year=year.number)
    context = {"year": year, "bulletin": stored, "form": form, "back": year_url("rewards:bulletin_edit", year)}
    return render(request, "rewards/bulletin_withdraw.html", context)
