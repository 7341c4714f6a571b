"""What stands beside a result, never scored: solicited opinions, notes, coverage of interviews (RULES Y5 to Y7).

The office sees it always, leaders once the year is closed and without who gave an opinion; the township itself never.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assessment.models import AssessmentYear, DailyNote, SolicitedOpinion
from assessment.selectors.interview import TownshipCoverage, coverage_of
from assessment.selectors.record import notes_beside, opinions_beside
from cadres.models import Account, Role, Township
from cadres.permissions import allows


@dataclass(frozen=True)
class Remark:
    """One opinion or note as this viewer is shown it; `by` is empty for who may not know."""

    on: date
    kind: str
    text: str
    by: str


@dataclass(frozen=True)
class Beside:
    """The section of a page."""

    opinions: tuple[Remark, ...]
    notes: tuple[Remark, ...]
    coverage: TownshipCoverage | None


def beside_team(*, year: AssessmentYear, code: str, by: Account) -> Beside | None:
    """Of a team, with the coverage of its township. None for who may not see it. Seven queries."""
    if not allows(by, "assessment.view_records", year):
        return None
    return _beside(opinions_beside(year, township=code), notes_beside(year, township=code), _coverage(year, code), by)


def beside_cadre(*, year: AssessmentYear, number: str, township: str, by: Account) -> Beside | None:
    """Of a cadre, with the coverage of the township. None for who may not see it. Seven queries."""
    if not allows(by, "assessment.view_records", year):
        return None
    return _beside(opinions_beside(year, cadre=number), notes_beside(year, cadre=number), _coverage(year, township), by)


def _coverage(year: AssessmentYear, code: str) -> TownshipCoverage | None:
    return next(iter(coverage_of(year, Township.objects.filter(code=code))), None)


def _beside(
    opinions: Sequence[SolicitedOpinion],
    notes: Sequence[DailyNote],
    coverage: TownshipCoverage | None,
    by: Account,
) -> Beside:
    office = by.role == Role.OFFICE
    return Beside(
        tuple(_opinion(opinion, named=office) for opinion in opinions),
        tuple(_note(note, named=office) for note in notes),
        coverage,
    )


def _opinion(opinion: SolicitedOpinion, *, named: bool) -> Remark:
    kind = f"{opinion.get_source_display()} · {opinion.get_direction_display()}"
    return Remark(opinion.dated, kind, opinion.content, opinion.given_by if named else "")


def _note(note: DailyNote, *, named: bool) -> Remark:
    return Remark(note.dated, note.get_occasion_display(), note.content, str(note.recorded_by) if named else "")
