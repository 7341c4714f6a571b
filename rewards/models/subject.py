"""What many records of follow-up share: whom they are about, and that they are taken back with a reason."""

from typing import Any, cast

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.models import AssessmentYear
from cadres.models import Cadre, Township


def one_subject(name: str) -> models.CheckConstraint:
    """A team or a cadre, never both."""
    return models.CheckConstraint(
        condition=Q(township__isnull=False, cadre__isnull=True) | Q(township__isnull=True, cadre__isnull=False),
        name=name,
    )


def withdrawn_with_reason(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(withdrawn_at__isnull=True, withdraw_reason="")
        | Q(withdrawn_at__isnull=False) & ~Q(withdraw_reason=""),
        name=name,
    )


def about(subject: Township | Cadre) -> dict[str, Township | Cadre]:
    """The field that names this subject, to filter by or to fill in."""
    return {"township": subject} if isinstance(subject, Township) else {"cadre": subject}


class OfSubject(models.Model):
    """About a team (its township) or a cadre, in a year."""

    year = models.ForeignKey(AssessmentYear, models.PROTECT, related_name="%(class)ss", verbose_name=_("year"))
    township = models.ForeignKey(
        Township, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name=_("township")
    )
    cadre = models.ForeignKey(
        Cadre, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name=_("cadre")
    )

    class Meta:
        abstract = True

    @property
    def subject(self) -> Township | Cadre:
        return cast("Township | Cadre", self.township or self.cadre)  # the database refuses a row without one

    @property
    def code(self) -> str:
        """Township code or personnel number: how the results know the subject."""
        return self.township.code if self.township else self.cadre.number if self.cadre else ""


class Entered(models.Model):
    """Who entered it, when."""

    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered at"))

    class Meta:
        abstract = True


class Withdrawable(Entered):
    """A record that is never changed: a wrong one is withdrawn with a reason, and stays."""

    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdraw_reason = models.CharField(_("reason of the withdrawal"), max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None


def text(label: Any, length: int = 80, **options: Any) -> models.CharField:
    """A short text; optional ones say `blank=True`."""
    return models.CharField(label, max_length=length, **options)
