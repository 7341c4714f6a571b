"""提拔资格审查: earlier checks, a new one, what it found."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from assessment.access import year_view
from assessment.models import AssessmentYear
from cadres.access import AccountRequest
from cadres.forms.saving import form_saved, posted
from cadres.permissions import allows
from rewards.forms.promotion import PromotionForm
from rewards.models import PromotionCheck
from rewards.presenters.promotion import candidate_rows
from rewards.selectors.certificate import certificates_of_year
from rewards.selectors.history import people_listed
from rewards.selectors.promotion import candidates_ordered, certificates_of, checks_of, promotion_years
from rewards.services.promotion import promotion_check


@year_view("rewards.view_promotion")
def promotion(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Earlier checks of the year and the certificates that rest on them."""
    context = {
        "year": year,
        "checks": checks_of(year),
        "certificates": certificates_of_year(year),
        "may_change": allows(request.user, "rewards.change_promotion", year),
    }
    return render(request, "rewards/promotion_list.html", context)


@year_view("rewards.change_promotion")
def promotion_new(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """A shortlist, pasted or ticked."""
    form = PromotionForm(posted(request), people=people_listed())
    made: list[PromotionCheck] = []

    def save() -> None:
        purpose = form.cleaned_data["purpose"]
        made.append(promotion_check(year=year, purpose=purpose, numbers=form.numbers(), by=request.user))

    if form_saved(form, save):
        messages.success(request, _("Checked and kept."))
        return redirect("rewards:promotion_check", year=year.number, check=made[0].pk)
    context = {"year": year, "form": form, "years": promotion_years(year)}
    return render(request, "rewards/promotion_new.html", context)


@year_view("rewards.view_promotion")
def promotion_check_page(request: AccountRequest, *, year: AssessmentYear, check: int) -> HttpResponse:
    """Everybody of the shortlist as they were found, with the clause and the year."""
    found = get_object_or_404(PromotionCheck.objects.select_related("entered_by"), year=year, pk=check)
    rows = candidate_rows(candidates_ordered(found), certificates_of(found))
    context = {
        "year": year,
        "check": found,
        "rows": rows,
        "years": rows[0].content.years,
        "eligible": sum(row.candidate.eligible for row in rows),
        "may_change": allows(request.user, "rewards.change_promotion", year),
    }
    return render(request, "rewards/promotion_check.html", context)
