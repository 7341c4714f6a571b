"""python manage.py promotion_check 2025 ID… [--json]"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadres.models import Cadre
from cadres.templatetags.labels import term
from rewards.presenters.promotion import obstacle_text
from rewards.rules import AnnualGrade, Eligibility
from rewards.selectors.promotion import promotion_eligibility
from workbook.commands import year_named
from workbook.plain_table import plain_table

Names = dict[str, str]


class Command(BaseCommand):
    help = "Check candidates for promotion on their last years (RULES U1)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("ids", nargs="+", metavar="ID", help="personnel numbers")
        parser.add_argument("--json", action="store_true", help="the machine-readable record")

    def handle(self, *args: Any, **options: Any) -> None:
        year = year_named(options["year"])
        numbers = list(dict.fromkeys(options["ids"]))
        names = _names(numbers)
        found = promotion_eligibility(year=year, numbers=numbers)
        self.stdout.write(_record(found) if options["json"] else _to_read(found, names))


def _names(numbers: list[str]) -> Names:
    names = dict(Cadre.objects.filter(number__in=numbers).values_list("number", "name"))
    if unknown := [number for number in numbers if number not in names]:
        raise CommandError(_("Nobody has the personnel number %(numbers)s.") % {"numbers": "、".join(unknown)})
    return names


def _record(found: tuple[Eligibility, ...]) -> str:
    return json.dumps([_plain(one) for one in found], ensure_ascii=False, indent=2)


def _plain(one: Eligibility) -> dict[str, Any]:
    return {
        "id": one.number,
        "eligible": one.eligible,
        "order": one.order,
        "reasons": [
            {"clause": obstacle.clause, "year": obstacle.year, "text": obstacle_text(obstacle)}
            for obstacle in one.obstacles
        ],
        "years": [_plain_year(entry) for entry in one.years],
    }


def _plain_year(entry: AnnualGrade) -> dict[str, Any]:
    grade = str(entry.grade) if entry.grade else None
    return {"year": entry.year, "grade": grade, "rank_county": entry.rank_county, "ranked": entry.ranked}


def _to_read(found: tuple[Eligibility, ...], names: Names) -> str:
    years = [str(entry.year) for entry in found[0].years]
    header = (_("Order"), _("Number"), pgettext("person", "Name"), *years, _("Eligible"), _("Reasons"))
    rows = [
        (
            one.order,
            one.number,
            names[one.number],
            *map(_year_text, one.years),
            _("yes") if one.eligible else _("no"),
            "；".join(f"{obstacle_text(obstacle)} ({obstacle.clause})" for obstacle in one.obstacles),
        )
        for one in sorted(found, key=lambda one: (one.order is None, one.order or 0))
    ]
    return plain_table(_("Promotion check"), header, rows)


def _year_text(entry: AnnualGrade) -> str:
    place = f" {entry.rank_county}/{entry.ranked or '?'}" if entry.rank_county else ""
    return f"{term(entry.grade)}{place}" if entry.grade else entry.not_graded
