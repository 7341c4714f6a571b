"""Gathers what a year was asked and answered into the engine's values, in a fixed number of queries."""

from collections import defaultdict
from typing import Any

from assessment.models import AssessmentYear, LineValue, RosterEntry, Tally, Veto
from assessment.selectors.year import scheme_current
from scoring.engine import NOT_APPLICABLE, CadreInput, Counts, TeamInput, YearInput

Tallies = dict[Any, dict[str, dict[str, Counts]]]


def year_input(year: AssessmentYear) -> YearInput:
    """Everything the engine needs; missing stays missing (RULES A3). Eight queries, whatever the size."""
    return YearInput(scheme=scheme_current(year), teams=_teams(year), cadres=_cadres(year))


def _teams(year: AssessmentYear) -> tuple[TeamInput, ...]:
    values: dict[int, dict[str, Any]] = defaultdict(dict)
    for value in LineValue.objects.filter(line__year=year).select_related("line"):
        values[value.township_id][value.line.code] = value.value if value.applicable else NOT_APPLICABLE
    vetoes: dict[int, list[str]] = defaultdict(list)
    in_force = Veto.objects.filter(line__year=year, revoked_at__isnull=True)
    for township, code in in_force.values_list("township", "line__code"):
        vetoes[township].append(code)
    tallies = _tallies(year, "township")
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


def _cadres(year: AssessmentYear) -> tuple[CadreInput, ...]:
    tallies = _tallies(year, "cadre")
    entries = year.roster.select_related("cadre", "township", "post", "second_post").prefetch_related("in_charge")
    return tuple(_cadre(entry, tallies[entry.cadre_id]) for entry in entries)


def _cadre(entry: RosterEntry, tallies: dict[str, dict[str, Counts]]) -> CadreInput:
    post, second = entry.posts_in_order
    return CadreInput(
        number=entry.cadre.number,
        name=entry.cadre.name,
        township=entry.township.code,
        post=post.name,
        principal=entry.is_principal,
        in_charge=tuple(line.code for line in entry.in_charge.all()),
        not_graded=entry.not_graded,
        second_post=second.name if second else "",
        tallies=tallies,
    )


def _tallies(year: AssessmentYear, subject: str) -> Tallies:
    tallies: Tallies = defaultdict(lambda: defaultdict(dict))
    fields = (f"{subject}_id", "evaluation", "group", "first", "second", "third", "fourth", "abstain")
    rows = Tally.objects.filter(year=year, **{f"{subject}__isnull": False}).values_list(*fields)
    for key, evaluation, group, first, second, third, fourth, abstain in rows.order_by():
        tallies[key][evaluation][group] = Counts((first, second, third, fourth), abstain)
    return tallies
