"""Closest exchanges in words: with whom, by how many ballots; and when that is told to nobody (docs/anonymity.md)."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from assessment.counts import SMALL_GROUP
from scoring.addresses import SubjectAddresses
from scoring.engine import CadreResult, ShareDerivation, TeamResult, YearResult
from scoring.stability import Flip, SubjectStability

FlipOf = Callable[[SubjectStability], Flip | None]


class FlipWords:
    """Of a year's teams or of its cadres."""

    def __init__(self, names: dict[str, str], few: frozenset[str], addresses: SubjectAddresses) -> None:
        """`few` are those about whom a voter group gave fewer votes than the small-group rule asks for."""
        self._names, self._few, self._page = names, few, addresses.page

    def told(self, one: SubjectStability, flip: Flip | None) -> Flip | None:
        """The exchange, unless it would tell something of so few ballots."""
        return None if flip is None or self.hides(one, flip) else flip

    def hides(self, one: SubjectStability, flip: Flip | None) -> bool:
        """Whether there is one that is not told."""
        return flip is not None and not self._few.isdisjoint({one.code, flip.other})

    def name(self, code: str) -> str:
        """Of a township or a cadre."""
        return self._names[code]

    def page(self, code: str) -> str:
        """The address of its result."""
        return self._page(code)

    def text(self, one: SubjectStability, flip: Flip | None) -> str:
        """“3 · 云溪镇”, or empty where there is none."""
        if flip is None:
            return ""
        if self.hides(one, flip):
            return _("not told")
        return _("%(ballots)s · %(name)s") % {"ballots": flip.ballots, "name": self.name(flip.other)}


def team_flips(result: YearResult, year: int) -> FlipWords:
    """For the teams of a year."""
    few = frozenset(team.input.code for team in result.teams if _few_votes(team))
    return FlipWords({team.input.code: team.input.name for team in result.teams}, few, SubjectAddresses("team", year))


def cadre_flips(result: YearResult, year: int) -> FlipWords:
    """For the cadres of a year."""
    few = frozenset(cadre.input.number for cadre in result.cadres if _few_votes(cadre))
    names = {cadre.input.number: cadre.input.name for cadre in result.cadres}
    return FlipWords(names, few, SubjectAddresses("cadre", year))


def _few_votes(subject: TeamResult | CadreResult) -> bool:
    derived = (line.derivation for line in subject.lines)
    groups = (group for one in derived if isinstance(one, ShareDerivation) for group in one.groups)
    return any(0 < group.counts.valid < SMALL_GROUP for group in groups)
