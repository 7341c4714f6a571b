from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterKind(models.TextChoices):
    """What a batch holds."""

    ALL = "all", _("all teams and cadres, one file")
    TEAMS = "teams", _("all teams, one file")
    CADRES = "cadres", _("all cadres, one file")
    APART = "apart", _("all teams and cadres, a file each (ZIP)")
