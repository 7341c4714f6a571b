"""Who rates a team or a cadre, side by side: masses, departments, leaders, assessors (RULES 1.2, 2, Y6).

Raters are lenient to different degrees, so each is measured against the county's mean of the same raters: they agree
where these differences lie within `AGREEMENT` of each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from assessment.models import SheetKind
from assessment.scheme import CadreItem, Evaluation, Scheme
from assessment.selectors.box import democratic
from assessment.sheets import cadre_evaluation, team_evaluation
from cadres.templatetags.labels import points, term
from scoring.addresses import SubjectAddresses
from scoring.engine import CadreResult, Rank, ScoreLine, TeamResult, YearResult, competition_places

AGREEMENT = Fraction(5, 100)
"""Of the full points: raters whose differences from their means lie within it agree."""


class Rater(StrEnum):
    """The four directions; a value is what the chart's table and drawing call it by."""

    MASSES = "masses"
    DEPARTMENTS = "departments"
    LEADERS = "leaders"
    ASSESSORS = "assessors"

    @property
    def label(self) -> str | Promise:
        """In the page's language."""
        return _LABELS[self]


_LABELS = {
    Rater.MASSES: pgettext_lazy("who rates", "Masses"),
    Rater.DEPARTMENTS: pgettext_lazy("who rates", "Departments"),
    Rater.LEADERS: pgettext_lazy("who rates", "County leaders"),
    Rater.ASSESSORS: pgettext_lazy("who rates", "Assessors"),
}


def team_raters(scheme: Scheme) -> dict[Rater, str]:
    """Whose votes make which evaluation of a team (its code): by the box and the sheets that fill it."""
    return _known(
        {
            Rater.MASSES: democratic(scheme.evaluations),
            Rater.DEPARTMENTS: team_evaluation(scheme, SheetKind.DEPARTMENT),
            Rater.LEADERS: team_evaluation(scheme, SheetKind.LEADER),
            Rater.ASSESSORS: team_evaluation(scheme, SheetKind.ASSESSOR),
        }
    )


def cadre_raters(scheme: Scheme) -> dict[Rater, str]:
    """Whose votes make which item of a cadre."""
    return _known(
        {
            Rater.MASSES: democratic(scheme.cadre_items),
            Rater.LEADERS: cadre_evaluation(scheme, SheetKind.LEADER),
            Rater.ASSESSORS: cadre_evaluation(scheme, SheetKind.ASSESSOR),
        }
    )


def _known(entries: Mapping[Rater, Evaluation | CadreItem | None]) -> dict[Rater, str]:
    return {rater: entry.code for rater, entry in entries.items() if entry is not None and entry.points}


@dataclass(frozen=True)
class Rating:
    """What one of the raters gave: rate of the full points, the county's mean rate, the place among all they rated.

    `rater` is None for the work result, which stands beside the ratings.
    """

    rater: Rater | None
    label: str
    name: str
    rate: Fraction
    mean: Fraction
    rank: Rank
    href: str

    @property
    def above(self) -> Fraction:
        """The difference from the county's mean, negative below it."""
        return self.rate - self.mean


@dataclass(frozen=True)
class Ratings:
    """All ratings of a subject in a year; `beside` is the work result of a cadre."""

    ratings: tuple[Rating, ...]
    beside: Rating | None = None

    @property
    def apart(self) -> Fraction | None:
        """How far the differences from the means lie apart; None where there is nothing to compare."""
        if len(self.ratings) < 2 or min(one.rank.ranked for one in self.ratings) < 2:
            return None
        differences = [one.above for one in self.ratings]
        return max(differences) - min(differences)

    @property
    def agree(self) -> bool:
        """Whether they lie within the limit."""
        return self.apart is not None and self.apart <= AGREEMENT

    @property
    def text(self) -> str:
        """In one sentence: where they agree and where they part; empty where there is nothing to compare."""
        if self.apart is None:
            return ""
        return _agreement(self) if self.agree else _parting(self)


def _agreement(ratings: Ratings) -> str:
    text = _(
        "They agree: measured against the county's mean of each, all lie within %(apart)s percentage points of each "
        "other (agreement reaches to %(limit)s)."
    )
    return text % {"apart": points(_percents(ratings.apart)), "limit": points(_percents(AGREEMENT))}


def _parting(ratings: Ratings) -> str:
    """Who is highest beside the own mean, who lowest."""
    text = _("They part by %(apart)s percentage points: %(high)s; %(low)s.")
    high = max(ratings.ratings, key=lambda one: one.above)
    low = min(ratings.ratings, key=lambda one: one.above)
    parts = {"high": _beside_mean(high), "low": _beside_mean(low)}
    return text % {"apart": points(_percents(ratings.apart)), **parts}


def _beside_mean(rating: Rating) -> str:
    above, below = _("%(rater)s %(points)s above their county mean"), _("%(rater)s %(points)s below their county mean")
    text = above if rating.above >= 0 else below
    return text % {"rater": rating.label, "points": points(_percents(abs(rating.above)))}


def _percents(share: Fraction | None) -> Fraction:
    return (share or Fraction(0)) * 100


def team_ratings(result: YearResult, team: TeamResult, year: int) -> Ratings:
    """The four directions of a team."""
    own, address = team.input.code, SubjectAddresses("team", year).line
    found = (
        _rating(rater, {other.input.code: other.line(code) for other in result.teams}, own, address(own, code))
        for rater, code in team_raters(result.scheme).items()
    )
    return Ratings(tuple(filter(None, found)))


def cadre_ratings(result: YearResult, cadre: CadreResult, year: int) -> Ratings:
    """The three directions of a cadre, and the work result beside them. None of who is not graded."""
    if not cadre.graded:
        return Ratings(())
    own, address = cadre.input.number, SubjectAddresses("cadre", year).line
    graded = [other for other in result.cadres if other.graded]

    def rating(rater: Rater | None, code: str) -> Rating | None:
        return _rating(rater, {other.input.number: other.line(code) for other in graded}, own, address(own, code))

    found = (rating(rater, code) for rater, code in cadre_raters(result.scheme).items())
    works = (rating(None, item.code) for item in result.scheme.cadre_items if item.is_work)
    return Ratings(tuple(filter(None, found)), next(works, None))


def _rating(rater: Rater | None, lines: Mapping[str, ScoreLine], own: str, href: str) -> Rating | None:
    """None where the line is not computable, or worth nothing."""
    line, known = lines[own], {key: other.points for key, other in lines.items() if other.points is not None}
    if line.points is None or not line.out_of:
        return None
    name = term(line.name)
    return Rating(
        rater=rater,
        label=str(rater.label) if rater else name,
        name=name,
        rate=Fraction(line.points) / line.out_of,
        mean=Fraction(sum(known.values())) / len(known) / line.out_of,
        rank=competition_places(known)[own],
        href=href,
    )
