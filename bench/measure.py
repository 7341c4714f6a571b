"""Two things measured alternately: what drifts, drifts for both (PERFORMANCE)."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from statistics import median
from time import perf_counter

Side = Callable[[], object]
PAIRS = 5
_LONG_ENOUGH = 0.1


@dataclass(frozen=True)
class Size:
    """What is measured on: PERFORMANCE's county, or a tiny one to see that a bench runs."""

    townships: int = 25
    pairs: int = 5
    cells: float = 1.0
    """Share of the cells that goals 10 and 11 name."""


TINY = Size(townships=3, pairs=1, cells=0.01)


@dataclass(frozen=True)
class Pairs:
    """Seconds of one call, median of the pairs; the ratio is the median of the pairs' own ratios (ours ÷ other)."""

    ours: float
    other: float
    ours_to_other: float


@dataclass(frozen=True)
class Row:
    """One line of the table. `ratio` None: this machine cannot tell, `note` says why."""

    goal: str
    ours: str
    other: str
    ratio: float | None
    must: str
    aim: str
    note: str = ""


def alternate(ours: Side, other: Side, *, pairs: int = PAIRS) -> Pairs:
    """Each side once to warm up, then in turn; short ones are called several times a turn."""
    repeats = [ceil(_LONG_ENOUGH / max(_seconds(side, 1), 1e-6)) if pairs > 1 else 1 for side in (ours, other)]
    taken = [(_seconds(ours, repeats[0]), _seconds(other, repeats[1])) for _ in range(pairs)]
    return Pairs(
        ours=median(pair[0] for pair in taken),
        other=median(pair[1] for pair in taken),
        ours_to_other=median(pair[0] / pair[1] for pair in taken),
    )


def _seconds(side: Side, repeats: int) -> float:
    gc.collect()
    start = perf_counter()
    for _ in range(repeats):
        side()
    return (perf_counter() - start) / repeats


def milliseconds(what: str, seconds: float) -> str:
    return f"{what}, {seconds * 1000:.3g} ms"
