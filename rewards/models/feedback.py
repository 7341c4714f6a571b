from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessment.models import AssessmentYear
from rewards.models.subject import OfSubject, Withdrawable, one_subject, text, withdrawn_with_reason


class FeedbackWay(models.TextChoices):
    """How a result was made known [S4]."""

    LETTER = "letter", _("letter")
    TALK = "talk", _("talk in person")
    COLLECTIVE_TALK = "collective_talk", _("collective talk")
    MEETING = "meeting", _("collective review")
    MEDIA = "media", _("media bulletin")


class FeedbackRecord(Withdrawable, OfSubject):
    """反馈记录: when, how and by whom a team or a cadre was told its result (RULES U4)."""

    way = text(_("way"), 16, choices=FeedbackWay.choices)
    given_on = models.DateField(_("given on"))
    given_by = text(_("given by"), 40)
    received_by = text(_("received by"), 40, blank=True)
    place = text(_("place"), blank=True)
    remarks = models.TextField(_("remarks"), max_length=2000, blank=True)

    class Meta:
        ordering = ["year", "-given_on", "-id"]
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback records")
        constraints = [one_subject("feedback_of_one_subject"), withdrawn_with_reason("feedback_withdrawn")]

    def __str__(self) -> str:
        return f"{self.year} {self.subject} {self.get_way_display()}"


class BatchState(models.TextChoices):
    RUNNING = "running", _("being written")
    READY = "ready", _("ready")
    FAILED = "failed", _("stopped")


class LetterBatch(models.Model):
    """All letters of a year in one Word file, written in the background: `done` of `total` letters.

    `is_draft`: written before the results were published, and saying so; `version` of the results they tell, None
    while nothing was confirmed.
    """

    year = models.ForeignKey(AssessmentYear, models.PROTECT, related_name="letter_batches", verbose_name=_("year"))
    kind = text(_("letters"), 12)
    total = models.PositiveIntegerField(_("letters to write"))
    done = models.PositiveIntegerField(_("letters written"), default=0)
    is_draft = models.BooleanField(_("draft"))
    version = models.PositiveIntegerField(_("version of results"), null=True)
    state = text(_("state"), 12, choices=BatchState.choices, default=BatchState.RUNNING)
    problem = text(_("problem"), 300, blank=True)
    file = models.BinaryField(_("file"), null=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("started by")
    )
    started_at = models.DateTimeField(_("started at"))
    touched_at = models.DateTimeField(_("last sign of life"))

    class Meta:
        ordering = ["-id"]
        verbose_name = _("batch of letters")
        verbose_name_plural = _("batches of letters")
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="letter_batch_done_of_total"),
            models.CheckConstraint(
                condition=Q(state="ready", file__isnull=False) | ~Q(state="ready") & Q(file__isnull=True),
                name="letter_batch_file_if_ready",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.kind} {self.done}/{self.total}"


class Bulletin(Withdrawable):
    """考评通报: what the county makes public of a year's results; the latest that stands is shown."""

    year = models.ForeignKey(AssessmentYear, models.PROTECT, related_name="bulletins", verbose_name=_("year"))
    title = text(_("title"), 120)
    document = text(_("document"), blank=True)
    opening = models.TextField(_("opening words"), max_length=2000, blank=True)
    closing = models.TextField(_("closing words"), max_length=2000, blank=True)
    shows_team_grades = models.BooleanField(_("grades of the teams"), default=True)
    shows_team_places = models.BooleanField(_("places of the teams"), default=True)
    shows_team_scores = models.BooleanField(_("scores of the teams"), default=False)
    shows_excellent = models.BooleanField(_("cadres graded 优秀"), default=True)
    published_on = models.DateField(_("published on"))

    class Meta:
        ordering = ["year", "-id"]
        verbose_name = _("bulletin")
        verbose_name_plural = _("bulletins")
        constraints = [withdrawn_with_reason("bulletin_withdrawn")]

    def __str__(self) -> str:
        return self.title
