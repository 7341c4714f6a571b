"""A second, slow reading of RULES.md, to hold the engine against.

Written from the text of the rules alone, one clause after the other; it shares the input types with the engine and
nothing else. Every place is counted by comparing with everybody, every sum is made anew.
"""

from fractions import Fraction
from math import floor
from typing import Any

from assessment.scheme import (
    Bands,
    Direct,
    Direction,
    EmptyGroup,
    Line,
    Linear,
    RatioToBest,
    Scheme,
    StepPercent,
    StepPoints,
    TieRule,
)
from scoring.engine import NOT_APPLICABLE, CadreInput, Counts, TeamInput, YearInput

Points = Fraction | None
"""None = not computable (A3)."""


def half_up(value: Fraction) -> Fraction:
    """A2."""
    return Fraction(floor(value * 100 + Fraction(1, 2)), 100)


def whole_half_up(value: Fraction) -> int:
    """Quotas."""
    return floor(value + Fraction(1, 2))


def add(parts: list[Points]) -> Points:
    """A3: one part missing, all missing."""
    return (
        None if any(part is None for part in parts) else sum((part for part in parts if part is not None), Fraction(0))
    )


def place_among(key: Any, keys: list[Any]) -> int:
    """1 + how many are better: 1, 2, 2, 4."""
    return 1 + sum(1 for other in keys if other > key)


class Oracle:
    """One year; every method answers one question of the rules."""

    def __init__(self, year: YearInput) -> None:
        self.year = year
        self.scheme: Scheme = year.scheme
        self.teams = {team.code: team for team in year.teams}
        self.cadres = {cadre.number: cadre for cadre in year.cadres}

    # 1.1 by rank

    def number_of(self, line: Line, team: TeamInput) -> Fraction | None:
        value = team.values.get(line.code)
        return value if isinstance(value, Fraction) else None

    def good_values(self, line: Line) -> list[Fraction]:
        """The values of all townships that have one, turned round where lower is better."""
        numbers = [self.number_of(line, team) for team in self.year.teams]
        sign = 1 if line.direction is Direction.HIGHER else -1
        return [sign * number for number in numbers if number is not None]

    def line_place(self, line: Line, team: TeamInput) -> int | None:
        number = self.number_of(line, team)
        if number is None or self.raw(line, team) is None:
            return None
        return place_among(number if line.direction is Direction.HIGHER else -number, self.good_values(line))

    def at_place(self, line: Line, place: int) -> Fraction:
        rule, full, n = line.rule, line.points, len(self.good_values(line))
        if isinstance(rule, StepPercent):
            return full * max(1 - rule.step * (place - 1), rule.floor)
        if isinstance(rule, StepPoints):
            return max(full - rule.step * (place - 1), rule.floor * full)
        assert isinstance(rule, Linear)
        if n == 1:
            return full * rule.top
        return full * (rule.top - (rule.top - rule.bottom) * (place - 1) / (n - 1))

    def raw(self, line: Line, team: TeamInput) -> Points:
        """Unrounded points of a line the township has a value for."""
        number = self.number_of(line, team)
        if number is None:
            return None
        if isinstance(line.rule, Direct):
            return number if 0 <= number <= line.points else None
        goods = self.good_values(line)
        if isinstance(line.rule, RatioToBest):
            if line.direction is Direction.HIGHER:
                return min(line.points * number / max(goods), line.points) if max(goods) > 0 else None
            best = -max(goods)
            return line.points * best / number if best > 0 and number > 0 else None
        mine = number if line.direction is Direction.HIGHER else -number
        place = place_among(mine, goods)
        if line.ties is TieRule.BEST_PLACE:
            return self.at_place(line, place)
        places = [place + index for index in range(goods.count(mine))]
        return sum((self.at_place(line, one) for one in places), Fraction(0)) / len(places)

    def target_line(self, line: Line, team: TeamInput) -> Points:
        """A2, T4."""
        if team.values.get(line.code) is not NOT_APPLICABLE:
            raw = self.raw(line, team)
            return None if raw is None else half_up(raw)
        block = [other for other in self.scheme.lines if other.block is line.block]
        own = [other for other in block if team.values.get(other.code) is not NOT_APPLICABLE]
        earned = add([self.raw(other, team) for other in own])
        if not own or earned is None:
            return None
        return half_up(line.points * earned / sum(other.points for other in own))

    # 1.2 by votes

    def group_rate(self, rule: Any, grades: list[int]) -> Fraction:
        """E1 or E2 for one group with a valid vote."""
        valid = sum(grades)
        if not isinstance(rule, Bands):
            weighted = (coefficient * count for coefficient, count in zip(rule.coefficients, grades, strict=True))
            return sum(weighted, Fraction(0)) / valid
        first, low = Fraction(grades[0], valid), Fraction(grades[2] + grades[3], valid)
        positive = [minimum for minimum, _ in rule.rows if minimum > 0]
        if rule.low_override and positive and first < min(positive) and low >= rule.low_override[0]:
            return rule.low_override[1]
        reached = [(minimum, rate) for minimum, rate in rule.rows if minimum <= first]
        return max(reached)[1] if reached else Fraction(0)

    def votes(self, entry: Any, rule: Any, tallies: Any) -> Points:
        """E1 to E4."""
        if entry.points == 0:
            return Fraction(0)
        boxes: dict[str, Counts] = dict(tallies.get(entry.code, {}))
        if not boxes:
            return None
        if not entry.groups:
            grades = [sum(box.grades[index] for box in boxes.values()) for index in range(4)]
            weighted = [(Fraction(1), grades)]
        else:
            if any(name not in boxes for name, _ in entry.groups):
                return None
            weighted = [(weight, list(boxes[name].grades)) for name, weight in entry.groups]
        filled = [(weight, grades) for weight, grades in weighted if sum(grades)]
        if len(filled) < len(weighted) and self.scheme.empty_group is EmptyGroup.BLOCK:
            return None
        left = sum(weight for weight, _ in filled)
        if not left:
            return None
        rate = sum((weight / left * self.group_rate(rule, grades) for weight, grades in filled), Fraction(0))
        return half_up(min(max(entry.points * rate, Fraction(0)), entry.points))

    # teams

    def team_lines(self, code: str) -> dict[str, Points]:
        team = self.teams[code]
        found = {line.code: self.target_line(line, team) for line in self.scheme.lines}
        for entry in self.scheme.evaluations:
            found[entry.code] = self.votes(entry, self.scheme.team_votes, team.tallies)
        return found

    def team_target(self, code: str) -> Points:
        return add([self.target_line(line, self.teams[code]) for line in self.scheme.lines])

    def team_total(self, code: str) -> Points:
        return add(list(self.team_lines(code).values()))

    def team_key(self, code: str) -> list[Any]:
        lines = self.team_lines(code)
        return [self.team_total(code), *(lines[code] for code in self.scheme.tie_break if code in lines)]

    def team_rank(self, code: str) -> int | None:
        if self.team_total(code) is None:
            return None
        return place_among(self.team_key(code), self.team_keys())

    def team_keys(self) -> list[list[Any]]:
        return [self.team_key(code) for code in self.teams if self.team_total(code) is not None]

    def team_grade(self, code: str) -> str | None:
        """G1, G3, G5."""
        total, terms = self.team_total(code), self.scheme.team_grading
        if total is None:
            return None
        rate = total / self.scheme.team_points
        if rate >= terms.outstanding and code in self.inside(
            self.team_candidates(), terms.quota, len(self.team_keys())
        ):
            return "实绩突出"
        return "实绩较好" if rate >= terms.good else "实绩一般" if rate >= terms.fair else "实绩较差"

    def team_candidates(self) -> dict[str, int]:
        found = {}
        for code, team in self.teams.items():
            total, rank = self.team_total(code), self.team_rank(code)
            line = self.scheme.team_grading.outstanding * self.scheme.team_points
            if total is not None and rank is not None and total >= line and not team.vetoes:
                found[code] = rank
        return found

    def inside(self, candidates: dict[str, int], quota: Fraction, base: int) -> set[str]:
        """G3: somebody is inside when all who stand as high or higher, among the candidates, fit the quota."""
        places = whole_half_up(quota * base)
        return {
            who
            for who, rank in candidates.items()
            if sum(1 for other in candidates.values() if other <= rank) <= places
        }

    # 2 cadres

    def cadre_lines(self, number: str) -> dict[str, Points]:
        cadre = self.cadres[number]
        if cadre.not_graded:
            return {}
        return {
            item.code: self.work(item.points, cadre)
            if item.is_work
            else self.votes(item, self.scheme.cadre_votes, cadre.tallies)
            for item in self.scheme.cadre_items
        }

    def work(self, full: Fraction, cadre: CadreInput) -> Points:
        """C1, C2."""
        if full == 0:
            return Fraction(0)
        target = self.team_target(cadre.township) if cadre.township in self.teams else None
        if target is None:
            return None
        team_rate = target / self.scheme.target_points
        if cadre.principal or not cadre.in_charge:
            return half_up(full * team_rate)
        lines = {line.code: line for line in self.scheme.lines}
        charge = set(cadre.in_charge)
        if not charge <= set(lines):
            return None
        earned = add([self.target_line(lines[code], self.teams[cadre.township]) for code in charge])
        assert earned is not None
        share = self.scheme.deputy_team_share
        return half_up(full * (share * team_rate + (1 - share) * earned / sum(lines[code].points for code in charge)))

    def cadre_total(self, number: str) -> Points:
        lines = self.cadre_lines(number)
        return add(list(lines.values())) if lines else None

    def cadre_key(self, number: str) -> list[Any]:
        lines = self.cadre_lines(number)
        return [self.cadre_total(number), *(lines[code] for code in self.scheme.tie_break if code in lines)]

    def ranks(self, number: str) -> tuple[int | None, int | None, int | None]:
        """P1, P2, P3."""
        me = self.cadres[number]
        if self.cadre_total(number) is None:
            return None, None, None
        ranked = [cadre for cadre in self.year.cadres if self.cadre_total(cadre.number) is not None]
        fellows = [c for c in ranked if c.township == me.township and not c.principal]
        holders = [c for c in ranked if c.post == me.post]
        mine = self.cadre_key(number)
        township, post, county = (
            place_among(mine, [self.cadre_key(cadre.number) for cadre in group]) for group in (fellows, holders, ranked)
        )
        return None if me.principal else township, post, county

    def bars(self, number: str) -> set[str]:
        """G4."""
        cadre = self.cadres[number]
        team = self.teams.get(cadre.township)
        found: set[str] = set()
        if cadre.not_graded:
            return found
        if team and cadre.principal and team.vetoes:
            found.add("team_veto")
        if team and not cadre.principal and set(team.vetoes) & set(cadre.in_charge):
            found.add("veto_in_charge")
        if team and cadre.principal and self.team_grade(team.code) in ("实绩一般", "实绩较差"):
            found.add("team_grade")
        if cadre.disciplinary:
            found.add("disciplinary")
        return found

    def low_grade(self, number: str) -> str | None:
        """G2: what is suggested under 称职."""
        total, terms = self.cadre_total(number), self.scheme.cadre_grading
        assert total is not None
        item = self.scheme.cadre_item(terms.vote_item)
        boxes = self.cadres[number].tallies.get(item.code, {}) if item.points else {}
        taken = [boxes[name] for name, _ in item.groups] if item.groups and boxes else list(boxes.values())
        votes = [grade for box in taken for grade in enumerate(box.grades)]
        valid = sum(count for _, count in votes)
        bad = sum(count for grade, count in votes if grade == 3)
        good = sum(count for grade, count in votes if grade < 2)
        if total < terms.basic or (valid and Fraction(bad, valid) > terms.bad_votes):
            return "不称职"
        if total < terms.competent or (valid and Fraction(good, valid) < terms.good_votes):
            return "基本称职"
        return None

    def cadre_grade(self, number: str) -> str | None:
        if self.cadre_total(number) is None:
            return None
        base = sum(1 for cadre in self.year.cadres if not cadre.not_graded)
        excellent = self.inside(self.cadre_candidates(), self.scheme.cadre_grading.quota, base)
        return self.low_grade(number) or ("优秀" if number in excellent else "称职")

    def cadre_candidates(self) -> dict[str, int]:
        found = {}
        for number in self.cadres:
            total = self.cadre_total(number)
            if total is None or total < self.scheme.cadre_grading.excellent:
                continue
            if not self.bars(number) and self.low_grade(number) is None:
                found[number] = self.ranks(number)[2] or 0
        return found

    # the whole year

    def answer(self) -> dict[str, Any]:
        return {
            "teams": {code: self.team_answer(code) for code in self.teams},
            "cadres": {number: self.cadre_answer(number) for number in self.cadres},
        }

    def team_answer(self, code: str) -> dict[str, Any]:
        team = self.teams[code]
        return {
            "lines": self.team_lines(code),
            "places": {line.code: self.line_place(line, team) for line in self.scheme.lines},
            "total": self.team_total(code),
            "rank": self.team_rank(code),
            "grade": self.team_grade(code),
        }

    def cadre_answer(self, number: str) -> dict[str, Any]:
        return {
            "lines": self.cadre_lines(number),
            "total": self.cadre_total(number),
            "ranks": self.ranks(number),
            "grade": self.cadre_grade(number),
            "bars": self.bars(number),
        }
