"""The columns that a list of cadres can have; made for one year, in the page's language."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessment.numbers import number_text
from cadres.templatetags.labels import term
from scoring.addresses import SubjectAddresses
from scoring.engine import CadreGrade, CadreResult, Rank, YearResult
from scoring.marks import NONE, grade_css, place_css
from scoring.score_columns import rate_column, total_column
from scoring.tables import Cell, Column, typed
from scoring.wording import not_graded_text

NOT_GRADED = "not-graded"
"""The choice of the grade filter for those without a grade under RULES C3."""


class CadreColumns:
    """Columns by name: `total()`, `in_post()` …; words are looked up once, not once a cell."""

    def __init__(self, result: YearResult, year: int) -> None:
        """For one year's result."""
        self._result = result
        self._cadres = SubjectAddresses("cadre", year)
        self._teams = SubjectAddresses("team", year)
        self._names = {team.input.code: team.input.name for team in result.teams}
        self._order = {code: position for position, code in enumerate(self._names)}
        posts = dict.fromkeys(cadre.input.post for cadre in result.cadres)
        self._posts = {post: term(post) for post in posts}
        self._post_order = {post: position for position, post in enumerate(posts)}
        self._tied = _("tied")
        self._grades: dict[CadreGrade, Cell] = {
            grade: (term(grade), "", "", grade_css(n)) for n, grade in enumerate(CadreGrade)
        }

    def township_name(self, cadre: CadreResult) -> str:
        """The name of the cadre's township."""
        return self._names.get(cadre.input.township, cadre.input.township)

    def post_name(self, cadre: CadreResult) -> str:
        """The post scored for, in the page's language."""
        return self._posts[cadre.input.post]

    def search_text(self, cadre: CadreResult) -> str:
        """What a search looks through."""
        return f"{cadre.input.number} {cadre.input.name} {self.township_name(cadre)} {self._posts[cadre.input.post]}"

    def name(self) -> Column[CadreResult]:
        """The name, a link to the cadre's page."""
        page = self._cadres.page
        return Column(
            "name",
            pgettext("person", "Name"),
            lambda cadre: cadre.input.name,
            lambda cadre: (typed(cadre.input.name), page(cadre.input.number), "", "name"),
        )

    def number(self) -> Column[CadreResult]:
        """The personnel number: homonyms are normal."""
        return Column(
            "number",
            _("Number"),
            lambda cadre: cadre.input.number,
            lambda cadre: (typed(cadre.input.number), "", "", ""),
        )

    def township(self) -> Column[CadreResult]:
        """The township, a link to the team's page; sorted in the county's order."""
        page, order = self._teams.page, self._order
        codes = dict.fromkeys((*self._names, *(cadre.input.township for cadre in self._result.cadres)))
        cells: dict[str, Cell] = {code: (typed(self._names.get(code, code)), page(code), "", "") for code in codes}
        return Column(
            "township",
            _("Township"),
            lambda cadre: order.get(cadre.input.township),
            lambda cadre: cells[cadre.input.township],
        )

    def post(self) -> Column[CadreResult]:
        """The post scored for (RULES C4)."""
        order = self._post_order
        cells: dict[str, Cell] = {post: (typed(word), "", "", "") for post, word in self._posts.items()}
        return Column("post", _("Post"), lambda cadre: order[cadre.input.post], lambda cadre: cells[cadre.input.post])

    def items(self) -> list[Column[CadreResult]]:
        """One column an item of the scheme, each number a link to its derivation."""
        return [self._item(position) for position in range(len(self._result.scheme.cadre_items))]

    def _item(self, position: int) -> Column[CadreResult]:
        item = self._result.scheme.cadre_items[position]
        line_address = self._cadres.line

        def cell(cadre: CadreResult) -> Cell:
            points = cadre.lines[position].points if cadre.lines else None
            if points is None:
                return NONE
            return str(points), line_address(cadre.input.number, item.code), "", "num"

        def key(cadre: CadreResult) -> object:
            return cadre.lines[position].points if cadre.lines else None

        return Column(
            item.code, term(item.name), key, cell, number=True, largest_first=True, title=number_text(item.points)
        )

    def total(self) -> Column[CadreResult]:
        """The 100 points of the default scheme."""
        return total_column(self._result.scheme.cadre_points)

    def rate(self) -> Column[CadreResult]:
        """The total as a rate of full points (RULES P6)."""
        return rate_column()

    def in_township(self) -> Column[CadreResult]:
        """同级位次 (P1)."""
        return self._place("in_township", _("In township"), lambda cadre: cadre.in_township)

    def in_post(self) -> Column[CadreResult]:
        """同职位次 (P2)."""
        return self._place("in_post", _("In post"), lambda cadre: cadre.in_post)

    def in_county(self) -> Column[CadreResult]:
        """综合位次 (P3)."""
        return self._place("in_county", _("In county"), lambda cadre: cadre.in_county)

    def _place(self, code: str, label: str, rank_of: Callable[[CadreResult], Rank | None]) -> Column[CadreResult]:
        """“3 / 24”, ties marked (RULES P5, P6)."""
        tied = self._tied

        def cell(cadre: CadreResult) -> Cell:
            rank = rank_of(cadre)
            if rank is None:
                return NONE
            return f"{rank.place} / {rank.ranked}", "", tied if rank.tied > 1 else "", place_css(rank.place)

        def key(cadre: CadreResult) -> int | None:
            rank = rank_of(cadre)
            return rank.place if rank else None

        return Column(code, label, key, cell, number=True)

    def grade(self) -> Column[CadreResult]:
        """The suggested grade, or why there is none."""
        order = {grade: position for position, grade in enumerate(CadreGrade)}

        def cell(cadre: CadreResult) -> Cell:
            if cadre.grade:
                return self._grades[cadre.grade]
            reason = not_graded_text(cadre.input.not_graded) if not cadre.graded else _("not computable")
            return reason, "", "", "missing"

        return Column("grade", _("Suggested grade"), lambda cadre: order[cadre.grade] if cadre.grade else None, cell)

    def grade_code(self, cadre: CadreResult) -> str:
        """What the grade filter compares."""
        return str(cadre.grade or "") if cadre.graded else NOT_GRADED

    def grade_choices(self) -> tuple[tuple[str, str], ...]:
        """The choices of the grade filter."""
        return (*((str(grade), term(grade)) for grade in CadreGrade), (NOT_GRADED, _("not graded")))
