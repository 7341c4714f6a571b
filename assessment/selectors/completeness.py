"""What a year still lacks, source by source, counted without scoring it."""

from dataclasses import dataclass

from assessment.models import AssessmentYear, LineValue
from assessment.scheme import CadreItem, Evaluation, Scheme


@dataclass(frozen=True)
class Completeness:
    """Subjects by natural keys: (township code, line code) or (subject, evaluation code, voter group)."""

    values: frozenset[tuple[str, str]]
    team_tallies: frozenset[tuple[str, str, str]]
    cadre_tallies: frozenset[tuple[str, str, str]]

    @property
    def complete(self) -> bool:
        return not (self.values or self.team_tallies or self.cadre_tallies)


def year_missing(*, year: AssessmentYear, scheme: Scheme) -> Completeness:
    """Everything that RULES A3 would call missing. Five queries, whatever the size."""
    townships = list(year.townships.values_list("code", flat=True))
    graded = list(year.roster.filter(not_graded="").values_list("cadre__number", flat=True))
    entered = set(LineValue.objects.filter(line__year=year).values_list("township__code", "line__code"))
    team = set(year.tallies.filter(township__isnull=False).values_list("township__code", "evaluation", "group"))
    cadre = set(year.tallies.filter(cadre__isnull=False).values_list("cadre__number", "evaluation", "group"))
    voted = tuple(item for item in scheme.cadre_items if not item.is_work)
    return Completeness(
        values=frozenset((t, line.code) for t in townships for line in scheme.lines) - entered,
        team_tallies=_missing_tallies(townships, scheme.evaluations, team),
        cadre_tallies=_missing_tallies(graded, voted, cadre),
    )


def year_concerned(*, year: AssessmentYear, missing: Completeness) -> tuple[int, int]:
    """How many teams and how many graded cadres get no total (RULES A3). A cadre's work result rests on the team's
    target values. One query."""
    without_values = {township for township, _line in missing.values}
    without_votes = {number for number, _item, _group in missing.cadre_tallies}
    graded = year.roster.filter(not_graded="").values_list("cadre__number", "township__code")
    cadres = sum(number in without_votes or township in without_values for number, township in graded)
    teams = without_values | {township for township, _evaluation, _group in missing.team_tallies}
    return len(teams), cadres


def _missing_tallies(
    subjects: list[str], items: tuple[Evaluation, ...] | tuple[CadreItem, ...], present: set[tuple[str, str, str]]
) -> frozenset[tuple[str, str, str]]:
    """Of an item with weighted groups every group is needed; without weights any one row will do (RULES E3)."""
    any_group = {(subject, code) for subject, code, _group in present}
    lacking = set()
    for item in items:
        for subject in subjects:
            if item.groups:
                lacking |= {(subject, item.code, name) for name, _weight in item.groups} - present
            elif (subject, item.code) not in any_group:
                lacking.add((subject, item.code, ""))
    return frozenset(lacking)
