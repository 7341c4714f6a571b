"""What is stored of a ballot box and stays where a sheet of votes has no column for it."""

from dataclasses import replace

from django.utils.translation import gettext as _

from assessment.counts import TallyCounts
from assessment.selectors.counted import tally_counts

from .convert import listing
from .known import Known
from .problems import CellRefused
from .table import Record, Table

GROUP, ABSTAIN = "票别", "弃权"
BALLOTS = {"issued": "发出", "returned": "收回", "valid": "有效"}
_OPTIONAL = (GROUP, ABSTAIN, *BALLOTS.values())

Boxes = dict[tuple[str, str], dict[str, TallyCounts]]
"""Stored counts by subject and evaluation, then voter group."""


def stored_boxes(table: Table, known: Known, *, of_team: bool) -> Boxes:
    """Read only where a column is absent. Subjects by township code or personnel number."""
    boxes: Boxes = {}
    if known.year is None or all(map(table.has, _OPTIONAL)):
        return boxes
    for tally in known.year.tallies.filter(department=None, cadre__isnull=of_team).select_related("township", "cadre"):
        subject = tally.township.code if tally.township else tally.cadre.number if tally.cadre else ""
        if counts := tally_counts(tally):
            boxes.setdefault((subject, tally.evaluation), {})[tally.group] = counts
    return boxes


def group_kept(table: Table, record: Record, stored: dict[str, TallyCounts]) -> None:
    """Without the column the votes are those of the one stored group; with several nobody knows whose they are."""
    if table.has(GROUP) or not stored:
        return
    if len(stored) > 1:
        what = _("votes are stored by voter group: %(groups)s") % {"groups": listing(list(stored))}
        table.refuse(record, GROUP, CellRefused(what, _("a column “%(column)s”") % {"column": GROUP}))
        return
    [record.values[GROUP]] = stored


def counts_kept(table: Table, counts: TallyCounts, stored: TallyCounts) -> TallyCounts:
    """Absent columns keep what is stored, unless the votes of the sheet contradict it (RULES E5)."""
    if not table.has(ABSTAIN) and counts.valid in (None, sum(counts.grades) + stored.abstain):
        counts = replace(counts, abstain=stored.abstain)
    if not table.has(BALLOTS["valid"]) and stored.valid == counts.cast:
        counts = replace(counts, valid=stored.valid)
    if not table.has(BALLOTS["returned"]) and _holds(stored.returned, counts.cast):
        counts = replace(counts, returned=stored.returned)
    if not table.has(BALLOTS["issued"]) and _holds(stored.issued, counts.returned or counts.cast):
        counts = replace(counts, issued=stored.issued)
    return counts


def _holds(ballots: int | None, least: int) -> bool:
    return ballots is not None and ballots >= least
