"""Who holds a post for one, by the sheet 干部 and the stored roster together; and who is on the roster alone."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from assessment.services.roster import RosterRow

from .convert import listing
from .known import Known
from .problems import CellRefused
from .table import Record, Table

Post = tuple[str, str]
"""Township code, name of a one-holder post."""


def refuse_second_holders(
    table: Table, known: Known, rows: list[tuple[Record, RosterRow]], others: dict[str, RosterRow]
) -> None:
    """`others`: those on the stored roster whom the sheet does not name."""
    holders = {post: row for row in others.values() for _column, post in _single_posts(row, known)}
    for record, row in rows:
        for column, post in _single_posts(row, known):
            holder = holders.setdefault(post, row)
            if holder.number != row.number:
                words = {"post": post[1], "township": known.townships.names.get(post[0], post[0])}
                table.refuse(record, column, _refusal(holder, words, listed=holder.number not in others))


def note_not_listed(table: Table, others: dict[str, RosterRow]) -> None:
    """The sheet adds and changes; it takes nobody off the roster."""
    if others:
        words = {"count": len(others), "cadres": listing([_person(row) for row in others.values()], most=10)}
        what = _("%(count)d on the roster but not in this sheet, left as they are: %(cadres)s") % words
        table.notice(table.header_row, table.places.get("工号", 1), what)


def _single_posts(row: RosterRow, known: Known) -> Iterable[tuple[str, Post]]:
    for column, name in (("职务", row.post), ("兼任", row.second_post)):
        post = known.posts.get(name)
        if row.township and post and post.single_holder:
            yield column, (row.township, name)


def _refusal(holder: RosterRow, words: dict[str, str], *, listed: bool) -> CellRefused:
    if listed:
        what = _("%(post)s of %(township)s is held by %(holder)s already") % (words | {"holder": holder.number})
        return CellRefused(what, _("one holder for a post of one"))
    where = _("%(post)s of %(township)s is held by %(holder)s, who is on the roster but not in this sheet")
    what = _("first take that cadre off the roster, or list the cadre in this sheet")
    return CellRefused(
        _("%(where)s: %(what)s") % {"where": where % (words | {"holder": _person(holder)}), "what": what}
    )


def _person(row: RosterRow) -> str:
    return f"{row.name}（{row.number}）"
