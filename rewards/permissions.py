"""Who may see and decide what follows from results. Objects are AssessmentYear."""

import rules

from assessment.permissions import year_closed
from cadres.permissions import is_leader, is_office

rules.add_perm("rewards.view_bonus", is_office | is_leader & year_closed)
rules.add_perm("rewards.change_bonus", is_office)
rules.add_perm("rewards.change_grades", is_office)
rules.add_perm("rewards.change_past_results", is_office)
