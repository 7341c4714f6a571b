"""A vote as a phone sends it."""

from http import HTTPStatus

from django.test import Client
from django.urls import reverse

from assessment.models import Slip
from assessment.services.slip import digest_of

PHONE = Client()
"""Everybody's: it keeps nothing, as is seen below; and a new one costs more than the vote."""


def cast(*, code: str, marks: str, opinion: str = "") -> None:
    """The page of the ballot, then the ballot."""
    address = reverse("assessment:vote")
    assert PHONE.post(address, {"code": code}).status_code == HTTPStatus.OK
    asked = Slip.objects.get(digest=digest_of(code)).electorate.box.asked
    answers = {question.key: mark for question, mark in zip(asked, marks, strict=True)}
    said = {"code": code, "ballot": "1", "asked": "1", "opinion": opinion}
    assert PHONE.post(address, {**said, **answers}).status_code == HTTPStatus.OK
    assert not PHONE.cookies
