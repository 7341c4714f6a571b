"""实到 corrected while a box is open: late arrivals, audited, the quorum said anew (RULES E5)."""

import pytest
from django.test import Client

from assessment.models import AssessmentYear, Box, BoxState
from assessment.services.box import box_open, box_present_correct
from assessment.voters import group_text
from cadres.errors import Refused
from cadres.models import Account, AuditEntry
from tests.assessment.test_box import address, page, posted
from tests.assessment.voting import STAFF, box_at, cast, voting_year

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def year() -> AssessmentYear:
    return voting_year()


@pytest.fixture
def box(year: AssessmentYear, office: Account) -> Box:
    """T1's box, online, prepared with 7 slips; 7 of 10 present."""
    return box_at(year, groups=((STAFF, 10, 7),), slips=7, by=office)


def test_e5_who_comes_late_is_counted_and_the_attendance_is_said_anew(box: Box, clerk: Client, office: Account) -> None:
    """7 of 10 opened it; with 5 of 10 it is said again, and nothing is refused."""
    box_open(box=box, by=office)
    assert posted(clerk, "box_present", box, **{"group-0": 9}) == ""
    assert box.electorates.get().present == 9
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.details) == ("box_present_correct", {"present": [[group_text(STAFF), 7, 9]]})
    assert "Present are now 9 of 10." in page(clerk, "box", box)
    assert posted(clerk, "box_present", box, **{"group-0": 5}) == ""
    assert "50% present, under 66.67%" in page(clerk, "box", box)
    assert posted(clerk, "box_present", box, **{"group-0": 4}) == ""
    assert "40% present, under the quorum of 50%: is the number right" in page(clerk, "box", box)


def test_who_is_present_is_saved_only_where_it_changes(box: Box, clerk: Client, office: Account) -> None:
    box_open(box=box, by=office)
    assert posted(clerk, "box_present", box, **{"group-0": 7}) == ""
    assert not AuditEntry.objects.filter(action="box_present_correct").exists()


@pytest.mark.parametrize(
    ("present", "words"),
    [
        (11, ": 11 present, but 10 are entitled."),
        (1, ": 1 present, but 2 have voted already."),
        ("", "This field is required."),
        (-1, "greater than or equal to 0"),
        ("七", "Enter a whole number."),
    ],
)
def test_who_is_present_fits_the_entitled_and_the_ballots(
    box: Box, clerk: Client, office: Account, present: object, words: str
) -> None:
    box_open(box=box, by=office)
    cast(box, "1" * 6, "2" * 6)
    shown = posted(clerk, "box_present", box, **{"group-0": present})
    assert words in shown
    assert f'value="{present}"' in shown or present == ""
    assert box.electorates.get().present == 7


def test_who_is_present_is_corrected_while_the_box_is_open_alone(box: Box, clerk: Client, office: Account) -> None:
    for _state in range(2):
        assert clerk.post(address("box_present", box), {"group-0": 9})["Location"] == address("box", box)
        with pytest.raises(Refused, match="The box is"):
            box_present_correct(box=box, present={STAFF: 9}, by=office)
        box.state = BoxState.CLOSED
        box.save()
    assert box.electorates.get().present == 7
