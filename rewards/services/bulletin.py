"""考评通报: published with what the county chose to show, withdrawn with a reason [S4]."""

from dataclasses import asdict

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear, Phase
from cadres.errors import Refused
from cadres.models import Account
from cadres.services.audit import audit_record
from rewards.models import Bulletin
from rewards.selectors.bulletin import BulletinText
from rewards.services.following import follow_withdraw, year_reached

PERMISSION = "rewards.change_bulletin"


def bulletin_publish(*, year: AssessmentYear, text: BulletinText, by: Account | None) -> Bulletin:
    """Everybody can read it at once, in the place of the one before, which stays on record.

    Raises PermissionDenied; Refused: the year is not published, the title is blank, nothing is shown.
    """
    with year_reached(year=year, phase=Phase.PUBLISHED, permission=PERMISSION, by=by):
        if not text.title.strip():
            raise Refused({"title": _("A bulletin needs a title.")})
        if not text.tells_something:
            raise Refused(_("Choose at least one thing that the bulletin shows."))
        bulletin = Bulletin.objects.create(
            year=year,
            **asdict(text),
            published_on=timezone.localdate(),
            entered_by=by,
            entered_at=timezone.now(),
        )
        audit_record(by=by, action="bulletin_publish", year=year.number, subject=bulletin.title, details=_details(text))
    return bulletin


def bulletin_withdraw(*, bulletin: Bulletin, reason: str, by: Account | None) -> None:
    """Nobody can read it any more, nor an earlier one; it stays on record with the reason."""
    follow_withdraw(
        record=bulletin,
        year=bulletin.year,
        permission=PERMISSION,
        action="bulletin_withdraw",
        reason=reason,
        details={"title": bulletin.title},
        by=by,
    )


def _details(text: BulletinText) -> dict[str, object]:
    shown = [name for name, value in asdict(text).items() if name.startswith("shows_") and value]
    return {"document": text.document, "shown": shown}
