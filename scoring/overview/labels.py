"""How teams and cadres are called: a team with its place, shared or not, and its name; a cadre by where and as what."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from cadres.templatetags.labels import DASH, term
from scoring.engine import CadreResult, Rank, TeamResult, YearResult


def team_label(team: TeamResult) -> str:
    """“3 云溪镇”, “3 tied 云溪镇”, “— 云溪镇” where the team has no place (RULES P5)."""
    return _label(team.standing) % {"place": team.rank or DASH, "name": team.input.name}


def _label(rank: Rank | None) -> str:
    return _("%(place)s tied %(name)s") if rank and rank.is_tied else "%(place)s %(name)s"


def posts_of(result: YearResult) -> Callable[[CadreResult], str]:
    """“云溪镇 党委书记”, for the cadres of a year."""
    names = {team.input.code: team.input.name for team in result.teams}
    return lambda cadre: f"{names.get(cadre.input.township, '')} {term(cadre.input.post)}"
