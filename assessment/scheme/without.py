"""A scheme without one of its sources: an evaluation, an item, a scored line or a voter group left out.

What is left takes its weight in proportion, so that every total stays what it was and scores stay comparable.
"""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from .types import CadreItem, Evaluation, Line, Scheme

_Entry = TypeVar("_Entry", Line, Evaluation, CadreItem)
_Vote = TypeVar("_Vote", Evaluation, CadreItem)


class LastSourceError(ValueError):
    """Nothing would be left to take the weight of `source`, a code or the name of a voter group."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.source = source


def sources_of(scheme: Scheme) -> tuple[str, ...]:
    """What can be left out: codes of lines, evaluations and items by votes, then weighted voter groups by name."""
    codes = [entry.code for entry in (*scheme.lines, *scheme.votes)]
    return *codes, *dict.fromkeys(name for entry in scheme.votes for name, _weight in entry.groups)


def scheme_without(scheme: Scheme, sources: Iterable[str]) -> Scheme:
    """The scheme without these sources; one it does not have changes nothing. Raises LastSourceError.

    A line goes, and the others of its block take its points. An evaluation or item stays at 0 points and is not asked
    for (RULES T2); the others of its kind take its points. A voter group goes from every evaluation that weighs it.
    """
    left_out = frozenset(sources)
    lines = [line for block, _points in scheme.blocks for line in _lines_left(scheme.lines_of(block), left_out)]
    by_code = {line.code: line for line in lines}
    return replace(
        scheme,
        lines=tuple(by_code[line.code] for line in scheme.lines if line.code in by_code),
        evaluations=tuple(_grouped(entry, left_out) for entry in _redivided(scheme.evaluations, left_out)),
        cadre_items=tuple(_grouped(item, left_out) for item in _redivided(scheme.cadre_items, left_out)),
        tie_break=tuple(code for code in scheme.tie_break if code not in left_out),
    )


def _lines_left(lines: tuple[Line, ...], left_out: frozenset[str]) -> list[Line]:
    return [line for line in _redivided(lines, left_out) if line.points]


def _redivided(entries: tuple[_Entry, ...], left_out: frozenset[str]) -> list[_Entry]:
    """Those left out at 0 points, the others with their points in proportion; the sum stays."""
    gone = {entry.code for entry in entries if entry.code in left_out}
    if not gone:
        return list(entries)
    whole = _sum(entry.points for entry in entries)
    kept = _sum(entry.points for entry in entries if entry.code not in gone)
    if not kept:
        raise LastSourceError(min(gone))
    return [
        replace(entry, points=Fraction(0) if entry.code in gone else entry.points * whole / kept) for entry in entries
    ]


def _grouped(entry: _Vote, left_out: frozenset[str]) -> _Vote:
    kept = [(name, weight) for name, weight in entry.groups if name not in left_out]
    if len(kept) == len(entry.groups):
        return entry
    whole = _sum(weight for _name, weight in kept)
    if not whole:
        raise LastSourceError(next(name for name, _weight in entry.groups if name in left_out))
    return replace(entry, groups=tuple((name, weight / whole) for name, weight in kept))


def _sum(parts: Iterable[Fraction]) -> Fraction:
    return sum(parts, Fraction(0))
