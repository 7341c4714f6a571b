"""Who may read and write a year's inputs. Objects are AssessmentYear unless said otherwise."""

from typing import Any

import rules

from assessment.models import AssessmentYear, Phase
from cadres.permissions import is_anyone, is_department, is_leader, is_office


@rules.predicate
def year_announced(user: Any, year: AssessmentYear | None) -> bool:
    return year is not None and year.phase != Phase.DRAFT


@rules.predicate
def year_closed(user: Any, year: AssessmentYear | None) -> bool:
    return year is not None and year.is_closed


rules.add_perm("assessment.view_years", is_anyone)
rules.add_perm("assessment.change_year", is_office)
rules.add_perm("assessment.view_scheme", is_office | is_anyone & year_announced)
rules.add_perm("assessment.change_scheme", is_office)
rules.add_perm("assessment.view_roster", is_office | is_leader & year_announced)
rules.add_perm("assessment.change_roster", is_office)
rules.add_perm("assessment.view_values", is_office | is_department | is_leader & year_closed)
rules.add_perm("assessment.change_values", is_office)
rules.add_perm("assessment.view_vetoes", is_office | is_leader & year_closed)
rules.add_perm("assessment.change_vetoes", is_office)
rules.add_perm("assessment.view_tallies", is_office)
rules.add_perm("assessment.change_tallies", is_office)
rules.add_perm("assessment.view_boxes", is_office)
rules.add_perm("assessment.change_boxes", is_office)
