"""办法草案: kept what-ifs of a year's scheme, side by side, on earlier years, adopted as the next year's scheme."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from assessment.access import year_view
from assessment.addresses import year_url
from assessment.models import AssessmentYear
from assessment.presenters.scheme import Difference
from assessment.selectors.year import scheme_current
from assessment.wording import data_text, place_text
from cadres.access import AccountRequest
from cadres.forms.saving import form_saved, posted
from scoring.doctor.report import doctor_findings
from scoring.drafts.backtest import backtest
from scoring.drafts.compare import MOST, drafts_compared
from scoring.drafts.page import backtest_chart, draft_rows, measures, tested_rows, tried
from scoring.drafts.words import change_rows
from scoring.forms.draft import AdoptForm, DraftForm, DraftNewForm, VariationForm, chosen_drafts, draft_query
from scoring.models import SchemeDraft
from scoring.selectors.draft import Adoption, adoption_of, drafts_of
from scoring.services.draft import (
    PERMISSION,
    draft_adopt,
    draft_create,
    draft_describe,
    draft_remove,
    draft_replace,
)

VIEW = "scoring.view_drafts"


@year_view(VIEW)
def drafts(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """All of the year: what each changes, whose it is, what became of it."""
    return render(request, "scoring/draft_list.html", {"year": year, "rows": draft_rows(year), "most": MOST})


@year_view(PERMISSION)
def draft_new(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Keep the what-if of the address, or of the form that was sent, under a name."""
    scheme = scheme_current(year)
    form = DraftNewForm(posted(request), scheme=scheme, initial={"query": request.GET.urlencode()})
    variation, made = form.variation, []

    def save() -> None:
        given = {name: form.cleaned_data[name] for name in ("name", "note")}
        made.append(draft_create(year=year, variation=variation, by=request.user, **given))

    if form_saved(form, save):
        messages.success(request, _("The draft is kept."))
        return redirect("scoring:draft", year=year.number, draft=made[0].pk)
    others = drafts_of(year).filter(adopted=None)
    context = {"year": year, "form": form, "changes": change_rows(scheme, variation), "others": others}
    return render(request, "scoring/draft_new.html", {**context, "query": form["query"].value()})


@year_view(VIEW)
def draft(request: AccountRequest, *, year: AssessmentYear, draft: int) -> HttpResponse:
    """What it changes, what that comes to, what is doubtful about it."""
    stored = _draft_or_404(year, draft)
    found = tried(stored)
    context = {
        **_shared(stored),
        "tried": found,
        "columns": [found],
        "measures": measures([found.outcome]) if found.outcome else [],
        "query": draft_query(stored),
        "findings": doctor_findings(found.outcome.found.after.scheme, year) if found.outcome else (),
    }
    return render(request, "scoring/draft.html", context)


@year_view(PERMISSION)
def draft_edit(request: AccountRequest, *, year: AssessmentYear, draft: int) -> HttpResponse:
    """Another name or note."""
    stored = _draft_or_404(year, draft)
    form = DraftForm(posted(request), initial={"name": stored.name, "note": stored.note})
    if form_saved(form, lambda: draft_describe(draft=stored, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Name and note are changed."))
        return redirect("scoring:draft", year=year.number, draft=draft)
    return render(request, "scoring/draft_edit.html", {**_shared(stored), "form": form})


@year_view(PERMISSION)
def draft_change(request: AccountRequest, *, year: AssessmentYear, draft: int) -> HttpResponse:
    """Let the draft say what the what-if of the address says."""
    stored, scheme = _draft_or_404(year, draft), scheme_current(year)
    form = VariationForm(posted(request), scheme=scheme, initial={"query": request.GET.urlencode()})
    variation = form.variation
    if form_saved(form, lambda: draft_replace(draft=stored, variation=variation, by=request.user)):
        messages.success(request, _("The draft is changed."))
        return redirect("scoring:draft", year=year.number, draft=draft)
    later = change_rows(scheme, variation)
    return render(request, "scoring/draft_replace.html", {**_shared(stored), "form": form, "later": later})


@year_view(PERMISSION)
def draft_end(request: AccountRequest, *, year: AssessmentYear, draft: int) -> HttpResponse:
    """Remove it, once confirmed."""
    stored = _draft_or_404(year, draft)
    form = Form(posted(request))
    if form_saved(form, lambda: draft_remove(draft=stored, by=request.user)):
        messages.success(request, _("The draft is removed."))
        return redirect("scoring:drafts", year=year.number)
    return render(request, "scoring/draft_remove.html", {**_shared(stored), "form": form})


@year_view(VIEW)
def drafts_side_by_side(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Up to four by `d` in the address, beside the scheme in force; `all` shows every cadre."""
    stored = list(drafts_of(year))
    chosen = chosen_drafts(request.GET, stored, MOST)
    asked = len(set(request.GET.getlist("d")))
    context = {
        "year": year,
        "drafts": stored,
        "chosen": chosen,
        "most": MOST,
        "left_aside": asked - len(chosen),
        "address": "&".join(f"d={each.pk}" for each in chosen),
        "found": drafts_compared(year, [*map(tried, chosen)], everyone="all" in request.GET) if chosen else None,
    }
    return render(request, "scoring/draft_compare.html", context)


@year_view(VIEW)
def draft_backtest(request: AccountRequest, *, year: AssessmentYear, draft: int) -> HttpResponse:
    """What the draft's changes would have done in every year up to its own."""
    stored = _draft_or_404(year, draft)
    found = backtest(stored)
    context = {**_shared(stored), "rows": tested_rows(found), "chart": backtest_chart(found)}
    return render(request, "scoring/backtest.html", context)


@year_view(PERMISSION)
def draft_adoption(request: AccountRequest, *, year: AssessmentYear, draft: int) -> HttpResponse:
    """What adopting it does to the next year, then do it."""
    stored = _draft_or_404(year, draft)
    form = AdoptForm(posted(request))
    if form_saved(form, lambda: draft_adopt(draft=stored, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The draft is the scheme of %(year)s now.") % {"year": year.number + 1})
        return redirect("scoring:draft", year=year.number, draft=draft)
    found = adoption_of(_draft_or_404(year, draft))
    context = {
        **_shared(stored),
        "form": form,
        "adoption": found,
        "differences": _differences(found),
        "findings": () if found.obstacles else doctor_findings(found.scheme, found.target or year),
    }
    return render(request, "scoring/draft_adopt.html", context)


def _differences(found: Adoption) -> list[Difference]:
    rows = found.differences
    return [Difference(place_text(where), data_text(before), data_text(after)) for where, before, after in rows]


def _draft_or_404(year: AssessmentYear, draft: int) -> SchemeDraft:
    return get_object_or_404(drafts_of(year), pk=draft)


def _shared(stored: SchemeDraft) -> dict[str, Any]:
    """What the pages of one draft share."""
    return {
        "year": stored.year,
        "draft": stored,
        "changes": change_rows(scheme_current(stored.year), stored.variation),
        "back": year_url("scoring:draft", stored.year, draft=stored.pk),
    }
