"""Charts of who rates how: one year beside the county's means, and year by year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cadres.templatetags.labels import percent, points
from scoring.chart import Chart, ChartKind, Mark, Row, number
from scoring.marks import signed_points
from scoring.raters import Rater, Rating, Ratings
from scoring.years.charts import HUNDRED, all_years


@dataclass(frozen=True)
class RatedYear:
    """Who rates a subject how in one year, drawn and in one sentence; `agree` says which kind of sentence."""

    chart: Chart
    text: str
    agree: bool


def rated_year(ratings: Ratings, subject: str) -> RatedYear | None:
    """None while no rating can be computed. `subject` heads its own rates."""
    if not ratings.ratings:
        return None
    return RatedYear(_ratings_chart(ratings, subject), ratings.text, ratings.agree)


@dataclass(frozen=True)
class RatedYears:
    """The same over the years: rates drawn, and each year in one sentence, the latest first."""

    chart: Chart | None
    readings: tuple[tuple[int, str], ...]


def rated_years(years: Mapping[int, Ratings]) -> RatedYears:
    """By year, the latest first."""
    readings = tuple((year, ratings.text) for year, ratings in years.items() if ratings.text)
    return RatedYears(_years_chart(years), readings)


def _ratings_chart(ratings: Ratings, subject: str) -> Chart:
    """One year: each rater's rate beside the county's mean of the same raters."""
    shown = [*ratings.ratings, *filter(None, [ratings.beside])]
    return Chart(
        "ratings",
        ChartKind.BARS,
        _("Rate of the full points, by who rates"),
        (subject, _("County's mean")),
        tuple(_ratings_row(one) for one in shown),
        corner=_("Who rates"),
        end=_("Above or below the mean · place"),
        top=HUNDRED,
        lead=_("Some rate more strictly than others: each is compared with the county's mean of the same raters."),
    )


def _ratings_row(one: Rating) -> Row:
    place = f"{one.rank.place} / {one.rank.ranked}"
    own = Mark(number(one.rate * 100), percent(one.rate), one.href, f"{one.name} · {place}")
    mean = Mark(number(one.mean * 100), percent(one.mean))
    return Row(one.label, (own, mean), one.href, end=f"{_above(one)} · {place}")


def _above(one: Rating) -> str:
    """“+3.20”: percentage points above the mean."""
    return signed_points(one.above * 100)


def _years_chart(years: Mapping[int, Ratings]) -> Chart | None:
    """The raters' rates year by year."""
    raters = [rater for rater in Rater if any(_by(ratings, rater) for ratings in years.values())]
    held = [year for year, ratings in years.items() if ratings.ratings]
    if not held:
        return None
    return Chart(
        "ratings-years",
        ChartKind.BARS,
        _("Rate of the full points, by who rates"),
        tuple(str(rater.label) for rater in raters),
        tuple(_year_row(year, years.get(year, Ratings(())), raters) for year in all_years(held)),
        corner=_("Year"),
        end=_("Apart, beside the means"),
        top=HUNDRED,
    )


def _year_row(year: int, ratings: Ratings, raters: Sequence[Rater]) -> Row:
    marks = tuple(_year_mark(_by(ratings, rater)) for rater in raters)
    return Row(str(year), marks, end=points(None if ratings.apart is None else ratings.apart * 100))


def _year_mark(one: Rating | None) -> Mark | None:
    if one is None:
        return None
    note = _("%(difference)s beside the county's mean") % {"difference": _above(one)}
    return Mark(number(one.rate * 100), percent(one.rate), one.href, note)


def _by(ratings: Ratings, rater: Rater) -> Rating | None:
    return next((one for one in ratings.ratings if one.rater == rater), None)
