from assessment.models import AssessmentYear, SchemeVersion
from assessment.scheme import Scheme


def years_all() -> list[AssessmentYear]:
    return list(AssessmentYear.objects.all())


def scheme_version_current(year: AssessmentYear) -> SchemeVersion:
    """The version in force; every year has at least one from its creation on."""
    return year.scheme_versions.order_by("-number")[:1].get()


def scheme_current(year: AssessmentYear) -> Scheme:
    return scheme_version_current(year).scheme
