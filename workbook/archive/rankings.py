"""同级位次, 同职位次, 综合位次: the three declared rankings, in the order and with the columns of their pages."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from assessment.numbers import round_half_up
from cadres.templatetags.labels import term
from scoring.engine import CadreResult, Rank
from scoring.rankings import COUNTY, POST, TOWNSHIP, Ranking
from scoring.wording import not_graded_text
from workbook.archive.scores import item_points
from workbook.archive.sheet import Column, Kind, Sheet
from workbook.archive.source import ArchiveSource

Cadre = Column[CadreResult]

TITLES = {TOWNSHIP.code: "同级位次", POST.code: "同职位次", COUNTY.code: "综合位次"}
HUNDRED = 100


def ranking_sheets(source: ArchiveSource) -> list[Sheet[CadreResult]]:
    return [ranking_sheet(source, ranking) for ranking in (TOWNSHIP, POST, COUNTY)]


def ranking_sheet(source: ArchiveSource, ranking: Ranking) -> Sheet[CadreResult]:
    made = _columns(source)
    columns = [column for code in ranking.columns for column in made[code]]
    return Sheet(TITLES[ranking.code], columns, ranking.subjects(source.result))


def _columns(source: ArchiveSource) -> dict[str, list[Cadre]]:
    """Column code of a ranking → the archive's columns; a place stands beside the number ranked (RULES P6)."""
    grades, items = source.bonus.grades.cadres, source.result.scheme.cadre_items
    return {
        "name": [Cadre("姓名", lambda cadre: cadre.input.name, width=10)],
        "number": [Cadre("工号", lambda cadre: cadre.input.number)],
        "township": [Cadre("乡镇", lambda cadre: source.township_name(cadre.input.township), width=14)],
        "post": [Cadre("职务", lambda cadre: cadre.input.post)],
        "items": [Cadre(term(item.name), item_points(place), Kind.POINTS, 11) for place, item in enumerate(items)],
        "total": [Cadre("总分", lambda cadre: cadre.total, Kind.POINTS, 10)],
        "rate": [Cadre("得分率%", _rate, Kind.POINTS, 10)],
        "in_township": _places("同级", lambda cadre: cadre.in_township),
        "in_post": _places("同职", lambda cadre: cadre.in_post),
        "in_county": _places("综合", lambda cadre: cadre.in_county),
        "grade": [
            Cadre("建议档次", lambda cadre: grades[cadre.input.number].suggested, width=10),
            Cadre("档次", lambda cadre: grades[cadre.input.number].decided, width=10),
            Cadre("备注", lambda cadre: not_graded_text(cadre.input.not_graded) or None, Kind.LONG_TEXT, 24),
        ],
    }


def _places(level: str, rank_of: Callable[[CadreResult], Rank | None]) -> list[Cadre]:
    def place(cadre: CadreResult) -> int | None:
        rank = rank_of(cadre)
        return rank.place if rank else None

    def out_of(cadre: CadreResult) -> int | None:
        rank = rank_of(cadre)
        return rank.ranked if rank else None

    def tied(cadre: CadreResult) -> str | None:
        rank = rank_of(cadre)
        return "并列" if rank and rank.is_tied else None

    return [
        Cadre(f"{level}位次", place, Kind.COUNT, 9),
        Cadre(f"{level}参加人数", out_of, Kind.COUNT, 9),
        Cadre(f"{level}并列", tied, width=6),
    ]


def _rate(cadre: CadreResult) -> Decimal | None:
    """Percent of full points, for display only (RULES A2, P6)."""
    return None if cadre.total is None else round_half_up(Fraction(cadre.total) / cadre.out_of * HUNDRED)
