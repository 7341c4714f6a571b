from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cadres.errors import Refused
from workbook.demo.build import demo_build
from workbook.demo.sheets import demo_workbook
from workbook.demo.year import NEXT_YEAR, demo_year


class Command(BaseCommand):
    help = "Fill an empty database with the demo county: 20 townships, three closed years, demo accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-accounts", action="store_true", help="data only, nobody can sign in")
        parser.add_argument("--force", action="store_true", help="make demo accounts outside a workplace too")
        parser.add_argument("--workbook", type=Path, metavar="FILE", help="write the workbook of the next year instead")
        parser.add_argument(
            "--mistakes", action="store_true", help="with --workbook: with a handful of planted mistakes"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["workbook"]:
            demo_workbook(demo_year(NEXT_YEAR), mistakes=options["mistakes"]).save(options["workbook"])
            return
        self._build(accounts=not options["no_accounts"], force=options["force"])

    def _build(self, *, accounts: bool, force: bool) -> None:
        if accounts and not (settings.LOCAL or settings.DEBUG or force):
            raise CommandError("Demo accounts share a printed password: not in production (--no-accounts, or --force).")
        try:
            demo_build(accounts=accounts)
        except Refused as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        self.stdout.write("The demo county is in the database; `manage.py demo_accounts` prints who can sign in.")
