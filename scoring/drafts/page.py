"""What the pages of drafts show: the list, one draft's outcome in numbers, the backtest with its chart."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from assessment.addresses import year_url
from assessment.models import AssessmentYear
from assessment.numbers import round_half_up
from assessment.selectors.year import scheme_current
from cadres.errors import Refused
from cadres.templatetags.labels import DASH, percent, points, yuan
from scoring.chart import Chart, ChartKind, Mark, Row, number
from scoring.drafts.backtest import YearTested
from scoring.drafts.moves import Move, Side
from scoring.drafts.outcome import DraftOutcome, outcome_of
from scoring.drafts.words import ChangeRow, change_rows
from scoring.models import SchemeDraft
from scoring.selectors.draft import drafts_of


@dataclass(frozen=True)
class DraftRow:
    """One draft of the list with what it changes."""

    draft: SchemeDraft
    changes: list[ChangeRow]


def draft_rows(year: AssessmentYear) -> list[DraftRow]:
    """All drafts of the year. Two queries."""
    scheme = scheme_current(year)
    return [DraftRow(draft, change_rows(scheme, draft.variation)) for draft in drafts_of(year)]


@dataclass(frozen=True)
class Tried:
    """A draft with its year under it; `problem` in words where it no longer fits, or the year cannot be computed."""

    draft: SchemeDraft
    outcome: DraftOutcome | None = None
    problem: str = ""


def tried(draft: SchemeDraft) -> Tried:
    """The year under the draft."""
    try:
        return Tried(draft, outcome_of(draft.year, draft.variation))
    except Refused as refusal:
        return Tried(draft, None, " ".join(refusal.messages))


@dataclass(frozen=True)
class Measure:
    """One number of several outcomes side by side; `base` is the scheme in force's, a dash for what only differs."""

    label: str
    base: str
    texts: tuple[str, ...]


def measures(found: Iterable[DraftOutcome | None]) -> list[Measure]:
    """Who moves, by how much, and what it costs, outcome by outcome; dashes for those that are not there."""
    outcomes = tuple(found)
    return [
        *_side_measures(_teams_words(), [outcome.teams if outcome else None for outcome in outcomes]),
        *_side_measures(_cadres_words(), [outcome.cadres if outcome else None for outcome in outcomes]),
        _bonus(outcomes),
    ]


def _teams_words() -> tuple[str, str, str]:
    return _("Teams with another place"), _("Places a team moves on average"), _("Teams with another suggested grade")


def _cadres_words() -> tuple[str, str, str]:
    return (
        _("Cadres with another place"),
        _("Places a cadre moves on average"),
        _("Cadres with another suggested grade"),
    )


def _side_measures(words: tuple[str, str, str], sides: list[Side | None]) -> Iterator[Measure]:
    moved, shift, regraded = words
    yield Measure(moved, DASH, tuple(f"{side.moved} / {side.ranked}" if side else DASH for side in sides))
    yield Measure(shift, DASH, tuple(points(side.mean_shift) if side else DASH for side in sides))
    yield Measure(regraded, DASH, tuple(str(side.regraded) if side else DASH for side in sides))


def _bonus(outcomes: tuple[DraftOutcome | None, ...]) -> Measure:
    """By suggested grades, since decisions cannot be foreseen (B1)."""
    base: Decimal | None = next((outcome.bonus_before for outcome in outcomes if outcome), None)
    texts = tuple(yuan(outcome.bonus_after if outcome else None) for outcome in outcomes)
    return Measure(_("Bonus awarded by suggested grades, yuan"), yuan(base), texts)


def move_text(move: Move) -> str:
    """“青石镇 3 → 1”."""
    before, after = (DASH if place is None else str(place) for place in (move.before.place, move.after.place))
    return f"{move.name} {before} → {after}"


@dataclass(frozen=True)
class SideText:
    """Who moves of one kind."""

    moved: str
    mean_shift: str
    regraded: int
    entered: str
    left: str
    largest: str


@dataclass(frozen=True)
class TestedRow:
    """One year of the backtest in words"""

    tested: YearTested
    teams: SideText | None = None
    cadres: SideText | None = None
    bonus_before: str = DASH
    bonus_after: str = DASH


def tested_rows(found: Iterable[YearTested]) -> list[TestedRow]:
    """For the page, year by year."""
    return [_tested_row(tested) for tested in found]


def _tested_row(tested: YearTested) -> TestedRow:
    outcome = tested.outcome
    if outcome is None:
        return TestedRow(tested)
    bonus = yuan(outcome.bonus_before), yuan(outcome.bonus_after)
    return TestedRow(tested, _side_text(outcome.teams), _side_text(outcome.cadres), *bonus)


def _side_text(side: Side) -> SideText:
    return SideText(
        moved=f"{side.moved} / {side.ranked}",
        mean_shift=points(side.mean_shift),
        regraded=side.regraded,
        entered="、".join(move.name for move in side.entered) or DASH,
        left="、".join(move.name for move in side.left) or DASH,
        largest="、".join(map(move_text, side.largest)) or DASH,
    )


def backtest_chart(found: Iterable[YearTested]) -> Chart:
    """The shares of teams and cadres that change place, year by year, the earliest first."""
    rows = tuple(_row(tested) for tested in reversed(list(found)) if tested.outcome)
    return Chart(
        name="backtest",
        kind=ChartKind.BARS,
        title=_("Who would have another place, percent"),
        series=(_("Teams"), _("Cadres")),
        rows=rows,
        corner=_("Year"),
        top="100",
        lead=_("Of all that are ranked in the year, how many stand at another place under the draft."),
    )


def _row(tested: YearTested) -> Row:
    outcome = tested.outcome
    sides = (outcome.teams, outcome.cadres) if outcome else ()
    href = year_url("scoring:home", tested.year)
    return Row(str(tested.year), tuple(_share(side, href) for side in sides), href)


def _share(side: Side, href: str) -> Mark | None:
    if not side.ranked:
        return None
    share = Fraction(side.moved, side.ranked)
    return Mark(number(round_half_up(share * 100)), percent(share), href, f"{side.moved} / {side.ranked}")
