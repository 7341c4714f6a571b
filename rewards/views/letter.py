"""反馈书: one letter to read, print or take as Word; all of them at once (RULES U4)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from assessment.access import year_view
from assessment.addresses import year_url
from assessment.models import AssessmentYear
from cadres.access import AccountRequest
from cadres.errors import Refused
from cadres.forms.saving import form_saved, posted
from cadres.permissions import allows
from rewards.forms.letter import LetterBatchForm
from rewards.letters.kinds import LetterKind
from rewards.letters.write import DOCX, ZIP
from rewards.models import LetterBatch
from rewards.presenters.letter import batch_rows, township_letters
from rewards.selectors.letter import Subject, letter_for, letters_obstacle, year_letters
from rewards.services.letter import letter_batch_export, letter_batch_start, letter_export


@year_view("rewards.change_feedback")
def letters(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Start, how far it is, what was written before; and every letter by itself."""
    form = LetterBatchForm(posted(request))
    if form_saved(form, lambda: letter_batch_start(year=year, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The letters are being written."))
        return redirect("rewards:letters", year=year.number)
    found, rows = year_letters(year), batch_rows(year)
    context = {
        "year": year,
        "form": form,
        "obstacle": letters_obstacle(found),
        "rows": rows,
        "running": any(row.running for row in rows),
        "townships": township_letters(found),
    }
    return render(request, "rewards/letters.html", context)


@year_view("rewards.change_feedback")
def letters_file(request: AccountRequest, *, year: AssessmentYear, batch: int) -> HttpResponse:
    """The file of a batch that is ready."""
    found = get_object_or_404(LetterBatch.objects.select_related("year"), pk=batch, year=year)
    try:
        content = letter_batch_export(batch=found, by=request.user)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("rewards:letters", year=year.number)
    apart = found.kind == LetterKind.APART
    name = f"{year.number}年度考评结果反馈书-{found.pk}.{'zip' if apart else 'docx'}"
    return _attachment(content, ZIP if apart else DOCX, name)


@year_view("rewards.view_letter")
def letter_team(request: AccountRequest, *, year: AssessmentYear, code: str) -> HttpResponse:
    word = year_url("rewards:letter_team_word", year, code=code)
    return _letter_page(request, year, Subject(True, code), word)


@year_view("rewards.view_feedback")
def letter_cadre(request: AccountRequest, *, year: AssessmentYear, number: str) -> HttpResponse:
    word = year_url("rewards:letter_cadre_word", year, number=number)
    return _letter_page(request, year, Subject(False, number), word)


@year_view("rewards.view_letter")
def letter_team_word(request: AccountRequest, *, year: AssessmentYear, code: str) -> HttpResponse:
    return _letter_word(request, year, Subject(True, code))


@year_view("rewards.view_feedback")
def letter_cadre_word(request: AccountRequest, *, year: AssessmentYear, number: str) -> HttpResponse:
    return _letter_word(request, year, Subject(False, number))


def _letter_page(request: AccountRequest, year: AssessmentYear, subject: Subject, word: str) -> HttpResponse:
    """The letter as it is printed, or what is in its way."""
    found = year_letters(year)
    try:
        letter = letter_for(letters=found, subject=subject, by=request.user)
    except KeyError as none:
        raise Http404 from none
    context = {"year": year, "letter": letter, "obstacle": letters_obstacle(found), "word": word}
    context["may_write"] = allows(request.user, "rewards.change_feedback", year)
    return render(request, "rewards/letter.html", context)


def _letter_word(request: AccountRequest, year: AssessmentYear, subject: Subject) -> HttpResponse:
    try:
        name, content = letter_export(year=year, subject=subject, by=request.user)
    except KeyError as none:
        raise Http404 from none
    except Refused as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("assessment:year", year=year.number)
    return _attachment(content, DOCX, name)


def _attachment(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
