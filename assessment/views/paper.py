"""Keying the paper of a closed box: groups, the grid, differences, deciding, keying again, history."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from assessment.access import year_view
from assessment.forms.reason import ReasonForm
from assessment.models import AssessmentYear, BoxState, Electorate
from assessment.presenters.keying import KeyingGrid, keying_grid, texts_agreed
from assessment.presenters.paper import PaperGroup, comparison, paper_groups
from assessment.selectors.paper import paper_state, paper_states
from assessment.services.paper import paper_decide, paper_key, paper_rekey
from assessment.views.box import box_of
from cadres.access import AccountRequest
from cadres.errors import Refused
from cadres.forms.saving import form_saved, posted

Make = Callable[[Any], KeyingGrid]


@year_view("assessment.view_boxes")
def paper(request: AccountRequest, *, year: AssessmentYear, box: int) -> HttpResponse:
    """Every voter group of the box: how far its keying is, who is next, what you may do."""
    found = box_of(year, box)
    groups = paper_groups(found, paper_states(found.electorates.all()), request.user)
    return render(request, "assessment/paper_groups.html", {"year": year, "box": found, "groups": groups})


@year_view("assessment.change_boxes")
def paper_keying(request: AccountRequest, *, year: AssessmentYear, box: int, electorate: int) -> HttpResponse:
    """The grid for the first or the second keying; it never shows the other's numbers."""
    group = _group(request, year, box, electorate)
    if not group.may_key and request.method != "POST":
        return _show(request, "assessment/paper_wait.html", group)

    def make(posted: Any) -> KeyingGrid:
        grid = keying_grid(group.box.asked, posted=posted)
        if posted is not None:
            grid.read(complete=False)
        return grid

    return _keyed(request, group, make, paper_key, {"deciding": False})


@year_view("assessment.change_boxes")
def paper_deciding(request: AccountRequest, *, year: AssessmentYear, box: int, electorate: int) -> HttpResponse:
    """The grid for a third person: where two agree their numbers stand, where they differ nothing does."""
    group = _group(request, year, box, electorate)
    if not group.may_decide and request.method != "POST":
        return _show(request, "assessment/paper_wait.html", group)
    keyed = group.state.keyed

    def make(posted: Any) -> KeyingGrid:
        agreed = texts_agreed(keyed[0], keyed[1]) if group.may_decide else {}
        grid = keying_grid(group.box.asked, agreed=agreed, posted=posted)
        if posted is not None:
            grid.read(complete=True)
        return grid

    return _keyed(request, group, make, paper_decide, {"deciding": True})


@year_view("assessment.change_boxes")
def paper_again(request: AccountRequest, *, year: AssessmentYear, box: int, electorate: int) -> HttpResponse:
    """Leave the round behind, with a reason."""
    group = _group(request, year, box, electorate)
    form, held = ReasonForm(posted(request)), group.state.electorate
    if form_saved(form, lambda: paper_rekey(electorate=held, reason=form.cleaned_data["reason"], by=request.user)):
        messages.success(request, _("A new round has begun: two people key the sheets anew."))
        return redirect("assessment:paper", year=year.number, box=box)
    return _show(request, "assessment/paper_again.html", group, form=form)


@year_view("assessment.view_boxes")
def paper_differences(request: AccountRequest, *, year: AssessmentYear, box: int, electorate: int) -> HttpResponse:
    """The rows of the current round in which two people differ, side by side."""
    group = _group(request, year, box, electorate)
    keyed = group.state.open_rounds.get(group.state.electorate.paper_round)
    if keyed is None:
        return _show(request, "assessment/paper_wait.html", group)
    compared = comparison(group.state.electorate.paper_round, keyed, group.box.asked)
    columns = keying_grid(group.box.asked).columns
    return _show(request, "assessment/paper_differences.html", group, round=compared, columns=columns)


@year_view("assessment.view_boxes")
def paper_history(request: AccountRequest, *, year: AssessmentYear, box: int, electorate: int) -> HttpResponse:
    """Every keying of every round that two people have keyed."""
    group = _group(request, year, box, electorate)
    rounds = [comparison(number, keyed, group.box.asked) for number, keyed in group.state.open_rounds.items()]
    columns = keying_grid(group.box.asked).columns
    return _show(request, "assessment/paper_history.html", group, rounds=rounds[::-1], columns=columns)


def _group(request: AccountRequest, year: AssessmentYear, box: int, electorate: int) -> PaperGroup:
    groups = Electorate.objects.filter(box=box, box__year=year)
    found = get_object_or_404(groups.select_related("box__year", "box__township", "box__department"), pk=electorate)
    return PaperGroup(found.box, paper_state(found), request.user)


def _show(request: AccountRequest, template: str, group: PaperGroup, **context: Any) -> HttpResponse:
    return render(request, template, {"year": group.box.year, "box": group.box, "group": group, **context})


def _keyed(
    request: AccountRequest, group: PaperGroup, make: Make, save: Callable[..., Any], context: dict[str, Any]
) -> HttpResponse:
    """Show the grid; save what was typed when nothing is wrong with it."""
    grid = make(request.POST if request.method == "POST" else None)
    seen = _round_seen(request, group)
    if request.method == "POST" and not grid.problems and grid.ballots_read:
        electorate = group.state.electorate
        try:
            save(electorate=electorate, ballots=grid.ballots_read, counts=grid.counts, round_seen=seen, by=request.user)
        except Refused as refusal:
            for text in grid.refuse(refusal):
                messages.error(request, text)
        else:
            return _said(request, group)
    return _show(request, "assessment/paper_keying.html", group, grid=grid, round_seen=seen, **context)


def _round_seen(request: AccountRequest, group: PaperGroup) -> int:
    """The round that the page was opened for; a text that is no number is none."""
    typed = request.POST.get("round", "")
    return int(typed) if typed.isascii() and typed.isdigit() else group.state.electorate.paper_round


def _said(request: AccountRequest, group: PaperGroup) -> HttpResponse:
    """What the save came to: the box is counted, it waits for another person, or it shows differences."""
    electorate = Electorate.objects.select_related("box").get(pk=group.state.electorate.pk)
    after = PaperGroup(electorate.box, paper_state(electorate), request.user)
    if electorate.box.state == BoxState.COUNTED:
        messages.success(request, _("Saved. Everything agrees: the box is counted."))
    elif after.step == "differs":
        messages.warning(request, _("Saved. The two keyings differ; here is where."))
        return redirect(
            "assessment:paper_differences", year=group.box.year.number, box=group.box.pk, electorate=electorate.pk
        )
    elif after.step == "agreed":
        messages.success(request, _("Saved. “%(group)s” is agreed.") % {"group": group.name})
    else:
        messages.success(request, _("Saved. Another person keys the same sheets now."))
    return redirect("assessment:paper", year=group.box.year.number, box=group.box.pk)
