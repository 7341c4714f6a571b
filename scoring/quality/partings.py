"""Where those who judge the same subject part most: voter groups (票别), and the four directions (RULES Y6)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from assessment.voters import group_text
from cadres.templatetags.labels import term
from scoring.addresses import SubjectAddresses
from scoring.engine import CadreResult, Counts, ScoreLine, TeamResult, YearResult
from scoring.quality.counted_votes import SubjectVotes, share_of
from scoring.quality.shown_share import ENDS, ShownShare, hundredfold, share_shown
from scoring.standing import rate

SHOWN = 10
"""Rows listed of each kind."""


@dataclass(frozen=True)
class Side:
    """Who gave how much."""

    name: str
    share: ShownShare

    @property
    def value(self) -> Fraction:
        """What differences are made of."""
        return self.share.value


@dataclass(frozen=True)
class Parting:
    """A subject and the two that part most over it."""

    subject: str
    label: str
    href: str
    low: Side
    high: Side

    @property
    def difference(self) -> Fraction:
        return self.high.value - self.low.value

    @property
    def text(self) -> str:
        """In percentage points; as a lower bound where a share stands for all beyond it."""
        number = hundredfold(self.difference, self.low.share.digits)
        at_end = not (self.low.share.told and self.high.share.told)
        return _("%(number)s or more") % {"number": number} if at_end else str(number)


def groups_parting(votes: Iterable[SubjectVotes]) -> list[Parting]:
    """Voter groups of one subject in one evaluation, the widest first."""
    return _widest(map(_of_groups, votes))


def _of_groups(subject: SubjectVotes) -> Parting | None:
    shown = {
        group_text(name): share
        for name, counts in subject.groups.items()
        if counts.valid and (share := share_shown(share_of(counts, subject.rule), counts.valid, ends=ENDS))
    }
    return _parting(subject.name, subject.label, subject.href, [Side(*pair) for pair in shown.items()])


def teams_parting(result: YearResult, year: int) -> list[Parting]:
    """The evaluations of one team by their points; of fewer than five votes none is named here."""
    codes, page = [entry.code for entry in result.scheme.evaluations], SubjectAddresses("team", year).page
    return _widest(_of_lines(team, team.input.name, codes, page(team.input.code)) for team in result.teams)


def cadres_parting(result: YearResult, year: int) -> list[Parting]:
    """The same of graded cadres."""
    codes = [item.code for item in result.scheme.cadre_items if not item.is_work]
    page = SubjectAddresses("cadre", year).page
    return _widest(
        _of_lines(cadre, f"{cadre.input.name} ({cadre.input.number})", codes, page(cadre.input.number))
        for cadre in result.cadres
        if cadre.graded
    )


def _of_lines(scored: TeamResult | CadreResult, name: str, codes: Iterable[str], href: str) -> Parting | None:
    sides = [side for code in codes if (side := _line_side(scored.line(code), scored.input.tallies.get(code, {})))]
    return _parting(name, "", href, sides)


def _line_side(line: ScoreLine, groups: Mapping[str, Counts]) -> Side | None:
    earned, votes = rate(line.points, line.out_of), sum(counts.valid for counts in groups.values())
    share = None if earned is None else share_shown(earned, votes, ends=ENDS, digits=1)
    return Side(term(line.name), share) if share else None


def _parting(name: str, label: str, href: str, sides: list[Side]) -> Parting | None:
    """None where nobody parts."""
    low, high = (end(sides, key=lambda side: side.value, default=None) for end in (min, max))
    return Parting(name, label, href, low, high) if low and high and low.value < high.value else None


def _widest(partings: Iterable[Parting | None]) -> list[Parting]:
    found = [parting for parting in partings if parting]
    return sorted(found, key=lambda parting: parting.difference, reverse=True)[:SHOWN]
