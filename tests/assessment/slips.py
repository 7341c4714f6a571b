"""Slips for tests of voting: a box at its meeting and the codes that were dealt; what is on record of refusals."""

from typing import Any

from assessment.models import AssessmentYear, Box
from assessment.services.box import ElectorateRow, box_create, box_open
from assessment.services.slip import slips_draw
from cadres.models import AuditEntry, Township
from tests.conftest import account_of

GROUP = "机关工作人员"
TEAM, *CADRES = "E1:T1", "C1:T1-1", "C1:T1-2", "C1:T1-3", "C1:T1-4", "C1:T1-5"
ALL_BEST = {TEAM: "1", **dict.fromkeys(CADRES, "1")}


def prepared(year: AssessmentYear, township: str, slips: int = 3) -> tuple[Box, list[str]]:
    """A box of this township with so many slips drawn, and their codes."""
    office, unit = account_of("office"), Township.objects.get(code=township)
    groups = [ElectorateRow(GROUP, slips, slips)]
    box = box_create(year=year, unit=unit, on_paper=False, online=True, electorates=groups, by=office)
    return box, slips_draw(box=box, numbers={GROUP: slips}, by=office)[GROUP]


def opened(year: AssessmentYear, township: str = "T1", slips: int = 3) -> tuple[Box, list[str]]:
    box, codes = prepared(year, township, slips)
    box_open(box=box, by=account_of("office"))
    return box, codes


def refusals() -> list[tuple[str, str, dict[str, Any]]]:
    """What the audit trail holds of them."""
    found = AuditEntry.objects.filter(action="vote_refused", refused=True)
    return list(found.values_list("actor_name", "subject", "details"))


ANONYMOUS_REFUSAL: tuple[str, str, dict[str, Any]] = ("anonymous", "T1镇", {})
