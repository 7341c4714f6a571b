"""RULES 6, the whole of B1 to B5, case by case in plain yuan. The label says the clause and what happens."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from assessment.scheme import BonusTerms, Forfeited, default_scheme
from rewards.rules import (
    BonusCadre,
    BonusError,
    BonusPost,
    BonusResult,
    BonusTeam,
    Remedy,
    ShareReason,
    ShareState,
    TeamAward,
    split_bonus,
)
from scoring.engine import CadreGrade, TeamGrade

SECRETARY, HEAD, DEPUTY, ADVISER = "党委书记", "乡镇长", "副乡镇长", "顾问"
POSTS = [BonusPost(SECRETARY, True), BonusPost(HEAD, True), BonusPost(DEPUTY, False), BonusPost(ADVISER, False, False)]
TERMS = default_scheme().bonus
EXCELLENT, COMPETENT, BASIC, INCOMPETENT = CadreGrade
RETURN, REDIVIDE = Forfeited.RETURN, Forfeited.REDIVIDE


def _teams(words: str) -> list[BonusTeam]:
    """“1 2v 3good”: the ranks of T1, T2 …; v = under a veto, good = 实绩较好, the rest 实绩突出."""
    teams = []
    for index, word in enumerate(words.split(), start=1):
        rank = int("".join(filter(str.isdigit, word)))
        grade = TeamGrade.GOOD if word.endswith("good") else TeamGrade.OUTSTANDING
        teams.append(BonusTeam(f"T{index}", rank, grade, word.endswith("v")))
    return teams


def _terms(changes: dict[str, Any]) -> BonusTerms:
    exact: dict[str, Any] = {name: Fraction(value) for name, value in changes.items()}
    return replace(TERMS, **exact)


def _row(count: int) -> str:
    return " ".join(str(rank) for rank in range(1, count + 1))


def _yuan(numbers: str) -> list[Decimal]:
    return [Decimal(number.replace(",", "")) for number in numbers.split()]


# B1


AWARDS: list[Any] = [
    ("B1: the first place gets 50,000", "1", {}, "50,000"),
    ("B1: each further place 5,000 less", "1 2 3 4", {}, "50,000 45,000 40,000 35,000"),
    ("B1: places 1, 1, 3 give 50,000, 50,000, 40,000", "1 1 3", {}, "50,000 50,000 40,000"),
    ("B1: three tied for first get 50,000 each, the next is fourth", "1 1 1 4", {}, "50,000 50,000 50,000 35,000"),
    ("B1: a tie in the middle shares its place", "1 2 2 4", {}, "50,000 45,000 45,000 35,000"),
    ("B1: a tie for last place", "1 2 2", {}, "50,000 45,000 45,000"),
    ("B1: the place counts among the outstanding, whatever the rank", "2 7 9", {}, "50,000 45,000 40,000"),
    ("B1: a good team between two takes no place", "1 2good 3", {}, "50,000 0 45,000"),
    ("B1: the best team, only good, takes no place", "1good 2 3", {}, "0 50,000 45,000"),
    ("B1, G5: a vetoed team, outstanding by decision, gets nothing", "1 2v 3", {}, "50,000 0 45,000"),
    ("B1, G5: a vetoed team tied for first leaves the other alone there", "1v 1 3", {}, "0 50,000 45,000"),
    ("B1: nobody is outstanding", "1good 2good", {}, "0 0"),
    ("B1: no teams at all", "", {}, ""),
    ("B1: the tenth gets 5,000, the eleventh 0, the twelfth not −5,000", _row(12), {},
     "50,000 45,000 40,000 35,000 30,000 25,000 20,000 15,000 10,000 5,000 0 0"),
    ("B1: never under 0 where the reduction is steep", "1 2 3 4", {"decrement": 30000}, "50,000 20,000 0 0"),
    ("B1: no reduction", "1 2 3", {"decrement": 0}, "50,000 50,000 50,000"),
    ("B1: more teams decided outstanding than the quota of 30 % holds: each counts", _row(6), {},
     "50,000 45,000 40,000 35,000 30,000 25,000"),
    ("B1, B4: an award is rounded down to the cent", "1 2", {"first": Fraction(100, 3), "decrement": 0}, "33.33 33.33"),
]  # fmt: skip


@pytest.mark.parametrize(("ranks", "terms", "expected"), [c[1:] for c in AWARDS], ids=[c[0] for c in AWARDS])
def test_award(ranks: str, terms: dict[str, Any], expected: str) -> None:
    changed = _terms(terms)
    bonus = split_bonus(changed, _teams(ranks), [], POSTS)
    assert [team.award for team in bonus.teams] == _yuan(expected)
    assert bonus.awards + bonus.rest == bonus.pool


def test_b1_places_are_competition_places() -> None:
    bonus = split_bonus(TERMS, _teams("4 4 4 9 9v 12 20good"), [], POSTS)
    assert [team.place for team in bonus.teams] == [1, 1, 1, 4, None, 5, None]


def test_b1_a_team_without_a_rank_has_no_place() -> None:
    teams = [BonusTeam("T1", None, TeamGrade.OUTSTANDING), BonusTeam("T2", 3, TeamGrade.OUTSTANDING)]
    assert [team.award for team in split_bonus(TERMS, teams, [], POSTS).teams] == _yuan("0 50,000")


# B2 to B4: one team's 50,000

Person = tuple[Any, ...]
"""Name, post, grade (None: not graded), second post."""


def _secretary(grade: CadreGrade | None = COMPETENT, second: str = "") -> Person:
    return "书记", SECRETARY, grade, second


def _head(grade: CadreGrade | None = COMPETENT, second: str = "") -> Person:
    return "乡长", HEAD, grade, second


def _deputies(*grades: CadreGrade | None) -> list[Person]:
    """副1, 副2 …"""
    return [(f"副{index}", DEPUTY, grade, "") for index, grade in enumerate(grades, start=1)]


BOTH = [_secretary(), _head()]
PAID = "paid"
NOT_GRADED, LOW = "withheld not_graded", "withheld low_grade"

SHARES: list[Any] = [
    ("B2: 20 % secretary, 20 % head, 60 % equally: three deputies get 10,000 each",
     [*BOTH, *_deputies(COMPETENT, EXCELLENT, COMPETENT)], {},
     {"书记": ("10000.00", PAID), "乡长": ("10000.00", PAID), "副1": ("10000.00", PAID),
      "副2": ("10000.00", PAID), "副3": ("10000.00", PAID)}),
    ("B2: one deputy alone gets the whole 60 %", [*BOTH, *_deputies(COMPETENT)], {},
     {"书记": ("10000.00", PAID), "乡长": ("10000.00", PAID), "副1": ("30000.00", PAID)}),
    ("B2, C4: one person in both principal posts gets one 20 %, the other stays unpaid",
     [_secretary(second=HEAD), *_deputies(COMPETENT)], {},
     {"书记": ("10000.00", PAID), "书记 乡镇长": ("10000.00", "unpaid second_post"), "副1": ("30000.00", PAID)}),
    ("B2, C4: a head who is a deputy secretary beside is a principal and no deputy",
     [_secretary(), _head(second=DEPUTY), *_deputies(COMPETENT)], {},
     {"书记": ("10000.00", PAID), "乡长": ("10000.00", PAID), "副1": ("30000.00", PAID)}),
    ("B2, C4: a person in two posts of deputies is one deputy",
     [*BOTH, ("副1", DEPUTY, COMPETENT, DEPUTY), ("副2", DEPUTY, COMPETENT, "")], {},
     {"书记": ("10000.00", PAID), "乡长": ("10000.00", PAID), "副1": ("15000.00", PAID), "副2": ("15000.00", PAID)}),
    ("B2, C4: secretary and head at once, the head's post held by another too: each has one share",
     [_secretary(second=HEAD), _head(), *_deputies(COMPETENT)], {},
     {"书记": ("10000.00", PAID), "乡长": ("10000.00", PAID), "副1": ("30000.00", PAID)}),
    ("B2: the head's post is vacant: 20 % unpaid, nobody else gets more",
     [_secretary(), *_deputies(COMPETENT, COMPETENT)], {},
     {"书记": ("10000.00", PAID), "— 乡镇长": ("10000.00", "unpaid vacant"),
      "副1": ("15000.00", PAID), "副2": ("15000.00", PAID)}),
    ("B2: both principal posts are vacant", _deputies(COMPETENT), {},
     {"— 党委书记": ("10000.00", "unpaid vacant"), "— 乡镇长": ("10000.00", "unpaid vacant"),
      "副1": ("30000.00", PAID)}),
    ("B2: no deputies: the 60 % stays unpaid", BOTH, {},
     {"书记": ("10000.00", PAID), "乡长": ("10000.00", PAID), "—": ("30000.00", "unpaid no_deputies")}),
    ("B2: no deputies under 均分: the 60 % stays unpaid all the same", BOTH, {"forfeited": REDIVIDE},
     {"书记": ("10000.00", PAID), "乡长": ("10000.00", PAID), "—": ("30000.00", "unpaid no_deputies")}),
    ("B2: nobody at all: the whole award stays unpaid", [], {},
     {"— 党委书记": ("10000.00", "unpaid vacant"), "— 乡镇长": ("10000.00", "unpaid vacant"),
      "—": ("30000.00", "unpaid no_deputies")}),
    ("B2: a post outside the bonus gets nothing and takes nothing",
     [*BOTH, *_deputies(COMPETENT), ("顾", ADVISER, EXCELLENT, "")], {},
     {"书记": ("10000.00", PAID), "乡长": ("10000.00", PAID), "副1": ("30000.00", PAID)}),
    ("B2: two holders of one principal post divide its share",
     [_secretary(), _head(), ("乡长2", HEAD, COMPETENT, ""), *_deputies(COMPETENT)], {},
     {"书记": ("10000.00", PAID), "乡长": ("5000.00", PAID), "乡长2": ("5000.00", PAID), "副1": ("30000.00", PAID)}),
    ("B3: a deputy 基本称职 gets none, 收回: the share goes back, the others get no more",
     [*BOTH, *_deputies(COMPETENT, BASIC)], {},
     {"书记": ("10000.00", PAID), "乡长": ("10000.00", PAID), "副1": ("15000.00", PAID), "副2": ("15000.00", LOW)}),
    ("B3: a deputy 不称职 likewise", [*BOTH, *_deputies(COMPETENT, INCOMPETENT)], {},
     {"书记": ("10000.00", PAID), "乡长": ("10000.00", PAID), "副1": ("15000.00", PAID), "副2": ("15000.00", LOW)}),
    ("B3: a deputy not graded likewise, counted among those who share", [*BOTH, *_deputies(COMPETENT, None)], {},
     {"书记": ("10000.00", PAID), "乡长": ("10000.00", PAID), "副1": ("15000.00", PAID),
      "副2": ("15000.00", NOT_GRADED)}),
    ("B3: 均分: the 60 % is divided by the remaining deputies alone",
     [*BOTH, *_deputies(COMPETENT, BASIC, None)], {"forfeited": REDIVIDE},
     {"书记": ("10000.00", PAID), "乡长": ("10000.00", PAID), "副1": ("30000.00", PAID),
      "副2": ("0.00", LOW), "副3": ("0.00", NOT_GRADED)}),
    ("B3: every deputy excluded, 收回: the 60 % is withheld", [*BOTH, *_deputies(BASIC, None)], {},
     {"书记": ("10000.00", PAID), "乡长": ("10000.00", PAID), "副1": ("15000.00", LOW),
      "副2": ("15000.00", NOT_GRADED)}),
    ("B3: every deputy excluded, 均分: nobody is left, the 60 % is withheld",
     [*BOTH, *_deputies(BASIC, None)], {"forfeited": REDIVIDE},
     {"书记": ("10000.00", PAID), "乡长": ("10000.00", PAID), "副1": ("15000.00", LOW),
      "副2": ("15000.00", NOT_GRADED)}),
    ("B3: a secretary 基本称职 is withheld, and always goes back",
     [_secretary(BASIC), _head(), *_deputies(COMPETENT)], {},
     {"书记": ("10000.00", LOW), "乡长": ("10000.00", PAID), "副1": ("30000.00", PAID)}),
    ("B3: a head not graded is withheld under 均分 too",
     [_secretary(), _head(None), *_deputies(COMPETENT)], {"forfeited": REDIVIDE},
     {"书记": ("10000.00", PAID), "乡长": ("10000.00", NOT_GRADED), "副1": ("30000.00", PAID)}),
    ("B2, B3: one person in both posts, not graded: one share withheld, the other unpaid",
     [_secretary(None, second=HEAD), *_deputies(COMPETENT)], {},
     {"书记": ("10000.00", NOT_GRADED), "书记 乡镇长": ("10000.00", "unpaid second_post"), "副1": ("30000.00", PAID)}),
    ("B4: 30,000 among seven is 4,285.71 each, 3 cents stay",
     [*BOTH, *_deputies(*[COMPETENT] * 7)], {},
     {"书记": ("10000.00", PAID), "乡长": ("10000.00", PAID),
      **{f"副{index}": ("4285.71", PAID) for index in range(1, 8)}}),
    ("B4: equal shares are equal where one of seven is withheld",
     [*BOTH, *_deputies(*[COMPETENT] * 6, BASIC)], {},
     {"书记": ("10000.00", PAID), "乡长": ("10000.00", PAID),
      **{f"副{index}": ("4285.71", PAID) for index in range(1, 7)}, "副7": ("4285.71", LOW)}),
    ("B4: 100 yuan among three deputies: 20.00 each of 60.00",
     [*BOTH, *_deputies(COMPETENT, COMPETENT, COMPETENT)], {"first": 100},
     {"书记": ("20.00", PAID), "乡长": ("20.00", PAID), "副1": ("20.00", PAID), "副2": ("20.00", PAID),
      "副3": ("20.00", PAID)}),
    ("B4: 0.01 yuan: every share rounds to nothing, the cent is odd", [*BOTH, *_deputies(COMPETENT)],
     {"first": Fraction(1, 100)},
     {"书记": ("0.00", PAID), "乡长": ("0.00", PAID), "副1": ("0.00", PAID)}),
    ("B2: shares that leave 10 % leave it unpaid", [*BOTH, *_deputies(COMPETENT)], {"deputy_share": Fraction(1, 2)},
     {"书记": ("10000.00", PAID), "乡长": ("10000.00", PAID), "副1": ("25000.00", PAID), "—": ("5000.00",
      "unpaid no_share")}),
]  # fmt: skip

ODD = {
    "B4: 30,000 among seven is 4,285.71 each, 3 cents stay": "0.03",
    "B4: equal shares are equal where one of seven is withheld": "0.03",
    "B4: 0.01 yuan: every share rounds to nothing, the cent is odd": "0.01",
}
"""Cases whose award leaves cents over."""


def _award(people: list[Person], terms: BonusTerms = TERMS) -> TeamAward:
    cadres = [BonusCadre(name, "T1", post, grade, second) for name, post, grade, second in people]
    return split_bonus(terms, _teams("1"), cadres, POSTS).award_of("T1")


def _found(award: TeamAward) -> dict[str, tuple[str, str]]:
    """“书记”: what the person gets; “书记 乡镇长”: the share of another post of theirs; “— 乡镇长”: nobody's."""
    found: dict[str, tuple[str, str]] = {}
    for share in award.shares:
        owner = share.number or "—"
        key = owner if share.number and owner not in found else f"{owner} {share.post}".strip()
        assert key not in found
        found[key] = (str(share.amount), f"{share.state} {share.reason or ''}".strip())
    return found


@pytest.mark.parametrize(("label", "people", "terms", "expected"), SHARES, ids=[case[0] for case in SHARES])
def test_shares(label: str, people: list[Person], terms: dict[str, Any], expected: dict[str, tuple[str, str]]) -> None:
    award = _award(people, replace(TERMS, **terms))
    assert _found(award) == expected
    assert str(award.odd_cents) == ODD.get(label, "0.00")
    assert award.paid + award.withheld + award.unpaid + award.odd_cents == award.award


def test_b3_the_grade_that_excludes_stands_beside_the_share() -> None:
    award = _award([*BOTH, *_deputies(BASIC)])
    assert [(share.number, share.grade, share.reason) for share in award.shares] == [
        ("书记", COMPETENT, None),
        ("乡长", COMPETENT, None),
        ("副1", BASIC, ShareReason.LOW_GRADE),
    ]


def test_c4_who_moved_shares_where_they_are_at_the_years_end() -> None:
    """The roster says where: the township left has one deputy fewer, its share is not kept."""
    cadres = [
        BonusCadre("留任", "T1", DEPUTY, COMPETENT),
        BonusCadre("调入", "T2", DEPUTY, COMPETENT),
        BonusCadre("原有", "T2", DEPUTY, COMPETENT),
    ]
    bonus = split_bonus(TERMS, _teams("1 2"), cadres, POSTS)
    amounts = {number: str(bonus.amount_of(number)) for number in ("留任", "调入", "原有")}
    assert amounts == {"留任": "30000.00", "调入": "13500.00", "原有": "13500.00"}


def test_b4_of_two_teams_every_part_and_both_sums() -> None:
    cadres = [BonusCadre("书记", "T1", SECRETARY, COMPETENT), BonusCadre("副", "T2", DEPUTY, BASIC)]
    bonus = split_bonus(TERMS, _teams("1 2"), cadres, POSTS)
    assert {part: str(getattr(bonus, part)) for part in PARTS} == {
        "pool": "250000.00",
        "awards": "95000.00",
        "rest": "155000.00",
        "paid": "10000.00",
        "withheld": "27000.00",
        "unpaid": "58000.00",
        "odd_cents": "0.00",
    }


PARTS = ("pool", "awards", "rest", "paid", "withheld", "unpaid", "odd_cents")


def test_b2_shares_of_more_than_the_award_are_refused() -> None:
    with pytest.raises(BonusError):
        _award(BOTH, replace(TERMS, principal_share=Fraction(1, 4)))


# B5

EIGHT_FULL = "50,000 45,000 40,000 35,000 30,000 25,000 20,000 15,000"
REMEDIES: list[Any] = [
    ("B5: seven teams cost 245,000 and fit", _row(7), {}, None, EIGHT_FULL.rpartition(" ")[0], "5000.00", False),
    ("B5: eight cost 260,000 and do not: nothing may be confirmed", _row(8), {}, None, EIGHT_FULL, "-10000.00", True),
    ("B5: raise the pool to 260,000: the rest is 0", _row(8), {"pool": 260000}, None, EIGHT_FULL, "0.00", False),
    ("B5: raise the pool to 259,999.99 is a cent too little", _row(8), {"pool": Fraction(25999999, 100)}, None,
     EIGHT_FULL, "-0.01", True),
    ("B5: drop the last place", _row(8), {}, Remedy.DROP_LAST,
     "50,000 45,000 40,000 35,000 30,000 25,000 20,000 0", "5000.00", False),
    ("B5: drop the last place, shared by two: both go", "1 2 3 4 5 6 7 7", {}, Remedy.DROP_LAST,
     "50,000 45,000 40,000 35,000 30,000 25,000 0 0", "25000.00", False),
    ("B5: drop as many last places as it takes", _row(8), {"pool": 100000}, Remedy.DROP_LAST,
     "50,000 45,000 0 0 0 0 0 0", "5000.00", False),
    ("B5: all tied for first and too dear: dropping leaves nobody", "1 1 1 1 1 1", {}, Remedy.DROP_LAST,
     "0 0 0 0 0 0", "250000.00", False),
    ("B5: scale all awards to the pool, each rounded down: × 250 ÷ 260", _row(8), {}, Remedy.SCALE,
     "48,076.92 43,269.23 38,461.53 33,653.84 28,846.15 24,038.46 19,230.76 14,423.07", "0.04", False),
    ("B5: six tied for first, scaled: equal awards stay equal", "1 1 1 1 1 1", {}, Remedy.SCALE,
     " ".join(["41,666.66"] * 6), "0.04", False),
    ("B5: scaled to a pool of nothing", "1 2", {"pool": 0}, Remedy.SCALE, "0 0", "0.00", False),
    ("B5: a remedy changes nothing where the awards fit", _row(7), {}, Remedy.SCALE, EIGHT_FULL.rpartition(" ")[0],
     "5000.00", False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("ranks", "terms", "remedy", "expected", "rest", "exceeds"),
    [case[1:] for case in REMEDIES],
    ids=[case[0] for case in REMEDIES],
)
def test_pool(
    ranks: str, terms: dict[str, Any], remedy: Remedy | None, expected: str, rest: str, exceeds: bool
) -> None:
    changed = _terms(terms)
    bonus = split_bonus(changed, _teams(ranks), [], POSTS, remedy)
    assert [team.award for team in bonus.teams] == _yuan(expected)
    assert (str(bonus.rest), bonus.exceeds_pool) == (rest, exceeds)
    assert bonus.awards + bonus.rest == bonus.pool


def test_b5_a_scaled_award_is_divided_like_any_other() -> None:
    """48,076.92: 9,615.38 a principal, 28,846.15 for the one deputy, 1 cent stays."""
    cadres = [BonusCadre(name, "T1", post, grade) for name, post, grade, _second in [*BOTH, *_deputies(COMPETENT)]]
    award = split_bonus(TERMS, _teams(_row(8)), cadres, POSTS, Remedy.SCALE).award_of("T1")
    assert [str(share.amount) for share in award.shares] == ["9615.38", "9615.38", "28846.15"]
    assert str(award.odd_cents) == "0.01"


def test_b5_a_dropped_team_keeps_its_place_and_has_no_shares() -> None:
    award = split_bonus(TERMS, _teams(_row(8)), [], POSTS, Remedy.DROP_LAST).award_of("T8")
    assert (award.place, str(award.award), award.shares) == (8, "0.00", ())


def test_one_result_answers_for_teams_and_people() -> None:
    cadres = [BonusCadre("书记", "T1", SECRETARY, COMPETENT), BonusCadre("副", "T1", DEPUTY, BASIC)]
    bonus: BonusResult = split_bonus(TERMS, _teams("1 2good"), cadres, POSTS)
    assert [str(bonus.amount_of(number)) for number in ("书记", "副", "别人")] == ["10000.00", "0.00", "0.00"]
    assert [share.state for share in bonus.award_of("T2").shares] == []
    assert {share.state for share in bonus.award_of("T1").shares} == set(ShareState)
