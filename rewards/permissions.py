"""Who may see and decide what follows from results. Objects are AssessmentYear."""

import rules

from assessment.permissions import year_closed
from cadres.permissions import is_leader, is_office, is_township
from scoring.permissions import year_published

rules.add_perm("rewards.view_bonus", is_office | is_leader & year_closed)
rules.add_perm("rewards.change_bonus", is_office)
rules.add_perm("rewards.change_grades", is_office)
rules.add_perm("rewards.change_past_results", is_office)
rules.add_perm("rewards.view_grades", is_office | is_leader & year_closed)
rules.add_perm(
    "rewards.view_history", is_office | is_leader
)  # asked without a year: the county's cadres over the years
rules.add_perm("rewards.view_promotion", is_office | is_leader & year_closed)
rules.add_perm("rewards.change_promotion", is_office)
rules.add_perm("rewards.view_measures", is_office | is_leader & year_closed)
rules.add_perm("rewards.change_measures", is_office)
rules.add_perm("rewards.view_feedback", is_office | is_leader & year_closed)
# A township reads its own team's letter; which team it asks for is checked where the letter is made.
rules.add_perm("rewards.view_letter", is_office | is_leader & year_closed | is_township & year_published)
rules.add_perm("rewards.change_feedback", is_office)
rules.add_perm("rewards.change_bulletin", is_office)
rules.add_perm("rewards.view_commendations", is_office | is_leader & year_closed)
rules.add_perm("rewards.change_commendations", is_office)
rules.add_perm("rewards.view_appeals", is_office)
rules.add_perm("rewards.change_appeals", is_office)
