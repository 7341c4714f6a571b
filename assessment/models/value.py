from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessment.fields import FractionField
from assessment.models.scheme import ScoredLine
from cadres.models import Township


class LineValue(models.Model):
    """目标完成: what a township reached on a line, or 不适用. No row means missing, never zero (RULES A3)."""

    line = models.ForeignKey(ScoredLine, models.PROTECT, related_name="values", verbose_name=_("scored line"))
    township = models.ForeignKey(Township, models.PROTECT, related_name="values", verbose_name=_("township"))
    value = FractionField(_("value"), null=True)
    applicable = models.BooleanField(_("applicable"), default=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered at"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("confirmed by")
    )

    class Meta:
        ordering = ["township__order", "line__order"]
        verbose_name = _("target value")
        verbose_name_plural = _("target values")
        constraints = [
            models.UniqueConstraint(fields=["line", "township"], name="value_once"),
            models.CheckConstraint(
                condition=Q(applicable=True, value__isnull=False) | Q(applicable=False, value__isnull=True),
                name="value_or_not_applicable",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("entered_by")),
                name="value_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.township} {self.line}"


class EntryState(models.TextChoices):
    PENDING = "pending", _("awaiting confirmation")
    CONFIRMED = "confirmed", pgettext_lazy("entry", "confirmed")
    RETURNED = "returned", pgettext_lazy("entry", "returned")
    REPLACED = "replaced", _("replaced by a later entry")


class ValueEntry(models.Model):
    """填报: a value as somebody entered it. It counts only once a second person has confirmed it: then it becomes the
    LineValue. Every entry stays on record. Applicable without a value: the value is to be taken away.
    """

    line = models.ForeignKey(ScoredLine, models.PROTECT, related_name="entries", verbose_name=_("scored line"))
    township = models.ForeignKey(Township, models.PROTECT, related_name="value_entries", verbose_name=_("township"))
    value = FractionField(_("value"), null=True)
    applicable = models.BooleanField(_("applicable"), default=True)
    state = models.CharField(_("state"), max_length=10, choices=EntryState.choices, default=EntryState.PENDING)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered at"))
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("confirmed or returned by"),
    )
    settled_at = models.DateTimeField(_("confirmed or returned at"), null=True)
    return_reason = models.CharField(_("reason of the return"), max_length=300, blank=True)

    class Meta:
        ordering = ["township__order", "line__order", "-id"]
        verbose_name = _("entry of a target value")
        verbose_name_plural = _("entries of target values")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=EntryState.values), name="entry_state_known"),
            models.CheckConstraint(
                condition=Q(applicable=True) | Q(applicable=False, value__isnull=True),
                name="entry_value_or_not_applicable",
            ),
            models.UniqueConstraint(
                fields=["line", "township"], condition=Q(state="pending"), name="entry_pending_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(settled_by__isnull=False) & ~Q(settled_by=F("entered_by")),
                name="entry_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(return_reason=""), name="entry_returned_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.township} {self.line}"


class Evidence(models.Model):
    """佐证材料: a file that shows how a value came about. A withdrawn one stays on record."""

    line = models.ForeignKey(ScoredLine, models.PROTECT, related_name="evidence", verbose_name=_("scored line"))
    township = models.ForeignKey(
        Township, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("township")
    )
    file_name = models.CharField(_("file"), max_length=200)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField("SHA-256", max_length=64)
    content = models.BinaryField(_("content"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    class Meta:
        ordering = ["-uploaded_at", "-id"]
        verbose_name = _("evidence (佐证材料)")
        verbose_name_plural = _("evidence (佐证材料)")

    def __str__(self) -> str:
        return self.file_name
