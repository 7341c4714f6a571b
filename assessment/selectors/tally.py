"""Tallies as the office sees them: what is there, what is missing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assessment.counts import TallyKey
from assessment.models import AssessmentYear, RosterEntry, Tally
from assessment.scheme import CadreItem, Evaluation, Scheme
from assessment.selectors.completeness import year_missing
from assessment.selectors.roster import graded_entries
from assessment.voters import groups_in_order
from cadres.models import Township


@dataclass(frozen=True)
class Done:
    """How many of what is needed is still missing."""

    label: str
    code: str
    missing: int


def team_progress(*, year: AssessmentYear, scheme: Scheme) -> list[Done]:
    """By evaluation: teams without a tally."""
    missing = Counter(code for _subject, code, _group in year_missing(year=year, scheme=scheme).team_tallies)
    return [Done(entry.name, entry.code, missing[entry.code]) for entry in scheme.evaluations]


def cadre_progress(*, year: AssessmentYear, scheme: Scheme) -> list[Done]:
    """By township: tallies of its cadres that are missing."""
    lacking = Counter(subject for subject, _code, _group in year_missing(year=year, scheme=scheme).cadre_tallies)
    missing: Counter[str] = Counter()
    for number, code in year.roster.values_list("cadre__number", "township__code"):
        missing[code] += lacking[number]
    return [Done(township.name, township.code, missing[township.code]) for township in year.townships.all()]


def graded_of(year: AssessmentYear, township: Township) -> list[RosterEntry]:
    """The graded cadres of a township, in the order of their posts."""
    return list(graded_entries(year).filter(township=township))


def team_tallies(year: AssessmentYear, evaluation: str) -> dict[TallyKey, Tally]:
    """By (township code, evaluation, group), with who entered each; the first entered first."""
    tallies = year.tallies.filter(evaluation=evaluation, township__isnull=False).select_related(
        "township", "entered_by"
    )
    found = tallies.order_by("pk")
    return {(tally.township.code, tally.evaluation, tally.group): tally for tally in found if tally.township}


def cadre_tallies(year: AssessmentYear, entries: Iterable[RosterEntry]) -> dict[TallyKey, Tally]:
    """By (personnel number, item, group), with who entered each; the first entered first."""
    cadres = [entry.cadre_id for entry in entries]
    tallies = year.tallies.filter(cadre__in=cadres).select_related("cadre", "entered_by")
    found = tallies.order_by("pk")
    return {(tally.cadre.number, tally.evaluation, tally.group): tally for tally in found if tally.cadre}


def groups_of(item: Evaluation | CadreItem, stored: Iterable[TallyKey], added: Iterable[str] = ()) -> list[str]:
    """Voter groups to show: the scheme's, those with votes, those just added; where there is none, one without name."""
    weighted = [name for name, _weight in item.groups]
    recorded = [group for _subject, code, group in stored if code == item.code]
    return list(dict.fromkeys([*weighted, *groups_in_order([*recorded, *added])])) or [""]
