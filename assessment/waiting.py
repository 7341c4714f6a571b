"""What waits for an account in a year, as lines of its home page: while it is collecting, and after it was closed."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.addresses import year_url
from assessment.models import AssessmentYear, BoxState, EntryState, Phase, SheetState
from assessment.selectors.interview import coverage_of, townships_reached
from assessment.selectors.paper import PaperStep, paper_of
from assessment.selectors.sheet import colleague_signed, round_of, round_questions, round_rows, sheet_of
from assessment.selectors.value import lines_visible, values_missing
from assessment.selectors.value_entry import entries_latest, entries_pending
from assessment.selectors.year import scheme_current
from assessment.sheets import keys_of
from cadres.home import HomeLine
from cadres.models import Account, Role

MakeLines = Callable[[AssessmentYear, Account], list[HomeLine]]
"""Says itself for whom and in which phase anything waits: an empty list where nothing does."""

_following: list[MakeLines] = []


def waiting_add(*lines: MakeLines) -> None:
    """Ask these too, of every year from closed on: what follows from results is known to the apps above.

    Called while the apps are made ready. Each asks the same number of queries whatever the size of the county.
    """
    _following.extend(lines)


def waiting_lines(year: AssessmentYear, by: Account) -> list[HomeLine]:
    """Nothing before the year is collecting. A fixed number of queries for each role."""
    if year.is_closed:
        return [line for lines in _following for line in lines(year, by)]
    if year.phase != Phase.COLLECTING:
        return []
    return [line for lines in LINES.get(Role(by.role), ()) for line in lines(year, by)]


def _boxes_open(year: AssessmentYear, by: Account) -> list[HomeLine]:
    count = year.boxes.filter(state=BoxState.OPEN).count()
    text = ngettext("%(count)d ballot box is open", "%(count)d ballot boxes are open", count)
    return _counted(text, count, year_url("assessment:boxes", year))


def _paper_to_key(year: AssessmentYear, by: Account) -> list[HomeLine]:
    """What I may key, and what I must not because I have: that waits for another clerk."""
    boxes = list(year.boxes.filter(state=BoxState.CLOSED, is_rehearsal=False))
    groups = [group for found in paper_of(boxes).values() for group in found if group.step != PaperStep.AGREED]
    mine = sum(not group.keyed_by(by) for group in groups)
    text = ngettext(
        "%(count)d voter group's paper ballots are to be keyed, by you or a colleague",
        "%(count)d voter groups' paper ballots are to be keyed, by you or a colleague",
        mine,
    )
    other = ngettext(
        "%(count)d voter group keyed by you waits for another clerk",
        "%(count)d voter groups keyed by you wait for another clerk",
        len(groups) - mine,
    )
    url = year_url("assessment:boxes", year)
    return [*_counted(text, mine, url), *_counted(other, len(groups) - mine, url, waiting=False)]


def _sheets_to_come(year: AssessmentYear, by: Account) -> list[HomeLine]:
    scheme = scheme_current(year)
    count = 0
    for found in year.sheet_rounds.filter(closed_at=None).select_related("year"):
        rows = round_rows(found, round_questions(year, found.kind, scheme=scheme))
        count += sum(row.waited_for for row in rows)
    text = ngettext("%(count)d evaluation sheet is to come", "%(count)d evaluation sheets are to come", count)
    return _counted(text, count, year_url("assessment:board", year))


def _entries_to_confirm(year: AssessmentYear, by: Account) -> list[HomeLine]:
    """Mine are for somebody else to confirm (RULES Y3)."""
    entered_by = list(entries_pending(year).order_by().values_list("entered_by", flat=True))
    own = entered_by.count(by.pk)
    others = len(entered_by) - own
    text = ngettext("%(count)d value awaits your confirmation", "%(count)d values await your confirmation", others)
    mine = ngettext(
        "%(count)d value entered by you awaits a colleague's confirmation",
        "%(count)d values entered by you await a colleague's confirmation",
        own,
    )
    url = year_url("assessment:values_confirm", year)
    return [*_counted(text, others, url), *_counted(mine, own, url, waiting=False)]


def _own_values(year: AssessmentYear, by: Account) -> list[HomeLine]:
    """What a department's lines lack, what came back, what is with the office."""
    missing = values_missing(year=year, by=by)
    states = [entry.state for entry in entries_latest(lines_visible(year=year, by=by)).values()]
    returned, pending = states.count(EntryState.RETURNED), states.count(EntryState.PENDING)
    texts = (
        (ngettext("%(count)d value was returned to you", "%(count)d values were returned to you", returned), returned),
        (
            ngettext(
                "%(count)d value of your lines is missing: enter it",
                "%(count)d values of your lines are missing: enter them",
                missing,
            ),
            missing,
        ),
    )
    url = year_url("assessment:values", year)
    lines = [line for text, count in texts for line in _counted(text, count, url)]
    sent = ngettext(
        "%(count)d value of yours is being checked by the organization department",
        "%(count)d values of yours are being checked by the organization department",
        pending,
    )
    return [*lines, *_counted(sent, pending, url, waiting=False)]


def _own_sheet(year: AssessmentYear, by: Account) -> list[HomeLine]:
    found = round_of(year, by.role)
    asked = keys_of(round_questions(year, by.role).asked_of(by.pk)) if found else frozenset()
    if not found or not asked:
        return []
    sheet = sheet_of(found, by)
    url = year_url("assessment:sheet", year)
    if sheet and sheet.state == SheetState.SIGNED:
        return [HomeLine(_("Your evaluation sheet is signed"), url)]
    if colleague := colleague_signed(found, by):
        text = _("The evaluation sheet of your unit is signed by %(name)s")
        return [HomeLine(text % {"name": colleague.name}, url)]
    if not found.is_open:
        return []
    if sheet and sheet.state == SheetState.RETURNED:
        return [
            HomeLine(_("Your evaluation sheet was returned: %(reason)s") % {"reason": sheet.return_reason}, url, True)
        ]
    done = len(asked & sheet.marks.keys()) if sheet else 0
    text = _("Your evaluation sheet: %(done)d of %(of)d answered, not signed yet")
    return [HomeLine(text % {"done": done, "of": len(asked)}, url, waiting=True)]


def _own_meeting(year: AssessmentYear, by: Account) -> list[HomeLine]:
    """Where the township votes; what is in its box is nobody's to know."""
    box = year.boxes.filter(township=by.township, is_rehearsal=False).exclude(state=BoxState.VOID).first()
    if box is None:
        return []
    words = {"state": box.get_state_display(), "place": box.place or _("place not stated yet")}
    return [HomeLine(_("Voting meeting: %(place)s; the ballot box is %(state)s") % words)]


def _own_interviews(year: AssessmentYear, by: Account) -> list[HomeLine]:
    """One line a township of the assessor's team."""
    url = year_url("assessment:interviews", year)
    lines = []
    for found in coverage_of(year, townships_reached(year, by)):
        if found.met:
            lines.append(HomeLine(_("%(township)s: enough interviews") % {"township": found.township}, url))
            continue
        words = {"township": found.township, "count": sum(group.short for group in found.groups)}
        lines.append(HomeLine(_("%(township)s: %(count)d interviews to be held") % words, url, waiting=True))
    return lines


def _results_later(year: AssessmentYear, by: Account) -> list[HomeLine]:
    """So that nobody looks for them while others still judge; how far that has come may be seen."""
    progress = HomeLine(_("How far the collection has come"), year_url("scoring:home", year))
    return [progress, HomeLine(_("Scores and rankings can be read here once the year is closed"))]


def _counted(text: str, count: int, url: str, *, waiting: bool = True) -> list[HomeLine]:
    """Nothing is said about none."""
    return [HomeLine(text % {"count": count}, url, waiting)] if count else []


LINES: dict[Role, tuple[MakeLines, ...]] = {
    Role.OFFICE: (_boxes_open, _paper_to_key, _entries_to_confirm, _sheets_to_come),
    Role.DEPARTMENT: (_own_values, _own_sheet),
    Role.TOWNSHIP: (_own_sheet, _own_meeting),
    Role.ASSESSOR: (_own_sheet, _own_interviews),
    Role.LEADER: (_own_sheet, _results_later),
}
