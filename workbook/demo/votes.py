"""The demo votes: about half of them for the best grade, a few abstentions, some papers not returned."""

from random import Random

from assessment.scheme import Scheme
from assessment.services.roster import RosterRow
from assessment.services.tally import TallyCounts, TallyKey
from workbook.demo.county import TOWNSHIP_CODES
from workbook.demo.figures import strength

VOTERS = {
    "E1": {
        "机关工作人员": 46,
        "所属企事业和派驻单位负责人": 21,
        "老干部": 12,
        "人大代表、政协委员": 24,
        "村书记、村主任": 33,
    },
    "E2": {"": 22},
    "E3": {"": 28},
    "E4": {"": 9},
    "C1": {"": 130},
    "C3": {"": 28},
    "C4": {"": 9},
}
"""Evaluation → voter group → papers issued, about."""

_LOW, _HIGH = 0.35, 0.70
Weights = tuple[float, float, float, float]

DOUBTFUL: Weights = (0.16, 0.40, 0.30, 0.14)
REJECTED: Weights = (0.10, 0.28, 0.22, 0.40)
WEAK = {
    2024: {"001019": REJECTED, "001122": DOUBTFUL},
    2025: {"001019": REJECTED, "001088": DOUBTFUL, "001151": DOUBTFUL},
    2026: {"001088": DOUBTFUL},
    2027: {"001122": DOUBTFUL},
}
"""Personnel number → votes that call for 不称职 or 基本称职 (RULES G2); one person in two consecutive years."""

EQUALS = {2025: {"001106": "001098"}, 2026: {"001106": "001098"}, 2027: {"001106": "001098"}}
"""Two of one township whose votes differ and whose points do not."""

_SEEDS = {2023: 1, 2024: 5, 2025: 1, 2026: 1, 2027: 1}
"""Chosen so that in 2024 the quota line of 优秀 falls into a tie (RULES G3)."""


def team_tallies(year: int, scheme: Scheme) -> dict[TallyKey, TallyCounts]:
    return {
        (township, evaluation.code, group): _tally(
            Random(f"{year} {_SEEDS[year]} {township} {evaluation.code} {group}"), about, strength(township, year)
        )
        for township in TOWNSHIP_CODES
        for evaluation in scheme.evaluations
        for group, about in VOTERS[evaluation.code].items()
    }


def cadre_tallies(year: int, scheme: Scheme, roster: list[RosterRow]) -> dict[TallyKey, TallyCounts]:
    """For everyone who is graded; a cadre sheet states no papers issued."""
    items = [item.code for item in scheme.cadre_items if not item.is_work]
    tallies = {
        (row.number, item, group): _bare(
            _tally(
                Random(f"{year} {_SEEDS[year]} {row.number} {item}"),
                about,
                standing(row.number, year, of_team=strength(row.township, year)),
                WEAK.get(year, {}).get(row.number),
            )
        )
        for row in roster
        if not row.not_graded
        for item in items
        for group, about in VOTERS[item].items()
    }
    for one, other in EQUALS.get(year, {}).items():
        tallies |= {(one, item, ""): _same_points(tallies[other, item, ""]) for item in items}
    return tallies


def standing(number: str, year: int, *, of_team: float = 0.5) -> float:
    """0 … 1: the person for the larger part, the team for the rest."""
    own = Random(f"standing {number}").random()
    lately = Random(f"standing {number} {year}").random()
    return 0.5 * own + 0.2 * lately + 0.3 * of_team


def _tally(choice: Random, about: int, standing: float, weights: Weights | None = None) -> TallyCounts:
    issued = about if about < 30 else round(about * choice.uniform(0.85, 1.15))
    returned = issued - choice.randint(0, issued // 12)
    valid = returned - choice.choice((0, 0, 1)) * (returned > 15)
    abstain = choice.randint(0, valid // 20)
    grades = _apportion(valid - abstain, weights or _weights(choice, standing))
    return TallyCounts(grades=grades, abstain=abstain, issued=issued, returned=returned, valid=valid)


def _weights(choice: Random, standing: float) -> Weights:
    best = _LOW + (_HIGH - _LOW) * (0.85 * standing + 0.15 * choice.random())
    rest = 1 - best
    third = rest * choice.uniform(0.10, 0.20) * (1.8 - standing)
    fourth = rest * choice.uniform(0.0, 0.10) * (1.8 - standing)
    return best, rest - third - fourth, third, fourth


def _apportion(votes: int, weights: Weights) -> tuple[int, int, int, int]:
    """Whole votes by largest remainder."""
    exact = [weight / sum(weights) * votes for weight in weights]
    counts = [int(share) for share in exact]
    by_remainder = sorted(range(4), key=lambda grade: counts[grade] - exact[grade])
    for grade in by_remainder[: votes - sum(counts)]:
        counts[grade] += 1
    return counts[0], counts[1], counts[2], counts[3]


def _same_points(counts: TallyCounts) -> TallyCounts:
    """A first and a third grade weigh as much as two second ones (coefficients 1, 0.8, 0.6)."""
    first, second, third, fourth = counts.grades
    moved = min(2, first, third)
    return TallyCounts((first - moved, second + 2 * moved, third - moved, fourth), counts.abstain)


def _bare(counts: TallyCounts) -> TallyCounts:
    return TallyCounts(counts.grades, counts.abstain)
