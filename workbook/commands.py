"""What the commands share."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear


def year_named(number: int) -> AssessmentYear:
    """The year of that number; CommandError, exit code 1, where there is none."""
    year = AssessmentYear.objects.filter(number=number).first()
    if year is None:
        raise CommandError(_("There is no year %(year)s.") % {"year": number})
    return year
