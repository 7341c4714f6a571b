"""The machine-readable record of a year: what `score_year --json` prints, and what the archive's digest covers.

Points and money are texts of 2 decimals, None where not computable (WORKBOOK 2).
"""

import hashlib
import json
from decimal import Decimal
from typing import Any

from django.utils import translation

from assessment.models import AssessmentYear
from assessment.numbers import hundredths
from rewards.rules import BonusResult
from rewards.selectors.bonus import YearBonus, year_bonus
from rewards.selectors.grade import Grades
from scoring.engine import CadreResult, Missing, ScoreLine, TeamResult
from scoring.wording import missing_text

Record = dict[str, Any]

BONUS_PARTS = ("pool", "awards", "rest", "paid", "withheld", "unpaid", "odd_cents")


def score_record(year: AssessmentYear) -> Record:
    """The whole year: scores, places, grades suggested and decided, the bonus as it stands."""
    return record_of(year_bonus(year=year))


def record_of(bonus: YearBonus) -> Record:
    """Its words are Chinese whoever asks, so that one year has one digest."""
    result = bonus.result
    with translation.override("zh-hans"):
        missing = [_missing(missing) for missing in result.missing]
    return {
        "year": bonus.year.number,
        "computable": result.computable,
        "missing": missing,
        "teams": [_team(team, bonus.grades, bonus.split) for team in result.teams],
        "cadres": [_cadre(cadre, bonus.grades, bonus.split) for cadre in result.cadres],
        "bonus": _bonus(bonus),
    }


def record_text(record: Record) -> str:
    """For people and programs to read."""
    return json.dumps(record, ensure_ascii=False, indent=1)


def canonical_text(record: Record) -> str:
    """For digests: keys sorted, no spaces."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def record_digest(record: Record) -> str:
    """SHA-256 of the record in its canonical form, as UTF-8."""
    return hashlib.sha256(canonical_text(record).encode()).hexdigest()


def _team(team: TeamResult, grades: Grades, split: BonusResult | None) -> Record:
    code = team.input.code
    return {
        "township": code,
        "name": team.input.name,
        "total": _text(team.total),
        "rank": team.rank,
        "tied": team.tied,
        "target_points": _text(team.target_points),
        "evaluation_points": _text(team.evaluation_points),
        "lines": _points(team.lines),
        "places": {line.code: line.place for line in team.lines if line.place is not None},
        "vetoed": team.vetoed,
        "suggested_grade": grades.teams[code].suggested,
        "grade": grades.teams[code].decided,
        "bonus": _text(split.award_of(code).award) if split else None,
    }


def _cadre(cadre: CadreResult, grades: Grades, split: BonusResult | None) -> Record:
    number = cadre.input.number
    return {
        "id": number,
        "name": cadre.input.name,
        "township": cadre.input.township,
        "post": cadre.input.post,
        "principal": cadre.input.principal,
        "graded": cadre.graded,
        "total": _text(cadre.total),
        "lines": _points(cadre.lines),
        "rank_township": cadre.rank_township,
        "rank_post": cadre.rank_post,
        "rank_county": cadre.rank_county,
        "suggested_grade": grades.cadres[number].suggested,
        "grade": grades.cadres[number].decided,
        "bonus": _text(split.amount_of(number)) if split else None,
    }


def _bonus(bonus: YearBonus) -> Record:
    """Not computable: the scheme's pool alone is known."""
    if bonus.split is None:
        pool = hundredths(int(bonus.result.scheme.bonus.pool * 100))
        return dict.fromkeys(BONUS_PARTS) | {"pool": _text(pool), "exceeds_pool": None}
    split = bonus.split
    return {part: _text(getattr(split, part)) for part in BONUS_PARTS} | {"exceeds_pool": split.exceeds_pool}


def _missing(missing: Missing) -> Record:
    return {
        "subject": missing.cadre or missing.team,
        "line": missing.line,
        "group": missing.group,
        "code": str(missing.code),
        "reason": missing_text(missing),
    }


def _points(lines: tuple[ScoreLine, ...]) -> dict[str, str | None]:
    return {line.code: _text(line.points) for line in lines}


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
