"""历年结果: the county's cadres beside their years, as one table and one person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadres.templatetags.labels import DASH, percent, term
from rewards.selectors.history import HistoryYear, PersonYears
from scoring.engine import CadreGrade
from scoring.marks import NONE, grade_css
from scoring.tables import Cell, Column, Filter, FilterField, Table, TableState, filter_fields, state_of, table, typed
from scoring.wording import not_graded_text

ROWS = 50
"""People on a page."""

SHOWN = 5
"""Years beside one another, the latest of those known."""

NOT_GRADED, UNKNOWN = "not-graded", "unknown"
_PERSON = "PERSON"


@dataclass(frozen=True)
class HistoryListing:
    """A page of the table, with its form and the ways to the other pages."""

    state: TableState
    fields: tuple[FilterField, ...]
    html: SafeString
    shown: int
    page: int
    pages: tuple[tuple[int, str], ...]


def history_listing(people: Sequence[PersonYears], query: Mapping[str, str], asked: int) -> HistoryListing:
    """Searched, filtered, sorted, paged by what the address says. `asked`: how many years a promotion looks at."""
    years = sorted({year for person in people for year in person.years})[-SHOWN:]
    columns, filters = HistoryColumns(years).all(), _filters(people, years, asked)
    state = state_of(query, columns, filters)
    whole = table(people, columns, filters, state, text=_search_text)
    page, cut, pages = _paged(whole, query.get("page", ""), state)
    html = render_to_string("scoring/table.html", {"table": cut, "label": _("Earlier years")}, using="jinja2")
    return HistoryListing(state, filter_fields(filters, state), SafeString(html), whole.shown, page, pages)


class HistoryColumns:
    """Who, where now, then a column a year; words are looked up once, not once a cell."""

    def __init__(self, years: Sequence[int]) -> None:
        self._years = years
        head, _person, tail = reverse("rewards:person", kwargs={"number": _PERSON}).partition(_PERSON)
        self._address = (head, tail)
        self._grades = {grade: (term(grade), grade_css(n)) for n, grade in enumerate(CadreGrade)}
        self._imported, self._suggested = _("imported"), _("suggested")

    def all(self) -> list[Column[PersonYears]]:
        """In the order shown."""
        years = [self._year(year) for year in self._years]
        return [self._number(), self._name(), self._township(), self._post(), *years, self._excellent()]

    def _number(self) -> Column[PersonYears]:
        return Column(
            "number", _("Number"), lambda one: one.cadre.number, lambda one: (typed(one.cadre.number), "", "", "")
        )

    def _name(self) -> Column[PersonYears]:
        head, tail = self._address

        def cell(one: PersonYears) -> Cell:
            return typed(one.cadre.name), f"{head}{quote(one.cadre.number, safe='')}{tail}", "", "name"

        return Column("name", pgettext("person", "Name"), lambda one: one.cadre.name, cell)

    def _township(self) -> Column[PersonYears]:
        return Column(
            "township",
            _("Township"),
            lambda one: (one.cadre.township_order, one.cadre.township_code) if one.township else None,
            lambda one: (typed(one.township) or DASH, "", "", ""),
        )

    def _post(self) -> Column[PersonYears]:
        return Column(
            "post",
            _("Post"),
            lambda one: one.cadre.post_order if one.post else None,
            lambda one: (typed(term(one.post)) or DASH, "", "", ""),
        )

    def _year(self, year: int) -> Column[PersonYears]:
        """By place; the grade stands first in the cell."""

        def key(one: PersonYears) -> int | None:
            return one.years[year].annual.rank_county if year in one.years else None

        return Column(f"y{year}", str(year), key, lambda one: self._cell(one.years.get(year)))

    def _excellent(self) -> Column[PersonYears]:
        return Column(
            "excellent",
            _("Years graded excellent"),
            lambda one: one.excellent,
            lambda one: (str(one.excellent), "", "", "num"),
            number=True,
            largest_first=True,
        )

    def _cell(self, entry: HistoryYear | None) -> Cell:
        if entry is None or not (entry.annual.grade or entry.annual.not_graded or entry.score is not None):
            return NONE
        annual = entry.annual
        mark = self._imported if entry.assessment is None else self._suggested if entry.suggested_only else ""
        if annual.not_graded:
            return not_graded_text(annual.not_graded), "", "", "missing"
        word, css = self._grades[annual.grade] if annual.grade else (_("no grade"), "")
        figures = " · ".join(filter(None, (place_text(entry), "" if entry.score is None else str(entry.score))))
        rate = f" · {percent(entry.rate)}" if entry.rate is not None else ""
        told = f' <span class="tie">{mark}</span>' if mark else ""
        return f'{word}{told}<small class="out-of">{figures}{rate}</small>', "", "", css


def place_text(entry: HistoryYear) -> str:
    """“3 / 24” (RULES P6); the place alone where nobody knows of how many."""
    place, ranked = entry.annual.rank_county, entry.annual.ranked
    if place is None:
        return ""
    return f"{place} / {ranked}" if ranked else str(place)


def _search_text(one: PersonYears) -> str:
    return f"{one.cadre.number} {one.cadre.name}"


def _filters(people: Sequence[PersonYears], years: Sequence[int], asked: int) -> list[Filter[PersonYears]]:
    townships = dict.fromkeys(one.township for one in people if one.township)
    posts = dict.fromkeys(one.post for one in sorted(people, key=lambda one: one.cadre.post_order) if one.post)
    grades = (*((str(g), term(g)) for g in CadreGrade), (NOT_GRADED, _("not graded")), (UNKNOWN, _("no result")))
    last = years[-asked:]
    best = _("excellent in each of %(years)s") % {"years": "、".join(map(str, last))}
    return [
        Filter("township", _("Township"), lambda one: one.township, tuple((name, name) for name in townships)),
        Filter("post", _("Post"), lambda one: one.post, tuple((name, term(name)) for name in posts)),
        *(_grade_filter(year, grades) for year in reversed(years)),
        *(
            [Filter("best", _("All years"), lambda one: "all" if one.is_excellent_in(last) else "", (("all", best),))]
            if len(last) == asked
            else []
        ),
    ]


def _grade_filter(year: int, grades: tuple[tuple[str, str], ...]) -> Filter[PersonYears]:
    def value(one: PersonYears) -> str:
        annual = one.years[year].annual if year in one.years else None
        if annual is None or not (annual.grade or annual.not_graded):
            return UNKNOWN
        return str(annual.grade) if annual.grade else NOT_GRADED

    return Filter(f"g{year}", _("Grade %(year)s") % {"year": year}, value, grades)


def _paged(whole: Table, asked: str, state: TableState) -> tuple[int, Table, tuple[tuple[int, str], ...]]:
    """The page asked for, or the one nearest to it."""
    last = max(-(-whole.shown // ROWS), 1)
    page = min(max(int(asked), 1), last) if asked.isdecimal() and len(asked) < 6 else 1
    sections = tuple(replace(section, rows=section.rows[(page - 1) * ROWS : page * ROWS]) for section in whole.sections)
    return (
        page,
        replace(whole, sections=sections),
        tuple((number, state.address(page=str(number))) for number in range(1, last + 1)),
    )
