"""考评结果证明: issued with a number and a check code, revoked with a reason, confirmed to whoever holds the paper."""

import re
import secrets
import unicodedata
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.services.slip import ALPHABET
from cadres.errors import Refused
from cadres.models import Account
from cadres.permissions import require
from cadres.services.audit import audit_record
from rewards.models import Certificate, CertificateRevocation, PromotionCandidate
from rewards.selectors.certificate import certificate_obstacle
from rewards.selectors.promotion import CandidateContent, content_from

LENGTH = 16
"""Signs of a check code: 32 to the 16th, 80 bits."""

NUMBER = "考评证〔{year}〕{serial}号"
"""As official documents are numbered: the year, then a number without leading zeros."""


def certificate_issue(*, candidate: PromotionCandidate, by: Account | None) -> Certificate:
    """The next number of this year. Raises PermissionDenied, or Refused: a grade of the years is only suggested or
    unknown, the results have changed since the check, or a certificate for it holds already."""
    year = candidate.check_of.year
    require(by=by, permission="rewards.change_promotion", target=year)
    with transaction.atomic():
        # The trail's lock first: two clerks cannot draw one number, nor one change a grade meanwhile.
        subject = str(candidate.cadre)
        audit_record(by=by, action="certificate_issue", year=year.number, subject=subject, changes=False)
        if obstacle := certificate_obstacle(candidate):
            raise Refused(obstacle)
        today = timezone.localdate()
        issued = Certificate.objects.filter(issued_on__year=today.year)
        serial = (issued.aggregate(last=Max("serial"))["last"] or 0) + 1
        return Certificate.objects.create(
            candidate=candidate,
            issued_on=today,
            serial=serial,
            number=NUMBER.format(year=today.year, serial=serial),
            code="".join(secrets.choice(ALPHABET) for _sign in range(LENGTH)),
            content=_paper(candidate, content_from(candidate.content)),
            entered_by=by,
            entered_at=timezone.now(),
        )


def certificate_revoke(*, certificate: Certificate, reason: str, by: Account | None) -> None:
    """It stays on record, and whoever asks learns that it no longer holds. Raises PermissionDenied, or Refused."""
    year = certificate.candidate.check_of.year
    require(by=by, permission="rewards.change_promotion", target=year)
    if not reason.strip():
        raise Refused({"reason": _("Say why.")})
    with transaction.atomic():
        audit_record(
            by=by,
            action="certificate_revoke",
            year=year.number,
            subject=certificate.number,
            details={"reason": reason.strip()},
            changes=False,
        )
        if CertificateRevocation.objects.filter(certificate=certificate).exists():
            raise Refused(_("This certificate was revoked already."))
        CertificateRevocation.objects.create(
            certificate=certificate, reason=reason.strip(), entered_by=by, entered_at=timezone.now()
        )


def certificate_found(*, number: str, code: str) -> Certificate | None:
    """The certificate of this number and code, however they are typed; None alike for a wrong number and a wrong code.

    One query whatever was typed. Nothing is recorded: whoever holds the paper may ask as often as they like.
    """
    year, serial = number_typed(number)
    found = Certificate.objects.select_related("revocation").filter(code=code_typed(code))
    return found.filter(issued_on__year=year, serial=serial).first()


def number_typed(text: str) -> tuple[int, int]:
    """Year and number out of “考评证〔2026〕3号”, “2026-3”, “２０２６ 3”; (1, 0), which no certificate has, where there
    are none."""
    digits = re.findall(r"\d+", unicodedata.normalize("NFKC", text)[:60])
    fits = len(digits) == 2 and len(digits[0]) == 4 and len(digits[1]) <= 6
    return (max(int(digits[0]), 1), int(digits[1])) if fits else (1, 0)


def code_typed(text: str) -> str:
    """Without blanks and hyphens, in capitals."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in plain if sign.isalnum())[: LENGTH + 1]


def _paper(candidate: PromotionCandidate, content: CandidateContent) -> dict[str, Any]:
    """Everything that the paper says and the public page confirms; no personnel number."""
    return {
        "county": settings.COUNTY_NAME,
        "name": candidate.cadre.name,
        "township": content.township,
        "post": content.post,
        "years": [
            {"year": entry.year, "grade": entry.grade, "not_graded": entry.not_graded} for entry in content.years
        ],
        "eligible": candidate.eligible,
    }
