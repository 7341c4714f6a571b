"""Tallies that are counted from a ballot box or from sheets: nobody writes these by hand or by workbook."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessment.counts import TallyCounts, TallyKey, groups_hidden
from assessment.models import AssessmentYear, Box, SheetRound, Tally
from assessment.questions import Subject
from assessment.selectors.box import LIVE
from assessment.selectors.sheet import rounds_filling
from assessment.selectors.year import scheme_current
from assessment.sheets import evaluation_codes


@dataclass(frozen=True)
class Counted:
    """What the votes of one kind of subject come from in a year.

    `boxes` by code and evaluation, `rounds` by evaluation; `stored` are the tallies counted from them, `hidden` those
    of boxes whose counts are shown to nobody (assessment.counts.groups_hidden).
    """

    boxes: Mapping[tuple[str, str], Box]
    rounds: Mapping[str, SheetRound]
    stored: Mapping[TallyKey, TallyCounts]
    hidden: frozenset[TallyKey]

    def source(self, code: str, evaluation: str) -> str:
        """What it is counted from, in words; empty where votes are entered by hand."""
        if box := self.boxes.get((code, evaluation)):
            return _("counted from the ballot box of %(unit)s") % {"unit": box.unit}
        if round_ := self.rounds.get(evaluation):
            return _("counted from sheets: %(kind)s") % {"kind": round_.get_kind_display()}
        return ""

    def refusal(self, key: TallyKey, counts: TallyCounts | None) -> str:
        """Why these counts may not be written, in words; empty where they may, or are what stands there.

        For hidden ones there is no “the same”: whoever tries numbers out learns nothing.
        """
        source = self.source(key[0], key[1])
        if not source or (key not in self.hidden and self.stored.get(key) == counts):
            return ""
        return _("these votes are %(source)s and are not entered by hand") % {"source": source}


def counted_of(year: AssessmentYear, subject: Subject) -> Counted:
    """For teams or cadres. Two queries; three more in a year that has boxes or rounds of sheets."""
    boxes = _boxes(year, subject)
    rounds = list(rounds_filling(year))
    if not boxes and not rounds:
        return Counted({}, {}, {}, frozenset())
    scheme = scheme_current(year)
    by_evaluation = {code: round_ for round_ in rounds for code in evaluation_codes(scheme, round_.kind)}
    found = year.tallies.filter(cadre__isnull=subject == Subject.TEAM, department=None)
    tallies = [tally for tally in found.select_related("township", "cadre") if tally.box_id or tally.round_id]
    hidden = tallies_hidden(tally for tally in tallies if tally.box_id)
    return Counted(
        boxes=boxes,
        rounds=by_evaluation,
        stored={tally_key(tally): tally_counts(tally) for tally in tallies},
        hidden=frozenset(tally_key(tally) for tally in tallies if tally.pk in hidden),
    )


def tallies_hidden(tallies: Iterable[Tally]) -> frozenset[int]:
    """Keys of the tallies whose counts are shown to nobody, subject by subject and evaluation by evaluation."""
    votes: dict[tuple[int | None, int | None, int | None, str], dict[int, int]] = defaultdict(dict)
    for tally in tallies:
        if tally_counts(tally).cast:
            subject = (tally.township_id, tally.cadre_id, tally.department_id, tally.evaluation)
            votes[subject][tally.pk] = sum(tally.grades)
    return frozenset().union(*map(groups_hidden, votes.values()))


def tally_key(tally: Tally) -> TallyKey:
    """Of a team's or a cadre's tally; relations should be selected."""
    code = tally.township.code if tally.township else tally.cadre.number if tally.cadre else ""
    return code, tally.evaluation, tally.group


def tally_counts(tally: Tally) -> TallyCounts:
    return TallyCounts(tally.grades, tally.abstain, tally.issued, tally.returned, tally.valid)


def _boxes(year: AssessmentYear, subject: Subject) -> dict[tuple[str, str], Box]:
    live = year.boxes.filter(is_rehearsal=False, state__in=LIVE).select_related("township", "department")
    return {
        (question.code, question.evaluation): box
        for box in live
        for question in box.asked
        if question.subject == subject
    }
