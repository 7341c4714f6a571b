from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessment.models import AssessmentYear
from cadres.models import Cadre, Township
from cadres.models.append_only import AppendOnly


def _yuan(label: Any) -> models.DecimalField:
    """Money in yuan, to the cent."""
    return models.DecimalField(label, max_digits=14, decimal_places=2)


def _is_sum(total: str, *parts: str) -> Q:
    """Equal to the cent: one of the databases adds decimals as binary floats, so half a cent is let pass."""
    added = sum((F(part) for part in parts[1:]), F(parts[0]))
    half_a_cent = Decimal("0.005")
    return Q(**{f"{total}__gt": added - half_a_cent, f"{total}__lt": added + half_a_cent})


class BonusRemedy(models.TextChoices):
    """What the office may choose where the awards exceed the pool (RULES B5)."""

    RAISE = "raise", _("raise the pool")
    DROP_LAST = "drop_last", _("drop the last places")
    SCALE = "scale", _("scale all awards to the pool")


class BonusDecision(AppendOnly):
    """The choice of a remedy with its reason; the latest stands (RULES B5). `pool` is the raised pool in yuan."""

    year = models.ForeignKey(AssessmentYear, models.PROTECT, related_name="bonus_decisions", verbose_name=_("year"))
    number = models.PositiveIntegerField(_("number"))
    remedy = models.CharField(_("remedy"), max_length=12, choices=BonusRemedy.choices)
    pool = models.DecimalField(_("raised pool, in yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by")
    )
    decided_at = models.DateTimeField(_("entered at"))

    class Meta(AppendOnly.Meta):
        ordering = ["year", "-number"]
        verbose_name = _("bonus decision")
        verbose_name_plural = _("bonus decisions")
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="bonus_decision_once"),
            models.CheckConstraint(
                condition=Q(remedy="raise", pool__gt=0) | Q(remedy__in=["drop_last", "scale"], pool__isnull=True),
                name="bonus_decision_pool_if_raised",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="bonus_decision_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_remedy_display()}"


class BonusConfirmation(AppendOnly):
    """The whole split of a year as confirmed; a correction is another confirmation with a reason (RULES B4)."""

    year = models.ForeignKey(AssessmentYear, models.PROTECT, related_name="bonus_confirmations", verbose_name=_("year"))
    number = models.PositiveIntegerField(_("number"))
    decision = models.ForeignKey(
        BonusDecision, models.PROTECT, null=True, related_name="+", verbose_name=_("remedy in force")
    )
    pool = _yuan(_("pool"))
    awards = _yuan(_("awards"))
    rest = _yuan(_("rest"))
    paid = _yuan(_("paid"))
    withheld = _yuan(_("withheld"))
    unpaid = _yuan(_("unpaid"))
    odd_cents = _yuan(_("odd cents"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"))

    class Meta(AppendOnly.Meta):
        ordering = ["year", "-number"]
        verbose_name = _("bonus confirmation")
        verbose_name_plural = _("bonus confirmations")
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="bonus_confirmation_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="bonus_correction_has_reason"),
            models.CheckConstraint(condition=Q(awards__lte=F("pool")), name="bonus_within_pool"),
            models.CheckConstraint(condition=_is_sum("pool", "awards", "rest"), name="bonus_pool_adds_up"),
            models.CheckConstraint(
                condition=_is_sum("awards", "paid", "withheld", "unpaid", "odd_cents"), name="bonus_awards_add_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} no. {self.number}"


class BonusAward(AppendOnly):
    """One team's award in a confirmation: its place among the outstanding teams, and the cents no share takes."""

    confirmation = models.ForeignKey(
        BonusConfirmation, models.PROTECT, related_name="awards_by_team", verbose_name=_("confirmation")
    )
    township = models.ForeignKey(Township, models.PROTECT, related_name="bonus_awards", verbose_name=_("township"))
    place = models.PositiveSmallIntegerField(_("place"), null=True)
    grade = models.CharField(_("grade"), max_length=12)
    award = _yuan(_("award"))
    odd_cents = _yuan(_("odd cents"))

    class Meta(AppendOnly.Meta):
        ordering = ["confirmation", "place", "township__code"]
        verbose_name = _("bonus award")
        verbose_name_plural = _("bonus awards")
        constraints = [
            models.UniqueConstraint(fields=["confirmation", "township"], name="bonus_award_once"),
            models.CheckConstraint(condition=Q(award__gte=0, odd_cents__gte=0), name="bonus_award_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.township} {self.award}"


class BonusPayment(AppendOnly):
    """One share of a team's award as confirmed: whose, for which post, what becomes of it, and why.

    `state` and `reason` are codes of `rewards.rules`; `cadre` is None where nobody is meant.
    """

    award = models.ForeignKey(BonusAward, models.PROTECT, related_name="payments", verbose_name=_("award"))
    cadre = models.ForeignKey(Cadre, models.PROTECT, null=True, related_name="bonus_payments", verbose_name=_("cadre"))
    post = models.CharField(_("post"), max_length=40, blank=True)
    grade = models.CharField(_("grade"), max_length=12, blank=True)
    state = models.CharField(_("state"), max_length=12)
    reason = models.CharField(_("reason"), max_length=20, blank=True)
    amount = _yuan(_("amount"))

    class Meta(AppendOnly.Meta):
        ordering = ["award", "id"]
        verbose_name = _("bonus payment")
        verbose_name_plural = _("bonus payments")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="bonus_payment_not_negative"),
            models.CheckConstraint(
                condition=Q(state__in=["paid", "withheld", "unpaid"]), name="bonus_payment_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(cadre__isnull=False), name="bonus_payment_to_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cadre or self.post} {self.amount}"
