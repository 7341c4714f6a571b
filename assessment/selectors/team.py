"""The assessment teams (考评组) of a year."""

from django.db.models import Prefetch, QuerySet

from assessment.models import AssessmentTeam, AssessmentYear, RosterEntry, TeamMember
from cadres.models import Account, Role, Township


def teams_of(year: AssessmentYear) -> QuerySet[AssessmentTeam]:
    """With townships and members; three queries, whatever the size."""
    members = TeamMember.objects.select_related("account", "cadre")
    return year.teams.prefetch_related("townships", Prefetch("members", members))


def assessors_of(year: AssessmentYear) -> list[Account]:
    """Whoever can be a member: active assessors, and those who are members already."""
    active = Account.objects.filter(role=Role.ASSESSOR, is_active=True)
    return list((active | Account.objects.filter(team_members__year=year)).distinct().order_by("name", "username"))


def townships_left(year: AssessmentYear) -> list[Township]:
    """Taking part, and in no team."""
    return list(year.townships.exclude(pk__in=year.teams.filter(townships__isnull=False).values("townships")))


def assessors_left(year: AssessmentYear) -> list[Account]:
    """Active assessors without a team: nobody asks them anything."""
    members = TeamMember.objects.filter(year=year).values("account")
    active = Account.objects.filter(role=Role.ASSESSOR, is_active=True)
    return list(active.exclude(pk__in=members).order_by("name", "username"))


def members_serving(year: AssessmentYear) -> list[tuple[TeamMember, RosterEntry]]:
    """Members who are on the year's roster themselves, with where they serve: they do not rate it (RULES Y3)."""
    members = TeamMember.objects.filter(year=year, cadre__isnull=False).select_related("account", "team")
    entries = RosterEntry.objects.filter(year=year, cadre__in=[member.cadre_id for member in members])
    by_cadre = {entry.cadre_id: entry for entry in entries.select_related("township")}
    return [(member, by_cadre[member.cadre_id]) for member in members if member.cadre_id in by_cadre]


def own_units(year: AssessmentYear) -> dict[int, Township]:
    """Member (its key) → the township of the member's own team that he serves in."""
    assigned = set(year.teams.filter(townships__isnull=False).values_list("pk", "townships"))
    serving = members_serving(year)
    return {m.pk: entry.township for m, entry in serving if (m.team_id, entry.township_id) in assigned}


def teams_before(year: AssessmentYear) -> AssessmentYear | None:
    """The latest earlier year that has teams, to copy them from."""
    return AssessmentYear.objects.filter(number__lt=year.number, teams__isnull=False).distinct().first()
