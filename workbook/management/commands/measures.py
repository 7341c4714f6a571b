"""python manage.py measures 2025 [--json]"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from rewards.presenters.measure import evidence_texts, kind_text, pair_text, state_text
from rewards.selectors.measure import MeasureCase, measure_cases
from workbook.commands import year_named
from workbook.measure_json import measure_records, measure_text
from workbook.plain_table import plain_table


class Command(BaseCommand):
    help = "Print the measures that the rules propose after a year, for teams and cadres."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("--json", action="store_true", help="the machine-readable list")

    def handle(self, *args: Any, **options: Any) -> None:
        year = year_named(options["year"])
        self.stdout.write(measure_text(measure_records(year)) if options["json"] else _to_read(year))


def _to_read(year: AssessmentYear) -> str:
    """Proposals with their state; below them what the committee is asked."""
    cases = measure_cases(year)
    parts = [_proposals([case for case in cases if case.listed])]
    open_pairs = [case for case in cases if case.pair and not case.listed]
    parts += [f"{case.subject.name} {case.key.code}: {pair_text(case.pair)}" for case in open_pairs if case.pair]
    return "\n\n".join(parts)


def _proposals(cases: list[MeasureCase]) -> str:
    if not cases:
        return _("Nothing is proposed")
    header = (
        _("Code"),
        _("Team or cadre"),
        _("Measure"),
        _("Clause"),
        _("Years and grades"),
        _("Deadline"),
        _("State"),
    )
    rows = [
        (
            case.key.code,
            case.subject.name,
            kind_text(case.key.kind),
            case.clause,
            evidence_texts(case),
            case.due,
            state_text(case),
        )
        for case in cases
    ]
    return plain_table(_("Measures"), header, rows)
