"""职务: the county's list of posts."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cadres.models import Post
from cadres.services.post import PostRow

from .convert import listing, text_of, word_of
from .known import Known, completed, post_row
from .spec import Column, Row, SheetSpec, Stored
from .table import Record, Table

PRINCIPAL, DEPUTY = "正职", "副职"
YES, NO = "是", "否"


def read_posts(table: Table, known: Known) -> list[PostRow]:
    """The whole list: once it is given, no other post is known."""
    stored = {post.name: post_row(post) for post in Post.objects.all()}
    records = table.unrepeated(table.records(), "名称")
    rows = [_row(table, record, stored.get(record["名称"])) for record in records if record["名称"]]
    if rows:
        _note_out_of_use(table, set(known.posts) - {row.name for row in rows}, known)
        known.posts = {row.name: completed(row) for row in rows}
    return rows


def _row(table: Table, record: Record, stored: PostRow | None) -> PostRow:
    """An absent column keeps what is stored; a blank cell takes the default list's word."""
    principal, single = _flag(record["类别"], PRINCIPAL), _flag(record["单人"], YES)
    if stored and not table.has("类别"):
        principal = stored.is_principal
    if stored and not table.has("单人"):
        single = stored.single_holder
    return PostRow(record["名称"], principal, single)


def _note_out_of_use(table: Table, names: set[str], known: Known) -> None:
    if names:
        left = listing([name for name in known.posts if name in names], most=40)
        what = _("the sheet is the whole list of posts; these go out of use: %(posts)s") % {"posts": left}
        table.notice(table.header_row, table.places["名称"], what)


def _flag(word: str | None, yes: str) -> bool | None:
    return None if word is None else word == yes


def _rows(_stored: Stored) -> Iterator[Row]:
    for post in Post.objects.filter(is_active=True):
        yield post.name, PRINCIPAL if post.is_principal else DEPUTY, YES if post.single_holder else NO


POSTS = SheetSpec(
    "职务",
    (
        Column("名称", text_of(40), required=True, filled=True, width=20, example="党委书记"),
        Column(
            "类别", word_of(PRINCIPAL, DEPUTY), options=(PRINCIPAL, DEPUTY), field="is_principal", example=PRINCIPAL
        ),
        Column("单人", word_of(YES, NO), options=(YES, NO), field="single_holder", example=YES),
    ),
    read_posts,
    _rows,
)
