"""干部: who is assessed, where and as what."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from assessment.models import NotGraded
from assessment.services.roster import RosterRow, roster_row
from cadres.models import Township

from .convert import code_of, key_of, listing, text_of, word_of
from .known import Directory, Known
from .post import DEPUTY, PRINCIPAL
from .problems import CellRefused
from .spec import Column, Row, SheetSpec, Stored
from .table import Record, Table

_DIVIDERS = re.compile("[、；;，,\n]")
Holders = dict[tuple[str, str], str]
"""(Township, one-holder post) → personnel number."""


def read_cadres(table: Table, known: Known) -> list[RosterRow]:
    posts = {key_of(name): name for name in known.posts}
    lines = known.lines
    records = list(table.unrepeated(table.records(), "工号"))
    rows = [_row(table, record, known, posts, lines) for record in records]
    known.roster |= {record["工号"]: record["姓名"] or "" for record in records if record["工号"]}
    _refuse_second_holders(table, known, list(zip(records, rows, strict=True)))
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


def _refuse_second_holders(table: Table, known: Known, rows: list[tuple[Record, RosterRow]]) -> None:
    """A one-holder post is held once in a township, by the workbook and the stored roster together."""
    numbers = {row.number for _record, row in rows}
    holders = _stored_holders(known, numbers)
    for record, row in rows:
        for column, post in (("职务", row.post), ("兼任", row.second_post)):
            if not post or not row.township or not known.posts[post].single_holder:
                continue
            holder = holders.setdefault((row.township, post), row.number)
            if holder != row.number:
                words = {"post": post, "township": known.townships.names[row.township], "holder": holder}
                what = _("%(post)s of %(township)s is held by %(holder)s already") % words
                table.refuse(record, column, CellRefused(what, _("one holder for a post of one")))


def _stored_holders(known: Known, numbers: set[str]) -> Holders:
    if known.year is None:
        return {}
    entries = known.year.roster.select_related("cadre", "township", "post", "second_post")
    return {
        (entry.township.code, post.name): entry.cadre.number
        for entry in entries
        if entry.cadre.number not in numbers
        for post in (entry.post, entry.second_post)
        if post and post.name in known.posts
    }


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
