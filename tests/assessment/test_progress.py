"""How far the collection has come: the board's sources as counts, for leaders."""

from fractions import Fraction

from django.utils import timezone, translation

from assessment.models import AssessmentYear, Box, BoxState, Phase, SheetKind, ValueEntry
from assessment.presenters.progress import progress_of
from assessment.selectors.board import board_of
from cadres.models import Account, Role, Township
from tests.assessment.sheets import opened, signed
from tests.county import county, ladder
from tests.factories import AccountFactory

Counts = tuple[int, int, int]


def progress(year: AssessmentYear) -> dict[str, Counts]:
    """Source → done, under way, missing."""
    with translation.override("en"):
        return {one.label: (one.done, one.under_way, one.missing) for one in progress_of(board_of(year))}


def test_year_without_anything(year: AssessmentYear) -> None:
    """Two townships with 13 lines each."""
    assert progress(year) == {
        "Values": (0, 0, 26),
        "Ballot box": (0, 0, 2),
        "Departments' sheets": (0, 0, 2),
        "Leaders' sheets": (0, 0, 2),
        "Assessors' sheets": (0, 0, 2),
        "Rates departments": (0, 0, 2),
        "Interviews": (0, 0, 2),
    }


def test_complete_year_lacks_sheets_of_townships_and_interviews_only(db: None) -> None:
    assert progress(county(ladder(2), phase=Phase.COLLECTING)) == {
        "Values": (26, 0, 0),
        "Ballot box": (2, 0, 0),
        "Departments' sheets": (2, 0, 0),
        "Leaders' sheets": (2, 0, 0),
        "Assessors' sheets": (2, 0, 0),
        "Rates departments": (0, 0, 2),
        "Interviews": (0, 0, 2),
    }


def test_y3_an_entry_that_waits_is_under_way_and_one_returned_is_missing(
    year: AssessmentYear, office: Account, department: Account
) -> None:
    township = Township.objects.get(code="T01")
    stamp = {"township": township, "value": Fraction(5), "entered_by": department, "entered_at": timezone.now()}
    ValueEntry.objects.create(line=year.lines.get(code="K1"), **stamp)
    settled = {"settled_by": office, "settled_at": timezone.now(), "return_reason": "口径不符"}
    ValueEntry.objects.create(line=year.lines.get(code="K2"), state="returned", **stamp, **settled)
    assert progress(year)["Values"] == (0, 1, 25)


def test_y4_an_open_box_is_under_way_whatever_is_in_it(year: AssessmentYear) -> None:
    Box.objects.create(year=year, township=Township.objects.get(code="T01"), state=BoxState.OPEN)
    assert progress(year)["Ballot box"] == (0, 1, 1)


def test_sheets_of_an_open_round_count_by_account(year: AssessmentYear, leader: Account) -> None:
    AccountFactory(role=Role.LEADER, username="leader2")
    opened(year, SheetKind.LEADER)
    signed(year, leader, {})
    assert progress(year)["Leaders' sheets"] == (1, 0, 1)
