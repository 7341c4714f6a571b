"""The in-memory floor of goal 5: ballots counted, and the same scoring, by NumPy on arrays, in binary floats.

No database, no missing inputs, no explanations: what arithmetic alone costs. Default scheme only (名次百分比, E1).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.county import County

Floats = NDArray[np.float64]
_EMPTY = float("nan")

BALLOTS, MARKS = 200, 30
"""Ballots in a township's box, and marks on each: 25 townships make the 5,000 ballots of goal 5."""
_ANSWERS = 5
"""Four grades and the abstention."""


@dataclass(frozen=True)
class Arrays:
    """values: townships × lines; team, cadre: subjects × items × 4 grades; charges: cadres × lines."""

    values: Floats
    line_points: Floats
    blocks: list[NDArray[np.intp]]
    team: Floats
    team_points: Floats
    cadre: Floats
    cadre_points: Floats
    work_points: float
    charges: Floats
    township: NDArray[np.intp]
    post: NDArray[np.intp]
    deputy: NDArray[np.bool_]
    coefficients: Floats
    step: float
    least: float
    deputy_share: float


def arrays(data: County) -> Arrays:
    """The county's graded cadres and all its townships, once, outside of what is measured."""
    scheme, codes = data.scheme, [unit.code for unit in data.townships]
    graded = [row for row in data.roster if not row.not_graded]
    voted = [item for item in scheme.cadre_items if not item.is_work]
    posts = list(dict.fromkeys(row.post for row in graded))
    rule, votes = scheme.lines[0].rule, scheme.team_votes
    at = {line.code: order for order, line in enumerate(scheme.lines)}
    return Arrays(
        values=np.array([[_number(data.values[code, line.code]) for line in scheme.lines] for code in codes]),
        line_points=np.array([float(line.points) for line in scheme.lines]),
        blocks=[np.array([at[line.code] for line in scheme.lines_of(block)]) for block, _points in scheme.blocks],
        team=np.array([[data.team_tallies[c, e.code, ""].grades for e in scheme.evaluations] for c in codes], float),
        team_points=np.array([float(evaluation.points) for evaluation in scheme.evaluations]),
        cadre=np.array([[data.cadre_tallies[row.number, i.code, ""].grades for i in voted] for row in graded], float),
        cadre_points=np.array([float(item.points) for item in voted]),
        work_points=float(scheme.work_item.points),
        charges=np.array([[float(line.code in row.in_charge) for line in scheme.lines] for row in graded]),
        township=np.array([codes.index(row.township) for row in graded]),
        post=np.array([posts.index(row.post) for row in graded]),
        deputy=np.array([row.post not in ("党委书记", "乡镇长") for row in graded]),
        coefficients=np.array([float(number) for number in votes.coefficients]),  # type: ignore[union-attr]
        step=float(rule.step),  # type: ignore[union-attr]
        least=float(rule.floor),  # type: ignore[union-attr]
        deputy_share=float(scheme.deputy_team_share),
    )


def score(given: Arrays) -> tuple[Floats, ...]:
    """Totals and all places: teams, cadres in the township, in the post, in the county."""
    lines = _rounded(_line_points(given))
    evaluations = _rounded(_share_points(given.team, given.coefficients, given.team_points))
    team_rate = lines.sum(axis=1) / given.line_points.sum()
    teams = lines.sum(axis=1) + evaluations.sum(axis=1)
    work = given.work_points * _work_rate(given, lines, team_rate)
    items = _rounded(_share_points(given.cadre, given.coefficients, given.cadre_points))
    cadres = _rounded(work) + items.sum(axis=1)
    in_township = np.where(given.deputy, _places(cadres, given.township * 2 + given.deputy), _EMPTY)
    return teams, _places(teams), cadres, in_township, _places(cadres, given.post), _places(cadres)


def _line_points(given: Arrays) -> Floats:
    """By place among the values that apply; where a line does not apply, the rate of the block's others (T4)."""
    places = np.apply_along_axis(_places, 0, given.values)
    points = given.line_points * np.maximum(1 - given.step * (places - 1), given.least)
    applies = ~np.isnan(given.values)
    points = np.where(applies, points, 0.0)
    for block in given.blocks:
        full = (applies[:, block] * given.line_points[block]).sum(axis=1)
        rate = points[:, block].sum(axis=1) / full
        points[:, block] = np.where(applies[:, block], points[:, block], given.line_points[block] * rate[:, None])
    return points


def _share_points(votes: Floats, coefficients: Floats, points: Floats) -> Floats:
    return points * (votes @ coefficients) / votes.sum(axis=2)


def _work_rate(given: Arrays, lines: Floats, team_rate: Floats) -> Floats:
    full = given.charges @ given.line_points
    reached = (given.charges * lines[given.township]).sum(axis=1)
    own = np.divide(reached, full, out=np.zeros_like(full), where=full > 0)
    team = team_rate[given.township]
    share = np.where(given.deputy & (full > 0), given.deputy_share, 1.0)
    return share * team + (1 - share) * own


def _places(values: Floats, groups: NDArray[np.intp] | None = None) -> Floats:
    """Competition places, best first: 1 + how many of the group are better. Sorted, so it grows as n log n."""
    keys = np.zeros(len(values), int) if groups is None else groups
    order = np.lexsort((-values, keys))
    positions = np.arange(len(values))
    sorted_keys, sorted_values = keys[order], values[order]
    first_of_group = _held(np.r_[True, sorted_keys[1:] != sorted_keys[:-1]], positions)
    new_value = np.r_[True, (sorted_values[1:] != sorted_values[:-1]) | (sorted_keys[1:] != sorted_keys[:-1])]
    places = np.empty(len(values))
    places[order] = _held(new_value, positions) - first_of_group + 1
    return places


def _held(starts: NDArray[np.bool_], positions: NDArray[np.intp]) -> NDArray[np.intp]:
    """The position of the last start at or before each position."""
    return np.maximum.accumulate(np.where(starts, positions, 0))


def _rounded(points: Floats) -> Floats:
    return np.floor(points * 100 + 0.5 + 1e-9) / 100


def _number(cell: object) -> float:
    return _EMPTY if isinstance(cell, str) else float(cell)  # type: ignore[arg-type]


def scorer(data: County) -> Callable[[], object]:
    given = arrays(data)
    return lambda: score(given)


def counter(townships: int) -> Callable[[], object]:
    """Counts the same boxes again and again: townships × ballots × marks, each mark a byte."""
    answers = np.random.default_rng(townships).integers(_ANSWERS, size=(townships, BALLOTS, MARKS), dtype=np.uint8)
    return lambda: counted(answers)


def counted(answers: NDArray[np.uint8]) -> NDArray[np.intp]:
    """Townships × marks × answers: how many ballots of the box answer so."""
    townships, _ballots, marks = answers.shape
    columns = np.arange(townships * marks).reshape(townships, 1, marks)
    counts = np.bincount((columns * _ANSWERS + answers).ravel(), minlength=columns.size * _ANSWERS)
    return counts.reshape(townships, marks, _ANSWERS)
