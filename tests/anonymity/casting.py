"""A vote as a phone sends it."""

from http import HTTPStatus

from django.test import Client
from django.urls import reverse

from assessment.models import Slip
from assessment.services.slip import digest_of


def cast(*, code: str, marks: str, opinion: str = "") -> None:
    """The page of the ballot, then the ballot; a phone of their own for everyone."""
    phone, address = Client(), reverse("assessment:vote")
    assert phone.post(address, {"code": code}).status_code == HTTPStatus.OK
    asked = Slip.objects.get(digest=digest_of(code)).electorate.box.asked
    answers = {question.key: mark for question, mark in zip(asked, marks, strict=True)}
    said = {"code": code, "ballot": "1", "asked": "1", "opinion": opinion}
    assert phone.post(address, {**said, **answers}).status_code == HTTPStatus.OK
    assert not phone.cookies
