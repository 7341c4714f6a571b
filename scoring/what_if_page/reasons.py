"""Why somebody moves: the lines whose points changed, the largest first, and what decides a changed grade."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessment.scheme import Scheme
from scoring.engine import CadreResult, TeamResult
from scoring.marks import points_text
from scoring.wording import bar_text, coded_name, reason_text

Subject = TeamResult | CadreResult


class Reasons:
    """The reasons of one what-if, in the page's language. Shares of votes are not told."""

    def __init__(self, before: Scheme, after: Scheme) -> None:
        self._scheme = after
        self._names = {entry.code: coded_name(before, entry.code) for entry in before.entries}
        self._left_out = {line.code for line in before.lines} - {line.code for line in after.lines}
        self._out, self._others = pgettext("source", "left out"), _("own points unchanged; others move")

    def of(self, before: Subject, after: Subject, *, moved: bool) -> list[str]:
        """Empty where nothing changes; `moved`: in a place or grade."""
        grade = list(self._grade(before, after)) if before.grade != after.grade else []
        return [*grade, *self._lines(before, after)] or ([self._others] if moved else [])

    def _lines(self, before: Subject, after: Subject) -> list[str]:
        """The lines whose points differ, as `differences` finds them; straight from the lines, since a slider waits."""
        new = {line.code: line.points for line in after.lines}
        pairs = [(line.code, line.points, new.get(line.code)) for line in before.lines]
        return [self._line(*pair) for pair in sorted((pair for pair in pairs if pair[1] != pair[2]), key=_size)]

    def _line(self, code: str, before: Decimal | None, after: Decimal | None) -> str:
        """“K1 财政收入 12.00 → 11.40”."""
        stands = self._out if code in self._left_out else points_text(after)
        return f"{self._names[code]} {points_text(before)} → {stands}"

    def _grade(self, before: Subject, after: Subject) -> Iterator[str]:
        """What is said of the new grade and was not said of the old one; else the step that decided it."""
        said = {reason.code for reason in before.reasons}
        new = [reason for reason in after.reasons if reason.code not in said] or list(after.reasons[-1:])
        yield from (reason_text(reason, self._scheme, shares=False) for reason in new)
        if isinstance(after, CadreResult) and isinstance(before, CadreResult):
            yield from (bar_text(bar, self._scheme) for bar in after.bars if bar not in before.bars)


def _size(pair: tuple[str, Decimal | None, Decimal | None]) -> Decimal:
    """For the order: the largest first, what is not computable before all."""
    _code, before, after = pair
    return -abs(after - before) if before is not None and after is not None else Decimal("-Infinity")
