"""What a what-if must not try, where few ballots of a box would be told by it (assessment.counts.SMALL_GROUP).

Points are public, the counts of a small voter group are shown to nobody. One group weighed alone, another value of a
grade, points as large as one likes: the difference of two results would be those counts.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessment.counts import SMALL_GROUP
from assessment.models import AssessmentYear, Tally
from assessment.scheme import CadreItem, Evaluation, Scheme, scheme_with
from assessment.scheme.parameters import EVALUATIONS, GROUPS, ITEMS
from assessment.selectors.counted import tallies_hidden, tally_counts
from assessment.wording import place_text
from scoring.variation import WITHOUT, Variation
from scoring.variation_problems import VariationProblem

TEAM_VOTES = ("班子档次系数", "班子档次分段")
CADRE_VOTES = ("干部档次系数", "干部档次分段")
CADRE_SHARES = ("优称率线", "不称职率线")


@dataclass(frozen=True)
class UntoldVotes:
    """Codes of evaluations and items: `groups` of which some subject's voter groups are shown to nobody, `rates` of
    which even what they come to together is made of so few ballots."""

    groups: frozenset[str] = frozenset()
    rates: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.groups or self.rates)


def untold_votes(year: AssessmentYear, scheme: Scheme) -> UntoldVotes:
    """Of all subjects of the year. One query."""
    boxed = list(year.tallies.filter(box__isnull=False, department=None))
    hidden = tallies_hidden(boxed)
    cast: dict[tuple[int | None, int | None, str], list[Tally]] = defaultdict(list)
    for tally in boxed:
        if tally_counts(tally).cast:
            cast[tally.township_id, tally.cadre_id, tally.evaluation].append(tally)
    groups = frozenset(tally.evaluation for tally in boxed if tally.pk in hidden)
    weighed = groups & {entry.code for entry in scheme.votes if entry.groups}
    few = {line for (_team, _cadre, line), tallies in cast.items() if _few(tallies, hidden)}
    return UntoldVotes(groups, weighed | few)


def _few(tallies: Sequence[Tally], hidden: frozenset[int]) -> bool:
    """As `Sight.shows` says of what categories come to together: one alone, or few together."""
    if not all(tally.pk in hidden for tally in tallies):
        return False
    return len(tallies) == 1 or sum(sum(tally.grades) for tally in tallies) < SMALL_GROUP


def untold_problems(scheme: Scheme, variation: Variation, untold: UntoldVotes) -> tuple[VariationProblem, ...]:
    """Empty where nothing would be told. Of a variation that fits the scheme."""
    if not untold:
        return ()
    changed = scheme_with(scheme, variation.settings)
    return tuple(map(_problem, dict.fromkeys(_telling(scheme, changed, variation, untold))))


def _problem(where: str) -> VariationProblem:
    words = _("not tried in this year: the few votes of a small voter group could be worked out from it")
    place = _("Sources left out") if where == WITHOUT else place_text(where)
    return VariationProblem(where, words, f"{place}: {words}")


def _telling(scheme: Scheme, changed: Scheme, variation: Variation, untold: UntoldVotes) -> Iterator[str]:
    """Where what would tell them stands."""
    after = {entry.code: entry for entry in changed.votes}
    for entry in scheme.votes:
        if entry.code in untold.groups:
            yield from _weighed(entry, after[entry.code], variation)
        if entry.code in untold.rates:
            yield from _measured(entry, after[entry.code], variation)
    if scheme.cadre_grading.vote_item in untold.rates:
        yield from (name for name in CADRE_SHARES if name in variation.settings)


def _weighed(entry: Evaluation | CadreItem, after: Evaluation | CadreItem, variation: Variation) -> Iterator[str]:
    if after.groups != entry.groups:
        yield GROUPS
    if {name for name, _weight in after.groups} & set(variation.without):
        yield WITHOUT


def _measured(entry: Evaluation | CadreItem, after: Evaluation | CadreItem, variation: Variation) -> Iterator[str]:
    """Its points, also as the share of others left out; what a grade is worth."""
    points, votes = (EVALUATIONS, TEAM_VOTES) if isinstance(entry, Evaluation) else (ITEMS, CADRE_VOTES)
    if points in variation.settings and (after.points != entry.points or variation.without):
        yield points
    yield from (name for name in votes if name in variation.settings)
