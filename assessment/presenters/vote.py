"""The pages of a participant. They are the same for everybody who holds a slip of the same box."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessment.models import Box
from assessment.presenters.tally import CADRE_WORDS, TEAM_WORDS
from assessment.questions import ABSTAIN, GRADES, Question, Subject
from assessment.selectors.ballot import BOXES_KEPT, SlipFound, questions_of
from assessment.services.ballot import LONGEST_OPINION

CODE_PLACE = "\0"
"""Where the code stands in a page that is kept: no text of ours can hold this sign."""


@dataclass(frozen=True)
class Ballot:
    """What a ballot page shows of what has been filled in so far."""

    code: str
    marks: Mapping[str, str]
    opinion: str = ""
    asked: tuple[Question, ...] = ()
    too_long: bool = False


def ballot_page(slip: SlipFound, code: str) -> str:
    """The empty ballot of an open box, from memory but for the code."""
    before, after = _page_around_code(slip.box, slip.opened_at, get_language())
    return f"{before}{escape(code)}{after}"


@lru_cache(BOXES_KEPT)
def _page_around_code(box: int, opened_at: datetime | None, language: str | None) -> tuple[str, str]:
    """Made once a box, opening and language: what a ballot asks is fixed when its box is opened."""
    before, _place, after = ballot_page_filled(box, opened_at, Ballot(CODE_PLACE, {})).partition(CODE_PLACE)
    return before, after


def ballot_page_filled(box: int, opened_at: datetime | None, ballot: Ballot) -> str:
    """The ballot with what was chosen before."""
    questions = questions_of(box, opened_at)
    context = {
        "box": Box.objects.select_related("year", "township", "department").get(pk=box),
        "parts": _parts(questions),
        "places": {question.key: place for place, question in enumerate(questions, start=1)},
        "ballot": ballot,
        "abstain": ABSTAIN,
        "longest": LONGEST_OPINION,
        "progress": _("%(done)s of %(all)s answered") % {"done": "{done}", "all": len(questions)},
    }
    return render_to_string("assessment/vote_ballot.html", context, using="jinja2")


@dataclass(frozen=True)
class Part:
    """The questions about one kind of subject, and the words of their five answers."""

    subject: Subject
    questions: tuple[Question, ...]
    answers: tuple[tuple[str, str], ...]


def _parts(questions: Sequence[Question]) -> list[Part]:
    """The team, then its cadres."""
    return [
        Part(subject, tuple(of_subject), _answers(subject))
        for subject, of_subject in groupby(questions, key=lambda question: question.subject)
    ]


def _answers(subject: Subject) -> tuple[tuple[str, str], ...]:
    """Mark → word, from best to worst, then the abstention."""
    words = CADRE_WORDS if subject == Subject.CADRE else TEAM_WORDS
    return (*zip(GRADES, map(_, words.values()), strict=True), (ABSTAIN, _("弃权")))


def vote_page(name: str, *, status: int = 200, **context: object) -> HttpResponse:
    """One of the small pages."""
    return vote_answer(render_to_string(f"assessment/vote_{name}.html", context, using="jinja2"), status=status)


def vote_answer(page: str, *, status: int = 200) -> HttpResponse:
    """No browser and no proxy keeps it."""
    return HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})
