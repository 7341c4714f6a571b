"""What a vote leaves behind. Nothing here points from a slip to a ballot, and nothing holds a time or an order.

A slip says that it was used, a ballot what was marked; between the two stands no key. While the box is open the order
of rows and transactions in the database files could still be compared by whoever holds the machine; closing the box
deletes the slips and writes the ballots anew in random order (assessment.services.box_closing).
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.models.box import Box, Electorate


class SlipState(models.TextChoices):
    DRAWN = "drawn", _("drawn")
    USED = "used", _("used")
    VOID = "void", _("void")


class Slip(models.Model):
    """投票码: the right to one online ballot. The code stands on the slip alone; here is its digest."""

    digest = models.CharField(max_length=64, primary_key=True)
    electorate = models.ForeignKey(Electorate, models.CASCADE, related_name="slips", verbose_name=_("voter group"))
    state = models.CharField(_("state"), max_length=5, choices=SlipState.choices, default=SlipState.DRAWN)

    class Meta:
        verbose_name = _("slip")
        verbose_name_plural = _("slips")
        constraints = [models.CheckConstraint(condition=Q(state__in=SlipState.values), name="slip_state_known")]

    def __str__(self) -> str:
        return str(self.get_state_display())


class Ballot(models.Model):
    """选票: one online ballot. `marks` holds a digit a question of the box: 1 … 4 a grade, 0 an abstention."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    electorate = models.ForeignKey(Electorate, models.CASCADE, related_name="ballots", verbose_name=_("voter group"))
    marks = models.CharField(_("marks"), max_length=200)

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")

    def __str__(self) -> str:
        return str(self.id)


class FreeOpinion(models.Model):
    """民主评议: a free opinion handed in beside a ballot; never scored, shown without author (RULES Y4)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    box = models.ForeignKey(Box, models.CASCADE, related_name="opinions", verbose_name=_("box"))
    text = models.TextField(_("opinion"), max_length=1000)

    class Meta:
        verbose_name = _("free opinion (民主评议)")
        verbose_name_plural = _("free opinions (民主评议)")

    def __str__(self) -> str:
        return self.text[:20]
