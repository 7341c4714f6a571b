"""How far the collection has come, as bars: the one thing about a running year that leaders see."""

from fractions import Fraction

from django.utils.translation import gettext as _

from assessment.models import AssessmentYear, Phase
from assessment.presenters.progress import Progress, progress_of
from assessment.selectors.board import board_of
from scoring.chart import GOOD, OPEN, SOUND, Chart, ChartKind, Mark, Row, number

RUNNING = (Phase.ANNOUNCED, Phase.COLLECTING)


def progress_chart(year: AssessmentYear, *, href: str) -> Chart | None:
    """None while the year does not run. Each source fills its bar; `href` is the board, empty for whom it is closed."""
    if year.phase not in RUNNING:
        return None
    return Chart(
        name="progress",
        kind=ChartKind.STACK,
        title=_("How far the collection has come"),
        series=(_("done"), _("under way"), _("missing")),
        rows=tuple(_row(found, href) for found in progress_of(board_of(year)) if found.of),
        corner=_("Source of data"),
        end=_("done of"),
        top="100",
        lead=_("Per source what is done of what is asked, in percent of it. No vote and no score stands here."),
        tones=(GOOD, SOUND, OPEN),
    )


def _row(found: Progress, href: str) -> Row:
    counts = (found.done, found.under_way, found.missing)
    marks = (Mark(_percent(count, found.of), str(count), href) for count in counts)
    return Row(found.label, tuple(marks), href=href, end=f"{found.done} / {found.of}")


def _percent(count: int, of: int) -> str:
    return number(Fraction(100 * count, of))
