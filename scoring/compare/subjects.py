"""What is compared, alike for cadres and teams: subjects with what each year came to."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.functional import Promise

from scoring.engine import Rank
from scoring.selectors.compared import SeenYear
from scoring.standing import rate

Words = str | Promise


@dataclass(frozen=True)
class ComparedRanking:
    """A ranking by its name: who stands in it, and in which group of it, is said by each subject's `Standing`."""

    code: str
    label: Words
    clause: str


@dataclass(frozen=True)
class Standing:
    """Where a subject stands in one ranking of a year, within `group`; without a rank `reason` says why."""

    group: str
    group_name: str
    rank: Rank | None
    reason: str = ""


@dataclass(frozen=True)
class LinePoints:
    """A line of a subject: points out of `out_of`, where they are explained, what has to be said beside them.

    `is_sum` marks a block's sum; `is_axis` what a radar shows.
    """

    code: str
    name: str
    out_of: Fraction
    points: Decimal | None
    href: str = ""
    note: str = ""
    is_sum: bool = False
    is_axis: bool = True

    @property
    def rate(self) -> Fraction | None:
        """The rate of the full points (RULES P6)."""
        return rate(self.points, self.out_of)


@dataclass(frozen=True)
class SubjectYear:
    """A subject's year. `where` is township and post of a cadre; `remark` why there is no score.

    `grade` is the decided one where `is_decided`, else the suggested one.
    """

    where: str
    total: Decimal | None
    out_of: Fraction
    standings: Mapping[str, Standing]
    lines: tuple[LinePoints, ...]
    grade: str
    is_decided: bool
    href: str
    remark: str = ""

    @property
    def rate(self) -> Fraction | None:
        """The rate of the full points (RULES P6)."""
        return rate(self.total, self.out_of)


@dataclass(frozen=True)
class Subject:
    """A cadre or team. `key` is the personnel number or township code, `label` what it is called on this page;
    `detail` tells homonyms apart; `href` leads to all its years."""

    key: str
    name: str
    label: str
    detail: str
    href: str
    years: Mapping[int, SubjectYear]
    absent: Words

    def standing(self, year: int, ranking: str) -> Standing:
        """Where it stands, or why it does not."""
        found = self.years.get(year)
        return found.standings[ranking] if found else Standing("", "", None, str(self.absent))


@dataclass(frozen=True)
class Candidate:
    """One who can be chosen, told apart by `detail`."""

    key: str
    name: str
    detail: str

    def answers_to(self, text: str) -> bool:
        """Whether a search for `text` finds it by name or number."""
        return text.casefold() in self.name.casefold() or text.casefold() in self.key.casefold()


@dataclass(frozen=True)
class Kind:
    """Cadres, or teams: their parameter in the address, the rankings that hold them, where they are found."""

    code: str
    parameter: str
    address: str
    rankings: tuple[ComparedRanking, ...]
    subject: Callable[[str, Sequence[SeenYear]], Subject | None]
    candidates: Callable[[Sequence[SeenYear]], Iterable[Candidate]]
    offers_all: bool
    unknown: Words
