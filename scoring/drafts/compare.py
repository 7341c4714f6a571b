"""Several drafts beside the scheme in force: parameters, measures, places, grades and money under each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessment.models import AssessmentYear
from assessment.scheme import Scheme
from assessment.selectors.year import scheme_current
from cadres.templatetags.labels import DASH, yuan
from scoring.addresses import SubjectAddresses
from scoring.chart import Chart, ChartKind, Mark, Row
from scoring.derivation import grade_step
from scoring.drafts.moves import Move, Side, Standing
from scoring.drafts.outcome import DraftOutcome
from scoring.drafts.page import Measure, Tried, measures
from scoring.drafts.words import counted_text, named, value_text
from scoring.marks import shift_text

MOST = 4
"""Drafts side by side at most: more do not fit on a screen."""

SHOWN = 20
"""Cadres shown at first beside those whose grade changes: those who move most."""

DRAWN = 6
"""Lines in the drawing at most: more cannot be told apart."""


@dataclass(frozen=True)
class ParameterLine:
    """What one parameter or source is in each scheme, the one in force first."""

    what: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Seat:
    """Where somebody stands under one scheme. `shift`: places risen (+) or fallen (−) from the scheme in force."""

    place: int | None
    grade: str
    step: int
    money: str
    shift: int | None = None
    regraded: bool = False

    @property
    def shift_text(self) -> str:
        """“▲ 2”, “▼ 1”; blank where nobody moved."""
        return shift_text(self.shift or 0)


@dataclass(frozen=True)
class SubjectRow:
    """One team or cadre under every scheme."""

    name: str
    code: str
    href: str
    where: str
    seats: tuple[Seat, ...]

    @property
    def most(self) -> int:
        """Places moved at most under any draft."""
        return max((abs(seat.shift or 0) for seat in self.seats), default=0)

    @property
    def regraded(self) -> bool:
        return any(seat.regraded for seat in self.seats)


@dataclass(frozen=True)
class DraftsCompared:
    """The whole page; `hidden`: how many cadres are left out until all are asked for."""

    columns: tuple[Tried, ...]
    parameters: list[ParameterLine]
    measures: list[Measure]
    teams: list[SubjectRow]
    cadres: list[SubjectRow]
    hidden: int
    chart: Chart


def drafts_compared(year: AssessmentYear, columns: Sequence[Tried], *, everyone: bool) -> DraftsCompared:
    """Beside the scheme in force; `everyone`: all cadres, not only those whom it concerns most."""
    outcomes = [column.outcome for column in columns]
    teams = _rows([found.teams if found else None for found in outcomes], _Money.of_teams(outcomes), year, "team")
    names = {row.code: row.name for row in teams}
    cadres = _rows(
        [found.cadres if found else None for found in outcomes], _Money.of_cadres(outcomes), year, "cadre", names
    )
    shown = cadres if everyone else _concerned(cadres)
    return DraftsCompared(
        tuple(columns),
        list(_parameters(scheme_current(year), columns)),
        measures(outcomes),
        teams,
        shown,
        len(cadres) - len(shown),
        places_chart([pgettext("scheme", "In force"), *(column.draft.name for column in columns)], teams),
    )


def _parameters(base: Scheme, columns: Sequence[Tried]) -> Iterator[ParameterLine]:
    """Everything that any of the drafts changes."""
    schemes = [column.outcome.found.after.scheme if column.outcome else None for column in columns]
    settings = dict.fromkeys(name for column in columns for name in column.draft.settings)
    for name in settings:
        texts = (value_text(scheme, name) if scheme else DASH for scheme in schemes)
        yield ParameterLine(named(base, name), (value_text(base, name), *texts))
    for name in dict.fromkeys(source for column in columns for source in column.draft.without):
        marks = (counted_text(left_out=name in column.draft.without) for column in columns)
        yield ParameterLine(named(base, name), (counted_text(left_out=False), *marks))


@dataclass(frozen=True)
class _Money:
    """Yuan by code or number, in force and under each draft."""

    base: Mapping[str, Decimal]
    under: list[Mapping[str, Decimal]]

    @classmethod
    def of_teams(cls, outcomes: Iterable[DraftOutcome | None]) -> "_Money":
        found = [(o.found.money_before.awards, o.found.money_after.awards) if o else None for o in outcomes]
        return cls._of(found)

    @classmethod
    def of_cadres(cls, outcomes: Iterable[DraftOutcome | None]) -> "_Money":
        return cls._of([(o.found.money_before.paid, o.found.money_after.paid) if o else None for o in outcomes])

    @classmethod
    def _of(cls, found: list[tuple[Mapping[str, Decimal], Mapping[str, Decimal]] | None]) -> "_Money":
        return cls(next((pair[0] for pair in found if pair), {}), [pair[1] if pair else {} for pair in found])


def _rows(
    sides: Sequence[Side | None],
    money: _Money,
    year: AssessmentYear,
    kind: str,
    townships: Mapping[str, str] = MappingProxyType({}),
) -> list[SubjectRow]:
    """In the order of the places in force; `townships` by code, of cadres."""
    first = next((side.moves for side in sides if side), ())
    page = SubjectAddresses(kind, year.number).page
    moves = [{move.code: move for move in side.moves} if side else {} for side in sides]
    return [
        SubjectRow(
            move.name,
            move.code,
            page(move.code),
            townships.get(move.township, ""),
            tuple(_seats(move, [found.get(move.code) for found in moves], money)),
        )
        for move in first
    ]


def _seats(move: Move, under: Sequence[Move | None], money: _Money) -> Iterator[Seat]:
    """In force, then under each draft."""
    yield _seat(move.before, money.base.get(move.code))
    for found, paid in zip(under, money.under, strict=True):
        yield _under(found, paid.get(move.code))


def _under(move: Move | None, money: Decimal | None) -> Seat:
    if move is None:
        return Seat(None, "", 0, DASH)
    return _seat(move.after, money, move.shift, regraded=move.regraded)


def _seat(standing: Standing, money: Decimal | None, shift: int | None = None, *, regraded: bool = False) -> Seat:
    grade = standing.grade
    return Seat(standing.place, grade or "", grade_step(grade), yuan(money), shift, regraded)


def _concerned(rows: list[SubjectRow]) -> list[SubjectRow]:
    """Who gets another grade, and the twenty who move most; in the order of the list."""
    most = {row.code for row in sorted(rows, key=lambda row: -row.most)[:SHOWN] if row.most}
    return [row for row in rows if row.regraded or row.code in most]


def places_chart(schemes: Sequence[str], teams: Sequence[SubjectRow]) -> Chart:
    """A line for each of the teams that move most, over the schemes."""
    most = sorted((row for row in teams if row.most), key=lambda row: -row.most)[:DRAWN]
    moving = [row for row in teams if row in most]
    return Chart(
        name="draft-places",
        kind=ChartKind.PLACES,
        title=_("Places of the teams that move most"),
        series=tuple(row.name for row in moving),
        rows=tuple(
            Row(scheme, tuple(_mark(row, row.seats[position]) for row in moving))
            for position, scheme in enumerate(schemes)
        ),
        corner=_("Scheme"),
        lead=_("The first place is at the top. Teams that keep their place are not drawn."),
    )


def _mark(row: SubjectRow, seat: Seat) -> Mark | None:
    if seat.place is None:
        return None
    return Mark(value=str(seat.place), text=str(seat.place), href=row.href, note=seat.shift_text)
