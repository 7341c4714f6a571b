"""Who may see results. Objects are AssessmentYear: the office always, leaders once the year is closed.

A township sees its own team, and nobody else's, once the year is published; which team it is asking for is checked
where the team is fetched (`scoring.selectors.result.team_result`).
"""

from typing import Any

import rules

from assessment.models import AssessmentYear
from assessment.permissions import year_announced, year_closed
from cadres.permissions import is_anyone, is_department, is_leader, is_office, is_township


@rules.predicate
def year_published(user: Any, year: AssessmentYear | None) -> bool:
    """Whether results have been made known to those they are about (RULES Y1)."""
    return year is not None and year.is_published


@rules.predicate
def own_township(user: Any, code: str | None) -> bool:
    """Whether the code is that of the account's own township."""
    return user.township is not None and user.township.code == code


# The page itself, on which leaders see the progress of a running year, and results only with scoring.view_results.
rules.add_perm("scoring.view_overview", is_office | is_leader & year_announced)
rules.add_perm("scoring.view_results", is_office | is_leader & year_closed)
rules.add_perm("scoring.view_team", is_office | is_leader & year_closed | is_township & year_published)
# Asked with a township's code; the years shown are those of `scoring.view_team`.
rules.add_perm("scoring.view_team_years", is_office | is_leader | is_township & own_township)
rules.add_perm("scoring.view_departments", is_office | is_leader & year_closed)
rules.add_perm("scoring.view_department", is_office | is_leader & year_closed | is_department & year_published)
rules.add_perm("scoring.view_counts", is_office)
rules.add_perm("scoring.view_cadres", is_office | is_leader)
rules.add_perm("scoring.view_versions", is_office | is_leader & year_closed)
rules.add_perm("scoring.preview_rule", is_anyone)
rules.add_perm("scoring.view_drafts", is_office)
rules.add_perm("scoring.change_drafts", is_office)
