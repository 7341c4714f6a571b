"""班子测评 and 干部测评: votes counted by grade."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from assessment.counts import TallyCounts, counts_problems
from assessment.models import Tally
from assessment.questions import Subject
from assessment.scheme import CadreItem, Evaluation
from assessment.selectors.counted import Counted, counted_of, tallies_hidden
from assessment.services.tally import TallyKey
from assessment.wording import count_problem_text

from .boxes import ABSTAIN, BALLOTS, GROUP, Boxes, counts_kept, group_kept, stored_boxes
from .cadre import resolved
from .convert import code_of, count_of, key_of, listing, text_of
from .known import Directory, Known
from .problems import CellRefused
from .spec import Column, Row, SheetSpec, Stored
from .table import Record, Table

TEAM_GRADES = ("好", "较好", "一般", "较差")
CADRE_GRADES = ("优秀", "称职", "基本称职", "不称职")
_FIELDS = ("first", "second", "third", "fourth")

Tallies = dict[TallyKey, TallyCounts]
Items = dict[str, Evaluation | CadreItem]


def read_team_tallies(table: Table, known: Known) -> Tallies:
    items: Items = {entry.code: entry for entry in known.scheme.evaluations}
    stored = stored_boxes(table, known, of_team=True)
    counted = counted_of(known.year, Subject.TEAM) if known.year else None
    return _read(table, TEAM_GRADES, "乡镇", (known.townships, known.evaluations), items, stored, counted)


def read_cadre_tallies(table: Table, known: Known) -> Tallies:
    items: Items = {item.code: item for item in known.scheme.cadre_items}
    stored = stored_boxes(table, known, of_team=False)
    counted = counted_of(known.year, Subject.CADRE) if known.year else None
    return _read(table, CADRE_GRADES, "工号", (known.cadres, known.cadre_votes), items, stored, counted)


def _read(
    table: Table,
    grades: tuple[str, ...],
    subject: str,
    directories: tuple[Directory, Directory],
    items: Items,
    stored: Boxes,
    counted: Counted | None,
) -> Tallies:
    subjects, evaluations = directories
    records = table.records()
    for record in records:
        record.values[subject] = resolved(table, record, subject, subjects) or None
        record.values["评价项"] = resolved(table, record, "评价项", evaluations) or None
        group_kept(table, record, stored.get((record[subject], record["评价项"]), {}))
        _check_group(table, record, items)
    found = {}
    for record in table.unrepeated(records, subject, "评价项", GROUP):
        box, group = (record[subject], record["评价项"]), record[GROUP] or ""
        counts = _counts(table, record, grades, stored.get(box, {}).get(group))
        if counts and counted and (refusal := counted.refusal((*box, group), counts)):
            table.refuse(record, grades[0], CellRefused(refusal, _("the row left out, or what was counted")))
        found[*box, group] = counts
    return {(who, item, group): counts for (who, item, group), counts in found.items() if who and item and counts}


def _check_group(table: Table, record: Record, items: Items) -> None:
    """An evaluation whose groups have weights takes only these (RULES E3)."""
    item = items.get(record["评价项"] or "")
    if item is None or not item.groups or GROUP in record.bad:
        return
    names = {key_of(name): name for name, _weight in item.groups}
    group = record[GROUP] or ""
    record.values[GROUP] = names.get(key_of(group), group)
    if record[GROUP] not in names.values():
        what = _("“%(group)s” is no voter group of %(item)s") % {"group": group, "item": item.name}
        table.refuse(record, GROUP, CellRefused(what, listing(list(names.values()))))


def _counts(table: Table, record: Record, grades: tuple[str, ...], stored: TallyCounts | None) -> TallyCounts | None:
    """An empty count beside a filled one is 0. None where the row is refused."""
    given = [record[grade] for grade in grades]
    if all(count is None for count in given) and not record.bad & set(grades):
        refusal = CellRefused(_("all four grades are blank"), _("the votes of at least one grade"))
        table.refuse(record, grades[0], refusal)
    if record.bad:
        return None
    first, second, third, fourth = (count or 0 for count in given)
    ballots = {field: record[column] for field, column in BALLOTS.items()}
    counts = TallyCounts((first, second, third, fourth), record[ABSTAIN] or 0, **ballots)
    counts = counts_kept(table, counts, stored) if stored else counts
    if any(count is not None for count in ballots.values()):
        _check_ballots(table, record, counts)
    return counts


def _check_ballots(table: Table, record: Record, counts: TallyCounts) -> None:
    problems = counts_problems(counts)
    for field, problem in problems.items():
        table.refuse(record, BALLOTS[field], CellRefused(count_problem_text(problem), _found(counts)))
    if problems or counts.valid is not None:
        return
    for field in ("returned", "issued"):
        limit = getattr(counts, field)
        if limit is not None and counts.cast > limit:
            what = _("the votes add up to %(cast)d, more than the %(limit)d ballots") % {
                "cast": counts.cast,
                "limit": limit,
            }
            table.refuse(record, BALLOTS[field], CellRefused(what, _("no more votes than ballots")))
            return


def _found(counts: TallyCounts) -> str:
    texts = {column: getattr(counts, field) for field, column in BALLOTS.items()} | {_("votes"): counts.cast}
    numbers = " · ".join(f"{word} {count}" for word, count in texts.items() if count is not None)
    return _("issued ≥ returned ≥ valid = grades + abstentions, here %(numbers)s") % {"numbers": numbers}


def _rows(grades: tuple[str, ...], *, of_team: bool) -> Callable[[Stored], Iterable[Row]]:
    def rows(stored: Stored) -> Iterator[Row]:
        if stored.year is None:
            return
        names = {entry.code: entry.name for entry in stored.scheme.votes}
        tallies = Tally.objects.filter(year=stored.year, department=None, cadre__isnull=of_team).select_related(
            "township", "cadre"
        )
        order = ("township__order", "township__code") if of_team else ("cadre__number",)
        ordered = tallies.order_by(*order, "evaluation", "group")
        hidden = tallies_hidden(tally for tally in ordered if tally.box_id)
        for tally in (tally for tally in ordered if tally.pk not in hidden):
            who = tally.township.name if tally.township else tally.cadre.number if tally.cadre else ""
            ballots = (tally.issued, tally.returned, tally.valid)
            votes = (*tally.grades, tally.abstain)
            first = (who, names.get(tally.evaluation, tally.evaluation), tally.group)
            yield (*first, *ballots, *votes) if of_team else (*first, *votes, *ballots)

    return rows


def _grade_columns(grades: tuple[str, ...]) -> tuple[Column, ...]:
    fields = zip(grades, _FIELDS, strict=True)
    counts = tuple(
        Column(name, count_of, True, field=field, width=9, example="20", as_text=False) for name, field in fields
    )
    return *counts, Column(ABSTAIN, count_of, field="abstain", width=9, as_text=False)


_BALLOTS = tuple(Column(name, count_of, field=field, width=9, as_text=False) for field, name in BALLOTS.items())
_RARE_BALLOTS = tuple(replace(column, rare=True) for column in _BALLOTS)
_GROUP = Column(GROUP, text_of(40), width=24)

TEAM_TALLIES = SheetSpec(
    "班子测评",
    (
        Column("乡镇", text_of(60), True, True, options="townships", width=16, example="青石镇"),
        Column("评价项", text_of(40), True, True, options="evaluations", width=16, example="民主测评"),
        _GROUP,
        *_BALLOTS,
        *_grade_columns(TEAM_GRADES),
    ),
    read_team_tallies,
    _rows(TEAM_GRADES, of_team=True),
)
CADRE_TALLIES = SheetSpec(
    "干部测评",
    (
        Column("工号", code_of(20), True, True, example="0001"),
        Column("评价项", text_of(40), True, True, options="cadre_votes", width=16, example="民主测评"),
        _GROUP,
        *_grade_columns(CADRE_GRADES),
        *_RARE_BALLOTS,
    ),
    read_cadre_tallies,
    _rows(CADRE_GRADES, of_team=False),
)
