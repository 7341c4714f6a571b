"""The ranking of departments (RULES Y6): what townships say about their service, beside the scores and part of none.

The share of each of the three questions comes from the vote rule of teams, by the engine; a department's score is 100
times their mean, rounded once; places are those of the one place function.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessment.models import AssessmentYear
from assessment.numbers import round_half_up
from assessment.scheme import Evaluation, Scheme
from assessment.selectors.box import democratic
from assessment.selectors.year import scheme_current
from assessment.sheets import SERVICE_QUESTIONS
from cadres.models import Department
from cadres.templatetags.labels import term
from scoring.engine import Counts, Rank, ShareDerivation, competition_places
from scoring.engine.votes import VoteScale
from scoring.sight import Sight

FULL = Fraction(100)

Groups = dict[str, Counts]


@dataclass(frozen=True)
class DepartmentShare:
    """One question about a department: its derivation (full = 100), or None where it cannot be computed (A3, E4)."""

    code: str
    name: str
    derivation: ShareDerivation | None
    votes: Counts | None

    @property
    def points(self) -> Fraction | None:
        return self.derivation.unrounded if self.derivation else None


@dataclass(frozen=True)
class DepartmentScore:
    """A department in the ranking; `score` and `rank` are None where a question cannot be computed.

    `shares` are S1 to S3; `democratic` is its own staff's evaluation, where it had a box: shown, never ranked.
    """

    code: str
    name: str
    shares: tuple[DepartmentShare, ...]
    score: Decimal | None
    democratic: DepartmentShare | None
    rank: Rank | None = None


@dataclass(frozen=True)
class DepartmentRow:
    """A department as somebody is shown it: None where too few votes would tell who voted how."""

    code: str
    name: str
    shares: tuple[tuple[str, Fraction | None, Counts | None], ...]
    score: Decimal | None
    rank: Rank | None
    democratic: Fraction | None
    hidden: bool


def departments_ranked(year: AssessmentYear) -> list[DepartmentScore]:
    """All departments with votes, best first, those without a score last. Three queries."""
    scheme = scheme_current(year)
    scores = _scores(year, scheme)
    keys = {score.code: score.score for score in scores if score.score is not None}
    places = competition_places(keys)
    ranked = [_placed(score, places.get(score.code)) for score in scores]
    return sorted(ranked, key=lambda score: (score.rank is None, score.rank.place if score.rank else 0))


def department_rows(scores: list[DepartmentScore], sight: Sight) -> list[DepartmentRow]:
    return [_row(score, sight) for score in scores]


def question_names() -> list[tuple[str, str]]:
    return [(code, term(name)) for code, name in SERVICE_QUESTIONS]


def _scores(year: AssessmentYear, scheme: Scheme) -> list[DepartmentScore]:
    tallies = _tallies(year)
    scale = VoteScale(scheme.team_votes, scheme.empty_group)
    of_staff = democratic(scheme.evaluations)
    departments = Department.objects.filter(pk__in=tallies).values_list("pk", "code", "name")
    return [_score(code, name, tallies[pk], scale, of_staff.code if of_staff else "") for pk, code, name in departments]


def _tallies(year: AssessmentYear) -> Mapping[int, dict[str, Groups]]:
    found: dict[int, dict[str, Groups]] = defaultdict(lambda: defaultdict(dict))
    fields = ("department_id", "evaluation", "group", "first", "second", "third", "fourth", "abstain")
    for department, evaluation, group, *grades, abstain in (
        year.tallies.filter(department__isnull=False).order_by().values_list(*fields)
    ):
        first, second, third, fourth = grades
        found[department][evaluation][group] = Counts((first, second, third, fourth), abstain)
    return found


def _score(
    code: str, name: str, tallies: Mapping[str, Groups], scale: VoteScale, democratic_code: str
) -> DepartmentScore:
    shares = tuple(_share(question, word, tallies, scale) for question, word in SERVICE_QUESTIONS)
    points = [share.points for share in shares]
    known = [part for part in points if part is not None]
    score = round_half_up(sum(known, Fraction(0)) / len(known)) if len(known) == len(points) else None
    staff = _share(democratic_code, "", tallies, scale) if democratic_code in tallies else None
    return DepartmentScore(code, name, shares, score, staff)


def _share(code: str, name: str, tallies: Mapping[str, Groups], scale: VoteScale) -> DepartmentShare:
    """All voter groups of it are categories of one group: departments have no weights (E3)."""
    groups = tallies.get(code, {})
    derived = scale.derive(Evaluation(code, name, FULL), groups)
    if isinstance(derived, ShareDerivation):
        return DepartmentShare(code, name, derived, derived.groups[0].counts)
    return DepartmentShare(code, name, None, next(iter(groups.values()), None))


def _placed(score: DepartmentScore, rank: Rank | None) -> DepartmentScore:
    return DepartmentScore(score.code, score.name, score.shares, score.score, score.democratic, rank)


def _row(score: DepartmentScore, sight: Sight) -> DepartmentRow:
    """One small question hides the whole row: mean and the other two would give it away. What its own staff said in a
    ballot box is shown of a small group to nobody."""
    hidden = not all(_shown(share, sight) for share in score.shares)
    shares = tuple(
        (share.code, None if hidden else share.points, share.votes if sight.counts else None) for share in score.shares
    )
    staff = score.democratic.points if score.democratic and _shown(score.democratic, Sight(counts=False)) else None
    shown = (None, None) if hidden else (score.score, score.rank)
    return DepartmentRow(score.code, score.name, shares, *shown, democratic=staff, hidden=hidden)


def _shown(share: DepartmentShare, sight: Sight) -> bool:
    return share.derivation is None or bool(sight.shows(share.derivation.groups))
