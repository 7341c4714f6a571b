"""The roster of a year, for lists and forms."""

from django.db.models import QuerySet

from assessment.models import AssessmentYear, RosterEntry
from assessment.questions import Question, Subject


def roster_of(year: AssessmentYear) -> QuerySet[RosterEntry]:
    """Entries with everything a list shows; two queries, whatever the size."""
    entries = year.roster.select_related("year", "cadre", "township", "post", "second_post")
    return entries.prefetch_related("in_charge")


def graded_entries(year: AssessmentYear) -> QuerySet[RosterEntry]:
    """Who is graded (RULES C3), township by township in the order of posts. One query."""
    return year.roster.filter(not_graded="").select_related("cadre", "township", "post", "second_post")


def cadre_question(evaluation: str, entry: RosterEntry) -> Question:
    """What a ballot or a sheet asks about somebody of the roster, in the post scored for (RULES C4)."""
    post, _second = entry.posts_in_order
    return Question(Subject.CADRE, evaluation, entry.cadre.number, entry.cadre.name, post.name)
