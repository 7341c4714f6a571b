from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.models.year import AssessmentYear
from cadres.models import Cadre, Department, Township
from cadres.models.append_only import AppendOnly


class SheetKind(models.TextChoices):
    """Who rates whom (RULES Y6); the value is the role of the accounts that fill it in."""

    DEPARTMENT = "department", _("departments rate townships")
    TOWNSHIP = "township", _("townships rate departments")
    LEADER = "leader", _("county leaders rate teams and cadres")
    ASSESSOR = "assessor", _("assessment teams rate teams and cadres")


class SheetRound(models.Model):
    """评价轮次: all sheets of one kind in a year. Closing it counts the signed sheets into tallies."""

    year = models.ForeignKey(AssessmentYear, models.PROTECT, related_name="sheet_rounds", verbose_name=_("year"))
    kind = models.CharField(_("kind"), max_length=10, choices=SheetKind.choices)
    opened_at = models.DateTimeField(_("opened at"))
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("closed by")
    )

    class Meta:
        ordering = ["year", "id"]
        verbose_name = _("round of evaluation sheets")
        verbose_name_plural = _("rounds of evaluation sheets")
        constraints = [
            models.UniqueConstraint(fields=["year", "kind"], name="sheet_round_once"),
            models.CheckConstraint(condition=Q(kind__in=SheetKind.values), name="sheet_round_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_kind_display()}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class SheetState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SIGNED = "signed", _("signed")
    RETURNED = "returned", _("returned")


class Sheet(models.Model):
    """评价表: what one account thinks of those it rates. Saved as typed; signing answers for it (RULES Y3).

    `marks` holds question key → mark (assessment.questions); a key that is absent has not been answered.
    """

    round = models.ForeignKey(SheetRound, models.PROTECT, related_name="sheets", verbose_name=_("round"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="sheets", verbose_name=_("account")
    )
    state = models.CharField(_("state"), max_length=8, choices=SheetState.choices, default=SheetState.DRAFT)
    marks = models.JSONField(_("marks"), default=dict)
    saved_at = models.DateTimeField(_("saved at"), null=True)
    signed_at = models.DateTimeField(_("signed at"), null=True)
    return_reason = models.CharField(_("reason of the return"), max_length=300, blank=True)

    class Meta:
        ordering = ["account__name", "account__username"]
        verbose_name = _("evaluation sheet (评价表)")
        verbose_name_plural = _("evaluation sheets (评价表)")
        constraints = [
            models.UniqueConstraint(fields=["round", "account"], name="sheet_once"),
            models.CheckConstraint(condition=Q(state__in=SheetState.values), name="sheet_state_known"),
            models.CheckConstraint(
                condition=~Q(state="signed") | Q(signed_at__isnull=False), name="sheet_signed_with_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(return_reason=""), name="sheet_returned_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.account}"


class SheetSignature(AppendOnly):
    """What was signed, each time it was signed: a sheet that is returned and signed anew keeps its earlier version."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="signatures", verbose_name=_("sheet"))
    number = models.PositiveSmallIntegerField(_("version"))
    marks = models.JSONField(_("marks"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("signed by")
    )
    signed_at = models.DateTimeField(_("signed at"))

    class Meta(AppendOnly.Meta):
        ordering = ["sheet", "number"]
        verbose_name = _("signature of a sheet")
        verbose_name_plural = _("signatures of sheets")
        constraints = [models.UniqueConstraint(fields=["sheet", "number"], name="sheet_signature_once")]

    def __str__(self) -> str:
        return f"{self.sheet} v{self.number}"


class Ground(models.TextChoices):
    """Why somebody does not rate somebody (RULES Y3)."""

    KIN = "kin", _("kinship")
    OWN_UNIT = "own_unit", _("own unit")
    OTHER = "other", _("another conflict of interest")


class Recusal(models.Model):
    """回避: an account rates neither kin nor its own unit. Withdrawn ones stay on record."""

    year = models.ForeignKey(AssessmentYear, models.PROTECT, related_name="recusals", verbose_name=_("year"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="recusals", verbose_name=_("account")
    )
    township = models.ForeignKey(
        Township, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("township")
    )
    cadre = models.ForeignKey(Cadre, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cadre"))
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("department")
    )
    ground = models.CharField(_("ground"), max_length=8, choices=Ground.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("declared by")
    )
    declared_at = models.DateTimeField(_("declared at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    class Meta:
        ordering = ["account__name", "id"]
        verbose_name = _("recusal (回避)")
        verbose_name_plural = _("recusals (回避)")
        constraints = [
            models.CheckConstraint(condition=Q(ground__in=Ground.values), name="recusal_ground_known"),
            models.CheckConstraint(
                condition=Q(township__isnull=False, cadre__isnull=True, department__isnull=True)
                | Q(township__isnull=True, cadre__isnull=False, department__isnull=True)
                | Q(township__isnull=True, cadre__isnull=True, department__isnull=False),
                name="recusal_of_one_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.township or self.cadre or self.department}"
