from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessment.models.box import Electorate
from cadres.models.append_only import AppendOnly


class Hand(models.IntegerChoices):
    """Who keyed: two people apart from each other, and a third where they differ."""

    FIRST = 1, _("first keying")
    SECOND = 2, _("second keying")
    DECIDING = 3, _("decision by a third person")


class PaperCount(AppendOnly):
    """纸质计票: the count of one voter group's paper ballots as one person keyed it. Every keying stays on record.

    A round has a first and a second keying, and a deciding one where these differ; or the round is left behind and
    both are keyed anew in the next. `counts` holds for every question of the box five whole numbers: the four grades
    from best to worst, then abstentions; each adds up to the valid ballots, `returned` − `void` (RULES E5).
    """

    electorate = models.ForeignKey(
        Electorate, models.PROTECT, related_name="paper_counts", verbose_name=_("voter group")
    )
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    hand = models.PositiveSmallIntegerField(_("keying"), choices=Hand.choices)
    issued = models.PositiveIntegerField(_("issued"))
    returned = models.PositiveIntegerField(_("returned"))
    void = models.PositiveIntegerField(_("void"))
    counts = models.JSONField(_("counts"))
    keyed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("keyed by"))
    keyed_at = models.DateTimeField(_("keyed at"))

    class Meta(AppendOnly.Meta):
        ordering = ["electorate", "round", "hand"]
        verbose_name = _("count of paper ballots")
        verbose_name_plural = _("counts of paper ballots")
        constraints = [
            models.UniqueConstraint(fields=["electorate", "round", "hand"], name="paper_hand_once_a_round"),
            models.UniqueConstraint(fields=["electorate", "round", "keyed_by"], name="paper_person_once_a_round"),
            models.CheckConstraint(condition=Q(hand__in=Hand.values), name="paper_hand_known"),
            models.CheckConstraint(
                condition=Q(returned__lte=F("issued")) & Q(void__lte=F("returned")), name="paper_ballots_balance"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.electorate} {self.round}.{self.hand}"

    @property
    def valid(self) -> int:
        return self.returned - self.void
