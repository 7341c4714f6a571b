"""What the bonus of a year follows from beside grades: the posts, who moved within the year, stated vacancies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assessment.models import AssessmentYear
from cadres.models import Appointment
from rewards.rules import BonusPost
from rewards.selectors.bonus import AwardRow, bonus_posts


@dataclass(frozen=True)
class Move:
    """A transfer within the year: the township left, and the last day there (RULES C4)."""

    township: str
    last_day: date


@dataclass(frozen=True)
class Circumstances:
    """`moves` by personnel number; `vacancies` by township code and post: the reason stated."""

    posts: tuple[BonusPost, ...]
    moves: dict[str, Move]
    vacancies: dict[tuple[str, str], str]

    @property
    def principal_posts(self) -> frozenset[str]:
        """The names of the posts that have a principal's share each (RULES B2)."""
        return frozenset(post.name for post in self.posts if post.principal and post.in_bonus)


def bonus_circumstances(*, year: AssessmentYear, rows: Sequence[AwardRow]) -> Circumstances:
    """For the cadres of these awards. Three queries."""
    shares = (share for row in rows for share in row.shares)
    townships = {share.cadre.input.number: share.cadre.input.township for share in shares if share.cadre}
    vacancies = year.vacancies.values_list("township__code", "post__name", "reason")
    return Circumstances(
        posts=tuple(bonus_posts(year)),
        moves=_moves(year, townships),
        vacancies={(township, post): reason for township, post, reason in vacancies},
    )


def _moves(year: AssessmentYear, townships: dict[str, str]) -> dict[str, Move]:
    """The last township left within the year, of those who are assessed in another one."""
    left = Appointment.objects.filter(end__year=year.number, cadre__number__in=list(townships))
    rows = left.order_by("end").values_list("cadre__number", "township__code", "township__name", "end")
    return {
        number: Move(name, end) for number, code, name, end in rows if end is not None and townships[number] != code
    }
