"""What a rule does: place → points, while a scheme is being written."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cadres.access import AccountRequest, may
from scoring.preview import rule_preview


@may("scoring.preview_rule")
@require_safe
def scheme_preview(request: AccountRequest) -> HttpResponse:
    """A fragment for the rule in the query; one that says what is wrong where the rule cannot be read."""
    return render(request, "scoring/preview.html", {"preview": rule_preview(request.GET.dict())})
