"""提拔资格审查: candidates as the results stand now, and as they were stored when they were checked (RULES U1)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from assessment.models import AssessmentYear
from cadres.models import Cadre
from cadres.selectors.discipline import documents_in_force
from rewards.models import Appeal, Certificate, PromotionCandidate, PromotionCheck
from rewards.rules import Eligibility, Obstacle, ObstacleCode, check_promotion
from rewards.selectors.history import History, HistoryYear, annual_grades, cadre_histories, people_listed
from scoring.results import current_result


@dataclass(frozen=True)
class CheckedYear:
    """One year asked, as it is stored; `score` as text of 2 decimals, blank where unknown."""

    year: int
    grade: str | None = None
    not_graded: str = ""
    rank_county: int | None = None
    ranked: int | None = None
    score: str = ""
    township: str = ""
    post: str = ""
    imported: bool = False
    suggested: bool = False


@dataclass(frozen=True)
class CandidateContent:
    """What was shown of a candidate: years ascending, what stands against it, and what does not but should be known.

    `documents`: disciplinary records in force on the day; `appeals`: years with a review that is not decided.
    """

    township: str
    post: str
    years: tuple[CheckedYear, ...]
    obstacles: tuple[Obstacle, ...]
    documents: str = ""
    appeals: tuple[int, ...] = ()

    @property
    def excellent(self) -> int:
        return sum(entry.grade == "优秀" for entry in self.years)

    @property
    def suggested(self) -> tuple[int, ...]:
        """Years whose grade nobody has decided."""
        return tuple(entry.year for entry in self.years if entry.suggested)

    @property
    def unknown(self) -> tuple[int, ...]:
        """Years with neither a grade nor a reason for none."""
        return tuple(entry.year for entry in self.years if not entry.grade and not entry.not_graded)

    @property
    def stated(self) -> tuple[tuple[int, str | None, str, bool], ...]:
        """What a certificate rests on."""
        return tuple((entry.year, entry.grade, entry.not_graded, entry.suggested) for entry in self.years)

    def to_plain(self) -> dict[str, Any]:
        """For a JSON column."""
        return asdict(self)


@dataclass(frozen=True)
class Candidate:
    """A person as checked now."""

    cadre: Cadre
    eligibility: Eligibility
    content: CandidateContent


def content_from(plain: Mapping[str, Any]) -> CandidateContent:
    """The inverse of `to_plain`."""
    obstacles = (Obstacle(**{**one, "code": ObstacleCode(one["code"])}) for one in plain["obstacles"])
    return CandidateContent(
        **{
            **plain,
            "years": tuple(CheckedYear(**entry) for entry in plain["years"]),
            "obstacles": tuple(obstacles),
            "appeals": tuple(plain["appeals"]),
        }
    )


def promotion_years(year: AssessmentYear) -> int:
    """How many years up to this one are asked: 提拔年数 of its scheme."""
    return current_result(year).scheme.follow_up.promotion_years


def promotion_eligibility(*, year: AssessmentYear, numbers: Sequence[str]) -> tuple[Eligibility, ...]:
    """These people, in the order given, by the grades in force: decided, else suggested."""
    return _eligibility(year, numbers, _history(year, numbers))


def promotion_candidates(*, year: AssessmentYear, numbers: Sequence[str]) -> list[Candidate]:
    """These people with all that a check shows, in the order given; who does not exist is left out."""
    people = {cadre.number: cadre for cadre in people_listed(numbers)}
    history = _history(year, people)
    today = timezone.localdate()
    documents, appeals = documents_in_force(first=today, last=today), _open_appeals(people)
    known = [number for number in dict.fromkeys(numbers) if number in people]
    return [
        Candidate(
            people[found.number],
            found,
            _content(people[found.number], found, history.get(found.number, ()), documents, appeals),
        )
        for found in _eligibility(year, known, history)
    ]


def checks_of(year: AssessmentYear) -> QuerySet[PromotionCheck]:
    """The latest first, with their candidates and how many are eligible. Three queries."""
    eligible = Count("candidates", filter=Q(candidates__eligible=True))
    checks = year.promotion_checks.annotate(eligible_count=eligible).order_by("-id")
    return checks.select_related("entered_by").prefetch_related("candidates__cadre")


def certificates_of(check: PromotionCheck) -> dict[int, list[Certificate]]:
    """Candidate key → certificates, the latest first. One query."""
    found: dict[int, list[Certificate]] = {}
    certificates = Certificate.objects.filter(candidate__check_of=check).select_related("revocation", "candidate")
    for certificate in certificates:
        found.setdefault(certificate.candidate_id, []).append(certificate)
    return found


def candidates_ordered(check: PromotionCheck) -> list[PromotionCandidate]:
    """The eligible by U1, then the others as they were named."""
    candidates = check.candidates.select_related("cadre")
    return sorted(candidates, key=lambda one: (one.order is None, one.order or 0, one.pk))


def _history(year: AssessmentYear, numbers: Collection[str]) -> History:
    since = year.number - promotion_years(year) + 1
    return cadre_histories(until=year.number, since=since, numbers=numbers)


def _eligibility(year: AssessmentYear, numbers: Sequence[str], history: History) -> tuple[Eligibility, ...]:
    grades = annual_grades(history, numbers)
    return check_promotion(grades, year=year.number, years=promotion_years(year))


def _open_appeals(numbers: Collection[str]) -> dict[str, tuple[int, ...]]:
    """Of the persons themselves. One query."""
    found: dict[str, tuple[int, ...]] = {}
    undecided = Appeal.objects.filter(Q(decision=None), cadre__number__in=numbers).order_by("year__number")
    for number, year in undecided.values_list("cadre__number", "year__number"):
        found[number] = (*found.get(number, ()), year)
    return found


def _content(
    cadre: Any,
    found: Eligibility,
    history: Sequence[HistoryYear],
    documents: Mapping[int, str],
    appeals: Mapping[str, tuple[int, ...]],
) -> CandidateContent:
    known = {entry.annual.year: _checked_year(entry) for entry in history}
    years = tuple(known.get(entry.year, CheckedYear(entry.year)) for entry in found.years)
    held = cadre.held[0] if cadre.held else None
    latest = next((entry for entry in reversed(years) if entry.township), CheckedYear(0))
    return CandidateContent(
        township=held.township.name if held else latest.township,
        post=" / ".join(one.post.name for one in cadre.held) if held else latest.post,
        years=years,
        obstacles=found.obstacles,
        documents=documents.get(cadre.pk, ""),
        appeals=appeals.get(cadre.number, ()),
    )


def _checked_year(entry: HistoryYear) -> CheckedYear:
    annual = entry.annual
    return CheckedYear(
        year=annual.year,
        grade=str(annual.grade) if annual.grade else None,
        not_graded=annual.not_graded,
        rank_county=annual.rank_county,
        ranked=annual.ranked,
        score="" if entry.score is None else str(entry.score),
        township=entry.township,
        post=entry.post,
        imported=entry.assessment is None,
        suggested=entry.suggested_only,
    )
