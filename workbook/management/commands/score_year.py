"""python manage.py score_year 2025 [--json]"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from rewards.selectors.bonus import year_bonus
from workbook.commands import year_named
from workbook.score_json import record_of, record_text
from workbook.score_text import score_text


class Command(BaseCommand):
    help = "Compute a year and print teams, cadres, places, suggested grades and the bonus."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("--json", action="store_true", help="the machine-readable record")

    def handle(self, *args: Any, **options: Any) -> None:
        bonus = year_bonus(year=year_named(options["year"]))
        record = record_of(bonus)
        self.stdout.write(record_text(record) if options["json"] else score_text(bonus, record))
