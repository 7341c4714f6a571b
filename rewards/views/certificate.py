"""考评结果证明: issued, printed, revoked; and confirmed to whoever holds the paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from assessment.access import year_view
from assessment.forms.reason import ReasonForm
from assessment.models import AssessmentYear
from cadres.access import AccountRequest, without_account
from cadres.forms.saving import form_saved, posted
from cadres.permissions import allows
from rewards.forms.certificate import CertificateCheckForm
from rewards.forms.promotion import EmptyForm
from rewards.models import Certificate, PromotionCandidate
from rewards.presenters.certificate import WORD, Paper, certificate_file_name, certificate_word
from rewards.presenters.promotion import candidate_rows
from rewards.selectors.certificate import certificate_obstacle, certificates_of_year
from rewards.services.certificate import certificate_found, certificate_issue, certificate_revoke


@year_view("rewards.change_promotion")
def certificate_issue_page(request: AccountRequest, *, year: AssessmentYear, candidate: int) -> HttpResponse:
    """The last question before a number is given away."""
    candidates = PromotionCandidate.objects.select_related("cadre", "check_of__year")
    found = get_object_or_404(candidates, pk=candidate, check_of__year=year)
    form = EmptyForm(posted(request))
    made: list[Certificate] = []
    if form_saved(form, lambda: made.append(certificate_issue(candidate=found, by=request.user))):
        messages.success(request, _("Issued as %(number)s.") % {"number": made[0].number})
        return redirect("rewards:certificate", year=year.number, certificate=made[0].pk)
    (row,) = candidate_rows([found], {})
    context = {"year": year, "row": row, "form": form, "obstacle": certificate_obstacle(found)}
    return render(request, "rewards/certificate_issue.html", context)


@year_view("rewards.view_promotion")
@require_safe
def certificate_page(request: AccountRequest, *, year: AssessmentYear, certificate: int) -> HttpResponse:
    """The paper, to be printed."""
    paper = _paper(request, year, certificate)
    may_change = allows(request.user, "rewards.change_promotion", year)
    context = {"year": year, "paper": paper, "certificate": paper.certificate, "may_change": may_change}
    return render(request, "rewards/certificate.html", context)


@year_view("rewards.view_promotion")
@require_safe
def certificate_word_file(request: AccountRequest, *, year: AssessmentYear, certificate: int) -> HttpResponse:
    """The same as a Word file."""
    paper = _paper(request, year, certificate)
    name = content_disposition_header(True, certificate_file_name(paper.certificate))
    return HttpResponse(certificate_word(paper), content_type=WORD, headers={"Content-Disposition": name})


@year_view("rewards.change_promotion")
def certificate_revoke_page(request: AccountRequest, *, year: AssessmentYear, certificate: int) -> HttpResponse:
    """It holds no longer, with a reason."""
    found = get_object_or_404(certificates_of_year(year), pk=certificate)
    form = ReasonForm(posted(request))

    def save() -> None:
        certificate_revoke(certificate=found, reason=form.cleaned_data["reason"], by=request.user)

    if form_saved(form, save):
        messages.success(request, _("%(number)s no longer holds.") % {"number": found.number})
        return redirect("rewards:promotion", year=year.number)
    context = {"year": year, "certificate": found, "form": form}
    return render(request, "rewards/certificate_revoke.html", context)


# Number and code are all the authority there is: no cookie adds to it, so there is none to protect, and none is set.
@csrf_exempt
@without_account
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def certificate_check(request: HttpRequest) -> HttpResponse:
    """Confirms what the paper says, or says that there is no such certificate; nothing else."""
    form = CertificateCheckForm(posted(request), initial={"number": request.GET.get("number", "")[:60]})
    asked = form.is_valid()
    paper = None
    if asked:
        found = certificate_found(number=form.cleaned_data["number"], code=form.cleaned_data["code"])
        paper = Paper(found, "") if found else None
    context = {"form": form, "asked": asked, "paper": paper}
    answer = render(request, "rewards/certificate_check.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _paper(request: AccountRequest, year: AssessmentYear, certificate: int) -> Paper:
    found = get_object_or_404(certificates_of_year(year), pk=certificate)
    return Paper(found, request.build_absolute_uri(reverse("rewards:certificate_check")))
