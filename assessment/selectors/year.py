from datetime import date

from assessment.models import AssessmentYear, Phase, SchemeVersion
from assessment.scheme import Scheme


def years_all() -> list[AssessmentYear]:
    return list(AssessmentYear.objects.all())


def year_before(year: AssessmentYear) -> AssessmentYear | None:
    """The latest year before this one, None for the first."""
    return AssessmentYear.objects.filter(number__lt=year.number).first()


def scheme_version_current(year: AssessmentYear) -> SchemeVersion:
    """The version in force; every year has at least one from its creation on."""
    return year.scheme_versions.order_by("-number")[:1].get()


def scheme_current(year: AssessmentYear) -> Scheme:
    return scheme_version_current(year).scheme


def years_published() -> list[int]:
    """The numbers of the years whose results are public."""
    return list(
        AssessmentYear.objects.filter(phase__in=(Phase.PUBLISHED, Phase.ARCHIVED)).values_list("number", flat=True)
    )


def published_on(year: AssessmentYear) -> date | None:
    """The day from which the days of a review count (RULES Y8): of the latest publication, None before one."""
    return AssessmentYear.objects.values_list("published_on", flat=True).get(pk=year.pk)
