"""The sheets of the archive in their order, declared once (WORKBOOK 3)."""

from collections.abc import Callable
from typing import IO, Any

from django.utils import translation

from workbook.archive.basis import basis_sheet
from workbook.archive.bonus import bonus_sheet
from workbook.archive.changes import changes_sheet
from workbook.archive.cover import cover_sheet
from workbook.archive.measures import measures_sheet
from workbook.archive.rankings import ranking_sheets
from workbook.archive.scheme import scheme_sheet
from workbook.archive.scores import cadre_sheet, team_sheet
from workbook.archive.sheet import Sheet
from workbook.archive.source import ArchiveSource
from workbook.archive.tallies import tallies_sheet
from workbook.archive.writer import book_write

ONE_SHEET: tuple[Callable[[ArchiveSource], Sheet[Any]], ...] = (
    basis_sheet,
    bonus_sheet,
    measures_sheet,
    scheme_sheet,
    tallies_sheet,
    changes_sheet,
)


def archive_sheets(source: ArchiveSource) -> list[Sheet[Any]]:
    """In the words of whatever language is active; `archive_write` makes that Chinese."""
    first: list[Sheet[Any]] = [cover_sheet(source), team_sheet(source), cadre_sheet(source)]
    return [*first, *ranking_sheets(source), *(make(source) for make in ONE_SHEET)]


def archive_write(*, source: ArchiveSource, file: IO[bytes] | str) -> None:
    with translation.override("zh-hans"):
        book_write(sheets=archive_sheets(source), title=source.title, file=file)
