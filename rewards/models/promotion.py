from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.models import AssessmentYear
from cadres.models import Cadre
from cadres.models.append_only import AppendOnly
from rewards.models.subject import Entered, text


class PromotionCheck(Entered, AppendOnly):
    """提拔资格审查: a shortlist as it was checked on the last years up to `year` (RULES U1)."""

    year = models.ForeignKey(AssessmentYear, models.PROTECT, related_name="promotion_checks", verbose_name=_("year"))
    purpose = text(_("purpose"), 120)

    class Meta(AppendOnly.Meta):
        ordering = ["-id"]
        verbose_name = _("promotion check")
        verbose_name_plural = _("promotion checks")

    def __str__(self) -> str:
        return f"{self.year} {self.purpose}"


class PromotionCandidate(AppendOnly):
    """One person of a checked shortlist; `content` holds years and reasons as they were shown."""

    check_of = models.ForeignKey(
        PromotionCheck, models.PROTECT, related_name="candidates", verbose_name=_("promotion check")
    )
    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="promotion_checks", verbose_name=_("cadre"))
    eligible = models.BooleanField(_("eligible"))
    order = models.PositiveIntegerField(_("order"), null=True)
    content = models.JSONField(_("content"))

    class Meta(AppendOnly.Meta):
        ordering = ["check_of", "id"]
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        constraints = [
            models.UniqueConstraint(fields=["check_of", "cadre"], name="candidate_once"),
            models.CheckConstraint(
                condition=Q(eligible=True, order__isnull=False) | Q(eligible=False, order__isnull=True),
                name="candidate_ordered_if_eligible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.check_of} {self.cadre}"


class Certificate(Entered, AppendOnly):
    """考评结果证明: what the last years say of one person, numbered within the year of issue.

    `code` is what a stranger who holds the paper types to have it confirmed; `content` is what the paper says.
    """

    candidate = models.ForeignKey(
        PromotionCandidate, models.PROTECT, related_name="certificates", verbose_name=_("candidate")
    )
    issued_on = models.DateField(_("issued on"))
    serial = models.PositiveIntegerField(_("serial number"))
    number = text(_("number"), 40, unique=True)
    code = text(_("check code"), 24, unique=True)
    content = models.JSONField(_("content"))

    class Meta(AppendOnly.Meta):
        ordering = ["-id"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")

    def __str__(self) -> str:
        return self.number


class CertificateRevocation(Entered, AppendOnly):
    """A certificate that no longer holds, and why."""

    certificate = models.OneToOneField(
        Certificate, models.PROTECT, related_name="revocation", verbose_name=_("certificate")
    )
    reason = text(_("reason"), 300)

    class Meta(AppendOnly.Meta):
        ordering = ["certificate"]
        verbose_name = _("revoked certificate")
        verbose_name_plural = _("revoked certificates")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="certificate_revoked_reason")]

    def __str__(self) -> str:
        return f"{self.certificate}"
