"""A year's page: where it stands, what the next step needs, what is there."""

from dataclasses import dataclass

from django.urls import NoReverseMatch
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.addresses import year_url
from assessment.home import reader_lines
from assessment.models import AssessmentYear, Phase
from assessment.selectors.checklist import Check, checklist, scheme_checks
from assessment.selectors.completeness import Completeness, year_concerned, year_missing
from assessment.selectors.year import scheme_current
from cadres.models import Account
from cadres.permissions import allows


@dataclass(frozen=True)
class Step:
    """A named transition: its word in the address, its button, and what it does in words."""

    name: str
    label: str | Promise
    consequence: str | Promise

    @property
    def view(self) -> str:
        """The url name of its confirmation."""
        return f"assessment:year_{self.name}"


STEPS = {
    Phase.DRAFT: Step(
        "announce",
        gettext_lazy("Announce the year"),
        gettext_lazy(
            "The scheme is frozen: its points and rules can no longer be changed. Departments, townships and leaders "
            "can read it from now on."
        ),
    ),
    Phase.ANNOUNCED: Step(
        "collect",
        gettext_lazy("Start collecting"),
        gettext_lazy("Values, vetoes and tallies are collected from now on."),
    ),
    Phase.COLLECTING: Step(
        "close",
        gettext_lazy("Close the year"),
        gettext_lazy(
            "Roster, values, vetoes and tallies are frozen. County leaders can see scores and rankings from now on."
        ),
    ),
    Phase.CLOSED: Step(
        "confirm",
        gettext_lazy("Confirm grades and results"),
        gettext_lazy(
            "Every line, place and grade is frozen as it stands, with the scheme it was computed by. A later change "
            "needs a re-opening with a reason; what is confirmed now stays readable."
        ),
    ),
    Phase.CONFIRMED: Step(
        "publish",
        gettext_lazy("Publish the results"),
        gettext_lazy(
            "Every township and every department can read its own result from now on, and the days in which a review "
            "can be asked for begin."
        ),
    ),
    Phase.PUBLISHED: Step(
        "archive",
        gettext_lazy("Archive the year"),
        gettext_lazy("The record is sealed with a digest that includes the year archived before."),
    ),
}
"""Phase → the step that leads out of it."""

BACK = {
    Phase.ANNOUNCED: gettext_lazy("The scheme can be changed again; only the office can read it then."),
    Phase.COLLECTING: gettext_lazy("The year counts as announced only; what was entered stays."),
    Phase.CLOSED: gettext_lazy("Inputs can be changed again; county leaders no longer see scores and rankings."),
    Phase.CONFIRMED: gettext_lazy(
        "Grades can be decided anew, and one more step back the inputs can be changed. The version confirmed stays "
        "readable with your reason; confirming again makes another one, and every difference between them is listed."
    ),
    Phase.PUBLISHED: gettext_lazy(
        "Townships and departments no longer see their results; what is confirmed stays. Publishing again begins the "
        "days in which a review can be asked for anew."
    ),
    Phase.ARCHIVED: gettext_lazy("The seal stays on record; archiving again makes another one."),
}
"""Phase → what a step back from it does."""


@dataclass(frozen=True)
class TrackPoint:
    """One phase on the track: done, current or ahead."""

    phase: Phase
    state: str

    @property
    def label(self) -> str:
        return str(self.phase.label)

    @property
    def state_text(self) -> str:
        return {"done": _("done"), "current": _("now"), "ahead": _("ahead")}[self.state]


def track(year: AssessmentYear) -> list[TrackPoint]:
    """All phases in order, with where the year stands (RULES Y1)."""
    here = Phase(year.phase).position
    states = {-1: "done", 0: "current", 1: "ahead"}
    return [TrackPoint(phase, states[(phase.position > here) - (phase.position < here)]) for phase in Phase]


@dataclass(frozen=True)
class CheckRow:
    check: Check
    url: str


@dataclass(frozen=True)
class BlockingFinding:
    """For the list of problems."""

    text: str
    href: str


def checks(year: AssessmentYear) -> list[CheckRow]:
    """The checklist of the next step, each check with the page where it is mended."""
    return [CheckRow(check, _url(check.link, year)) for check in checklist(year)]


def scheme_advice(year: AssessmentYear) -> list[CheckRow]:
    """What is to be looked at before the scheme is announced, each with the page that says more."""
    return [CheckRow(check, _url(check.link, year)) for check in scheme_checks(year)]


def open_checks(year: AssessmentYear) -> list[CheckRow]:
    """What does not hold and yet does not stop the next step: its confirmation repeats it."""
    return [row for row in checks(year) if not row.check.blocking and not row.check.passed]


def blocking_findings(year: AssessmentYear) -> list[BlockingFinding]:
    """What refuses the next step, said before anybody confirms it."""
    stopping = [row for row in checks(year) if row.check.blocking and not row.check.passed]
    return [BlockingFinding(finding, row.url) for row in stopping for finding in row.check.findings]


def gaps_consequence(year: AssessmentYear) -> str:
    """What follows from closing a year that lacks something (RULES A3); empty where nothing does."""
    if year.phase != Phase.COLLECTING:
        return ""
    missing = year_missing(year=year, scheme=scheme_current(year))
    if missing.complete:
        return ""
    teams, cadres = year_concerned(year=year, missing=missing)
    return _(
        "If the year is closed like this, %(teams)s of the teams and %(cadres)s of the cadres get no total, no place "
        "and no grade, and the year cannot be published."
    ) % {"teams": teams, "cadres": cadres}


def _url(name: str, year: AssessmentYear) -> str:
    try:
        return year_url(name, year) if name else ""
    except NoReverseMatch:
        return ""


@dataclass(frozen=True)
class Summary:
    """Counts of what is there and what is missing."""

    townships: int
    cadres: int
    not_graded: int
    lines: int
    vetoes: int
    missing: Completeness


def summary(year: AssessmentYear) -> Summary:
    """Fixed number of queries, whatever the size."""
    graded = year.roster.filter(not_graded="").count()
    cadres = year.roster.count()
    return Summary(
        townships=year.townships.count(),
        cadres=cadres,
        not_graded=cadres - graded,
        lines=year.lines.count(),
        vetoes=year.lines.filter(vetoes__isnull=False, vetoes__revoked_at__isnull=True).count(),
        missing=year_missing(year=year, scheme=scheme_current(year)),
    )


def year_page(year: AssessmentYear, by: Account) -> dict[str, object]:
    """What the page shows to this account."""
    office = allows(by, "assessment.change_year", year)
    rows = checks(year) if office else []
    return {
        "year": year,
        "track": track(year),
        "office": office,
        "step": STEPS.get(Phase(year.phase)) if office else None,
        "can_step_back": office and year.phase in BACK,
        "checks": rows,
        "blocked": any(row.check.blocking and not row.check.passed for row in rows),
        "summary": summary(year) if office else None,
        "lines": [] if office else reader_lines(year, by),
    }
