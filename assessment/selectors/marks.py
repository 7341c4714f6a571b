"""What the online ballots of a box hold, for counting it once it is closed; an open one answers nothing to anybody."""

from typing import Any

from django.db.models import Aggregate, CharField

from assessment.models import Ballot, Box


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
