"""A second, slow reading of RULES 6, in whole cents: nothing shared with the rules but their input types."""

from fractions import Fraction
from typing import Any

from assessment.scheme import BonusTerms
from rewards.rules import BonusCadre, BonusPost, BonusTeam


def money(
    terms: BonusTerms, teams: list[BonusTeam], cadres: list[BonusCadre], posts: list[BonusPost]
) -> dict[str, dict[str, int]]:
    """Team code → award, paid, withheld, unpaid, odd and each person's cents, keyed `@number`."""
    best = [team for team in teams if team.grade == "实绩突出" and not team.vetoed and team.rank is not None]
    answer = {}
    for team in teams:
        award = 0
        if team in best:
            ahead = sum(1 for other in best if (other.rank or 0) < (team.rank or 0))
            award = max(int((terms.first - terms.decrement * ahead) * 100), 0)
        members = [cadre for cadre in cadres if cadre.township == team.code]
        answer[team.code] = _inside(terms, award, members, posts)
    return answer


def _inside(terms: BonusTerms, award: int, members: list[BonusCadre], posts: list[BonusPost]) -> dict[str, int]:
    found: dict[str, Any] = {"award": award, "paid": 0, "withheld": 0, "unpaid": 0}

    def give(cadre: BonusCadre, amount: int) -> None:
        bad = cadre.grade in (None, "基本称职", "不称职")
        found["withheld" if bad else "paid"] += amount
        if not bad and amount:
            found[f"@{cadre.number}"] = amount

    principal_names = [post.name for post in posts if post.principal and post.in_bonus]
    other_names = [post.name for post in posts if not post.principal and post.in_bonus]
    done: list[str] = []
    for name in principal_names:
        share = terms.principal_share * award
        candidates = [c for c in members if name in (c.post, c.second_post) and c.number not in done]
        if not candidates:
            found["unpaid"] += int(share)
        for cadre in candidates:
            give(cadre, int(share / len(candidates)))
            done.append(cadre.number)
    deputies = [c for c in members if c.number not in done and (c.post in other_names or c.second_post in other_names)]
    pot = terms.deputy_share * award
    fine = [c for c in deputies if c.grade in ("优秀", "称职")]
    if not deputies:
        found["unpaid"] += int(pot)
    for cadre in deputies:
        if terms.forfeited == "均分" and fine:
            give(cadre, int(pot / len(fine)) if cadre in fine else 0)
        else:
            give(cadre, int(pot / len(deputies)))
    rest = 1 - terms.principal_share * len(principal_names) - terms.deputy_share
    found["unpaid"] += int(Fraction(rest) * award)
    found["odd"] = award - found["paid"] - found["withheld"] - found["unpaid"]
    return found
