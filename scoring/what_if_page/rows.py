"""The two tables of a what-if: who stands where, before and after."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadres.templatetags.labels import term
from scoring.addresses import SubjectAddresses
from scoring.engine import CadreResult, Rank, TeamResult
from scoring.what_if import Money, WhatIf
from scoring.what_if_page.cells import (
    Cell,
    badges,
    grade_cell,
    money_cell,
    place_cell,
    points_cell,
    text_cell,
    why_cell,
)
from scoring.what_if_page.reasons import Reasons, Subject


@dataclass(frozen=True)
class Row:
    """`moved`: in a place, a grade or the bonus; `replaced` and `regraded` are counted apart."""

    cells: tuple[Cell, ...]
    replaced: bool
    regraded: bool
    paid: bool
    shift: int
    order: tuple[bool, int]

    @property
    def moved(self) -> bool:
        return self.replaced or self.regraded or self.paid


@dataclass(frozen=True)
class Head:
    """A column's head; the class `num` aligns it right."""

    label: str
    number: bool = True


@dataclass(frozen=True)
class Table:
    """All rows by the new place."""

    heads: tuple[Head, ...]
    rows: tuple[Row, ...]

    @property
    def replaced(self) -> int:
        return sum(row.replaced for row in self.rows)

    @property
    def regraded(self) -> int:
        return sum(row.regraded for row in self.rows)

    @property
    def moved(self) -> int:
        return sum(row.moved for row in self.rows)

    def shown(self, *, everybody: bool, movers_first: bool) -> Sequence[Row]:
        """Those who move, or all; by the new place, or by how far."""
        rows = [row for row in self.rows if everybody or row.moved]
        return sorted(rows, key=lambda row: -row.shift) if movers_first else rows


class Tables:
    """Makes both tables of one what-if, in the page's language; words are looked up once, not a row each."""

    def __init__(self, found: WhatIf) -> None:
        """For one what-if."""
        self._found = found
        self._reasons = Reasons(found.before.scheme, found.after.scheme)
        self._tied, self._more = _("tied"), _("%(count)s more")
        self._badges = badges()
        self._townships = {team.input.code: team.input.name for team in found.before.teams}
        self._posts = {post: term(post) for post in {cadre.input.post for cadre in found.before.cadres}}

    def teams(self) -> Table:
        """Place, total, grade, award and why."""
        places = (pgettext("rank", "Place"),)
        addresses = SubjectAddresses("team", self._found.year.number)
        rows = (
            self._team(before, self._found.after.team(before.input.code), addresses)
            for before in self._found.before.teams
        )
        return Table(_heads(_("Township"), places, _("Award")), _ordered(rows))

    def cadres(self) -> Table:
        """Three places, total, grade, what is paid, and why."""
        places = (_("In the county"), _("In the post"), _("In the township"))
        addresses = SubjectAddresses("cadre", self._found.year.number)
        rows = (
            self._cadre(before, self._found.after.cadre(before.input.number), addresses)
            for before in self._found.before.cadres
        )
        return Table(_heads(pgettext("person", "Name"), places, _("Paid")), _ordered(rows))

    def _team(self, before: TeamResult, after: TeamResult, addresses: SubjectAddresses) -> Row:
        code = before.input.code
        name = text_cell(before.input.name, addresses.page(code))
        places = ((before.standing, after.standing),)
        return self._row(name, before, after, places, lambda money: money.awards.get(code))

    def _cadre(self, before: CadreResult, after: CadreResult, addresses: SubjectAddresses) -> Row:
        person = before.input
        details = f"{self._townships.get(person.township, person.township)} · {self._posts[person.post]}"
        name = text_cell(person.name, addresses.page(person.number), details)
        places = (
            (before.in_county, after.in_county),
            (before.in_post, after.in_post),
            (before.in_township, after.in_township),
        )
        return self._row(name, before, after, places, lambda money: money.paid.get(person.number))

    def _row(
        self,
        name: Cell,
        before: Subject,
        after: Subject,
        places: tuple[tuple[Rank | None, Rank | None], ...],
        amount: Callable[[Money], Decimal | None],
    ) -> Row:
        replaced = any(_place(old) != _place(new) for old, new in places)
        regraded = before.grade != after.grade
        was, now = amount(self._found.money_before) or None, amount(self._found.money_after) or None
        reasons = self._reasons.of(before, after, moved=replaced or regraded)
        cells = (
            name,
            *(place_cell(old, new, self._tied) for old, new in places),
            points_cell(before.total, after.total),
            grade_cell(before.grade, after.grade, self._badges),
            money_cell(was, now),
            why_cell(reasons, self._more),
        )
        place = _place(places[0][1])
        return Row(cells, replaced, regraded, was != now, _shift(*places[0]), (place is None, place or 0))


def _heads(name: str, places: Sequence[str], money: str) -> tuple[Head, ...]:
    """In the order of the cells of a row."""
    grade, why = Head(_("Suggested grade"), number=False), Head(_("Why"), number=False)
    return (Head(name, number=False), *map(Head, places), Head(_("Total")), grade, Head(money), why)


def _ordered(rows: Iterator[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: row.order))


def _place(rank: Rank | None) -> int | None:
    return rank.place if rank else None


def _shift(before: Rank | None, after: Rank | None) -> int:
    return abs(before.place - after.place) if before and after else 0
