"""What the two pages of decisions show: one for teams, one for cadres (RULES 4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.models import AssessmentYear
from cadres.models import Account
from cadres.templatetags.labels import term
from rewards.presenters.grade_row import GradeRow, cadre_grade_rows, team_grade_rows
from rewards.selectors.grade import (
    GradeInForce,
    Grades,
    Moved,
    disciplinary_records,
    grades_in_force,
    moved_by_team_grades,
    undecided,
    unreasoned,
)
from scoring.engine import QuotaLine, YearResult
from scoring.overview import quota_text
from scoring.results import current_result
from scoring.sight import sight_of
from scoring.tables import Filter, FilterField, TableState, filter_fields, state_of
from scoring.wording import not_graded_text

STATE = "state"
STATES = (
    ("undecided", gettext_lazy("undecided")),
    ("departs", gettext_lazy("other than suggested")),
    ("unreasoned", gettext_lazy("other than suggested, without a reason")),
    ("moved", gettext_lazy("suggestion moved since the decision")),
    ("tied", gettext_lazy("in the tie on the quota line")),
    ("barred", gettext_lazy("with a bar or a veto")),
)


@dataclass(frozen=True)
class GradeCount:
    """How often a grade is suggested and decided; `elsewhere` are decided ones that this page does not show now."""

    grade: str
    suggested: int
    decided: int
    elsewhere: int
    places: int | None = None

    @property
    def over(self) -> int:
        """By how many the decided ones exceed the quota."""
        return max(self.decided - self.places, 0) if self.places is not None else 0


@dataclass(frozen=True)
class NotGradedRow:
    """Who gets no grade this year, and why (RULES C3)."""

    number: str
    name: str
    township: str
    post: str
    reason: str


@dataclass
class GradePage:
    """A page before it is printed. `rows` are all subjects by place, `shown` what the address asks for."""

    teams: bool
    result: YearResult
    grades: Grades
    rows: list[GradeRow]
    quota: QuotaLine
    not_graded: list[NotGradedRow]
    moved: list[Moved]
    state: TableState
    filters: list[Filter[GradeRow]]

    @property
    def of_kind(self) -> dict[str, GradeInForce]:
        """The grades in force of whom the page is about."""
        return self.grades.teams if self.teams else self.grades.cadres

    @property
    def fields(self) -> tuple[FilterField, ...]:
        return filter_fields(self.filters, self.state)

    @property
    def narrowed(self) -> bool:
        return bool(self.state.search or any(self.state.chosen.values()))

    @property
    def shown(self) -> list[GradeRow]:
        """What search and filters leave; a row in which something was typed is never hidden."""
        return [row for row in self.rows if row.changed or self._wanted(row)]

    def _wanted(self, row: GradeRow) -> bool:
        if self.state.search.casefold() not in row.search_text.casefold():
            return False
        chosen = {code: wanted for code, wanted in self.state.chosen.items() if wanted}
        if (state := chosen.pop(STATE, None)) and state not in row.states:
            return False
        return all(f.value(row) == chosen[f.code] for f in self.filters if f.code in chosen)

    @property
    def line_before(self) -> int:
        """Before which of the rows shown the quota line runs; their number where it runs after all of them."""
        after = quota_position(self.quota, self.rows)
        return sum(row.position < after for row in self.shown)

    @property
    def quota_words(self) -> str:
        return quota_text(self.quota)

    @property
    def undecided(self) -> int:
        return undecided(self.of_kind)

    @property
    def not_decided_teams(self) -> int:
        return undecided(self.grades.teams)

    @property
    def unreasoned(self) -> list[GradeRow]:
        lacking = set(unreasoned(self.of_kind))
        return [row for row in self.rows if row.code in lacking]

    @property
    def errors(self) -> int:
        return sum(bool(cell.error) for row in self.rows for cell in (row.grade, row.reason))

    @property
    def counts(self) -> list[GradeCount]:
        """One a grade, best first; the best has a quota."""
        shown = {row.code for row in self.shown}
        decided = {code: grade.decided for code, grade in self.of_kind.items()}
        return [
            GradeCount(
                grade=grade,
                suggested=sum(row.stands.suggested == grade for row in self.rows),
                decided=sum(found == grade for found in decided.values()),
                elsewhere=sum(found == grade for code, found in decided.items() if code not in shown),
                places=None if step else self.quota.places,
            )
            for step, grade in enumerate(self.rows[0].choices if self.rows else ())
        ]

    @property
    def undecided_elsewhere(self) -> int:
        return sum(row.stands.stands_by_suggestion for row in self.rows) - sum(
            row.stands.stands_by_suggestion for row in self.shown
        )


def grade_page(*, year: AssessmentYear, by: Account, teams: bool, query: Mapping[str, str]) -> GradePage:
    """Everything in a fixed number of queries."""
    result = current_result(year)
    grades = grades_in_force(year=year, result=result)
    shares = sight_of(by).counts
    if teams:
        rows = team_grade_rows(year=year, result=result, grades=grades, shares=shares)
    else:
        records = disciplinary_records(year=year, result=result)
        rows = cadre_grade_rows(year=year, result=result, grades=grades, records=records, shares=shares)
    filters = _filters(rows, teams)
    return GradePage(
        teams=teams,
        result=result,
        grades=grades,
        rows=rows,
        quota=result.team_quota if teams else result.cadre_quota,
        not_graded=[] if teams else not_graded_rows(result),
        moved=moved_by_team_grades(year=year, result=result, grades=grades),
        state=state_of(query, (), filters),
        filters=filters,
    )


def quota_position(quota: QuotaLine, rows: Sequence[GradeRow]) -> int:
    """How many of the rows, by place, stand above the quota line: a tie across it stands below (RULES G3)."""
    if quota.tie_rank is not None:
        return next(row.position for row in rows if row.rank and row.rank.place == quota.tie_rank)
    return max((row.position + 1 for row in rows if row.code in quota.inside), default=0)


def not_graded_rows(result: YearResult) -> list[NotGradedRow]:
    """In the order of the roster."""
    names = {team.input.code: team.input.name for team in result.teams}
    return [
        NotGradedRow(
            number=cadre.input.number,
            name=cadre.input.name,
            township=names.get(cadre.input.township, cadre.input.township),
            post=term(cadre.input.post),
            reason=not_graded_text(cadre.input.not_graded),
        )
        for cadre in result.cadres
        if not cadre.graded
    ]


def _filters(rows: Sequence[GradeRow], teams: bool) -> list[Filter[GradeRow]]:
    of_people = [] if teams else [_by_township(rows), _by_post(rows)]
    choices = tuple((grade, term(grade)) for grade in (rows[0].choices if rows else ()))
    return [
        *of_people,
        Filter("grade", _("Grade in force"), lambda row: row.stands.grade or "", choices),
        Filter(STATE, _("State"), lambda row: " ".join(row.states), tuple((code, str(word)) for code, word in STATES)),
    ]


def _by_township(rows: Sequence[GradeRow]) -> Filter[GradeRow]:
    names = {row.township_code: row.township for row in sorted(rows, key=lambda row: row.township_order)}
    return Filter("township", _("Township"), lambda row: row.township_code, tuple(names.items()))


def _by_post(rows: Sequence[GradeRow]) -> Filter[GradeRow]:
    posts = {row.post: term(row.post) for row in rows}
    return Filter("post", _("Post"), lambda row: row.post, tuple(posts.items()))
