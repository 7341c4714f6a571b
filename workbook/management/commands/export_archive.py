"""python manage.py export_archive 2025 --output FILE.xlsx"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from workbook.archive.export import archive_export
from workbook.commands import year_named


class Command(BaseCommand):
    help = "Write the archive workbook of a year."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("--output", type=Path, required=True, help="the .xlsx file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        content = archive_export(year=year_named(options["year"]), by=None)
        try:
            options["output"].write_bytes(content)
        except OSError as error:
            raise CommandError(_("The file cannot be written: %(why)s") % {"why": error.strerror}) from error
        self.stdout.write(_("Written: %(file)s") % {"file": options["output"]})
