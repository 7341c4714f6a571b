"""The pages of a participant: who holds a slip holds the right to vote, and nobody asks for more."""

import logging
from http import HTTPStatus

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from assessment.errors import BallotUnfit, BoxEnded, BoxNotOpen, SlipUnknown, SlipUsed, SlipVoid, VoteRefused
from assessment.presenters.vote import Ballot, ballot_page, ballot_page_filled, vote_answer, vote_page
from assessment.questions import ABSTAIN
from assessment.selectors.ballot import questions_of
from assessment.services.ballot import LONGEST_OPINION, ballot_begin, ballot_cast, opinion_clean
from cadres.access import without_account

logger = logging.getLogger(__name__)

STATUSES = {
    SlipUnknown: HTTPStatus.NOT_FOUND,
    SlipUsed: HTTPStatus.CONFLICT,
    BoxNotOpen: HTTPStatus.CONFLICT,
    SlipVoid: HTTPStatus.GONE,
    BoxEnded: HTTPStatus.GONE,
    BallotUnfit: HTTPStatus.BAD_REQUEST,
}
"""There is no such slip; it is not in the state for this (yet, or any more); it will never be; it is not understood."""


# Another site could send a form here only if it knew an unused code; and then it needs no browser of the voter's.
# The code is all the authority there is: no cookie adds to it, so there is none to protect, and none is set.
@csrf_exempt
@without_account
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest) -> HttpResponse:
    """GET: where to type the code. POST of a code: its ballot. POST of a ballot: asked once, cast, receipt."""
    if request.method != "POST":
        return vote_page("code")
    code = request.POST.get("code", "")
    try:
        return _ballot_received(request.POST, code) if "ballot" in request.POST else _ballot_wanted(code)
    except VoteRefused as refusal:
        return vote_page("code", status=STATUSES[type(refusal)], refusal=refusal, code=code)
    except DatabaseError as error:
        return _unsure(error, code)


def _ballot_wanted(code: str) -> HttpResponse:
    return vote_answer(ballot_page(ballot_begin(code=code), code))


def _ballot_received(sent: QueryDict, code: str) -> HttpResponse:
    """The receipt, after the commit; or the ballot again, once, where something should be looked at."""
    marks = {name: str(mark) for name, mark in sent.items() if ":" in name}
    opinion = opinion_clean(sent.get("opinion", ""))
    too_long = len(opinion) > LONGEST_OPINION
    if too_long or (ABSTAIN in marks.values() and "asked" not in sent):
        return _ballot_again(code, marks, opinion, too_long=too_long)
    ballot_cast(code=code, marks=marks, opinion=opinion)
    return vote_page("receipt", rehearsal="rehearsal" in sent)


def _ballot_again(code: str, marks: dict[str, str], opinion: str, *, too_long: bool) -> HttpResponse:
    """With everything that was filled in, and the questions that stand on abstention named."""
    slip = ballot_begin(code=code)
    questions = questions_of(slip.box, slip.opened_at)
    asked = tuple(question for question in questions if marks.get(question.key, ABSTAIN) == ABSTAIN)
    page = ballot_page_filled(slip.box, slip.opened_at, Ballot(code, marks, opinion, asked, too_long))
    return vote_answer(page, status=HTTPStatus.BAD_REQUEST if too_long else HTTPStatus.OK)


def _unsure(error: DatabaseError, code: str) -> HttpResponse:
    """Nobody can say whether it was committed; sending it again can do no harm. The log holds no value of it."""
    cause = error.__cause__
    reason = getattr(cause, "sqlite_errorname", None) or getattr(cause, "pgcode", None)
    logger.error("A vote may not have been committed: %s %s", type(error).__name__, reason)
    return vote_page("unsure", status=HTTPStatus.SERVICE_UNAVAILABLE, code=code)


@without_account
@require_safe
def vote_privacy(request: HttpRequest) -> HttpResponse:
    """For the meeting: what is stored, and what an administrator could see."""
    return vote_page("privacy")
