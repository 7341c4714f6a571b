"""One small year: two townships, their principals, the default scheme; a hall that votes; words in English."""

from collections.abc import Callable

import pytest
from django.test import Client

from assessment.models import AssessmentYear, Box, Phase
from assessment.services.roster import RosterRow, roster_save
from assessment.services.year import year_create
from cadres.services.unit import UnitRow, townships_save
from tests.assessment.slips import opened
from tests.county import year_in_phase

PRINCIPALS = [
    RosterRow("0001", "王伟", "T01", "党委书记"),
    RosterRow("0002", "李娜", "T01", "乡镇长"),
    RosterRow("0003", "王伟", "T02", "党委书记"),
    RosterRow("0004", "赵敏", "T02", "乡镇长"),
]
DEPUTY = RosterRow("0005", "孙强", "T01", "副乡镇长", in_charge=("K1", "K2"))


@pytest.fixture
def draft(db: None) -> AssessmentYear:
    """2025 in draft: 青石镇 T01 and 柳河镇 T02, five cadres."""
    townships_save(rows=[UnitRow("T01", "青石镇"), UnitRow("T02", "柳河镇")], by=None)
    year = year_create(number=2025, by=None)
    roster_save(year=year, rows=[*PRINCIPALS, DEPUTY], by=None)
    return year


@pytest.fixture
def year(draft: AssessmentYear) -> AssessmentYear:
    """The same, collecting."""
    return year_in_phase(draft, Phase.COLLECTING)


@pytest.fixture
def clerk(client_for: Callable[[str], Client]) -> Client:
    """A clerk's browser."""
    return client_for("office")


@pytest.fixture
def hall(year: AssessmentYear) -> tuple[Box, list[str]]:
    """T1's box, open, and its three codes."""
    return opened(year)


@pytest.fixture
def codes(hall: tuple[Box, list[str]]) -> list[str]:
    return hall[1]
