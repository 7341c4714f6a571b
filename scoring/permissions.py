"""Who may see results. Objects are AssessmentYear: the office always, leaders once the year is closed."""

import rules

from assessment.permissions import year_closed
from cadres.permissions import is_leader, is_office

rules.add_perm("scoring.view_results", is_office | is_leader & year_closed)
