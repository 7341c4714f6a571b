"""Gathers what a year was asked and answered into the engine's values, in a fixed number of queries."""

from collections import defaultdict
from datetime import date
from typing import Any

from assessment.models import AssessmentYear, LineValue, RosterEntry, Tally, Veto
from assessment.models.roster import posts_in_order
from assessment.scheme import DisciplineRule
from assessment.selectors.year import scheme_current
from cadres.models import Post
from cadres.selectors.discipline import documents_in_force
from scoring.engine import NOT_APPLICABLE, CadreInput, Counts, TeamInput, YearInput

Tallies = dict[Any, dict[str, dict[str, Counts]]]


def year_input(year: AssessmentYear) -> YearInput:
    """Everything the engine needs; missing stays missing (RULES A3). Nine queries, whatever the size."""
    of_teams, of_cadres = _tallies(year)
    scheme = scheme_current(year)
    disciplined = _disciplined(year, scheme.follow_up.discipline)
    return YearInput(scheme, _teams(year, of_teams), _cadres(year, of_cadres, disciplined))


def _disciplined(year: AssessmentYear, rule: DisciplineRule) -> dict[int, str]:
    """Cadre key → the documents in force for the year, as the scheme understands it (RULES G4)."""
    first, last = discipline_days(year, rule)
    return documents_in_force(first=first, last=last)


def discipline_days(year: AssessmentYear, rule: DisciplineRule) -> tuple[date, date]:
    """From when to when a record in force on any day counts for the year."""
    first, last = date(year.number, 1, 1), date(year.number, 12, 31)
    return (last if rule is DisciplineRule.AT_YEAR_END else first), last


def _teams(year: AssessmentYear, tallies: Tallies) -> tuple[TeamInput, ...]:
    values: dict[int, dict[str, Any]] = defaultdict(dict)
    entered = LineValue.objects.filter(line__year=year).order_by()
    for township, code, value, applicable in entered.values_list("township", "line__code", "value", "applicable"):
        values[township][code] = value if applicable else NOT_APPLICABLE
    vetoes: dict[int, list[str]] = defaultdict(list)
    in_force = Veto.objects.filter(line__year=year, revoked_at__isnull=True)
    for township, code in in_force.values_list("township", "line__code"):
        vetoes[township].append(code)
    return tuple(
        TeamInput(
            code=township.code,
            name=township.name,
            order=township.order,
            values=values[township.pk],
            tallies=tallies[township.pk],
            vetoes=tuple(dict.fromkeys(vetoes[township.pk])),
        )
        for township in year.townships.all()
    )


def _cadres(year: AssessmentYear, tallies: Tallies, disciplined: dict[int, str]) -> tuple[CadreInput, ...]:
    """Read as plain rows: as objects with their relations, three hundred cadres take five times as long."""
    in_charge, posts = _in_charge(year), Post.objects.in_bulk()
    rows = year.roster.values_list("pk", "cadre", "post", "second_post", *_ROSTER_FIELDS)
    return tuple(
        [
            _cadre(
                [*fields, disciplined.get(cadre, "")],
                posts_in_order(posts[post], posts.get(second)),
                tuple(in_charge[entry]),
                tallies[cadre],
            )
            for entry, cadre, post, second, *fields in rows
        ]
    )


_ROSTER_FIELDS = ("cadre__number", "cadre__name", "township__code", "is_principal", "not_graded")


def _cadre(
    fields: list[Any],
    posts: tuple[Post, Post | None],
    in_charge: tuple[str, ...],
    tallies: dict[str, dict[str, Counts]],
) -> CadreInput:
    number, name, township, principal, not_graded, disciplinary = fields
    post, second = posts
    other = second.name if second else ""
    return CadreInput(number, name, township, post.name, principal, in_charge, not_graded, other, tallies, disciplinary)


def _in_charge(year: AssessmentYear) -> dict[int, list[str]]:
    charges: dict[int, list[str]] = defaultdict(list)
    through = RosterEntry.in_charge.through._default_manager.filter(rosterentry__year=year)
    for entry, code in through.order_by("scoredline__order").values_list("rosterentry", "scoredline__code"):
        charges[entry].append(code)
    return charges


def _tallies(year: AssessmentYear) -> tuple[Tallies, Tallies]:
    """Of townships' teams and of cadres, by their keys."""
    of_teams: Tallies = defaultdict(lambda: defaultdict(dict))
    of_cadres: Tallies = defaultdict(lambda: defaultdict(dict))
    rows = Tally.objects.filter(year=year, department=None).order_by().values_list(*_TALLY_FIELDS)
    for township, cadre, evaluation, group, first, second, third, fourth, abstain in rows:
        subject = of_teams[township] if cadre is None else of_cadres[cadre]
        subject[evaluation][group] = Counts((first, second, third, fourth), abstain)
    return of_teams, of_cadres


_TALLY_FIELDS = (
    "township_id",
    "cadre_id",
    "evaluation",
    "group",
    "first",
    "second",
    "third",
    "fourth",
    "abstain",
)
