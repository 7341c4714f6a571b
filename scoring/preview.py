"""What a rule gives at each place, for the scheme's editor (RULES 1.1, T3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from assessment.numbers import parse_number, round_half_up
from assessment.scheme import (
    Direct,
    Direction,
    PlaceRule,
    RankRule,
    RatioToBest,
    TextError,
    TieRule,
    rule_from_text,
)
from assessment.wording import problem_words
from scoring.engine import Rank
from scoring.engine.ladder import ladder_of
from scoring.rule_words import rank_rule_words

MOST_PLACES = 60
"""Rows shown at most: more than any county has townships."""


@dataclass(frozen=True)
class PreviewRow:
    """One place: its points alone, and what two that share it get."""

    place: int
    points: Decimal
    shared: Decimal | None


@dataclass(frozen=True)
class Preview:
    """The rule in words and its table; or `problem`, in words, where the query makes no rule."""

    words: str = ""
    rows: tuple[PreviewRow, ...] = ()
    problem: str = ""


def rule_preview(query: Mapping[str, str]) -> Preview:
    """`method`, `text` (parameters as in the sheet), `points`, `ties`, `direction` and `n` (townships ranked)."""
    try:
        rule, ties = rule_from_text(query.get("method", ""), _parameters(query))
        points, ranked = parse_number(query.get("points", "")), _count(query.get("n", ""))
    except TextError as error:
        return Preview(problem=problem_words(error))
    except ValueError:
        text = _("Points must be a number, townships a whole number from 1 to %(most)s.")
        return Preview(problem=text % {"most": MOST_PLACES})
    words = rank_rule_words(rule, ties, _direction(query))
    return Preview(words=words, rows=_rows(rule, ties, points, ranked))


def _parameters(query: Mapping[str, str]) -> str:
    """The parameters' text; `ties` beside it counts where the text does not say."""
    text, ties = query.get("text", ""), query.get("ties", "")
    return f"{text};并列={ties}" if ties and "并列" not in text else text


def _count(text: str) -> int:
    count = int(text)
    if not 1 <= count <= MOST_PLACES:
        raise ValueError(text)
    return count


def _direction(query: Mapping[str, str]) -> Direction:
    return Direction.LOWER if query.get("direction") == Direction.LOWER else Direction.HIGHER


def _rows(rule: RankRule, ties: TieRule, points: Fraction, ranked: int) -> tuple[PreviewRow, ...]:
    """Empty for rules by value: there is no table of places."""
    if isinstance(rule, RatioToBest | Direct):
        return ()
    return tuple(_row(rule, ties, points, place, ranked) for place in range(1, ranked + 1))


def _row(rule: PlaceRule, ties: TieRule, points: Fraction, place: int, ranked: int) -> PreviewRow:
    ladder = ladder_of(rule, points, ranked)
    alone, shared = ladder.points_at(place), None
    if place < ranked:
        mean = ladder.mean_of_places(Rank(place=place, tied=2, ranked=ranked))
        shared = round_half_up(mean if ties is TieRule.MEAN_OF_PLACES else alone)
    return PreviewRow(place, round_half_up(alone), shared)
