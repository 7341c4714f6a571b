"""封面: what this file is, of what state of the data, by whom; the digest of the record."""

from collections.abc import Iterator

from django.conf import settings

from workbook.archive.sheet import Column, Kind, Sheet, Value
from workbook.archive.source import ArchiveSource, local_moment

Row = tuple[str, Value]


def cover_sheet(source: ArchiveSource) -> Sheet[Row]:
    columns = (
        Column[Row]("项目", lambda row: row[0], width=24),
        Column[Row]("内容", lambda row: row[1], Kind.LONG_TEXT, width=80),
    )
    return Sheet("封面", columns, list(_rows(source)))


def _rows(source: ArchiveSource) -> Iterator[Row]:
    result = source.result
    yield "名称", source.title
    yield "县", settings.COUNTY_NAME or "—"
    yield "年度", str(source.year.number)
    yield "阶段", str(source.year.get_phase_display())
    yield "导出时间", f"{source.at:%Y-%m-%d %H:%M}"
    yield "导出人", source.exported_by
    yield "考评办法版本", f"第 {source.version.number} 版"
    yield "成绩版本", _version(source)
    yield "可否计算", "可以计算" if result.computable else f"缺 {len(result.missing)} 项，尚不能计算"
    yield "班子数", str(len(result.teams))
    yield "干部数", str(len(result.cadres))
    yield "参加等次评定的干部数", str(sum(cadre.graded for cadre in result.cadres))
    yield "奖金确认", _confirmation(source)
    yield "档次", "已决定的档次" if source.bonus.grades.all_decided else "未决定的，按建议档次"
    yield "成绩记录的 SHA-256", source.digest
    yield "封存", _seal(source)
    yield "封存摘要", source.seal.digest if source.seal else "—"
    yield "封存链", source.seal.chain if source.seal else "—"
    yield "核验方法", "对 score_year --json 的输出按键名排序、去掉空格、UTF-8 编码后计算 SHA-256，应与上一行一致。"


def _confirmation(source: ArchiveSource) -> str:
    if source.confirmation is None:
        return "尚未确认"
    number = source.confirmation.number
    return f"第 {number} 次确认，与本表一致" if source.confirmation_agrees else f"与第 {number} 次确认不一致"


def _version(source: ArchiveSource) -> str:
    if source.confirmed is None:
        return "尚未确认，按现有数据计算"
    return f"第 {source.confirmed.number} 版，{local_moment(source.confirmed.frozen_at):%Y-%m-%d %H:%M} 确认"


def _seal(source: ArchiveSource) -> str:
    if source.seal is None:
        return "尚未封存"
    return f"第 {source.seal.number} 号，{local_moment(source.seal.sealed_at):%Y-%m-%d %H:%M}"
