"""The bonus of a year as it stands: grades in force, the split, the remedy chosen, what was confirmed (RULES 6)."""

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q

from assessment.models import AssessmentYear
from assessment.scheme import BonusTerms
from cadres.models import Post
from rewards.models import BonusConfirmation, BonusDecision, BonusPayment, BonusRemedy
from rewards.rules import (
    BonusCadre,
    BonusError,
    BonusPost,
    BonusResult,
    BonusTeam,
    PersonShare,
    Remedy,
    TeamAward,
    split_bonus,
)
from rewards.selectors.grade import GradeInForce, Grades, grades_in_force
from scoring.engine import CadreGrade, CadreResult, TeamGrade, TeamResult, YearResult
from scoring.results import current_result


@dataclass(frozen=True)
class YearBonus:
    """`plain` is the split before any remedy, `split` the one in force. Both None: the year is not computable.

    `shares_exceed`: the county's principal posts take more than a whole award, so nothing can be split (B2).
    """

    year: AssessmentYear
    result: YearResult
    grades: Grades
    decision: BonusDecision | None
    plain: BonusResult | None
    split: BonusResult | None
    shares_exceed: bool = False

    @property
    def remedied(self) -> bool:
        """Whether a remedy changed something."""
        return self.split is not None and self.split != self.plain

    @property
    def undecided(self) -> tuple[int, int]:
        """How many teams and how many cadres of awarded teams count by a suggested grade: none was decided."""
        if self.split is None:
            return 0, 0
        teams = sum(grade.stands_by_suggestion for grade in self.grades.teams.values())
        named = {share.number for team in self.split.teams if team.award for share in team.shares if share.number}
        return teams, sum(self.grades.cadres[number].stands_by_suggestion for number in named)

    @property
    def needs_remedy(self) -> bool:
        """B5: nothing can be confirmed until the office chooses."""
        return self.split is not None and self.split.exceeds_pool


@dataclass(frozen=True)
class ShareRow:
    """One share with the cadre it is meant for, if any."""

    share: PersonShare
    cadre: CadreResult | None
    grade: GradeInForce | None


@dataclass(frozen=True)
class AwardRow:
    """One team's award with everything a page shows beside it; `before` is the award without the remedy.

    `outside` are the members of an awarded team whose posts have no share in the bonus.
    """

    team: TeamResult
    grade: GradeInForce
    award: TeamAward
    before: TeamAward
    shares: tuple[ShareRow, ...]
    outside: tuple[CadreResult, ...] = ()


def year_bonus(*, year: AssessmentYear, result: YearResult | None = None, grades: Grades | None = None) -> YearBonus:
    """Three queries beside the result. Both may be given: what the bonus would be is asked before a review decides."""
    result = result or current_result(year)
    grades = grades or grades_in_force(year=year, result=result)
    decision = BonusDecision.objects.filter(year=year).order_by("-number").first()
    if not result.computable:
        return YearBonus(year, result, grades, decision, None, None)
    try:
        plain = bonus_split(year=year, result=result, grades=grades, terms=result.scheme.bonus)
    except BonusError:
        return YearBonus(year, result, grades, decision, None, None, shares_exceed=True)
    if decision is None or not plain.exceeds_pool:
        return YearBonus(year, result, grades, decision, plain, plain)
    split = _with_remedy(year, result, grades, BonusRemedy(decision.remedy), decision.pool)
    return YearBonus(year, result, grades, decision, plain, split)


def bonus_split(
    *,
    year: AssessmentYear,
    result: YearResult,
    grades: Grades,
    terms: BonusTerms,
    remedy: Remedy | None = None,
) -> BonusResult:
    """The split of a computable year. One query. Raises BonusError."""
    return split_bonus(terms, _teams(result, grades), _cadres(result, grades), bonus_posts(year), remedy)


def bonus_previews(bonus: YearBonus, *, raised: Decimal | None = None) -> dict[BonusRemedy, BonusResult]:
    """What each remedy would come to. Without `raised`, the pool is raised to the sum of the awards."""
    if bonus.plain is None:
        return {}
    pool = raised or bonus.plain.awards
    return {remedy: _with_remedy(bonus.year, bonus.result, bonus.grades, remedy, pool) for remedy in BonusRemedy}


def award_rows(bonus: YearBonus) -> list[AwardRow]:
    """The teams with a place among the outstanding, those included whom the reductions leave nothing; by place."""
    if bonus.split is None or bonus.plain is None:
        return []
    rows = [
        _award_row(bonus, before, after)
        for before, after in zip(bonus.plain.teams, bonus.split.teams, strict=True)
        if before.place is not None
    ]
    return sorted(rows, key=lambda row: (row.before.place or 0, row.team.input.order, row.team.input.code))


def confirmation_latest(year: AssessmentYear) -> BonusConfirmation | None:
    confirmations = BonusConfirmation.objects.filter(year=year).select_related("confirmed_by", "decision")
    return confirmations.order_by("-number").first()


def confirmation_agrees(confirmation: BonusConfirmation, bonus: YearBonus) -> bool:
    """Whether the confirmed rows are the split in force, to the cent and the reason. Two queries."""
    if bonus.split is None:
        return False
    awards = confirmation.awards_by_team.values_list("township__code", "place", "award", "odd_cents")
    payments = BonusPayment.objects.filter(award__confirmation=confirmation)
    fields = ("award__township__code", "cadre__number", "post", "state", "reason", "amount")
    confirmed = Counter(payments.values_list(*fields).order_by())
    now = Counter(
        (team.team, share.number or None, share.post, str(share.state), str(share.reason or ""), share.amount)
        for team in bonus.split.teams
        for share in team.shares
    )
    teams = {(team.team, team.place, team.award, team.odd_cents) for team in bonus.split.teams if team.award}
    return confirmation.pool == bonus.split.pool and set(awards.order_by()) == teams and confirmed == now


def _with_remedy(
    year: AssessmentYear, result: YearResult, grades: Grades, remedy: BonusRemedy, pool: Decimal | None
) -> BonusResult:
    terms = result.scheme.bonus
    if remedy == BonusRemedy.RAISE:
        terms = replace(terms, pool=Fraction(pool or 0))
        return bonus_split(year=year, result=result, grades=grades, terms=terms)
    return bonus_split(year=year, result=result, grades=grades, terms=terms, remedy=Remedy(remedy.value))


def _teams(result: YearResult, grades: Grades) -> list[BonusTeam]:
    return [
        BonusTeam(
            code=team.input.code,
            rank=team.rank,
            grade=TeamGrade(grade) if (grade := grades.teams[team.input.code].grade) else None,
            vetoed=team.vetoed,
        )
        for team in result.teams
    ]


def _cadres(result: YearResult, grades: Grades) -> list[BonusCadre]:
    return [
        BonusCadre(
            number=cadre.input.number,
            township=cadre.input.township,
            post=cadre.input.post,
            grade=CadreGrade(grade) if cadre.graded and (grade := grades.cadres[cadre.input.number].grade) else None,
            second_post=cadre.input.second_post,
        )
        for cadre in result.cadres
    ]


def bonus_posts(year: AssessmentYear) -> list[BonusPost]:
    """The posts in use, and those the year's roster still names. One query."""
    named = Q(pk__in=year.roster.values("post")) | Q(pk__in=year.roster.values("second_post"))
    posts = Post.objects.filter(Q(is_active=True) | named).values_list("name", "is_principal", "in_bonus")
    return [BonusPost(name, principal, in_bonus) for name, principal, in_bonus in posts]


def _award_row(bonus: YearBonus, before: TeamAward, after: TeamAward) -> AwardRow:
    named = {share.number for share in after.shares}
    members = [cadre for cadre in bonus.result.cadres if cadre.input.township == after.team]
    return AwardRow(
        team=bonus.result.team(after.team),
        grade=bonus.grades.teams[after.team],
        award=after,
        before=before,
        shares=tuple(
            ShareRow(
                share=share,
                cadre=bonus.result.cadre(share.number) if share.number else None,
                grade=bonus.grades.cadres.get(share.number),
            )
            for share in after.shares
        ),
        outside=tuple(cadre for cadre in members if after.award and cadre.input.number not in named),
    )
