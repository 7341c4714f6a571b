"""Words of the coverage of interviews."""

from fractions import Fraction

from django.utils.translation import gettext as _

from assessment.models import AssessmentYear, Interviewee
from assessment.numbers import percent_text
from assessment.selectors.interview import shares_required
from assessment.selectors.year import scheme_current


def group_headings(year: AssessmentYear) -> dict[Interviewee, str]:
    """The five groups, each with how much of it is to be talked to in this year. One query."""
    return {group: _heading(group, share) for group, share in shares_required(scheme_current(year)).items()}


def _heading(group: Interviewee, share: Fraction) -> str:
    """“middle cadres (at least 80%)”."""
    floor = _("all") if share == 1 else _("at least %(share)s") % {"share": percent_text(share)}
    return _("%(group)s (%(floor)s)") % {"group": group.label, "floor": floor}
