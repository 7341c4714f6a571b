"""The three rankings of cadres, declared once: whom, by what, grouped by what, in which columns (RULES P1 to P3).

Places come from the engine alone; here they are only put in order.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cadres.templatetags.labels import term
from scoring.cadre_columns import CadreColumns
from scoring.engine import CadreResult, Rank, YearResult
from scoring.tables import Column, Filter


@dataclass(frozen=True)
class Ranking:
    """`rank` is the place it is about; `group` the code of what it is made within, empty for the whole county.

    `heading` names the group above its rows.
    """

    code: str
    label: str | Promise
    lead: str | Promise
    clause: str
    whom: Callable[[CadreResult], bool]
    rank: Callable[[CadreResult], Rank | None]
    group: Callable[[CadreResult], str]
    columns: tuple[str, ...]
    heading: Callable[[CadreColumns], Callable[[CadreResult], str] | None] = lambda columns: None

    def subjects(self, result: YearResult) -> list[CadreResult]:
        """Whom it ranks: group by group, the places in order, then who has none (not graded, not computable)."""
        order = self._group_order(result)
        found = [cadre for cadre in result.cadres if self.whom(cadre)]
        return sorted(found, key=lambda cadre: (order[self.group(cadre)], *self._place(cadre)))

    def _group_order(self, result: YearResult) -> dict[str, int]:
        """Groups in the order in which teams and posts are listed: that of the roster."""
        codes = [team.input.code for team in result.teams] + [self.group(cadre) for cadre in result.cadres]
        return {code: position for position, code in enumerate(dict.fromkeys(codes))}

    def _place(self, cadre: CadreResult) -> tuple[int, int]:
        rank = self.rank(cadre)
        return (0, rank.place) if rank else (1, 0 if cadre.graded else 1)


PERSON_AND_SCORE = ("name", "number", "township", "post", "items", "total", "rate")

TOWNSHIP = Ranking(
    code="township",
    label=_("Ranking within the township"),
    lead=_("The deputies of one township among themselves."),
    clause="P1",
    whom=lambda cadre: not cadre.input.principal,
    rank=lambda cadre: cadre.in_township,
    group=lambda cadre: cadre.input.township,
    heading=lambda columns: columns.township_name,
    columns=("in_township", *PERSON_AND_SCORE, "in_post", "in_county", "grade"),
)
POST = Ranking(
    code="post",
    label=_("Ranking within the post"),
    lead=_("Everyone who holds the same post, across all townships."),
    clause="P2",
    whom=lambda cadre: True,
    rank=lambda cadre: cadre.in_post,
    group=lambda cadre: cadre.input.post,
    heading=lambda columns: columns.post_name,
    columns=("in_post", *PERSON_AND_SCORE, "in_township", "in_county", "grade"),
)
COUNTY = Ranking(
    code="county",
    label=_("Ranking of the county"),
    lead=_("All graded cadres of the county."),
    clause="P3",
    whom=lambda cadre: True,
    rank=lambda cadre: cadre.in_county,
    group=lambda cadre: "",
    columns=("in_county", *PERSON_AND_SCORE, "in_township", "in_post", "grade"),
)

RANKINGS = {ranking.code: ranking for ranking in (TOWNSHIP, POST, COUNTY)}


def ranking_columns(ranking: Ranking, columns: CadreColumns) -> list[Column[CadreResult]]:
    """The declared columns of a ranking; "items" stands for one column an item of the scheme."""
    found: list[Column[CadreResult]] = []
    for code in ranking.columns:
        found += columns.items() if code == "items" else [getattr(columns, code)()]
    return found


def ranking_filters(result: YearResult, columns: CadreColumns) -> list[Filter[CadreResult]]:
    """By township, by post, by suggested grade (and those not graded)."""
    teams = tuple((team.input.code, team.input.name) for team in result.teams)
    posts = dict.fromkeys(cadre.input.post for cadre in result.cadres)
    return [
        Filter("township", _("Township"), lambda cadre: cadre.input.township, teams),
        Filter("post", _("Post"), lambda cadre: cadre.input.post, tuple((post, term(post)) for post in posts)),
        Filter("grade", _("Suggested grade"), columns.grade_code, columns.grade_choices()),
    ]
