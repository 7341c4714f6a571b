"""The county of tests/browser/test_looking.py: a published year, and a closed one whose first place hangs on a step."""

from dataclasses import replace

from assessment.models import AssessmentYear, Phase
from scoring.engine import CadreInput, Counts, TeamInput, YearInput
from scoring.services.draft import draft_create
from scoring.variation import Variation
from tests.browser.following_county import NAMES, POSTS, TOWNSHIPS
from tests.conftest import account_of
from tests.county import county, ladder

YEAR, EARLIER = 2025, 2024
KEPT = "拉开名次差距"
"""A draft of the second clerk: 3 % a place."""


def years() -> AssessmentYear:
    """In 2024 青石镇 is first in everything, 柳河镇 second, 红塘乡 third. In 2025 柳河镇 stands first in every line,
    青石镇 second, but ten of the twenty assessors give 柳河镇 the second grade: 148.20, 148.00, 146.40. Four of twenty
    votes give 杨丽华 of 柳河镇 the second grade: 99.20, as everybody of 青石镇 has."""
    plain = ladder(3, members=POSTS)
    earlier = replace(plain, teams=tuple(map(_named, plain.teams)), cadres=tuple(map(_cadre, plain.cadres)))
    county(earlier, number=EARLIER, phase=Phase.PUBLISHED)
    first, second, third = earlier.teams
    votes = {**second.tallies, "E4": {"": Counts((10, 10, 0, 0))}}
    teams = (replace(first, values=second.values), replace(second, values=first.values, tallies=votes), third)
    cadres = tuple(_head_of_t2(cadre) if cadre.number == "T2-2" else cadre for cadre in earlier.cadres)
    return county(replace(earlier, teams=teams, cadres=cadres), number=YEAR)


def draft_kept(year: AssessmentYear) -> None:
    draft_create(year=year, name=KEPT, variation=Variation({"步长": "3%"}), by=account_of("second_clerk"))


def _head_of_t2(cadre: CadreInput) -> CadreInput:
    return replace(cadre, tallies={**cadre.tallies, "C1": {"": Counts((16, 4, 0, 0))}})


def wide() -> YearInput:
    """As many townships as a county has."""
    return ladder(30, members=POSTS[:2])


def _named(team: TeamInput) -> TeamInput:
    return replace(team, name=TOWNSHIPS[team.code])


def _cadre(cadre: CadreInput) -> CadreInput:
    return replace(cadre, name=NAMES[cadre.township][int(cadre.number[-1]) - 1])
