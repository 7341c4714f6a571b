"""What a year comes to under a draft, computed once for each state of the data and kept in memory."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from assessment.models import AssessmentYear
from cadres.selectors.audit import data_revision
from scoring.drafts.moves import Side, cadre_moves, team_moves
from scoring.variation import Variation
from scoring.what_if import Money, WhatIf, what_if

_KEPT = 16
"""Years under a draft: four drafts side by side, or one draft on the years of a county's history."""

Settings = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DraftOutcome:
    """A year as it is and under a draft, and who moves."""

    found: WhatIf

    @property
    def computable(self) -> bool:
        """Whether nothing is missing, as the year is and as it would be (RULES A3)."""
        return self.found.before.computable and self.found.after.computable

    @property
    def missing(self) -> int:
        """How many inputs stand in the way."""
        return len(self.found.after.missing) or len(self.found.before.missing)

    @cached_property
    def teams(self) -> Side:
        return team_moves(self.found.before, self.found.after)

    @cached_property
    def cadres(self) -> Side:
        return cadre_moves(self.found.before, self.found.after)

    @property
    def bonus_before(self) -> Decimal | None:
        """Yuan awarded in all by suggested grades (RULES B1); None where it cannot be split."""
        return awarded(self.found.money_before)

    @property
    def bonus_after(self) -> Decimal | None:
        """The same under the draft."""
        return awarded(self.found.money_after)


def awarded(money: Money) -> Decimal | None:
    return None if money.rest is None else sum(money.awards.values(), Decimal(0))


def outcome_of(year: AssessmentYear, variation: Variation, *, revision: str | None = None) -> DraftOutcome:
    """The year under the variation. Raises Refused where it does not fit the year's scheme."""
    key = data_revision() if revision is None else revision
    return _outcome(year.pk, year.phase, key, tuple(variation.settings.items()), variation.without)


@lru_cache(maxsize=_KEPT)
def _outcome(year_pk: int, phase: str, revision: str, settings: Settings, without: tuple[str, ...]) -> DraftOutcome:
    """`phase` tells a confirmed result from a live one where nothing else does."""
    return DraftOutcome(what_if(AssessmentYear.objects.get(pk=year_pk), Variation(dict(settings), without)))


def outcomes_forget() -> None:
    """Drop what is kept in memory; tests that write past the services need it."""
    _outcome.cache_clear()
