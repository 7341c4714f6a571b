"""职务: the county's list of posts."""

from collections.abc import Iterator

from cadres.models import Post
from cadres.services.post import PostRow

from .convert import text_of, word_of
from .known import Known, completed
from .spec import Column, Row, SheetSpec, Stored
from .table import Table

PRINCIPAL, DEPUTY = "正职", "副职"
YES, NO = "是", "否"


def read_posts(table: Table, known: Known) -> list[PostRow]:
    """The whole list: once it is given, no other post is known."""
    records = table.unrepeated(table.records(), "名称")
    rows = [
        PostRow(record["名称"], _flag(record["类别"], PRINCIPAL), _flag(record["单人"], YES))
        for record in records
        if record["名称"]
    ]
    if rows:
        known.posts = {row.name: completed(row) for row in rows}
    return rows


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
