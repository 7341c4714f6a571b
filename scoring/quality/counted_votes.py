"""The votes of a year that its page of quality may speak of: those of small groups are left out before anything else.

What is left is what the office may read group by group; a sum over it gives no hidden group away.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessment.counts import groups_hidden
from assessment.scheme import CadreItem, Evaluation, VoteRule, WeightedShare
from cadres.templatetags.labels import term
from scoring.addresses import SubjectAddresses
from scoring.engine import Counts, Tallies, YearResult

FIRST_GRADE = tuple(map(Fraction, (1, 0, 0, 0)))


@dataclass(frozen=True)
class SubjectVotes:
    """One subject's votes in one evaluation, by voter group, none where all are too small; `unit` is the township of
    its voters."""

    line: Evaluation | CadreItem
    name: str
    unit: str
    href: str
    rule: VoteRule
    groups: Mapping[str, Counts]

    @property
    def cast(self) -> int:
        return sum(counts.valid + counts.abstain for counts in self.groups.values())

    @property
    def abstain(self) -> int:
        return sum(counts.abstain for counts in self.groups.values())

    @property
    def label(self) -> str:
        return f"{self.line.code} {term(self.line.name)}"


def votes_of_year(result: YearResult, year: int) -> list[SubjectVotes]:
    """Evaluations of teams, then of graded cadres, in the scheme's order."""
    return [*_of_teams(result, year), *_of_cadres(result, year)]


def _of_teams(result: YearResult, year: int) -> Iterator[SubjectVotes]:
    address, scheme = SubjectAddresses("team", year).line, result.scheme
    for line in scheme.evaluations:
        for team in result.teams:
            code, tallies = team.input.code, team.input.tallies
            if line.code in tallies:
                groups, href = groups_shown(tallies, line.code), address(code, line.code)
                yield SubjectVotes(line, team.input.name, code, href, scheme.team_votes, groups)


def _of_cadres(result: YearResult, year: int) -> Iterator[SubjectVotes]:
    address, scheme = SubjectAddresses("cadre", year).line, result.scheme
    for item in scheme.cadre_items:
        for cadre in result.cadres:
            person, tallies = cadre.input, cadre.input.tallies
            if item.code in tallies and cadre.graded and not item.is_work:
                groups, name = groups_shown(tallies, item.code), f"{person.name} ({person.number})"
                href = address(person.number, item.code)
                yield SubjectVotes(item, name, person.township, href, scheme.cadre_votes, groups)


def groups_shown(tallies: Tallies, code: str) -> dict[str, Counts]:
    """The voter groups of one evaluation of one subject whose votes may be spoken of."""
    voted = {name: counts for name, counts in tallies.get(code, {}).items() if counts.valid or counts.abstain}
    hidden = groups_hidden({name: counts.valid for name, counts in voted.items()})
    return {name: counts for name, counts in voted.items() if name not in hidden}


def grade_values(rule: VoteRule) -> tuple[Fraction, ...]:
    """What a vote for each grade adds to a share: its coefficient (E1), or whether it is the first grade (E2)."""
    return rule.coefficients if isinstance(rule, WeightedShare) else FIRST_GRADE


def share_of(counts: Counts, rule: VoteRule) -> Fraction:
    """Of a group that somebody graded; cut to 0 … 1."""
    earned = sum((value * count for value, count in zip(grade_values(rule), counts.grades, strict=True)), Fraction(0))
    return max(Fraction(0), min(earned / counts.valid, Fraction(1)))
