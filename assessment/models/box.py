from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessment.models.year import AssessmentYear
from assessment.questions import Question, questions_from
from cadres.models import Department, Township


class BoxState(models.TextChoices):
    """Moved by assessment.services.box alone: prepared → open → closed → counted; or void, with a reason."""

    PREPARED = "prepared", _("prepared")
    OPEN = "open", pgettext_lazy("ballot box", "open")
    CLOSED = "closed", _("closed, being counted")
    COUNTED = "counted", _("counted")
    VOID = "void", _("void")


class Box(models.Model):
    """票箱: the ballots of one meeting, on a township's team and cadres, or on a department (RULES E5, Y4).

    `questions` are what its ballots ask, in order; they are fixed when the box is opened, since a ballot stores
    nothing but its marks in this order. A rehearsal is never counted and can be cleared.
    """

    year = models.ForeignKey(AssessmentYear, models.PROTECT, related_name="boxes", verbose_name=_("year"))
    township = models.ForeignKey(
        Township, models.PROTECT, null=True, blank=True, related_name="boxes", verbose_name=_("township")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="boxes", verbose_name=_("department")
    )
    is_rehearsal = models.BooleanField(_("rehearsal"), default=False)
    on_paper = models.BooleanField(_("on paper"), default=True)
    online = models.BooleanField(_("online"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=BoxState.choices, default=BoxState.PREPARED)
    place = models.CharField(_("place"), max_length=100, blank=True)
    chair = models.CharField(_("chair (主持人)"), max_length=40, blank=True)
    scrutineers = models.CharField(_("scrutineers (监票人)"), max_length=100, blank=True)
    tellers = models.CharField(_("tellers (计票人)"), max_length=100, blank=True)
    questions = models.JSONField(_("questions"), default=list)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("opened by")
    )
    opened_at = models.DateTimeField(_("opened at"), null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("closed by")
    )
    closed_at = models.DateTimeField(_("closed at"), null=True)
    scrubbed_at = models.DateTimeField(_("free space scrubbed at"), null=True)
    counted_at = models.DateTimeField(_("counted at"), null=True)
    void_reason = models.CharField(_("reason why it is void"), max_length=300, blank=True)

    class Meta:
        ordering = ["township__order", "township__code", "department__order", "department__code", "id"]
        verbose_name = _("ballot box")
        verbose_name_plural = _("ballot boxes")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BoxState.values), name="box_state_known"),
            models.CheckConstraint(
                condition=Q(township__isnull=False, department__isnull=True)
                | Q(township__isnull=True, department__isnull=False),
                name="box_of_one_unit",
            ),
            models.CheckConstraint(condition=Q(on_paper=True) | Q(online=True), name="box_on_paper_or_online"),
            models.CheckConstraint(condition=~Q(state="void") | ~Q(void_reason=""), name="box_void_with_reason"),
            models.UniqueConstraint(
                fields=["year", "township"],
                condition=Q(is_rehearsal=False) & ~Q(state="void"),
                name="box_of_township_once",
            ),
            models.UniqueConstraint(
                fields=["year", "department"],
                condition=Q(is_rehearsal=False) & ~Q(state="void"),
                name="box_of_department_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.unit}"

    @property
    def unit(self) -> Township | Department:
        """Whose meeting it is."""
        unit = self.township or self.department
        assert unit is not None  # noqa: S101  # box_of_one_unit
        return unit

    @property
    def asked(self) -> tuple[Question, ...]:
        return questions_from(self.questions)


class Electorate(models.Model):
    """参评人员: one category of voters (票别) at a box's meeting, with how many are entitled and present.

    `category` is blank where voters are not told apart. Slips leave no row behind when the box is closed: what of
    them is on record then are these four numbers. `paper_round` is the round of keying that counts
    (assessment.services.paper).
    """

    box = models.ForeignKey(Box, models.CASCADE, related_name="electorates", verbose_name=_("box"))
    category = models.CharField(_("voter group (票别)"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    entitled = models.PositiveIntegerField(_("entitled (应到)"), default=0)
    present = models.PositiveIntegerField(_("present (实到)"), null=True, blank=True)
    slips_drawn = models.PositiveIntegerField(_("slips drawn"), default=0)
    slips_void = models.PositiveIntegerField(_("slips made void"), default=0)
    slips_left = models.PositiveIntegerField(_("slips left over"), default=0)
    slips_used = models.PositiveIntegerField(_("ballots received online"), default=0)
    paper_round = models.PositiveSmallIntegerField(_("round of keying paper"), default=1)

    class Meta:
        ordering = ["order", "id"]
        verbose_name = _("voter group at a box")
        verbose_name_plural = _("voter groups at a box")
        constraints = [models.UniqueConstraint(fields=["box", "category"], name="electorate_once")]

    def __str__(self) -> str:
        return self.category

    @property
    def slips_issued(self) -> int:
        """Handed out to voters: drawn, less those made void or left over."""
        return self.slips_drawn - self.slips_void - self.slips_left
