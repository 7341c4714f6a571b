"""The rankings of a year: teams, and cadres within township, post and county (RULES 3)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from assessment.scheme import Scheme

from .cadre import CadreScore
from .places import Rank, competition_places
from .results import ScoreLine
from .team import TeamScore

Key = Decimal | tuple[Decimal, ...]
"""The total alone, or before the points of a chain that parts ties; of one kind in one ranking."""
Places = dict[str, Rank]
"""Team code or cadre number → place; who has no total has no place."""


class CadrePlaces(NamedTuple):
    """Deputies of one township (P1), holders of one post (P2), all graded cadres (P3)."""

    in_township: Places
    in_post: Places
    in_county: Places


def rank_teams(scheme: Scheme, teams: Sequence[TeamScore]) -> Places:
    """The places of the teams on the rounded total (P5)."""
    chain = _chain(scheme, [line.code for line in scheme.lines] + [entry.code for entry in scheme.evaluations])
    return competition_places(
        {team.input.code: _key(team.total, team.lines, chain) for team in teams if team.total is not None}
    )


def rank_cadres(scheme: Scheme, cadres: Sequence[CadreScore]) -> CadrePlaces:
    """The places of the cadres in the three rankings."""
    chain = _chain(scheme, (item.code for item in scheme.cadre_items))
    ranked = {cadre.input.number: cadre for cadre in cadres if cadre.total is not None}
    keys = {number: _key(cadre.total, cadre.lines, chain) for number, cadre in ranked.items()}
    deputies = {number: cadre.input.township for number, cadre in ranked.items() if not cadre.input.principal}
    posts = {number: cadre.input.post for number, cadre in ranked.items()}
    return CadrePlaces(_places_within(deputies, keys), _places_within(posts, keys), competition_places(keys))


def _places_within(group_of: dict[str, str], keys: dict[str, Key]) -> Places:
    """Places among those of the same group."""
    groups: dict[str, dict[str, Key]] = defaultdict(dict)
    for number, group in group_of.items():
        groups[group][number] = keys[number]
    return {number: rank for members in groups.values() for number, rank in competition_places(members).items()}


def _chain(scheme: Scheme, known: Iterable[str]) -> tuple[str, ...]:
    """The codes of the tie-break chain that mean this kind of subject."""
    codes = frozenset(known)
    return tuple(code for code in scheme.tie_break if code in codes)


def _key(total: Decimal | None, lines: Sequence[ScoreLine], chain: tuple[str, ...]) -> Key:
    """The total, then the rounded points of the chain; a total implies that all its lines have points."""
    if total is not None and not chain:
        return total
    points = {line.code: line.points for line in lines}
    return tuple(value for value in (total, *(points[code] for code in chain)) if value is not None)
