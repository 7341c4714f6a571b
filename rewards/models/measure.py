from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadres.models.append_only import AppendOnly
from rewards.models.subject import Entered, OfSubject, Withdrawable, one_subject, text, withdrawn_with_reason
from rewards.rules import MeasureKind


class Taken(models.TextChoices):
    """What the committee may do (RULES U2, U3)."""

    ADMONITION = "admonition", _("admonition talk")
    RECTIFICATION = "rectification", _("rectification with a deadline")
    POST_CHANGE = "post_change", _("change of post")
    YELLOW_CARD = "yellow_card", _("yellow card")
    RESIGNATION = "resignation", _("ordered resignation")
    DEMOTION = "demotion", _("demotion")
    REMOVAL = "removal", _("removal from post")
    COLLECTIVE_TALK = "collective_talk", _("collective talk")
    TEAM_ADJUSTMENT = "team_adjustment", _("adjustment of the team")


class Verdict(models.TextChoices):
    """What became of a proposal."""

    ACCEPTED = "accepted", pgettext_lazy("measure", "accepted")
    CHANGED = "changed", pgettext_lazy("measure", "changed")
    DECLINED = "declined", pgettext_lazy("measure", "declined")


class Measure(Entered, OfSubject):
    """处理建议: a proposal under U2 or U3 on which something was decided; `evidence` are its years, ascending.

    Proposals nobody has decided on are computed, not stored (`rewards.rules.propose_measures`).
    """

    kind = text(_("measure"), 12, choices=[(str(kind), str(kind)) for kind in MeasureKind])
    clause = text(_("clause"), 8)
    evidence = models.JSONField(_("evidence years"))

    class Meta:
        ordering = ["year", "id"]
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        constraints = [
            one_subject("measure_of_one_subject"),
            models.UniqueConstraint(fields=["year", "township", "kind"], name="measure_team_kind_once"),
            models.UniqueConstraint(fields=["year", "cadre", "kind"], name="measure_cadre_kind_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[str(kind) for kind in MeasureKind]), name="measure_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.subject} {self.kind}"


class MeasureDecision(Entered, AppendOnly):
    """What was decided on a proposal; the latest stands, earlier ones stay."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="decisions", verbose_name=_("measure"))
    number = models.PositiveIntegerField(_("number"))
    verdict = text(_("decision"), 12, choices=Verdict.choices)
    taken = text(_("measure taken"), 20, choices=Taken.choices, blank=True)
    decided_by = text(_("deciding body"))
    decided_on = models.DateField(_("decided on"))
    document = text(_("document"), blank=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    reason = text(_("reason"), 300, blank=True)

    class Meta(AppendOnly.Meta):
        ordering = ["measure", "number"]
        verbose_name = _("decision on a measure")
        verbose_name_plural = _("decisions on measures")
        constraints = [
            models.UniqueConstraint(fields=["measure", "number"], name="measure_decision_once"),
            models.CheckConstraint(
                condition=Q(verdict="accepted") & ~Q(taken="")
                | Q(verdict="changed") & ~Q(taken="") & ~Q(reason="")
                | Q(verdict="declined", taken="", deadline__isnull=True) & ~Q(reason=""),
                name="measure_decision_fits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.get_verdict_display()}"


class MeasureTalk(Withdrawable):
    """谈话记录: a talk held under a decided measure."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="talks", verbose_name=_("measure"))
    held_on = models.DateField(_("held on"))
    place = text(_("place"))
    talker = text(_("talker"), 40)
    recorder = text(_("recorder"), 40)
    content = models.TextField(_("content"), max_length=4000)

    class Meta:
        ordering = ["measure", "held_on", "id"]
        verbose_name = _("talk record")
        verbose_name_plural = _("talk records")
        constraints = [withdrawn_with_reason("measure_talk_withdrawn")]

    def __str__(self) -> str:
        return f"{self.measure} {self.held_on}"


class MeasureOutcome(models.TextChoices):
    """What a review at the end of the deadline finds."""

    MET = "met", _("mended")
    EXTENDED = "extended", _("deadline extended")
    NOT_MET = "not_met", _("not mended")


class MeasureReview(Withdrawable):
    """到期评估: whether what was asked for is mended; an extension gives the new deadline."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="reviews", verbose_name=_("measure"))
    held_on = models.DateField(_("held on"))
    outcome = text(_("outcome"), 12, choices=MeasureOutcome.choices)
    deadline = models.DateField(_("new deadline"), null=True, blank=True)
    remarks = models.TextField(_("remarks"), max_length=2000)

    class Meta:
        ordering = ["measure", "held_on", "id"]
        verbose_name = _("review of a measure")
        verbose_name_plural = _("reviews of measures")
        constraints = [
            withdrawn_with_reason("measure_review_withdrawn"),
            models.CheckConstraint(
                condition=Q(outcome="extended", deadline__isnull=False)
                | ~Q(outcome="extended") & Q(deadline__isnull=True),
                name="measure_review_deadline",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.get_outcome_display()}"
