"""干部: who is assessed, where and as what."""

import re
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from assessment.models import NotGraded
from assessment.services.roster import RosterRow, roster_row
from cadres.models import Township

from .convert import code_of, key_of, listing, text_of, word_of
from .holders import note_not_listed, refuse_second_holders
from .known import Directory, Known
from .post import DEPUTY, PRINCIPAL
from .problems import CellRefused
from .spec import Column, Row, SheetSpec, Stored
from .table import Record, Table

_DIVIDERS = re.compile("[、；;，,\n]")
Rows = dict[str, RosterRow]
"""By personnel number."""


def read_cadres(table: Table, known: Known) -> list[RosterRow]:
    posts = {key_of(name): name for name in known.posts}
    lines, stored = known.lines, _stored_rows(known)
    records = list(table.unrepeated(table.records(), "工号"))
    rows = [_kept(table, _row(table, record, known, posts, lines), stored) for record in records]
    others = {number: row for number, row in stored.items() if number not in {row.number for row in rows}}
    note_not_listed(table, others)
    known.roster |= {record["工号"]: record["姓名"] or "" for record in records if record["工号"]}
    refuse_second_holders(table, known, list(zip(records, rows, strict=True)), others)
    return [row for record, row in zip(records, rows, strict=True) if record.good]


def _row(table: Table, record: Record, known: Known, posts: dict[str, str], lines: Directory) -> RosterRow:
    second = _post(table, record, "兼任", known, posts) if record["兼任"] else ""
    post = _post(table, record, "职务", known, posts) if record["职务"] else ""
    if second and second == post:
        refusal = CellRefused(_("“%(post)s” is the first post already") % {"post": post}, _("another post, or blank"))
        table.refuse(record, "兼任", refusal)
    return RosterRow(
        number=record["工号"] or "",
        name=record["姓名"] or "",
        township=resolved(table, record, "乡镇", known.townships),
        post=post,
        is_principal=None if record["类别"] is None else record["类别"] == PRINCIPAL,
        in_charge=_charges(table, record, lines),
        not_graded=record["考核状态"] or "",
        second_post=second,
    )


def _stored_rows(known: Known) -> Rows:
    if known.year is None:
        return {}
    entries = known.year.roster.select_related("cadre", "township", "post", "second_post")
    return {entry.cadre.number: roster_row(entry) for entry in entries.prefetch_related("in_charge")}


def _kept(table: Table, row: RosterRow, stored: Rows) -> RosterRow:
    """What absent columns say nothing of stays as stored; a kind only beside the same posts."""
    before = stored.get(row.number)
    if before is None:
        return row
    if not table.has("兼任") and before.second_post != row.post:
        row = replace(row, second_post=before.second_post)
    if not table.has("分管"):
        row = replace(row, in_charge=before.in_charge)
    if not table.has("考核状态"):
        row = replace(row, not_graded=before.not_graded)
    if not table.has("类别") and (row.post, row.second_post) == (before.post, before.second_post):
        row = replace(row, is_principal=before.is_principal)
    return row


def resolved(table: Table, record: Record, column: str, directory: Directory) -> str:
    """The code that a record's text means; where none, a problem is noted and the text is empty."""
    if record[column] is None:
        return ""
    try:
        return directory.resolve(record[column])
    except CellRefused as refusal:
        table.refuse(record, column, refusal)
        return ""


def _post(table: Table, record: Record, column: str, known: Known, posts: dict[str, str]) -> str:
    name = posts.get(key_of(record[column]), "")
    if not name:
        what = _("“%(post)s” is not in the county's list of posts") % {"post": record[column]}
        table.refuse(record, column, CellRefused(what, listing(list(known.posts), most=40)))
    return name


def _charges(table: Table, record: Record, lines: Directory) -> tuple[str, ...]:
    words = [word for word in _DIVIDERS.split(record["分管"] or "") if word.strip()]
    codes = []
    for word in words:
        try:
            codes.append(lines.resolve(word))
        except CellRefused as refusal:
            table.refuse(record, "分管", refusal)
    return tuple(dict.fromkeys(codes))


def _rows(stored: Stored) -> Iterator[Row]:
    if stored.year is None:
        return
    townships = dict(Township.objects.values_list("code", "name"))
    entries = stored.year.roster.select_related("cadre", "township", "post", "second_post")
    for row in map(roster_row, entries.prefetch_related("in_charge")):
        charges = "、".join(stored.scheme.line(code).name for code in row.in_charge)
        kind = PRINCIPAL if row.is_principal else DEPUTY
        yield row.number, row.name, townships[row.township], row.post, kind, charges, row.not_graded, row.second_post


CADRES = SheetSpec(
    "干部",
    (
        Column("工号", code_of(20), required=True, filled=True, example="0001"),
        Column("姓名", text_of(40), required=True, filled=True, field="name", example="张三"),
        Column("乡镇", text_of(60), True, True, options="townships", field="township", width=16, example="青石镇"),
        Column("职务", text_of(40), True, True, options="posts", field="post", width=16, example="党委书记"),
        Column("类别", word_of(PRINCIPAL, DEPUTY), options=(PRINCIPAL, DEPUTY), field="is_principal"),
        Column("分管", text_of(2_000), field="in_charge", width=36, example="财政收入、信访工作"),
        Column("考核状态", word_of(*NotGraded.values), options=tuple(NotGraded.values), field="not_graded"),
        Column("兼任", text_of(40), options="posts", field="second_post", width=16),
    ),
    read_cadres,
    _rows,
)
