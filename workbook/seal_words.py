"""What the verification of seals found, in words: for the command and the page."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workbook.selectors.seal import SealProblem, SealsState, SealState, seals_of_record

PROBLEMS = {
    SealProblem.RECORD: gettext_lazy("the record was changed"),
    SealProblem.CHAIN: gettext_lazy("the chain does not follow from the seal before"),
    SealProblem.TRAIL: gettext_lazy("the audit trail tells of another seal"),
    SealProblem.RESULTS: gettext_lazy("the confirmed results in the database were changed"),
}


def seal_line(state: SealState) -> str:
    """“Seal 1, 2025: holds.”"""
    words = {"number": state.seal.number, "year": state.seal.year}
    if state.holds:
        return _("Seal %(number)s, %(year)s: holds.") % words
    return _("Seal %(number)s, %(year)s: %(problems)s.") % {**words, "problems": problems_text(state)}


def problems_text(state: SealState) -> str:
    return "、".join(str(PROBLEMS[problem]) for problem in state.problems)


def seals_verdicts(state: SealsState) -> tuple[str, ...]:
    """One sentence for everything that does not hold; empty where all does."""
    lost = (_("A seal of %(year)s was removed.") % {"year": year} for year in state.lost)
    unsealed = (_("%(year)s is archived without a seal.") % {"year": year} for year in state.unsealed)
    return (*(seal_line(each) for each in state.states if not each.holds), *lost, *unsealed)


def record_verdict(content: bytes) -> tuple[bool, str]:
    """Whether a file holds a sealed record, and which."""
    try:
        seals = seals_of_record(content)
    except ValueError:
        return False, _("The file is not a record of a year.")
    if not seals:
        return False, _("The file is not what was sealed.")
    words = {"number": "、".join(str(seal.number) for seal in seals), "year": seals[0].year}
    return True, _("The file is the record of %(year)s as sealed under no. %(number)s.") % words
