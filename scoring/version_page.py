"""What the pages of a year's versions show: an earlier result as it was, and what a later one changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from assessment.presenters.scheme import Difference
from assessment.presenters.scheme import differences as scheme_differences
from scoring.cadre_columns import CadreColumns
from scoring.decided_columns import decided_cadre_grade, decided_team_grade, with_decided
from scoring.difference_words import DifferenceCount, DifferenceRow, difference_count, difference_rows
from scoring.differences import Outcome, differences
from scoring.listing import Listing, Source, listing
from scoring.models import ResultVersion
from scoring.rankings import COUNTY, ranking_columns, ranking_filters
from scoring.selectors.version import version_outcome
from scoring.tables import Cell, Column
from scoring.team_columns import TeamColumns, in_order

T = TypeVar("T")

TEAMS, CADRES = "teams", "cadres"


def version_listing(version: ResultVersion, kind: str, query: Mapping[str, str], source: Source) -> Listing:
    """Teams or cadres with lines, totals, places, grades as they were. Nothing in it is a link: pages that explain a
    number are those of the result in force."""
    outcome = version_outcome(version)
    return _teams(version, outcome, query, source) if kind == TEAMS else _cadres(version, outcome, query, source)


def _teams(version: ResultVersion, outcome: Outcome, query: Mapping[str, str], source: Source) -> Listing:
    columns = TeamColumns(outcome.result, source.year.number)
    return listing(
        in_order(outcome.result),
        [*map(_unlinked, with_decided(columns.all(), decided_team_grade(outcome.team_grades)))],
        columns.filters(),
        query,
        source,
        page=f"version-{version.pk}-teams",
        label=columns.label,
        text=lambda team: f"{team.input.code} {team.input.name}",
    )


def _cadres(version: ResultVersion, outcome: Outcome, query: Mapping[str, str], source: Source) -> Listing:
    columns = CadreColumns(outcome.result, source.year.number)
    return listing(
        COUNTY.subjects(outcome.result),
        [*map(_unlinked, with_decided(ranking_columns(COUNTY, columns), decided_cadre_grade(outcome.cadre_grades)))],
        ranking_filters(outcome.result, columns),
        query,
        source,
        page=f"version-{version.pk}-cadres",
        label=_("Scores of the cadres"),
        text=columns.search_text,
    )


def _unlinked(column: Column[T]) -> Column[T]:
    cell = column.cell

    def plain(subject: T) -> Cell:
        text, _href, mark, css = cell(subject)
        return text, "", mark, css

    return replace(column, cell=plain)


@dataclass(frozen=True)
class Compared:
    """Two versions side by side."""

    old: ResultVersion
    new: ResultVersion
    rows: list[DifferenceRow]
    count: DifferenceCount
    scheme: list[Difference]


def compared(old: ResultVersion, new: ResultVersion) -> Compared:
    """Every line, total, place and grade that differs, and what differs in the schemes."""
    before, after = version_outcome(old), version_outcome(new)
    rows = difference_rows(differences(before, after), before, after)
    return Compared(
        old, new, rows, difference_count(rows), scheme_differences(before.result.scheme, after.result.scheme)
    )


def chosen_versions(year: AssessmentYear, query: Mapping[str, str]) -> tuple[ResultVersion, ResultVersion] | None:
    """The two that the address names, else the last two; None where there are no two."""
    versions = {version.number: version for version in year.result_versions.order_by("number")}
    if len(versions) < 2:
        return None
    *_earlier, before, last = versions.values()
    return _named(versions, query.get("old"), before), _named(versions, query.get("new"), last)


def _named(versions: Mapping[int, ResultVersion], text: str | None, otherwise: ResultVersion) -> ResultVersion:
    return versions.get(int(text), otherwise) if text and text.isdecimal() else otherwise
