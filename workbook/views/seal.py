"""封存: the seals of archived years, verified by the auditor or the office. Nothing here tells a score."""

from django.http import HttpResponse
from django.shortcuts import render

from cadres.access import AccountRequest, may
from cadres.forms.saving import posted
from workbook.forms.seal import SealsForm
from workbook.seal_words import problems_text, record_verdict, seals_verdicts
from workbook.selectors.seal import seals_listed
from workbook.services.seal import seals_verify


@may("workbook.view_seals")
def seals(request: AccountRequest) -> HttpResponse:
    """GET lists, POST verifies, with a record file where one is given."""
    form = SealsForm(posted(request), request.FILES or None)
    context: dict[str, object] = {"form": form, "seals": seals_listed()}
    if form.is_valid():
        state = seals_verify(by=request.user)
        file = form.cleaned_data["record"]
        context |= {
            "state": state,
            "problems": seals_verdicts(state),
            "found": {each.seal.pk: problems_text(each) for each in state.states},
            "verdict": record_verdict(file.read()) if file else None,
        }
    return render(request, "workbook/seals.html", context)
