"""Entries of target values (填报): those that await confirmation, the latest of each cell, all of a line."""

from django.db.models import Max, QuerySet

from assessment.models import AssessmentYear, EntryState, ScoredLine, ValueEntry

_RELATED = ("township", "line", "entered_by", "settled_by")


def entries_pending(year: AssessmentYear, *, department: str = "") -> QuerySet[ValueEntry]:
    """What awaits confirmation, in the order of lines and townships; of one department's lines where its code is
    given."""
    entries = ValueEntry.objects.filter(line__year=year, state=EntryState.PENDING)
    if department:
        entries = entries.filter(line__department__code=department)
    return entries.select_related(*_RELATED, "line__department").order_by("line__order", "township__order", "pk")


def entries_latest(lines: QuerySet[ScoredLine]) -> dict[tuple[str, str], ValueEntry]:
    """By (township code, line code) the last entry of each cell: a pending one is always the last. One query."""
    cells = ValueEntry.objects.filter(line__in=lines.order_by().values("pk")).order_by().values("line", "township")
    last = cells.annotate(last=Max("pk")).values("last")
    entries = ValueEntry.objects.filter(pk__in=last).select_related(*_RELATED)
    return {(entry.township.code, entry.line.code): entry for entry in entries}


def entries_of(line: ScoredLine) -> QuerySet[ValueEntry]:
    """Everything ever entered on a line, township by township, the latest first."""
    return line.entries.select_related(*_RELATED).order_by("township__order", "township__code", "-pk")
