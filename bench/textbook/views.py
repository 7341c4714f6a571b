from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt

from bench.textbook import QUESTIONS
from bench.textbook.models import TextbookBallot, TextbookMark, TextbookSlip

GRADES = [(1, "好"), (2, "较好"), (3, "一般"), (4, "较差"), (0, "弃权")]


class BallotForm(forms.Form):
    code = forms.CharField(widget=forms.HiddenInput)
    opinion = forms.CharField(widget=forms.Textarea, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for number in range(QUESTIONS):
            self.fields[f"q{number}"] = forms.TypedChoiceField(
                label=f"王伟{number}", choices=GRADES, coerce=int, widget=forms.RadioSelect
            )


@csrf_exempt
def vote(request: HttpRequest) -> HttpResponse:
    """POST of a code: the page of the ballot. POST of a ballot: the receipt."""
    if "q0" not in request.POST:
        slip = get_object_or_404(TextbookSlip, code=request.POST.get("code"), used=False)
        return render(request, "textbook.html", {"form": BallotForm(initial={"code": slip.code})})
    form = BallotForm(request.POST)
    if not form.is_valid():
        return render(request, "textbook.html", {"form": form})
    cast(form)
    return HttpResponse("<p class='message-done'>Your ballot is in</p>")


@transaction.atomic
def cast(form: BallotForm) -> None:
    slip = get_object_or_404(TextbookSlip.objects.select_for_update(), code=form.cleaned_data["code"], used=False)
    slip.used = True
    slip.save()
    ballot = TextbookBallot.objects.create(opinion=form.cleaned_data["opinion"])
    marks = [
        TextbookMark(ballot=ballot, question=number, grade=form.cleaned_data[f"q{number}"])
        for number in range(QUESTIONS)
    ]
    TextbookMark.objects.bulk_create(marks)
