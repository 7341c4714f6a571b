"""What stands around the table of decisions: the way from teams over cadres to confirming, and what to look at."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from assessment.addresses import year_url
from assessment.models import AssessmentYear
from cadres.models import Account
from cadres.permissions import allows
from cadres.templatetags.labels import term
from rewards.models import CADRE_GRADES, TEAM_GRADES
from rewards.presenters.grade import GradePage
from rewards.selectors.grade import GradeInForce, Grades, Moved, grades_open, undecided
from rewards.services.grade import DecisionRow
from scoring.selectors.version import version_latest

NAMED = 12
"""People named in a notice; the rest are counted."""


@dataclass(frozen=True)
class Step:
    """One of the three: `href` is empty where it cannot be taken yet."""

    label: str
    state: str
    href: str
    here: bool = False
    done: bool = False


def grade_frame(*, year: AssessmentYear, by: Account, page: GradePage) -> dict[str, object]:
    """The context of a page of decisions."""
    may_change = allows(by, "rewards.change_grades", year)
    editable = may_change and grades_open(year)
    return {
        "year": year,
        "page": page,
        "may_change": may_change,
        "editable": editable,
        "steps": grade_steps(year, page, may_change=may_change),
        "version": version_latest(year) if year.is_confirmed else None,
        "moved": moved_text(page.moved),
        "over": over_text(page),
        "adoptable": sum(row.stands.stands_by_suggestion and not row.tied for row in page.rows) if editable else 0,
        "table": _table(page, editable=editable),
        "result": page.result,
        "result_links": True,
    }


def _table(page: GradePage, *, editable: bool) -> SafeString:
    context = {"page": page, "rows": page.shown, "editable": editable, "line_before": page.line_before}
    return SafeString(render_to_string("rewards/grade_table.html", context, using="jinja2"))


def grade_steps(year: AssessmentYear, page: GradePage, *, may_change: bool) -> list[Step]:
    """Teams first, for their grades bar principals (RULES G4); then cadres; then confirming."""
    grades = page.grades
    steps = [
        _step(_("1. Teams"), grades.teams, year_url("rewards:team_grades", year), here=page.teams),
        _step(_("2. Cadres"), grades.cadres, year_url("rewards:cadre_grades", year), here=not page.teams),
    ]
    return [*steps, _confirming(year, grades)] if may_change else steps


def _step(label: str, grades: dict[str, GradeInForce], href: str, *, here: bool) -> Step:
    asked = sum(grade.suggested is not None for grade in grades.values())
    left = undecided(grades)
    state = _("%(done)d of %(all)d decided") % {"done": asked - left, "all": asked}
    return Step(label, state, href, here=here, done=bool(asked) and not left)


def _confirming(year: AssessmentYear, grades: Grades) -> Step:
    ready = grades.all_decided and grades_open(year) and grades.any_decided
    state = pgettext("step", "ready") if ready else _("once every grade is decided")
    if year.is_confirmed:
        state = _("done")
    href = year_url("assessment:year_confirm", year) if ready else ""
    return Step(_("3. Confirm grades and results"), state, href, done=year.is_confirmed)


def moved_text(moved: Sequence[Moved]) -> str:
    """Whose suggestion follows from decided grades of teams: “王伟 0101（优秀 → 称职）”."""
    if not moved:
        return ""
    named = "、".join(_moved(one) for one in moved[:NAMED]) + (" …" if len(moved) > NAMED else "")
    text = ngettext(
        "By the decided grades of teams the suggestion of %(count)d cadre changed (clause G4): %(named)s",
        "By the decided grades of teams the suggestions of %(count)d cadres changed (clause G4): %(named)s",
        len(moved),
    )
    return text % {"count": len(moved), "named": named}


def _moved(one: Moved) -> str:
    return _("%(name)s %(number)s (%(before)s → %(after)s)") % {
        "name": one.cadre.input.name,
        "number": one.cadre.input.number,
        "before": term(one.before) or "—",
        "after": term(one.after) or "—",
    }


def over_text(page: GradePage) -> str:
    """More decided than the quota has places: possible, each with its reason, and said with numbers."""
    best = page.counts[0] if page.counts else None
    if best is None or best.places is None or not best.over:
        return ""
    return _("%(decided)d are decided %(grade)s, the quota has %(places)d places: %(over)d more than that.") % {
        "decided": best.decided,
        "grade": term(best.grade),
        "places": best.places,
        "over": best.over,
    }


def adopt_consequence(rows: Sequence[DecisionRow], *, teams: bool) -> str:
    """How many, and how many of each grade."""
    each = [
        _("%(grade)s %(count)d") % {"grade": term(grade), "count": count}
        for grade in (TEAM_GRADES if teams else CADRE_GRADES)
        if (count := sum(row.grade == grade for row in rows))
    ]
    text = (
        ngettext(
            "%(count)d undecided team gets the suggested grade as its decided one: %(each)s.",
            "%(count)d undecided teams get the suggested grade as their decided one: %(each)s.",
            len(rows),
        )
        if teams
        else ngettext(
            "%(count)d undecided cadre gets the suggested grade as the decided one: %(each)s.",
            "%(count)d undecided cadres get the suggested grade as their decided one: %(each)s.",
            len(rows),
        )
    )
    return text % {"count": len(rows), "each": "、".join(each)}
