"""python manage.py stability 2025 [--replicates 2000] [--seed 1] [--json]"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from scoring.results import current_result
from scoring.selectors.stability import REPLICATES, SEED
from scoring.stability import MOST_REPLICATES, stability_of
from workbook.commands import year_named
from workbook.score_json import record_text
from workbook.stability_json import stability_record
from workbook.stability_text import stability_text


class Command(BaseCommand):
    help = "Shake a year's ballots and weights and print between which places each stands; nothing is stored."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("--replicates", type=int, default=REPLICATES, help=f"1 to {MOST_REPLICATES}")
        parser.add_argument("--seed", type=int, default=SEED, help="0 or more; the same seed gives the same answer")
        parser.add_argument("--json", action="store_true", help="the machine-readable record")

    def handle(self, *args: Any, **options: Any) -> None:
        replicates, seed = options["replicates"], options["seed"]
        _refuse(replicates, seed)
        result = current_result(year_named(options["year"]))
        stability = stability_of(result, replicates=replicates, seed=seed)
        record = stability_record(result, stability)
        self.stdout.write(record_text(record) if options["json"] else stability_text(result, stability))


def _refuse(replicates: int, seed: int) -> None:
    if not 1 <= replicates <= MOST_REPLICATES:
        raise CommandError(
            _("%(number)s replicates: a whole number from 1 to %(most)s is needed.")
            % {"number": replicates, "most": MOST_REPLICATES}
        )
    if seed < 0:
        raise CommandError(_("Seed %(number)s: a whole number from 0 on is needed.") % {"number": seed})
