from django.db.models import QuerySet

from assessment.models import AssessmentYear
from workbook.models import Upload

MOST_SHOWN = 20


def uploads_applied(year: AssessmentYear) -> QuerySet[Upload]:
    """The latest applied workbooks of a year, without their bytes."""
    applied = Upload.objects.filter(number=year.number, applied_at__isnull=False)
    return applied.defer("content").select_related("applied_by").order_by("-applied_at")[:MOST_SHOWN]
