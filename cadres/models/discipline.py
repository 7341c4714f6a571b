from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cadres.models.cadre import Cadre


class DisciplineKind(models.TextChoices):
    """What kind of sanction (党纪处分, 政务处分, 组织处理), mildest first within each."""

    PARTY_WARNING = "party_warning", _("party warning")
    PARTY_SERIOUS_WARNING = "party_serious_warning", _("serious party warning")
    PARTY_REMOVAL = "party_removal", _("removal from party posts")
    PARTY_PROBATION = "party_probation", _("party membership on probation")
    PARTY_EXPULSION = "party_expulsion", _("expulsion from the party")
    WARNING = "warning", _("administrative warning")
    DEMERIT = "demerit", _("demerit")
    MAJOR_DEMERIT = "major_demerit", _("major demerit")
    DEMOTION = "demotion", _("administrative demotion")
    REMOVAL = "removal", _("removal from office")
    ORGANISATIONAL = "organisational", _("organisational treatment")


class DisciplinaryRecord(models.Model):
    """处分记录: a sanction in force from `start` to `end` inclusive; it bars from 优秀 (RULES G4).

    It is corrected by revoking it with a reason and recording it anew; nothing is deleted.
    """

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="disciplinary_records", verbose_name=_("cadre"))
    kind = models.CharField(_("kind"), max_length=24, choices=DisciplineKind.choices)
    document = models.CharField(_("document"), max_length=80)
    decided_by = models.CharField(_("deciding body"), max_length=80)
    start = models.DateField(_("in force from"))
    end = models.DateField(_("in force until"), null=True, blank=True)
    remarks = models.CharField(_("remarks"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by")
    )
    recorded_at = models.DateTimeField(_("entered at"))
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("revoked by")
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoke_reason = models.CharField(_("reason of the revocation"), max_length=300, blank=True)

    class Meta:
        ordering = ["cadre__number", "-start", "-id"]
        verbose_name = _("disciplinary record")
        verbose_name_plural = _("disciplinary records")
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="discipline_ends_after"
            ),
            models.CheckConstraint(condition=Q(kind__in=DisciplineKind.values), name="discipline_kind_known"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoke_reason="")
                | Q(revoked_at__isnull=False) & ~Q(revoke_reason=""),
                name="discipline_revoke_reasoned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cadre} {self.get_kind_display()} {self.document}"

    def state_on(self, day: date) -> str:
        """One of "revoked", "ahead" (not begun), "over" or "in_force" on this day."""
        if self.revoked_at:
            return "revoked"
        if self.start > day:
            return "ahead"
        return "over" if self.end and self.end < day else "in_force"

    @property
    def state(self) -> str:
        """Today's."""
        return self.state_on(timezone.localdate())
