"""Contested votes of a ballot box: paper is read again, online ballots are counted anew by the system, and what was
counted of a small group is shown to nobody (RULES Y4, Y8)."""

import pytest
from django.utils import timezone

from assessment.models import AssessmentYear, Ballot, Box, BoxState, Electorate, Phase, Tally
from assessment.questions import Question, Subject
from cadres.errors import Refused
from cadres.models import Township
from rewards.models import AppealOutcome, AppealReading
from rewards.selectors.appeal_review import review_of
from scoring.engine import Counts
from scoring.results import current_result
from tests.conftest import ClientFor, account_of
from tests.county import county, ladder, year_in_phase
from tests.rewards.test_appeal import decided, read, received

pytestmark = pytest.mark.django_db

Grades = tuple[int, int, int, int]
PEOPLE, RETIRED = "群众代表", "离退休干部"


def published(
    counted: dict[str, Grades], *, paper: bool = True, ballots: dict[str, str] | None = None
) -> AssessmentYear:
    """E1 of T4 counted from a box; `ballots` are the marks of its online ballots by voter group."""
    year, town = county(ladder(4)), Township.objects.get(code="T4")
    question = Question(Subject.TEAM, "E1", "T4", "T4镇").as_dict()
    way = {"on_paper": paper, "online": ballots is not None}
    box = Box.objects.create(year=year, township=town, state=BoxState.COUNTED, questions=[question], **way)
    Tally.objects.filter(year=year, township=town, evaluation="E1").delete()
    for group, grades in counted.items():
        marks = (ballots or {}).get(group, "")
        electorate = Electorate.objects.create(box=box, category=group, slips_used=len(marks))
        Ballot.objects.bulk_create(Ballot(electorate=electorate, marks=mark) for mark in marks)
        votes = dict(zip(("first", "second", "third", "fourth"), grades, strict=True))
        ballots_of = {"issued": 60, "returned": sum(grades), "valid": sum(grades)}
        about = {"year": year, "township": town, "box": box, "evaluation": "E1", "group": group}
        Tally.objects.create(**about, **votes, **ballots_of, entered_at=timezone.now())
    return year_in_phase(year, Phase.PUBLISHED)


def test_small_group_is_shown_to_nobody(client_for: ClientFor) -> None:
    """Four retired cadres voted: neither what stands, nor two readings that differ, nor what a third decided."""
    appeal = received(published({PEOPLE: (41, 7, 0, 0), RETIRED: (0, 3, 1, 0)}), "T4", f"E1/{RETIRED}")
    item = appeal.items.get()
    address = f"/years/2025/appeals/{appeal.pk}/"

    def shown() -> list[tuple[str, ...]]:
        """Every text of a number on the page, and whether it says that they are withheld."""
        pages = [client_for(who).get(address) for who in ("office", "second_clerk")]
        rows = [row for page in pages for row in page.context["rows"]]
        return [(row.stored, row.read, *(line.text for line in row.readings), str(row.withheld)) for row in rows]

    read(item, "office", (0, 2, 2, 0, 0))
    read(item, "second_clerk", (0, 1, 3, 0, 0))
    assert shown() == [("", "", "", "", "True")] * 2
    read(item, "third", (0, 2, 2, 0, 0))
    assert shown() == [("", "", "", "", "", "True")] * 2
    assert "好" not in client_for("office").get(address + "letter/").content.decode()


def test_group_beside_the_small_one_is_hidden_too() -> None:
    """Else the sum, which follows from the points, would give the small one away."""
    appeal = received(published({PEOPLE: (4, 2, 0, 0), RETIRED: (0, 3, 1, 0)}), "T4", f"E1/{PEOPLE}")
    assert [state.hidden for state in review_of(appeal).states] == [True]


def test_large_group_is_shown_once_two_have_read() -> None:
    appeal = received(published({PEOPLE: (41, 7, 0, 0)}), "T4", f"E1/{PEOPLE}")
    item = appeal.items.get()
    read(item, "office", (40, 8, 0, 0, 0))
    assert not review_of(appeal).states[0].shown
    read(item, "second_clerk", (40, 8, 0, 0, 0))
    state = review_of(appeal).states[0]
    assert (state.shown, state.content) == (True, Counts((40, 8, 0, 0)))


def test_online_box_is_counted_anew_and_read_by_nobody() -> None:
    """What stands says 10 好, the ballots say 8 好 2 较好: settled without a reading, and corrected."""
    year = published({PEOPLE: (10, 0, 0, 0)}, paper=False, ballots={PEOPLE: "1111111122"})
    appeal = received(year, "T4", f"E1/{PEOPLE}")
    review = review_of(appeal)
    assert (review.settled, [state.content for state in review.changed]) == (True, [Counts((8, 2, 0, 0))])
    with pytest.raises(Refused):
        read(appeal.items.get(), "office", (10, 0, 0, 0, 0))
    assert AppealReading.objects.count() == 0
    decided(appeal)
    assert current_result(year).team("T4").input.tallies["E1"][PEOPLE] == Counts((8, 2, 0, 0))


def test_online_box_that_was_counted_right_is_upheld() -> None:
    year = published({PEOPLE: (8, 2, 0, 0)}, paper=False, ballots={PEOPLE: "1111111122"})
    assert decided(received(year, "T4", f"E1/{PEOPLE}"), AppealOutcome.UPHELD).after is None


def test_paper_and_online_add_up_e3() -> None:
    """Ten on paper, six online: what two people read of the paper, and the system of the rest."""
    year = published({PEOPLE: (14, 2, 0, 0)}, ballots={PEOPLE: "111112"})
    appeal = received(year, "T4", f"E1/{PEOPLE}")
    for who in ("office", "second_clerk"):
        read(appeal.items.get(), who, (9, 1, 0, 0, 0))
    assert review_of(appeal).changed == ()
    assert review_of(appeal).states[0].content == Counts((14, 2, 0, 0))


def test_paper_and_online_are_no_more_than_were_returned_e5() -> None:
    year = published({PEOPLE: (14, 2, 0, 0)}, ballots={PEOPLE: "111112"})
    appeal = received(year, "T4", f"E1/{PEOPLE}")
    with pytest.raises(Refused):
        read(appeal.items.get(), "office", (10, 1, 0, 0, 0))
    assert read(appeal.items.get(), "office", (9, 1, 0, 0, 0)).entered_by == account_of("office")
