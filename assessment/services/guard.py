"""What every write of a year's inputs checks first."""

from django.utils.translation import gettext as _

from assessment.errors import YearClosed
from assessment.models import AssessmentYear
from cadres.models import Account
from cadres.permissions import require


def require_inputs_open(*, year: AssessmentYear, permission: str, by: Account | None) -> None:
    """Raises PermissionDenied or YearClosed."""
    require(by=by, permission=permission, target=year)
    if not year.inputs_open:
        raise YearClosed(_("The year %(year)s is closed: its inputs can no longer be changed.") % {"year": year})


def require_scheme_open(*, year: AssessmentYear, permission: str, by: Account | None) -> None:
    """Raises PermissionDenied or YearClosed."""
    require(by=by, permission=permission, target=year)
    if not year.scheme_open:
        raise YearClosed(_("The scheme of %(year)s was frozen when it was announced.") % {"year": year})
