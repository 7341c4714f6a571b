from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cadres.models.append_only import AppendOnly
from rewards.models.subject import Entered, OfSubject, one_subject, text
from scoring.models import ResultVersion


class Appeal(Entered, OfSubject):
    """复核: a team or a cadre asks for its published result to be looked at again (RULES Y8)."""

    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("to be decided by"))
    applicant = text(_("applicant"), 40)
    grounds = models.TextField(_("grounds"), max_length=2000)

    class Meta:
        ordering = ["year", "-received_on", "-id"]
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [
            one_subject("appeal_of_one_subject"),
            models.CheckConstraint(condition=Q(due_on__gte=F("received_on")), name="appeal_due_after_receipt"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.subject} {self.received_on}"


class AppealItem(Entered, AppendOnly):
    """One input that an appeal contests: the value of a township's line, or the votes of one group on the subject.

    `line` is the code of a scored line (then `township` is set), an evaluation or a cadre item; `group` the voter
    group, blank where there are none.
    """

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="items", verbose_name=_("appeal"))
    line = text(_("line"), 20)
    group = text(_("voter group"), 40, blank=True)

    class Meta(AppendOnly.Meta):
        ordering = ["appeal", "id"]
        verbose_name = _("contested input")
        verbose_name_plural = _("contested inputs")
        constraints = [models.UniqueConstraint(fields=["appeal", "line", "group"], name="appeal_item_once")]

    def __str__(self) -> str:
        return f"{self.appeal} {self.line} {self.group}".strip()


class AppealReading(Entered, AppendOnly):
    """One person's blind reading of a contested input from its source; two that agree settle it, else a third decides.

    `content`: {"value": "12.5" | null for not applicable} or {"grades": [n, n, n, n], "abstain": n}.
    """

    item = models.ForeignKey(AppealItem, models.PROTECT, related_name="readings", verbose_name=_("contested input"))
    hand = models.PositiveSmallIntegerField(_("reading"))
    content = models.JSONField(_("content"))

    class Meta(AppendOnly.Meta):
        ordering = ["item", "hand"]
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        constraints = [
            models.UniqueConstraint(fields=["item", "hand"], name="appeal_reading_hand_once"),
            models.UniqueConstraint(fields=["item", "entered_by"], name="appeal_reading_person_once"),
            models.CheckConstraint(condition=Q(hand__gte=1, hand__lte=3), name="appeal_reading_three_hands"),
            models.CheckConstraint(condition=Q(entered_by__isnull=False), name="appeal_reading_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.hand}"


class AppealOutcome(models.TextChoices):
    UPHELD = "upheld", _("upheld: the result stands")
    CORRECTED = "corrected", _("corrected")
    WITHDRAWN = "withdrawn", _("withdrawn by the applicant")


class AppealDecision(Entered, AppendOnly):
    """How a review ended: the version it looked at, the one it led to, and every difference between them."""

    appeal = models.OneToOneField(Appeal, models.PROTECT, related_name="decision", verbose_name=_("appeal"))
    outcome = text(_("outcome"), 12, choices=AppealOutcome.choices)
    decided_on = models.DateField(_("decided on"))
    document = text(_("document"), blank=True)
    findings = models.TextField(_("findings"), max_length=2000)
    before = models.ForeignKey(ResultVersion, models.PROTECT, related_name="+", verbose_name=_("version before"))
    after = models.ForeignKey(
        ResultVersion, models.PROTECT, null=True, related_name="+", verbose_name=_("version after")
    )

    class Meta(AppendOnly.Meta):
        ordering = ["appeal"]
        verbose_name = _("outcome of an appeal")
        verbose_name_plural = _("outcomes of appeals")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="corrected", after__isnull=False) | ~Q(outcome="corrected") & Q(after__isnull=True),
                name="appeal_corrected_has_version",
            ),
            models.CheckConstraint(condition=~Q(findings=""), name="appeal_decision_has_findings"),
        ]

    def __str__(self) -> str:
        return f"{self.appeal} {self.get_outcome_display()}"
