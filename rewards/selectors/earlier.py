"""What letters and talk sheets tell of a team's year before (RULES U4)."""

from assessment.models import AssessmentYear
from rewards.letters.values import Earlier
from scoring.engine import YearResult
from scoring.results import current_result
from scoring.standing import rate


def result_before(year: AssessmentYear) -> YearResult | None:
    """The result of the year before, if it was closed here."""
    before = AssessmentYear.objects.filter(number=year.number - 1).first()
    return current_result(before) if before and before.is_closed else None


def team_before(before: YearResult | None, *, year: int, code: str) -> Earlier | None:
    """The same team in the result of the earlier `year`; None where that has none, or the team no place in it."""
    try:
        team = before.team(code) if before else None
    except KeyError:
        return None
    if team is None or team.total is None or team.standing is None:
        return None
    place = team.standing
    return Earlier(year, team.total, rate(team.total, team.out_of), place.place, place.ranked)
