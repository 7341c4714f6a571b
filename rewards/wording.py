"""Words for what the pure bonus rules report as codes."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from rewards.rules import PersonShare, ShareReason, ShareState

STATE_TEXTS: dict[ShareState, str | Promise] = {
    ShareState.PAID: gettext_lazy("paid"),
    ShareState.WITHHELD: gettext_lazy("withheld, back to the pool"),
    ShareState.UNPAID: gettext_lazy("unpaid"),
}

REASON_TEXTS: dict[ShareReason, tuple[str | Promise, str]] = {
    ShareReason.NOT_GRADED: (gettext_lazy("not graded this year"), "B3"),
    ShareReason.LOW_GRADE: (gettext_lazy("the grade gets no bonus"), "B3"),
    ShareReason.VACANT: (gettext_lazy("the post is vacant"), "B2"),
    ShareReason.SECOND_POST: (gettext_lazy("the holder already gets a principal's share"), "B2"),
    ShareReason.NO_DEPUTIES: (gettext_lazy("the team has no deputies"), "B2"),
    ShareReason.NO_SHARE: (gettext_lazy("the scheme's shares leave this part to nobody"), "B2"),
}
"""Reason → its words, and the clause of RULES."""


WITHHELD_NOTHING = gettext_lazy("withheld; no amount goes back to the pool")
"""Of an excluded deputy whose part the others divide (均分, RULES B3)."""


def state_text(share: PersonShare) -> str:
    if share.state is ShareState.WITHHELD and not share.amount:
        return str(WITHHELD_NOTHING)
    return str(STATE_TEXTS[share.state])


def reason_text(reason: ShareReason | str | None) -> str:
    """“the post is vacant (B2)”; empty where the share is paid."""
    if not reason:
        return ""
    words, clause = REASON_TEXTS[ShareReason(reason)]
    return f"{words}（{clause}）"
