"""Words of the coverage of interviews."""

from django.utils.translation import gettext as _

from assessment.models import Interviewee
from assessment.numbers import percent_text
from assessment.selectors.interview import REQUIRED


def group_heading(group: Interviewee) -> str:
    """“middle cadres (at least 80%)”."""
    share = REQUIRED[group]
    floor = _("all") if share == 1 else _("at least %(share)s") % {"share": percent_text(share)}
    return _("%(group)s (%(floor)s)") % {"group": group.label, "floor": floor}
