"""The page of the assessment teams: each team, what it has, and who is left over."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessment.models import AssessmentTeam, AssessmentYear, TeamMember
from assessment.selectors.team import assessors_left, own_units, teams_before, teams_of, townships_left
from cadres.models import Township


@dataclass(frozen=True)
class MemberLine:
    """A member; `warning` says that he serves in one of the team's townships."""

    member: TeamMember
    warning: str = ""


@dataclass(frozen=True)
class TeamLine:
    team: AssessmentTeam
    members: tuple[MemberLine, ...]


def teams_page(year: AssessmentYear) -> dict[str, object]:
    """Fixed number of queries, whatever the size."""
    teams = list(teams_of(year))
    served = own_units(year)
    return {
        "year": year,
        "lines": [TeamLine(team, tuple(_member(m, served.get(m.pk)) for m in team.members.all())) for team in teams],
        "townships_left": townships_left(year),
        "assessors_left": assessors_left(year),
        "source": teams_before(year) if year.inputs_open and not teams else None,
        "editable": year.inputs_open,
    }


def _member(member: TeamMember, township: Township | None) -> MemberLine:
    return MemberLine(member, own_unit_text(member, township) if township else "")


def own_unit_text(member: TeamMember, township: Township) -> str:
    text = _("%(member)s serves in %(township)s and will not rate it (clause Y3).")
    return text % {"member": member.account, "township": township}
