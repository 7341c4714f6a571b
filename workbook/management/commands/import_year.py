"""python manage.py import_year FILE.xlsx --year 2025 [--dry-run]"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from workbook.reading.package import LARGEST_FILE
from workbook.services.changes import SheetChanges
from workbook.services.import_year import ImportReport, year_import, year_import_preview
from workbook.sheets.problems import Problem


class Command(BaseCommand):
    help = "Import a year's workbook: all of it, or nothing and every problem on a line of its own (exit code 1)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument("--dry-run", action="store_true", help="check and list the changes, save nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path, number = options["file"], options["year"]
        data = _content(path)
        if options["dry_run"]:
            report = year_import_preview(data=data, number=number, by=None)
        else:
            report = year_import(data=data, number=number, file_name=path.name, by=None)
        if not report.good:
            self._print_problems(report, path.name)
        self._print_changes(report)

    def _print_problems(self, report: ImportReport, file_name: str) -> None:
        """Exit code 1; problems of the whole file stand under its name."""
        for problem in report.reading.problems.listed:
            self.stdout.write(str(problem) if problem.sheet else f"{file_name}: {problem}")
        if more := report.reading.problems.more:
            self.stdout.write(_("… and %(count)d more") % {"count": more})
        count = report.reading.problems.count
        raise CommandError(_("%(count)d problems; nothing was saved.") % {"count": count})

    def _print_changes(self, report: ImportReport) -> None:
        for notice in report.reading.notices:
            self.stdout.write(_("Note: %(text)s") % {"text": _one_line(notice)})
        if report.year_created:
            self.stdout.write(_("The year %(year)d is new.") % {"year": report.reading.number})
        for sheet in report.sheets:
            self.stdout.write(_counts(sheet))
        self.stdout.write(_("Saved.") if report.applied else _("Checked only; nothing was saved."))


def _content(path: Path) -> bytes:
    """The file's bytes, no more than one too many; CommandError where it cannot be opened."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise CommandError(f"{path.name}: {error.strerror}") from error


def _counts(sheet: SheetChanges) -> str:
    words = {"sheet": sheet.sheet, "added": len(sheet.added), "changed": len(sheet.changed)}
    words |= {"removed": len(sheet.removed), "unchanged": sheet.unchanged}
    return _("%(sheet)s: %(added)d added, %(changed)d changed, %(removed)d removed, %(unchanged)d unchanged") % words


def _one_line(notice: Problem) -> str:
    return " ".join(str(notice).split())
