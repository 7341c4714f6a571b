"""Who may bring a workbook in, and look at the seals of archived years."""

import rules

from cadres.permissions import is_auditor, is_office

rules.add_perm("workbook.import_workbook", is_office)
rules.add_perm("workbook.view_seals", is_office | is_auditor)
