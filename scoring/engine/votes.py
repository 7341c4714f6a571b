"""Lines by votes: the counts of the voter groups in, points with their derivation out (RULES 1.2, E1 to E4)."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from operator import mul

from assessment.scheme import Bands, CadreItem, EmptyGroup, Evaluation, VoteRule, WeightedShare

from .arithmetic import Ratio, common_denominator, over
from .derivations import GroupShare, ShareDerivation
from .findings import MissingCode
from .inputs import Counts

Groups = Mapping[str, Counts]
Problem = tuple[MissingCode, str]
"""What is missing and in which voter group ('' = the evaluation as a whole)."""

ONE = Fraction(1)
NONE = Fraction(0)


class VoteScale:
    """One vote rule made ready for many tallies: the coefficients stand as whole numbers over one denominator."""

    def __init__(self, rule: VoteRule, empty_group: EmptyGroup) -> None:
        """Prepare the rule of a year's teams, or of its cadres."""
        self.rule = rule
        self.empty_group = empty_group
        self.clause = "E2" if isinstance(rule, Bands) else "E1"
        coefficients = rule.coefficients if isinstance(rule, WeightedShare) else ()
        self._denominator = common_denominator(coefficients)
        self._numerators = [over(self._denominator, coefficient) for coefficient in coefficients]

    def derive(self, entry: Evaluation | CadreItem, recorded: Groups) -> ShareDerivation | list[Problem]:
        """The points of one evaluation, or everything that keeps them from being computed (A3)."""
        groups = self._groups(entry, recorded)
        if isinstance(groups, list):
            return groups
        empty = [group.name for group in groups if group.rate_ratio is None]
        if empty:
            weighted = _renormalised(groups) if self.empty_group is EmptyGroup.RENORMALISE else None
            if weighted is None:
                return [(MissingCode.NO_VALID_VOTE, name) for name in empty]
            groups = weighted
        return ShareDerivation(self.rule, groups, self.empty_group, entry.points, _rate(groups))

    def _groups(self, entry: Evaluation | CadreItem, recorded: Groups) -> tuple[GroupShare, ...] | list[Problem]:
        """E3: with weights exactly those groups; without, all that is recorded as categories of one group."""
        if not recorded:
            return [(MissingCode.NO_TALLY, "")]
        if not entry.groups:
            return (self._share("", recorded, ONE),)
        absent = [(MissingCode.NO_GROUP, name) for name, _ in entry.groups if name not in recorded]
        if absent:
            return absent
        return tuple(self._share(name, {name: recorded[name]}, weight) for name, weight in entry.groups)

    def _share(self, name: str, recorded: Groups, weight: Fraction) -> GroupShare:
        counts = _added(recorded.values()) if len(recorded) > 1 else next(iter(recorded.values()))
        votes = sum(counts.grades)
        if not votes:
            return GroupShare(name, recorded, counts, weight, weight, None, None)
        if isinstance(self.rule, Bands):
            rate, overridden = _band(self.rule, counts, votes)
            return GroupShare(name, recorded, counts, weight, weight, (counts.grades[0], votes), rate, overridden)
        share = sum(map(mul, self._numerators, counts.grades)), self._denominator * votes  # E1: Σ c·count ÷ Σ count
        return GroupShare(name, recorded, counts, weight, weight, share, share)


def _band(bands: Bands, counts: Counts, votes: int) -> tuple[Ratio, bool]:
    low = Fraction(counts.grades[2] + counts.grades[3], votes)
    rate, overridden = band_rate(bands, Fraction(counts.grades[0], votes), low)
    return rate.as_integer_ratio(), overridden


def band_rate(bands: Bands, share: Fraction, low: Fraction) -> tuple[Fraction, bool]:
    """E2: the rate of the highest row that the share reaches (0 under every row), and whether the override held."""
    above_zero = [minimum for minimum, _ in bands.rows if minimum > 0]
    if bands.low_override and above_zero and share < min(above_zero):
        least_low, rate = bands.low_override
        if low >= least_low:
            return rate, True
    return next((rate for minimum, rate in bands.rows if share >= minimum), NONE), False


def _added(counts: Iterable[Counts]) -> Counts:
    """The votes of all categories together (E3)."""
    *grades, abstain = map(sum, zip(*((*one.grades, one.abstain) for one in counts), strict=True))
    return Counts((grades[0], grades[1], grades[2], grades[3]), abstain)


def _renormalised(groups: tuple[GroupShare, ...]) -> tuple[GroupShare, ...] | None:
    """E4: the weight of empty groups goes to the others in proportion; None where nothing is left to take it."""
    left = sum((group.weight for group in groups if group.rate_ratio), NONE)
    if not left:
        return None
    return tuple(group._replace(used=group.weight / left if group.rate_ratio else NONE) for group in groups)


def _rate(groups: tuple[GroupShare, ...]) -> Ratio:
    """Σ weight·rate over the groups with a valid vote."""
    if len(groups) == 1 and groups[0].rate_ratio:
        return groups[0].rate_ratio
    return sum((group.used * group.rate for group in groups if group.rate is not None), NONE).as_integer_ratio()
