"""Votes that the system can count again by itself: the online ballots of a closed box (RULES E5, Y8)."""

from assessment.models import Box, Tally
from assessment.questions import Counts, marks_counted
from assessment.selectors.marks import marks_online


def tally_needs_reading(tally: Tally) -> bool:
    """Whether there is paper behind it, a ballot or a sheet, that people must read; a box that took online ballots
    alone has none."""
    return tally.box is None or tally.box.on_paper


def tally_recounted(tally: Tally) -> Counts | None:
    """What the online ballots of its box say, counted again; None where none could come that way. Three queries.

    For reviews of published results, never for a page: of a small group nobody is shown it.
    """
    box = tally.box
    if box is None or not box.online:
        return None
    electorate = box.electorates.get(category=tally.group)
    marks = marks_online(box).get(electorate.pk, "")
    return marks_counted(marks, electorate.slips_used, len(box.asked))[_place(box, tally)]


def _place(box: Box, tally: Tally) -> int:
    """The question of the ballot that the tally answers."""
    unit = tally.cadre.number if tally.cadre else tally.township.code if tally.township else ""
    return [(question.evaluation, question.code) for question in box.asked].index((tally.evaluation, unit))
