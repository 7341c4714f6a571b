"""奖金分配: a row for every team and every share, and below them both equations of RULES B4."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from rewards.rules import BonusResult, ShareState
from rewards.selectors.bonus import AwardRow, ShareRow, YearBonus, award_rows
from rewards.wording import reason_text, state_text
from workbook.archive.sheet import Column, Kind, Sheet, Value
from workbook.archive.source import ArchiveSource


@dataclass(frozen=True)
class Row:
    """A team (its share is the whole award) or one share of it."""

    level: str
    team: AwardRow
    entry: ShareRow | None
    withheld: Decimal
    unpaid: Decimal
    paid: Decimal
    odd_cents: Decimal | None

    @property
    def share(self) -> Decimal:
        return self.entry.share.amount if self.entry else self.team.award.award

    @property
    def grade(self) -> str | None:
        if self.entry is None:
            return self.team.grade.grade
        return self.entry.grade.grade if self.entry.grade else None

    @property
    def number(self) -> str:
        return self.entry.share.number if self.entry else self.team.team.input.code

    @property
    def name(self) -> str:
        if self.entry is None:
            return self.team.team.input.name
        return self.entry.cadre.input.name if self.entry.cadre else ""

    @property
    def note(self) -> str:
        if self.entry is None:
            return ""
        share = self.entry.share
        return "" if share.state is ShareState.PAID else f"{state_text(share)}：{reason_text(share.reason)}"


def bonus_sheet(source: ArchiveSource) -> Sheet[Row]:
    columns = (
        Column[Row]("层级", lambda row: row.level, width=6),
        Column[Row]("名次", lambda row: row.team.award.place, Kind.COUNT, 6),
        Column[Row]("乡镇", lambda row: row.team.team.input.name, width=14),
        Column[Row]("编码或工号", lambda row: row.number),
        Column[Row]("名称或姓名", lambda row: row.name, width=14),
        Column[Row]("职务", lambda row: row.entry.share.post if row.entry else "", width=14),
        Column[Row]("档次", lambda row: row.grade, width=10),
        Column[Row]("班子奖金", lambda row: row.team.award.award, Kind.YUAN, 13),
        Column[Row]("份额", lambda row: row.share, Kind.YUAN, 13),
        Column[Row]("免发", lambda row: row.withheld, Kind.YUAN, 13),
        Column[Row]("未发", lambda row: row.unpaid, Kind.YUAN, 13),
        Column[Row]("零头", lambda row: row.odd_cents, Kind.YUAN, 8),
        Column[Row]("实发", lambda row: row.paid, Kind.YUAN, 13),
        Column[Row]("说明", lambda row: row.note, Kind.LONG_TEXT, 34),
    )
    return Sheet("奖金分配", columns, list(_rows(source.bonus)), list(_notes(source)))


def _rows(bonus: YearBonus) -> Iterator[Row]:
    for team in award_rows(bonus):
        award = team.award
        yield Row("班子", team, None, award.withheld, award.unpaid, award.paid, award.odd_cents)
        for entry in team.shares:
            share = entry.share
            withheld, unpaid, paid = (
                share.amount if share.state is state else Decimal("0.00")
                for state in (ShareState.WITHHELD, ShareState.UNPAID, ShareState.PAID)
            )
            yield Row("个人", team, entry, withheld, unpaid, paid, None)


def _notes(source: ArchiveSource) -> Iterator[tuple[Value, ...]]:
    split = source.bonus.split
    if split is None:
        yield ("成绩尚不能计算，奖金不能分配。",)
        return
    yield ("依据：" + ("已决定的档次" if source.bonus.grades.all_decided else "未决定档次的，按建议档次"),)
    if source.bonus.remedied and source.bonus.decision:
        decision = source.bonus.decision
        yield (f"超出奖金总额的处理：{decision.get_remedy_display()}；理由：{decision.reason}",)
    if split.exceeds_pool:
        yield ("奖金合计超出奖金总额，须先确定处理办法，不得发放（B5）。",)
    yield from _proof(split)


def _proof(split: BonusResult) -> Iterator[tuple[Value, ...]]:
    """Both equations with their numbers as numbers."""
    yield ("平衡核对（B4）",)
    yield "实发", "+ 免发", "+ 未发", "+ 零头", "= 奖金合计"
    yield split.paid, split.withheld, split.unpaid, split.odd_cents, split.awards
    yield "奖金合计", "+ 结余", "= 奖金总额"
    yield split.awards, split.rest, split.pool
