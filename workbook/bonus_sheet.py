"""奖金发放表: the confirmed bonus as a workbook for finance and for signature, with what a correction changes."""

import re
from collections.abc import Iterator, Sequence

from cadres.templatetags.labels import term, yuan
from rewards.rules import BonusResult, ShareState, capital_amount
from rewards.selectors.bonus_sheet import BonusDifferences, BonusSheet, DifferenceRow, SheetShare, SheetTeam
from rewards.templatetags.bonus import award_proof, shares_text
from rewards.wording import reason_text, state_text
from workbook.archive.sheet import Column, Kind, Sheet, Value

Row = tuple[Value, ...]
Titled = tuple[str, Kind, int]
"""Title, kind and width of a column."""

UNFIT = re.compile(r"[\[\]:*?/\\']")
LONGEST_TITLE = 31
HANDS: Row = ("经办：", None, "审核：", None, "批准：", None, "日期：")

SUMMARY: tuple[Titled, ...] = (
    ("名次", Kind.COUNT, 6),
    ("乡镇", Kind.TEXT, 16),
    ("档次", Kind.TEXT, 11),
    ("班子奖金", Kind.YUAN, 14),
    ("更正前奖金", Kind.YUAN, 14),
    ("实发", Kind.YUAN, 14),
    ("免发", Kind.YUAN, 13),
    ("未发", Kind.YUAN, 13),
    ("零头", Kind.YUAN, 9),
)
TEAM: tuple[Titled, ...] = (
    ("序号", Kind.COUNT, 6),
    ("姓名", Kind.TEXT, 11),
    ("工号", Kind.TEXT, 12),
    ("职务", Kind.TEXT, 15),
    ("档次", Kind.TEXT, 10),
    ("份额", Kind.YUAN, 12),
    ("实发", Kind.YUAN, 12),
    ("大写金额", Kind.LONG_TEXT, 26),
    ("签名", Kind.TEXT, 14),
    ("说明", Kind.LONG_TEXT, 26),
)
CORRECTION: tuple[Titled, ...] = (
    ("姓名", Kind.TEXT, 11),
    ("工号", Kind.TEXT, 12),
    ("乡镇", Kind.TEXT, 14),
    ("原实发", Kind.YUAN, 12),
    ("现实发", Kind.YUAN, 12),
    ("补发", Kind.YUAN, 12),
    ("收回", Kind.YUAN, 12),
    ("原情况", Kind.LONG_TEXT, 26),
    ("现情况", Kind.LONG_TEXT, 26),
    ("签名", Kind.TEXT, 14),
)


def bonus_sheets(sheet: BonusSheet) -> list[Sheet[Row]]:
    """In the words of whatever language is active; the export makes that Chinese."""
    teams = [_team_sheet(number, team) for number, team in enumerate(sheet.teams, start=1)]
    corrections = [_correction_sheet(sheet.differences)] if sheet.differences else []
    return [_summary(sheet), *teams, *corrections]


def _sheet(title: str, columns: Sequence[Titled], rows: list[Row], notes: list[Row]) -> Sheet[Row]:
    made = [
        Column[Row](name, lambda row, place=place: row[place], kind, width)  # type: ignore[misc]
        for place, (name, kind, width) in enumerate(columns)
    ]
    return Sheet(title, made, rows, notes)


def _summary(sheet: BonusSheet) -> Sheet[Row]:
    split = sheet.split
    rows: list[Row] = [
        (team.award.place, team.name, term(team.grade), team.award.award, team.before, *_parts(team))
        for team in sheet.teams
    ]
    before = sheet.differences.before.awards if sheet.differences else split.awards
    parts = (split.paid, split.withheld, split.unpaid, split.odd_cents)
    rows.append((None, "合计", None, split.awards, before, *parts))
    columns = list(SUMMARY)
    if not sheet.differences:
        columns, rows = _without(columns, rows, "更正前奖金")
    return _sheet("汇总", columns, rows, list(_summary_notes(sheet)))


def _parts(team: SheetTeam) -> Row:
    return team.award.paid, team.award.withheld, team.award.unpaid, team.award.odd_cents


def _without(columns: list[Titled], rows: list[Row], title: str) -> tuple[list[Titled], list[Row]]:
    place = [column[0] for column in columns].index(title)
    return columns[:place] + columns[place + 1 :], [row[:place] + row[place + 1 :] for row in rows]


def _summary_notes(sheet: BonusSheet) -> Iterator[Row]:
    split = sheet.split
    if sheet.confirmation:
        at = f"{sheet.confirmation.confirmed_at:%Y-%m-%d}"
        yield (f"奖金确认：第 {sheet.confirmation.number} 次，{at}，单位：元",)
        if sheet.confirmation.decision:
            decision = sheet.confirmation.decision
            yield (f"超出奖金总额的处理（B5）：{decision.get_remedy_display()}；理由：{decision.reason}",)
        if sheet.confirmation.reason:
            yield (f"理由：{sheet.confirmation.reason}",)
    yield (f"实发合计（大写）：{capital_amount(split.paid)}",)
    yield (_proof_text(split),)
    yield (f"平衡核对（B4）：奖金合计 + 结余 = 总额：{yuan(split.awards)} + {yuan(split.rest)} = {yuan(split.pool)}",)
    yield "奖金合计", split.awards, "结余", split.rest, "总额", split.pool
    yield HANDS


def _proof_text(split: BonusResult) -> str:
    return f"平衡核对（B4）：实发 + 免发 + 未发 + 零头 = 奖金合计：{award_proof(split)}"


def _team_sheet(number: int, team: SheetTeam) -> Sheet[Row]:
    rows = [_share_row(place, entry) for place, entry in enumerate(team.shares, start=1)]
    total = capital_amount(team.award.paid)
    rows.append((None, "合计", None, None, None, None, team.award.paid, total, None, None))
    notes: list[Row] = [
        (f"{team.name}，{term(team.grade)}，第 {team.award.place} 名，班子奖金 {yuan(team.award.award)} 元",),
        (f"平衡核对（B4）：实发 + 免发 + 未发 + 零头 = 班子奖金：{award_proof(team.award)}",),
        HANDS,
    ]
    return _sheet(_title(number, team.name), TEAM, rows, notes)


def _title(number: int, name: str) -> str:
    """Numbered, so that no two are the same; without what a workbook refuses in a title."""
    return f"{number:02} {UNFIT.sub('', name)}"[:LONGEST_TITLE]


def _share_row(place: int, entry: SheetShare) -> Row:
    share = entry.share
    paid = share.state is ShareState.PAID
    return (
        place,
        entry.name or "—",
        share.number,
        term(share.post),
        term(share.grade),
        share.amount,
        entry.paid,
        capital_amount(entry.paid) if paid else "",
        None,
        "" if paid else f"{state_text(share)}：{reason_text(share.reason)}",
    )


def _correction_sheet(differences: BonusDifferences) -> Sheet[Row]:
    split = differences.split
    rows = [_difference_row(row) for row in differences.shares]
    sums = (split.paid_before, split.paid_after, split.to_pay, split.to_recover)
    rows.append(("合计", None, None, *sums, None, None, None))
    sum_text = f"{yuan(sums[0])} + {yuan(sums[2])} − {yuan(sums[3])} = {yuan(sums[1])}"
    notes: list[Row] = [
        (f"与第 {differences.before.number} 次确认相比",),
        (f"原实发 + 补发 − 收回 = 现实发：{sum_text}",),
        HANDS,
    ]
    return _sheet("更正差额", CORRECTION, rows, notes)


def _difference_row(row: DifferenceRow) -> Row:
    found = row.difference
    return (
        row.name or "—",
        found.number,
        row.township,
        found.paid_before,
        found.paid_after,
        found.to_pay,
        found.to_recover,
        shares_text(found.before),
        shares_text(found.after),
        None,
    )
