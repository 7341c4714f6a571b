"""Signing in and out, for the record; the data stays as it was."""

from django.contrib.auth.models import AnonymousUser

from cadres.models import Account
from cadres.services.audit import audit_record


def session_open(*, by: Account) -> None:
    audit_record(by=by, action="sign_in", subject=by.username, changes=False)


def session_close(*, by: Account) -> None:
    audit_record(by=by, action="sign_out", subject=by.username, changes=False)


def session_refuse(*, username: str) -> None:
    """A failed attempt. A name nobody has is not kept: it may be a password typed into the wrong field."""
    known = Account.objects.filter(username=username).exists()
    audit_record(by=AnonymousUser(), action="sign_in", subject=username if known else "", refused=True)
