"""Certificates issued, and what keeps one from being issued."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from cadres.models import Cadre
from rewards.models import Certificate, PromotionCandidate
from rewards.selectors.promotion import content_from, promotion_candidates


def certificates_of_year(year: AssessmentYear) -> QuerySet[Certificate]:
    """Those that rest on a check of this year, the latest first."""
    return _with_all().filter(candidate__check_of__year=year)


def certificates_of_cadre(cadre: Cadre) -> QuerySet[Certificate]:
    """All of a person, the latest first."""
    return _with_all().filter(candidate__cadre=cadre)


def certificate_obstacle(candidate: PromotionCandidate) -> str:
    """Why none can be issued on this check, in words; empty where nothing stands in the way."""
    content = content_from(candidate.content)
    if content.suggested:
        return _("The grade of %(years)s is only suggested. A certificate states decided grades.") % _years(
            content.suggested
        )
    if content.unknown:
        return _("Nothing is known of %(years)s. A certificate states a grade for every year.") % _years(
            content.unknown
        )
    if candidate.certificates.filter(revocation=None).exists():
        return _("A certificate on this check holds already.")
    (now,) = promotion_candidates(year=candidate.check_of.year, numbers=[candidate.cadre.number])
    if (now.content.stated, now.eligibility.eligible) != (content.stated, candidate.eligible):
        return _("The results have changed since this check. Make the check again.")
    return ""


def _years(years: tuple[int, ...]) -> dict[str, str]:
    return {"years": "、".join(map(str, years))}


def _with_all() -> QuerySet[Certificate]:
    return Certificate.objects.select_related(
        "candidate__cadre", "candidate__check_of__year", "revocation", "entered_by"
    )
