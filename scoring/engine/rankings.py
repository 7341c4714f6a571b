"""The rankings of a year: teams, and cadres within township, post and county (RULES 3)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from assessment.scheme import Scheme

from .places import Rank, competition_places
from .results import CadreResult, ScoreLine, TeamResult

Key = tuple[Decimal, ...]


def rank_teams(scheme: Scheme, teams: Sequence[TeamResult]) -> list[TeamResult]:
    """The teams with their places on the rounded total (P5); who has no total has no place."""
    chain = _chain(scheme, [line.code for line in scheme.lines] + [entry.code for entry in scheme.evaluations])
    places = competition_places(
        {team.input.code: _key(team.total, team.lines, chain) for team in teams if team.total is not None}
    )
    return [replace(team, standing=places.get(team.input.code)) for team in teams]


def rank_cadres(scheme: Scheme, cadres: Sequence[CadreResult]) -> list[CadreResult]:
    """The cadres with their places: deputies of a township (P1), holders of a post (P2), all graded (P3)."""
    chain = _chain(scheme, (item.code for item in scheme.cadre_items))
    ranked = {cadre.input.number: cadre for cadre in cadres if cadre.total is not None}
    keys = {number: _key(cadre.total, cadre.lines, chain) for number, cadre in ranked.items()}
    deputies = {number: cadre.input.township for number, cadre in ranked.items() if not cadre.input.principal}
    in_township = _places_within(deputies, keys)
    in_post = _places_within({number: cadre.input.post for number, cadre in ranked.items()}, keys)
    in_county = competition_places(keys)
    return [
        replace(
            cadre,
            in_township=in_township.get(cadre.input.number),
            in_post=in_post.get(cadre.input.number),
            in_county=in_county.get(cadre.input.number),
        )
        for cadre in cadres
    ]


def _places_within(group_of: dict[str, str], keys: dict[str, Key]) -> dict[str, Rank]:
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
    points = {line.code: line.points for line in lines} if chain else {}
    return tuple(value for value in (total, *(points[code] for code in chain)) if value is not None)
