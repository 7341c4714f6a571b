from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.models import AssessmentYear, SchemeVersion
from cadres.models import Cadre, Township
from cadres.models.append_only import AppendOnly


def _points(label: object, **options: object) -> models.DecimalField:
    """Points with their two decimals."""
    return models.DecimalField(label, max_digits=9, decimal_places=2, **options)  # type: ignore[arg-type]


def _place(label: object) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(label, null=True)  # type: ignore[arg-type]


class ResultVersion(AppendOnly):
    """成绩版本: a year's whole result as confirmed, with the scheme it was computed by (RULES Y1, Y8).

    A later version of the same year has a reason; the earlier ones stay. `quotas` and the rows' `content` are the
    engine's values in the form of `scoring.engine.serial`; `digest` is the SHA-256 over all of them.
    """

    year = models.ForeignKey(AssessmentYear, models.PROTECT, related_name="result_versions", verbose_name=_("year"))
    number = models.PositiveIntegerField(_("number"))
    scheme = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="+", verbose_name=_("scheme version"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    quotas = models.JSONField(_("quota lines"))
    digest = models.CharField(_("digest"), max_length=64)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    frozen_at = models.DateTimeField(_("confirmed at"))

    class Meta(AppendOnly.Meta):
        ordering = ["year", "-number"]
        verbose_name = _("version of results")
        verbose_name_plural = _("versions of results")
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="result_version_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="result_version_reasoned"),
        ]

    def __str__(self) -> str:
        return f"{self.year} no. {self.number}"


class FrozenTeam(AppendOnly):
    """A team's result in a version. `content` holds the engine's whole value; the columns are its heads."""

    version = models.ForeignKey(ResultVersion, models.PROTECT, related_name="teams", verbose_name=_("version"))
    township = models.ForeignKey(Township, models.PROTECT, related_name="frozen_results", verbose_name=_("township"))
    total = _points(_("total"))
    rank = models.PositiveIntegerField(_("place"))
    ranked = models.PositiveIntegerField(_("number ranked"))
    suggested = models.CharField(_("suggested grade"), max_length=12)
    grade = models.CharField(_("grade"), max_length=12)
    content = models.JSONField(_("content"))

    class Meta(AppendOnly.Meta):
        ordering = ["version", "id"]
        verbose_name = _("confirmed result of a team")
        verbose_name_plural = _("confirmed results of teams")
        constraints = [models.UniqueConstraint(fields=["version", "township"], name="frozen_team_once")]

    def __str__(self) -> str:
        return f"{self.version} {self.township}"


class FrozenCadre(AppendOnly):
    """A cadre's result in a version; not graded (C3): no total, no places, no grade."""

    version = models.ForeignKey(ResultVersion, models.PROTECT, related_name="cadres", verbose_name=_("version"))
    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="frozen_results", verbose_name=_("cadre"))
    township = models.ForeignKey(Township, models.PROTECT, related_name="+", verbose_name=_("township"))
    post = models.CharField(_("post"), max_length=40)
    not_graded = models.CharField(_("not graded"), max_length=4, blank=True)
    total = _points(_("total"), null=True)
    rank_township = _place(_("place in the township"))
    rank_post = _place(_("place in the post"))
    rank_county = _place(_("overall place"))
    ranked = _place(_("number ranked"))
    suggested = models.CharField(_("suggested grade"), max_length=12, blank=True)
    grade = models.CharField(_("grade"), max_length=12, blank=True)
    content = models.JSONField(_("content"))

    class Meta(AppendOnly.Meta):
        ordering = ["version", "id"]
        verbose_name = _("confirmed result of a cadre")
        verbose_name_plural = _("confirmed results of cadres")
        constraints = [
            models.UniqueConstraint(fields=["version", "cadre"], name="frozen_cadre_once"),
            models.CheckConstraint(
                condition=Q(not_graded="", total__isnull=False) & ~Q(grade="")
                | ~Q(not_graded="") & Q(total__isnull=True, rank_county__isnull=True, grade=""),
                name="frozen_cadre_graded_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.cadre}"


class FrozenLine(AppendOnly):
    """One scored line of a team or an item of a cadre in a version: points, out of how many, place."""

    team = models.ForeignKey(FrozenTeam, models.PROTECT, null=True, related_name="lines", verbose_name=_("team"))
    cadre = models.ForeignKey(FrozenCadre, models.PROTECT, null=True, related_name="lines", verbose_name=_("cadre"))
    code = models.CharField(_("code"), max_length=20)
    points = _points(_("points"))
    out_of = models.CharField(_("out of"), max_length=40)
    place = _place(_("place"))

    class Meta(AppendOnly.Meta):
        ordering = ["id"]
        verbose_name = _("confirmed line")
        verbose_name_plural = _("confirmed lines")
        constraints = [
            models.CheckConstraint(
                condition=Q(team__isnull=False, cadre__isnull=True) | Q(team__isnull=True, cadre__isnull=False),
                name="frozen_line_of_one_subject",
            ),
            models.UniqueConstraint(fields=["team", "code"], name="frozen_team_line_once"),
            models.UniqueConstraint(fields=["cadre", "code"], name="frozen_cadre_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.team or self.cadre} {self.code}"


class Reopening(AppendOnly):
    """A version is taken back with a reason, to be confirmed anew; it stays readable."""

    version = models.OneToOneField(ResultVersion, models.PROTECT, related_name="reopening", verbose_name=_("version"))
    reason = models.CharField(_("reason"), max_length=300)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("re-opened by")
    )
    reopened_at = models.DateTimeField(_("re-opened at"))

    class Meta(AppendOnly.Meta):
        ordering = ["version"]
        verbose_name = _("re-opening")
        verbose_name_plural = _("re-openings")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="reopening_has_reason")]

    def __str__(self) -> str:
        return f"{self.version} {self.reason}"
