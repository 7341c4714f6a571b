"""Evidence beside the values of a line; lists never read the files themselves."""

from collections import Counter

from django.db.models import QuerySet

from assessment.models import AssessmentYear, Evidence, ScoredLine


def evidence_of(line: ScoredLine) -> QuerySet[Evidence]:
    """All files of the line, the withdrawn ones too, the latest first."""
    return line.evidence.defer("content").select_related("township", "uploaded_by")


def evidence_counts(year: AssessmentYear) -> Counter[tuple[str, str]]:
    """Files in use by (township code, line code); those of a whole line under the township code "". One query."""
    files = Evidence.objects.filter(line__year=year, withdrawn_at=None).order_by()
    return Counter((township or "", line) for township, line in files.values_list("township__code", "line__code"))
