"""The full points of each team as a stacked bar: by block, or by line."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from assessment.numbers import number_text
from assessment.scheme import Evaluation, Line, Scheme
from cadres.templatetags.labels import percent, points, term
from scoring.addresses import SubjectAddresses, derivation_address
from scoring.chart import Chart, ChartKind, Guide, Mark, Row, Tone, number
from scoring.engine import TeamGrade, TeamResult, YearResult
from scoring.standing import rate
from scoring.team_columns import in_order

from .labels import team_label

PALEST, SHADES = 0.7, 5
"""Lines of one block are shades of its colour: so pale is the last of so many, then they begin again."""


def team_chart(result: YearResult, year: int, *, by_line: bool = False) -> Chart:
    """Teams in order of rank, the lines of their grades across, their totals behind (RULES A1, G1)."""
    marks = _line_marks if by_line else _block_marks
    scheme = result.scheme
    return Chart(
        name="team-points",
        kind=ChartKind.STACK,
        title=_("The %(full)s points of each team") % {"full": number_text(scheme.team_points)},
        series=tuple(term(entry.name) for _block, entry in _entries(scheme)) if by_line else _blocks(scheme),
        rows=tuple(_row(team, year, tuple(marks(result, team, year))) for team in in_order(result)),
        corner=_("Township"),
        end=_("Total"),
        top=number(scheme.team_points),
        guides=_guides(scheme),
        lead=_("By place. A segment leads to how its points came about, a name to the team."),
        tones=_tones(scheme) if by_line else (),
    )


def _row(team: TeamResult, year: int, marks: tuple[Mark | None, ...]) -> Row:
    page = SubjectAddresses("team", year).page
    return Row(team_label(team), marks, href=page(team.input.code), end=points(team.total))


def _blocks(scheme: Scheme) -> tuple[str, ...]:
    return (*(term(code) for code, _points in scheme.blocks), _("Evaluations"))


def _entries(scheme: Scheme) -> Iterator[tuple[int, Line | Evaluation]]:
    """Lines block by block, then the evaluations, each with the position of its colour."""
    for position, (block, _points) in enumerate(scheme.blocks):
        yield from ((position, line) for line in scheme.lines_of(block))
    yield from ((len(scheme.blocks), evaluation) for evaluation in scheme.evaluations)


def _block_marks(result: YearResult, team: TeamResult, year: int) -> Iterator[Mark | None]:
    href = derivation_address("team", year, team.input.code)
    for block in team.blocks:
        yield _mark(block.points, block.out_of, href)
    yield _mark(team.evaluation_points, result.scheme.evaluation_points, href)


def _line_marks(result: YearResult, team: TeamResult, year: int) -> Iterator[Mark | None]:
    address = SubjectAddresses("team", year).line
    for _block, entry in _entries(result.scheme):
        yield _mark(team.line(entry.code).points, entry.points, address(team.input.code, entry.code))


def _mark(earned: Decimal | None, full: Fraction, href: str) -> Mark | None:
    if earned is None:
        return None
    note = _("of %(full)s, rate %(rate)s") % {"full": number_text(full), "rate": percent(rate(earned, full))}
    return Mark(number(earned), points(earned), href, note)


def _guides(scheme: Scheme) -> tuple[Guide, ...]:
    """Where the grades of teams begin, in points (RULES G1)."""
    grading = scheme.team_grading
    begins = (
        (TeamGrade.FAIR, grading.fair),
        (TeamGrade.GOOD, grading.good),
        (TeamGrade.OUTSTANDING, grading.outstanding),
    )
    full = scheme.team_points
    return tuple(Guide(f"{term(grade)} {number_text(share * full)}", number(share * full)) for grade, share in begins)


def _tones(scheme: Scheme) -> tuple[Tone, ...]:
    blocks = [block for block, _entry in _entries(scheme)]
    places = [blocks[:at].count(block) for at, block in enumerate(blocks)]
    return tuple(
        Tone(str(block), place % SHADES * PALEST / (SHADES - 1)) for block, place in zip(blocks, places, strict=True)
    )
