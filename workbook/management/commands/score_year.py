"""python manage.py score_year 2025 [--json]"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from rewards.selectors.bonus import YearBonus, year_bonus
from workbook.commands import year_named
from workbook.plain_table import plain_table
from workbook.score_json import Record, record_of, record_text


class Command(BaseCommand):
    help = "Compute a year and print teams, cadres, places, suggested grades and the bonus."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("--json", action="store_true", help="the machine-readable record")

    def handle(self, *args: Any, **options: Any) -> None:
        bonus = year_bonus(year=year_named(options["year"]))
        record = record_of(bonus)
        self.stdout.write(record_text(record) if options["json"] else _to_read(bonus, record))


def _to_read(bonus: YearBonus, record: Record) -> str:
    parts = [_missing(record), _teams(record), _cadres(record), _bonus(bonus, record)]
    return "\n\n".join(part for part in parts if part)


def _missing(record: Record) -> str:
    if record["computable"]:
        return ""
    rows = [(missing["subject"], missing["line"], missing["reason"]) for missing in record["missing"]]
    return plain_table(_("Not computable. Missing:"), (_("Subject"), _("Line"), _("Reason")), rows)


def _teams(record: Record) -> str:
    header = (
        _("Place"),
        _("Code"),
        _("Township"),
        _("Targets"),
        _("Evaluations"),
        _("Total"),
        _("Grade"),
        _("Bonus"),
    )
    keys = ("rank", "township", "name", "target_points", "evaluation_points", "total")
    teams = sorted(record["teams"], key=lambda team: team["rank"] or len(record["teams"]) + 1)
    rows = [(*(team[key] for key in keys), team["grade"] or team["suggested_grade"], team["bonus"]) for team in teams]
    return plain_table(_("Teams"), header, rows)


def _cadres(record: Record) -> str:
    header = (_("Place"), _("Number"), _("Name"), _("Township"), _("Post"), _("Total"), _("Grade"), _("Bonus"))
    keys = ("rank_county", "id", "name", "township", "post", "total")
    cadres = sorted(record["cadres"], key=lambda cadre: cadre["rank_county"] or len(record["cadres"]) + 1)
    rows = [
        (*(cadre[key] for key in keys), cadre["grade"] or cadre["suggested_grade"], cadre["bonus"]) for cadre in cadres
    ]
    return plain_table(_("Cadres"), header, rows)


def _bonus(bonus: YearBonus, record: Record) -> str:
    rows = [(name, value) for name, value in record["bonus"].items()]
    grades = _("decided grades") if bonus.grades.all_decided else _("suggested grades where none is decided")
    return plain_table(_("Bonus, by %(grades)s") % {"grades": grades}, (_("Part"), _("Yuan")), rows)
