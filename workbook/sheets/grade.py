"""档次决定 and 历年结果: the committee's decisions, and the grades of earlier years."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from assessment.numbers import round_half_up
from cadres.models import Cadre
from rewards.models import CADRE_GRADES, TEAM_GRADES, PastResult
from rewards.selectors.grade import Decisions as LatestDecisions
from rewards.selectors.grade import decisions_latest
from rewards.services.grade import LONGEST_REASON, DecisionProblem, DecisionRow
from rewards.services.past_result import PastResultRow

from .cadre import resolved
from .convert import code_of, count_of, listing, number_of, shown, text_of, word_of
from .known import Directory, Known
from .problems import CellRefused
from .spec import Column, Row, SheetSpec, Stored
from .table import Record, Table

GRADES = (*TEAM_GRADES, *CADRE_GRADES)
PAST_FIELDS = {"score": "得分", "rank_county": "综合位次", "ranked": "参加人数"}
COLUMNS = {"subject": "对象", "grade": "档次", "reason": "理由"}
MOST_POINTS = 99_999


@dataclass(frozen=True)
class Decisions:
    """The rows, and where they stand: what departs from a suggestion is known only once all else is saved."""

    rows: list[DecisionRow]
    records: list[Record]
    table: Table

    def refuse(self, problem: DecisionProblem) -> None:
        self.table.refuse(self.records[problem.row], COLUMNS[problem.field], CellRefused(problem.text))


def read_decisions(table: Table, known: Known) -> Decisions:
    cadres = known.cadres
    records = table.records()
    for record in records:
        record.values["对象"] = _subject(table, record, known.townships, cadres) or None
    good = [record for record in table.unrepeated(records, "对象", "档次") if record.good]
    stored = decisions_latest(known.year) if known.year and not table.has("理由") else LatestDecisions()
    rows = [DecisionRow(record["对象"], record["档次"], _reason(record, stored)) for record in good]
    return Decisions(rows, good, table)


def _subject(table: Table, record: Record, teams: Directory, cadres: Directory) -> str:
    """The code or number of a subject that can have the grade; where both can be meant, the grade says which is."""
    text, grade = record["对象"], record["档次"]
    if text is None:
        return ""
    team, cadre = teams.find(text), cadres.find(text)
    if not (team or cadre):
        what = _("“%(text)s” is unknown") % {"text": shown(text)}
        expected = _("the code of a township that takes part, or the number of a cadre on the roster")
        table.refuse(record, "对象", CellRefused(what, expected))
    elif grade in CADRE_GRADES and not cadre:
        what = _("“%(grade)s” is a grade of cadres, but %(code)s is a township") % {"grade": grade, "code": team}
        table.refuse(record, "档次", CellRefused(what, listing(TEAM_GRADES)))
    elif grade in TEAM_GRADES and not team:
        what = _("“%(grade)s” is a grade of teams, but %(number)s is a cadre") % {"grade": grade, "number": cadre}
        table.refuse(record, "档次", CellRefused(what, listing(CADRE_GRADES)))
    return (team or cadre) if grade in TEAM_GRADES else (cadre or team)


def _reason(record: Record, stored: LatestDecisions) -> str:
    """Without the column a decision that stays the same keeps its reason."""
    kind = stored.teams if record["档次"] in TEAM_GRADES else stored.cadres
    before = kind.get(record["对象"])
    kept = before.reason if before and before.grade == record["档次"] else ""
    return record["理由"] or kept


def read_past_results(table: Table, known: Known) -> list[PastResultRow]:
    people = Directory((known.roster | dict(Cadre.objects.values_list("number", "name"))).items())
    numbers = Directory((number, "") for number in people.names)
    records = table.records()
    for record in records:
        record.values["工号"] = resolved(table, record, "工号", numbers) or None
        _check_place(table, record)
    rows = [
        PastResultRow(
            number=record["工号"],
            year=record["年度"],
            grade=record["档次"],
            score=_points(record["得分"]),
            rank_county=record["综合位次"],
            ranked=record["参加人数"],
        )
        for record in table.unrepeated(records, "工号", "年度")
        if record.good
    ]
    return _past_kept(table, rows)


def _past_kept(table: Table, rows: list[PastResultRow]) -> list[PastResultRow]:
    """What absent columns say nothing of stays as stored."""
    absent = [field for field, column in PAST_FIELDS.items() if not table.has(column)]
    if not absent:
        return rows
    past = PastResult.objects.select_related("cadre").filter(cadre__number__in={row.number for row in rows})
    stored = {(result.cadre.number, result.year): result for result in past}
    return [
        replace(row, **{field: getattr(before, field) for field in absent})
        if (before := stored.get((row.number, row.year)))
        else row
        for row in rows
    ]


def _check_place(table: Table, record: Record) -> None:
    year, place, ranked, score = (record[name] for name in ("年度", "综合位次", "参加人数", "得分"))
    if year is not None and not 1980 <= year <= 2200:
        table.refuse(record, "年度", CellRefused(_("%(year)d is no year") % {"year": year}, "1980 … 2200"))
    if place is not None and (place < 1 or (ranked is not None and place > ranked)):
        what = _("place %(place)d of %(ranked)s") % {"place": place, "ranked": "?" if ranked is None else ranked}
        table.refuse(record, "综合位次", CellRefused(what, _("a place from 1 to the number ranked")))
    if score is not None and abs(score) > MOST_POINTS:
        table.refuse(record, "得分", CellRefused(_("too many points"), f"≤ {MOST_POINTS}"))


def _points(value: Fraction | None) -> Decimal | None:
    return None if value is None else round_half_up(value)


def _decision_rows(stored: Stored) -> Iterator[Row]:
    if stored.year is None:
        return
    decisions = decisions_latest(stored.year)
    for found in (decisions.teams, decisions.cadres):
        for subject, decision in found.items():
            yield subject, decision.grade, decision.reason


def _past_rows(stored: Stored) -> Iterator[Row]:
    past = PastResult.objects.select_related("cadre")
    if stored.year:
        past = past.filter(cadre__roster_entries__year=stored.year)
    for result in past:
        yield result.cadre.number, result.year, result.grade, result.score, result.rank_county, result.ranked


DECISIONS = SheetSpec(
    "档次决定",
    (
        Column("对象", code_of(20), True, True, example="T01"),
        Column("档次", word_of(*GRADES), True, True, options=GRADES, field="grade", example=GRADES[0]),
        Column("理由", text_of(LONGEST_REASON), field="reason", width=40),
    ),
    read_decisions,
    _decision_rows,
)
PAST_RESULTS = SheetSpec(
    "历年结果",
    (
        Column("工号", code_of(20), True, True, example="0001"),
        Column("年度", count_of, True, True, example="2024", as_text=False),
        Column(
            "档次", word_of(*CADRE_GRADES), True, True, options=CADRE_GRADES, field="grade", example=CADRE_GRADES[0]
        ),
        Column("得分", number_of, field="score", as_text=False),
        Column("综合位次", count_of, field="rank_county", as_text=False),
        Column("参加人数", count_of, field="ranked", as_text=False),
    ),
    read_past_results,
    _past_rows,
)
