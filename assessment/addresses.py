from django.urls import reverse

from assessment.models import AssessmentYear


def year_url(view: str, year: AssessmentYear, **parts: object) -> str:
    """The address of a page of the year; `parts` as the address names them."""
    return reverse(view, kwargs={"year": year.number, **parts})
