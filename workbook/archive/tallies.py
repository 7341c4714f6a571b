"""测评票数: the boxes as counted; a group so small that its counts would tell who voted how is left out."""

from dataclasses import dataclass

from assessment.counts import SMALL_GROUP
from assessment.models import Tally
from assessment.selectors.counted import tallies_hidden
from cadres.templatetags.labels import term
from scoring.wording import entry_name
from workbook.archive.sheet import Column, Kind, Sheet, Value
from workbook.archive.source import ArchiveSource

SUPPRESSED = "不列示"


@dataclass(frozen=True)
class Row:
    """One box; `suppressed` hides its grades and abstentions."""

    tally: Tally
    evaluation: str
    suppressed: bool

    @property
    def kind(self) -> str:
        return "班子" if self.tally.township else "干部"

    @property
    def code(self) -> str:
        tally = self.tally
        return tally.township.code if tally.township else tally.cadre.number if tally.cadre else ""

    @property
    def name(self) -> str:
        tally = self.tally
        return tally.township.name if tally.township else tally.cadre.name if tally.cadre else ""

    @property
    def void(self) -> int | None:
        if self.tally.returned is None or self.tally.valid is None:
            return None
        return self.tally.returned - self.tally.valid

    def count(self, number: int) -> Value:
        return SUPPRESSED if self.suppressed else number


def tallies_sheet(source: ArchiveSource) -> Sheet[Row]:
    columns = (
        Column[Row]("类别", lambda row: row.kind, width=6),
        Column[Row]("编码", lambda row: row.code),
        Column[Row]("名称", lambda row: row.name, width=14),
        Column[Row]("评价项", lambda row: row.evaluation, width=16),
        Column[Row]("票别", lambda row: row.tally.group, width=22),
        Column[Row]("发出", lambda row: row.tally.issued, Kind.COUNT, 8),
        Column[Row]("收回", lambda row: row.tally.returned, Kind.COUNT, 8),
        Column[Row]("有效", lambda row: row.tally.valid, Kind.COUNT, 8),
        Column[Row]("无效", lambda row: row.void, Kind.COUNT, 8),
        Column[Row]("好/优秀", lambda row: row.count(row.tally.first), Kind.COUNT, 10),
        Column[Row]("较好/称职", lambda row: row.count(row.tally.second), Kind.COUNT, 10),
        Column[Row]("一般/基本称职", lambda row: row.count(row.tally.third), Kind.COUNT, 14),
        Column[Row]("较差/不称职", lambda row: row.count(row.tally.fourth), Kind.COUNT, 12),
        Column[Row]("弃权", lambda row: row.count(row.tally.abstain), Kind.COUNT, 8),
    )
    if not source.shows_tallies:
        return Sheet("测评票数", columns, (), [("票数只供组织部门查阅，本份归档不含。",)])
    note = f"有效票不足 {SMALL_GROUP} 张的票别不列示各档票数；为防推算，必要时同一对象的另一票别一并不列示。"
    return Sheet("测评票数", columns, _rows(source), [(note,)])


def _rows(source: ArchiveSource) -> list[Row]:
    tallies = list(
        source.year.tallies.filter(department=None).select_related("township", "cadre").order_by("evaluation", "group")
    )
    positions = {team.input.code: position for position, team in enumerate(source.result.teams)}
    tallies.sort(key=lambda tally: _order(tally, positions))
    hidden = tallies_hidden(tallies)
    scheme = source.result.scheme
    return [Row(tally, term(entry_name(scheme, tally.evaluation)), suppressed=tally.pk in hidden) for tally in tallies]


def _order(tally: Tally, positions: dict[str, int]) -> tuple[int, int, str]:
    """Teams in the county's order, then cadres by number."""
    if tally.township:
        return 0, positions.get(tally.township.code, len(positions)), ""
    return 1, 0, tally.cadre.number if tally.cadre else ""
