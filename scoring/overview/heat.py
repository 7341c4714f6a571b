"""The heat map: every line of every team, coloured by the rate of its full points."""

from fractions import Fraction

from django.utils.translation import gettext as _

from assessment.scheme import Scheme
from cadres.templatetags.labels import percent, points, term
from scoring.addresses import SubjectAddresses
from scoring.chart import Chart, ChartKind, Mark, Row, number
from scoring.engine import NotApplicableDerivation, ScoreLine, TeamResult, YearResult
from scoring.standing import rate
from scoring.team_columns import in_order

from .labels import team_label


def heat_map(result: YearResult, year: int) -> Chart:
    """Township × line, teams in order of rank; the number in a cell is its points."""
    return Chart(
        name="heat",
        kind=ChartKind.HEAT,
        title=_("Every line of every team"),
        series=tuple(map(term, _names(result.scheme))),
        rows=tuple(_row(team, year) for team in in_order(result)),
        corner=_("Township"),
        lead=_("Points; the deeper a cell's colour, the higher the share of the line's full points."),
    )


def _names(scheme: Scheme) -> list[str]:
    return [line.name for line in scheme.lines] + [evaluation.name for evaluation in scheme.evaluations]


def _row(team: TeamResult, year: int) -> Row:
    addresses, code = SubjectAddresses("team", year), team.input.code
    marks = tuple(_cell(line, addresses.line(code, line.code)) for line in team.lines)
    return Row(team_label(team), marks, href=addresses.page(code))


def _cell(line: ScoreLine, href: str) -> Mark | None:
    share = rate(line.points, line.out_of)
    if line.points is None:
        return None
    return Mark(number(line.points), points(line.points), href, _note(line, share), _level(share))


def _level(share: Fraction | None) -> float | None:
    return None if share is None else float(min(max(share, Fraction(0)), Fraction(1)))


def _note(line: ScoreLine, share: Fraction | None) -> str:
    words = [_("rate %(rate)s") % {"rate": percent(share)}]
    if line.place is not None:
        words.append(_("place %(place)s") % {"place": line.place})
    if isinstance(line.derivation, NotApplicableDerivation):
        words.append(_("not applicable: at the rate of its block"))
    return " · ".join(words)
