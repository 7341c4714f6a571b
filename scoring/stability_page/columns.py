"""Columns of tables that tell how firm a place is; of subjects that have no place the cells are empty."""

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from scoring.engine import CadreResult, TeamResult
from scoring.marks import NONE
from scoring.stability import Interval, Stability, SubjectStability
from scoring.stability_page.band import band_svg
from scoring.stability_page.flips import FlipOf, FlipWords
from scoring.stability_page.words import interval_text
from scoring.tables import Cell, Column, typed

T = TypeVar("T", TeamResult, CadreResult)

WIDTH = 96
"""Pixels of a band in a cell."""


class StabilityColumns(Generic[T]):
    """Of a year's teams or of its cadres."""

    def __init__(self, found: Mapping[str, SubjectStability], code_of: Callable[[T], str], ranking: str = "") -> None:
        """By township code or personnel number; `ranking` says of which one the places are."""
        self._found, self._ranking = found, ranking
        self._code_of: Callable[[T], str] = code_of

    def band(self) -> Column[T]:
        """The interval when ballots are drawn anew, with its band."""

        def cell(one: SubjectStability) -> Cell:
            return f"{band_svg(one, WIDTH)} {interval_text(one.votes)}", "", "", "band-cell"

        return self._column(
            "band", _("Places, ballots drawn anew"), lambda one: one.votes, cell, number=False, title=self._ranking
        )

    def weights(self) -> Column[T]:
        """The interval when the lines' points vary."""
        return self._column(
            "weights", _("Places, weights ±10%"), lambda one: one.weights, _interval_cell, title=self._ranking
        )

    def ballots(self, code: str, label: str, flip_of: FlipOf, words: FlipWords) -> Column[T]:
        """How many ballots an exchange takes."""

        def key(one: SubjectStability) -> int | None:
            flip = words.told(one, flip_of(one))
            return flip.ballots if flip else None

        def cell(one: SubjectStability) -> Cell:
            if words.hides(one, flip_of(one)):
                return _("not told"), "", "", "num missing"
            ballots = key(one)
            return NONE if ballots is None else (str(ballots), "", "", "num")

        return self._column(code, label, key, cell)

    def whom(self, code: str, label: str, flip_of: FlipOf, words: FlipWords) -> Column[T]:
        """With whom the exchange is, a link to the result."""

        def cell(one: SubjectStability) -> Cell:
            flip = words.told(one, flip_of(one))
            return (typed(words.name(flip.other)), words.page(flip.other), "", "") if flip else NONE

        return self._column(code, label, lambda one: one.rank.place, cell, number=False)

    def _column(
        self,
        code: str,
        label: str,
        key: Callable[[SubjectStability], object],
        cell: Callable[[SubjectStability], Cell],
        *,
        number: bool = True,
        title: str = "",
    ) -> Column[T]:
        def found(subject: T) -> SubjectStability | None:
            return self._found.get(self._code_of(subject))

        return Column(
            code,
            label,
            lambda subject: key(one) if (one := found(subject)) else None,
            lambda subject: cell(one) if (one := found(subject)) else NONE,
            number=number,
            title=title,
        )


def _interval_cell(one: SubjectStability) -> Cell:
    interval: Interval = one.weights
    return interval_text(interval), "", "", "num"


def bands_of_teams(stability: Stability) -> StabilityColumns[TeamResult]:
    """For a table of teams."""
    return StabilityColumns({one.code: one for one in stability.teams}, lambda team: team.input.code)


def bands_of_cadres(stability: Stability) -> StabilityColumns[CadreResult]:
    """For a table of cadres: their places in the county's ranking (P3)."""
    return StabilityColumns(
        {one.code: one for one in stability.cadres}, lambda cadre: cadre.input.number, _("In county")
    )
