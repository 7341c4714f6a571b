"""The notices of assessment (考评预告)."""

from assessment.models import AssessmentYear, Notice, Phase


def notice_of(year: AssessmentYear) -> Notice | None:
    return Notice.objects.filter(year=year).first()


def years_with_notice() -> list[AssessmentYear]:
    """The years whose notice the public is pointed to: announced, and not closed yet."""
    return list(AssessmentYear.objects.filter(phase__in=(Phase.ANNOUNCED, Phase.COLLECTING)))
