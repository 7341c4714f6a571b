"""A year's stability for a terminal."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from scoring.engine import YearResult
from scoring.stability import Stability, SubjectStability
from scoring.stability_page.words import interval_text
from workbook.plain_table import plain_table

Row = tuple[object, ...]


def stability_text(result: YearResult, stability: Stability) -> str:
    """Teams, then cadres: place, both intervals, the closest exchange."""
    teams = {one.code: one for one in stability.teams}
    cadres = {one.code: one for one in stability.cadres}
    names = [(team.input.code, team.input.name) for team in result.teams]
    people = [(cadre.input.number, cadre.input.name) for cadre in result.cadres]
    parts = [(_("Teams"), names, teams), (_("Cadres"), people, cadres)]
    return "\n\n".join(_table(title, subjects, found) for title, subjects, found in parts)


def _table(title: str, subjects: list[tuple[str, str]], found: Mapping[str, SubjectStability]) -> str:
    header = (
        _("Code"),
        _("Name"),
        _("Place"),
        _("Ballots drawn anew"),
        _("Weights ±10%"),
        _("Closest exchange with"),
        _("Ballots"),
    )
    return plain_table(title, header, [(code, name, *_cells(found.get(code))) for code, name in subjects])


def _cells(one: SubjectStability | None) -> Row:
    if one is None:
        return (None,) * 5
    flip = one.closest_flip
    with_whom = (flip.other, flip.ballots) if flip else (None, None)
    return (one.rank.place, interval_text(one.votes), interval_text(one.weights), *with_whom)
