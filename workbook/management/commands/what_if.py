"""python manage.py what_if 2025 --set 步长=5% [--set …] [--json]"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cadres.errors import Refused
from rewards.selectors.bonus import year_bonus
from scoring.variation import Variation
from scoring.what_if import settings_of, year_varied
from workbook.commands import year_named
from workbook.score_json import record_of, record_text
from workbook.score_text import score_text


class Command(BaseCommand):
    help = "Compute a year under changed parameters of its scheme and print it; nothing is stored."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("--set", action="append", default=[], dest="changes", metavar="参数=值")
        parser.add_argument("--json", action="store_true", help="the machine-readable record")

    def handle(self, *args: Any, **options: Any) -> None:
        year = year_named(options["year"])
        try:
            result = year_varied(year, Variation(settings_of(options["changes"])))
        except Refused as refusal:
            raise CommandError("\n".join(refusal.messages)) from refusal
        bonus = year_bonus(year=year, result=result)
        record = record_of(bonus)
        self.stdout.write(record_text(record) if options["json"] else score_text(bonus, record))
