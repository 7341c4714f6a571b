"""How a team is called on a drawing: its place, whether it is shared, its name."""

from django.utils.translation import gettext as _

from cadres.templatetags.labels import DASH
from scoring.engine import Rank, TeamResult


def team_label(team: TeamResult) -> str:
    """“3 云溪镇”, “3 tied 云溪镇”, “— 云溪镇” where the team has no place (RULES P5)."""
    return _label(team.standing) % {"place": team.rank or DASH, "name": team.input.name}


def _label(rank: Rank | None) -> str:
    return _("%(place)s tied %(name)s") if rank and rank.is_tied else "%(place)s %(name)s"
