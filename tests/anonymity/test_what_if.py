"""A what-if gives no small voter group's counts away (RULES Y4): what a page hides, the difference of two results would
tell. What rests on enough votes can be tried all the same."""

from urllib.parse import urlencode

import pytest

from assessment.models import AssessmentYear
from assessment.scheme import scheme_with
from assessment.services.box import box_open
from assessment.services.box_closing import box_close
from assessment.services.scheme import scheme_save
from cadres.errors import Refused
from scoring.results import current_result, results_forget
from scoring.untold_votes import UntoldVotes, untold_votes
from scoring.variation import Variation
from scoring.what_if import what_if, year_varied
from tests.assessment.voting import RETIRED, STAFF, box_at, cast, voting_year
from tests.conftest import ClientFor, account_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

MARKS = 6
"""A ballot of T1 answers for the team and its five cadres."""

DEPUTIES = "人大代表、政协委员"
OUTCOME = "/years/2025/what-if/outcome/"


def voted(groups: dict[str, int]) -> AssessmentYear:
    """T1's box, counted: so many ballots a group, all of the first grade."""
    year, office = voting_year(), account_of("office")
    box = box_at(
        year, groups=tuple((group, n, n) for group, n in groups.items()), slips=max(groups.values()), by=office
    )
    box_open(box=box, by=office)
    for group, ballots in groups.items():
        cast(box, *["1" * MARKS] * ballots, group=group)
    box_close(box=box, by=office)
    results_forget()
    return year


def problems(year: AssessmentYear, settings: dict[str, str], *without: str) -> list[str]:
    """What a page says of it; nothing where it is tried."""
    try:
        what_if(year, Variation(settings, without))
    except Refused as refusal:
        return [message.partition(":")[0] for message in refusal.messages]
    return []


THREE = {STAFF: 10, DEPUTIES: 6, RETIRED: 3}
"""Three retired cadres, and beside them the six, whose counts are not shown either."""


@pytest.mark.parametrize(
    ("texts", "refused"),
    [
        ({"票别权重": f"E1:{RETIRED}=1"}, 1),
        ({"票别权重": f"C1:{STAFF}=0.5,{RETIRED}=0.5"}, 1),
        ({"票别权重": f"E3:{STAFF}=1"}, 0),
        ({"班子档次系数": "1;0;0;0"}, 0),
        ({"评价项分值": "民主测评=20"}, 0),
        ({"优称率线": "95%"}, 0),
        ({"步长": "5%"}, 0),
    ],
    ids=str,
)
def test_categories_added_up_are_enough_votes_a_category_alone_is_not(texts: dict[str, str], refused: int) -> None:
    """E3: 19 votes are added up before the share is taken."""
    assert len(problems(voted(THREE), texts)) == refused


class TestFewVotes:
    """Four ballots in all: their points are public, every other number made of them is not."""

    @pytest.mark.parametrize(
        ("texts", "without", "refused"),
        [
            ({"班子档次系数": "1;0;0;0"}, (), 1),
            ({"干部档次分段": "90%=100%;0=50%"}, (), 1),
            ({"评价项分值": "民主测评=15000"}, (), 1),
            ({"评价项分值": "考评组评价=15000"}, (), 0),
            ({"评价项分值": "考评组评价=15000"}, ("E4",), 1),
            ({"干部分值": "民主测评=20.01"}, (), 1),
            ({"优称率线": "95%", "不称职率线": "1%"}, (), 2),
            ({}, ("E1",), 0),
            ({}, ("E4",), 0),
            ({"步长": "5%", "优秀比例": "30%"}, (), 0),
        ],
        ids=str,
    )
    def test_what_is_made_of_them_alone(self, texts: dict[str, str], without: tuple[str, ...], refused: int) -> None:
        assert len(problems(voted({STAFF: 4}), texts, *without)) == refused

    def test_the_page_says_so_beside_the_field(self, client_for: ClientFor) -> None:
        voted({STAFF: 4})
        answer = client_for("office").get(f"{OUTCOME}?{urlencode({'班子档次系数': '1;0;0;0'})}").content.decode()
        assert 'data-problem="班子档次系数"' in answer
        assert "not tried in this year: the few votes of a small voter group could be worked out from it" in answer

    def test_the_command_is_not_kept_from_it(self) -> None:
        """Who runs it holds the database."""
        year = voted({STAFF: 4})
        assert year_varied(year, Variation({"班子档次系数": "0;0;0;0"})).team("T1").line("E1").points == 0


class TestWeighed:
    """Two weighted groups, of which one is small: leaving out the other is its rate."""

    @pytest.fixture
    def year(self) -> AssessmentYear:
        made = voted({STAFF: 10, RETIRED: 3})
        weighted = scheme_with(current_result(made).scheme, {"票别权重": f"民主测评:{STAFF}=0.6,{RETIRED}=0.4"})
        AssessmentYear.objects.filter(pk=made.pk).update(phase="draft")
        made.refresh_from_db()
        scheme_save(year=made, scheme=weighted, reason="按票别加权", by=account_of("office"))
        results_forget()
        return made

    def test_it_cannot_be_left_out(self, year: AssessmentYear) -> None:
        assert problems(year, {}, STAFF) == ["Sources left out"]
        assert problems(year, {}, RETIRED) == ["Sources left out"]

    def test_nor_be_weighed_otherwise(self, year: AssessmentYear) -> None:
        assert len(problems(year, {"票别权重": f"民主测评:{STAFF}=0.5,{RETIRED}=0.5"})) == 1

    def test_nor_be_measured_otherwise(self, year: AssessmentYear) -> None:
        assert len(problems(year, {"班子档次系数": "1;0;0;0", "干部分值": "民主测评=40"})) == 2

    def test_evaluations_leave_each_other_out_as_before(self, year: AssessmentYear) -> None:
        assert problems(year, {"步长": "3%"}, "E2", "K1") == []


def test_enough_votes_in_every_group_leave_everything_free() -> None:
    year = voted({STAFF: 10, RETIRED: 5})
    assert untold_votes(year, current_result(year).scheme) == UntoldVotes()
