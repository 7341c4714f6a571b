"""What departments have reported of their lines in the year that is being collected: most of it confirmed."""

from assessment.models import AssessmentYear
from assessment.selectors.value_entry import entries_pending
from assessment.services.value_entry import value_entries_confirm, value_entries_save
from cadres.models import Account
from workbook.demo.county import ANSWERS_FOR, DEPARTMENTS, TOWNSHIP_CODES
from workbook.demo.year import DemoYear

NOT_REPORTED = {"R2": TOWNSHIP_CODES, "K1": TOWNSHIP_CODES[-3:], "K5": TOWNSHIP_CODES[-5:]}
"""Line → townships whose value is still missing."""

NOT_CONFIRMED = ("V5", "R3")
"""Lines whose values wait for the office."""


def figures_build(year: AssessmentYear, demo: DemoYear, accounts: dict[str, Account]) -> None:
    """Each department types its own; a clerk confirms."""
    users = {unit.name: unit.code.lower() for unit in DEPARTMENTS} | {DEPARTMENTS[0].name: "finance"}
    for line, department in ANSWERS_FOR.items():
        missing = NOT_REPORTED.get(line, ())
        cells = {(code, line): demo.values[code, line] for code in TOWNSHIP_CODES if code not in missing}
        if cells:
            value_entries_save(year=year, cells=cells, by=accounts[users[department]])
    reported = entries_pending(year).exclude(line__code__in=NOT_CONFIRMED)
    value_entries_confirm(year=year, entries=list(reported.values_list("pk", flat=True)), by=accounts["office"])
