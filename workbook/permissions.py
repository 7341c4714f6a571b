"""Who may bring a workbook in."""

import rules

from cadres.permissions import is_office

rules.add_perm("workbook.import_workbook", is_office)
