"""What the online ballots of a box hold, for counting it once it is closed; an open one answers nothing to anybody."""

from typing import Any, NamedTuple

from django.db.models import Aggregate, CharField, Q

from assessment.models import AssessmentYear, Ballot, Box, BoxState


class Joined(Aggregate):
    """Texts one after another, in no order that means anything: one row a group leaves the database, not thousands."""

    output_field = CharField()
    template = "%(function)s(%(expressions)s, '')"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        return super().as_sql(compiler, connection, function="GROUP_CONCAT", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        return super().as_sql(compiler, connection, function="STRING_AGG", **context)


MARKS_BY_GROUP = Ballot.objects.values_list("electorate").annotate(joined=Joined("marks"))
"""Made once: putting the query together takes longer than asking it."""


def marks_online(box: Box) -> dict[int, str]:
    """Voter group (its key) → the marks of all its ballots, one ballot after another. One query."""
    return dict(MARKS_BY_GROUP.filter(electorate__box=box.pk))


class BoxMarks(NamedTuple):
    """The online ballots of one voter group in a counted box, one after another, in no order that means anything."""

    box: int
    group: str
    joined: str


def marks_counted_of(year: AssessmentYear) -> list[BoxMarks]:
    """Of the year's real boxes that are counted, for sums over whole ballots; never for a page. One query.

    Ballots of a counted box were written anew in random order. A year that still takes inputs answers nothing: another
    count of the same box, later, would differ by a few ballots.
    """
    if not year.is_closed:
        return []
    boxes = Q(electorate__box__year=year, electorate__box__is_rehearsal=False, electorate__box__state=BoxState.COUNTED)
    by_group = Ballot.objects.filter(boxes).values_list("electorate__box", "electorate__category")
    in_order = by_group.annotate(joined=Joined("marks")).order_by("electorate__box__id", "electorate__order")
    return [BoxMarks(*row) for row in in_order]
