"""python manage.py archive_verify [FILE.json]"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from workbook.seal_words import record_verdict, seal_line, seals_verdicts
from workbook.services.seal import seals_verify


class Command(BaseCommand):
    help = "Verify the seals of all archived years and their chain, and a record file against its seal; else exit 1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="a record as downloaded or printed by score_year --json")

    def handle(self, *args: Any, **options: Any) -> None:
        state = seals_verify(by=None)
        for each in state.states:
            self.stdout.write(seal_line(each))
        wrong = seals_verdicts(state)
        if options["file"]:
            good, text = record_verdict(_content(options["file"]))
            wrong += () if good else (text,)
            self.stdout.write(text)
        if wrong:
            raise CommandError(" ".join(wrong))
        self.stdout.write(_("All seals hold. The latest chain is %(chain)s") % {"chain": state.chain or "-"})


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(_("The file cannot be read: %(why)s") % {"why": error.strerror}) from error
