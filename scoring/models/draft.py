from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.models import AssessmentYear, SchemeVersion
from cadres.models import Account
from scoring.variation import Variation


class SchemeDraft(models.Model):
    """办法草案: a named what-if on a year's scheme, kept to be compared, run on other years and perhaps adopted.

    `settings` are changed parameters by the names of 考评参数, `without` the sources left out. It holds no results:
    they are computed whenever somebody looks.
    """

    year = models.ForeignKey(AssessmentYear, models.PROTECT, related_name="drafts", verbose_name=_("year"))
    name = models.CharField(_("name"), max_length=60)
    settings = models.JSONField(_("changed parameters"), default=dict, blank=True)
    without = models.JSONField(_("sources left out"), default=list, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    adopted = models.OneToOneField(
        SchemeVersion, models.PROTECT, null=True, blank=True, related_name="draft", verbose_name=_("adopted as")
    )
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        ordering = ["year", "name"]
        verbose_name = _("draft of a scheme")
        verbose_name_plural = _("drafts of a scheme")
        constraints = [
            models.UniqueConstraint(fields=["year", "name"], name="scheme_draft_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="scheme_draft_named"),
            models.CheckConstraint(condition=~Q(settings={}, without=[]), name="scheme_draft_differs"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.name}"

    @property
    def variation(self) -> Variation:
        return Variation(dict(self.settings), tuple(self.without))
