"""What a county leader reads of a closed year beside scores and rankings, as lines of the home page."""

from django.utils.translation import gettext as _

from assessment.addresses import year_url
from assessment.models import AssessmentYear
from cadres.home import HomeLine
from cadres.models import Account, Role


def leader_lines(year: AssessmentYear, by: Account) -> list[HomeLine]:
    """No query. The pages themselves ask who may open them."""
    if by.role != Role.LEADER or not year.is_closed:
        return []
    return [
        HomeLine(_("Grades of teams and cadres"), year_url("rewards:team_grades", year)),
        HomeLine(_("Measures"), year_url("rewards:measures", year)),
        HomeLine(_("Collective talks"), year_url("rewards:talk_sheets", year)),
    ]
