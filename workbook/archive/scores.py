"""班子得分 and 干部得分: points as they were scored, places, grades suggested and decided."""

from collections.abc import Callable
from decimal import Decimal

from cadres.templatetags.labels import term
from scoring.engine import CadreResult, TeamResult
from scoring.team_columns import in_order
from scoring.wording import bar_text, entry_name, not_graded_text
from workbook.archive.sheet import Column, Kind, Sheet
from workbook.archive.source import ArchiveSource

Team, Cadre = Column[TeamResult], Column[CadreResult]


def team_sheet(source: ArchiveSource) -> Sheet[TeamResult]:
    scheme, grades = source.result.scheme, source.bonus.grades.teams
    names = [entry.name for entry in scheme.lines] + [entry.name for entry in scheme.evaluations]
    columns = (
        Team("位次", lambda team: team.rank, Kind.COUNT, 6),
        Team("乡镇", lambda team: team.input.name, width=14),
        *(Team(term(name), _points(place), Kind.POINTS, 10) for place, name in enumerate(names)),
        Team("考评目标", lambda team: team.target_points, Kind.POINTS, 10),
        Team("综合评价", lambda team: team.evaluation_points, Kind.POINTS, 10),
        Team("总分", lambda team: team.total, Kind.POINTS, 10),
        Team("建议档次", lambda team: grades[team.input.code].suggested, width=10),
        Team("档次", lambda team: grades[team.input.code].decided, width=10),
        Team("否决", lambda team: _vetoes(source, team), Kind.LONG_TEXT, 18),
    )
    return Sheet("班子得分", columns, in_order(source.result))


def cadre_sheet(source: ArchiveSource) -> Sheet[CadreResult]:
    items, grades = source.result.scheme.cadre_items, source.bonus.grades.cadres
    columns = (
        Cadre("工号", lambda cadre: cadre.input.number),
        Cadre("姓名", lambda cadre: cadre.input.name, width=10),
        Cadre("乡镇", lambda cadre: source.township_name(cadre.input.township), width=14),
        Cadre("职务", lambda cadre: cadre.input.post),
        *(Cadre(term(item.name), item_points(place), Kind.POINTS, 11) for place, item in enumerate(items)),
        Cadre("总分", lambda cadre: cadre.total, Kind.POINTS, 10),
        Cadre("同级位次", lambda cadre: cadre.rank_township, Kind.COUNT, 9),
        Cadre("同职位次", lambda cadre: cadre.rank_post, Kind.COUNT, 9),
        Cadre("综合位次", lambda cadre: cadre.rank_county, Kind.COUNT, 9),
        Cadre("建议档次", lambda cadre: grades[cadre.input.number].suggested, width=10),
        Cadre("档次", lambda cadre: grades[cadre.input.number].decided, width=10),
        Cadre("备注", lambda cadre: _remarks(source, cadre), Kind.LONG_TEXT, 36),
    )
    return Sheet("干部得分", columns, source.result.cadres)


def item_points(place: int) -> Callable[[CadreResult], Decimal | None]:
    """The points of the item at that place of the scheme; none for who is not graded."""
    return lambda cadre: cadre.lines[place].points if cadre.lines else None


def _points(place: int) -> Callable[[TeamResult], Decimal | None]:
    return lambda team: team.lines[place].points


def _vetoes(source: ArchiveSource, team: TeamResult) -> str | None:
    return "、".join(entry_name(source.result.scheme, code) for code in team.input.vetoes) or None


def _remarks(source: ArchiveSource, cadre: CadreResult) -> str | None:
    """Not graded and why; a second post; what bars from 优秀; a score that cannot be computed."""
    given = cadre.input
    remarks = [
        not_graded_text(given.not_graded),
        f"兼任{given.second_post}" if given.second_post else "",
        *(bar_text(bar, source.result.scheme) for bar in cadre.bars),
        "不能计算" if cadre.graded and cadre.total is None else "",
    ]
    return "；".join(remark for remark in remarks if remark) or None
