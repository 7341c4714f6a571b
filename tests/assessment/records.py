"""Who may write of which township, for the tests of interviews, opinions and notes."""

from datetime import date

from assessment.models import AssessmentTeam, AssessmentYear, TeamMember
from cadres.models import Account, Township

DAY = date(2025, 12, 10)
SECRET = "书记对班子团结有意见"

BAD_FIELDS = [
    ("content", "x" * 5001, "max_length"),
    ("content", "x" * 6000, "max_length"),
    ("content", "意见\x00", "null_characters_not_allowed"),
]
"""Field, what was typed, the code of the refusal."""


def team_of(year: AssessmentYear, name: str, townships: list[str], *members: Account) -> AssessmentTeam:
    """An assessment team of these accounts for these townships."""
    team = AssessmentTeam.objects.create(year=year, name=name)
    team.townships.set(Township.objects.filter(code__in=townships))
    for account in members:
        TeamMember.objects.create(team=team, year=year, account=account)
    return team


def township(code: str) -> Township:
    return Township.objects.get(code=code)
