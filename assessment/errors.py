from collections.abc import Hashable, Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.scheme import SchemeProblem
from cadres.errors import Refused

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class YearClosed(Refused):
    """The year's phase does not allow this write."""


class SchemeRefused(Refused):
    """The scheme breaks RULES T2 or a range; `problems` holds every reason, worded by assessment.wording."""

    def __init__(self, problems: Sequence[SchemeProblem]) -> None:
        super().__init__(_("The scheme is not consistent."))
        self.problems = tuple(problems)


class Overtaken(Refused):
    """Someone else changed these cells after they were read; `keys` names them, nothing was saved."""

    def __init__(self, keys: Iterable[Hashable]) -> None:
        super().__init__(_("Someone else has changed the same cells in the meantime."))
        self.keys = frozenset(keys)


class SamePerson(Refused):
    """Whoever did the first half may not do the second: keying paper, confirming a value."""


class VoteRefused(Refused):
    """A vote was not taken, in words for the person who holds the slip. `box` is the slip's box where it is known."""

    heading: "StrOrPromise" = ""
    words: "StrOrPromise" = ""

    def __init__(self, box: int | None = None) -> None:
        super().__init__(self.words)
        self.box = box


class SlipUnknown(VoteRefused):
    """No slip has this code; or its box has been closed, which deletes all of them."""

    heading = gettext_lazy("This code is not known")
    words = gettext_lazy(
        "Please compare it with your slip, sign by sign. If it is right, the voting has ended: "
        "codes are deleted when the ballot box is closed."
    )


class SlipUsed(VoteRefused):
    """The slip's ballot is in the box."""

    heading = gettext_lazy("Your ballot is in already")
    words = gettext_lazy("The ballot of this slip was received and counts once. You need not do anything more.")


class SlipVoid(VoteRefused):
    """The slip was made void and replaced by another."""

    heading = gettext_lazy("This slip is void")
    words = gettext_lazy("It was replaced by another slip. Please ask the staff of the meeting for it.")


class BoxNotOpen(VoteRefused):
    """The box is still being prepared."""

    heading = gettext_lazy("The voting has not begun yet")
    words = gettext_lazy("Your slip is good. Please wait until the ballot box is opened, then send the code again.")


class BoxEnded(VoteRefused):
    """The box is closed, counted or void."""

    heading = gettext_lazy("The voting has ended")
    words = gettext_lazy(
        "The ballot box is closed and takes no more ballots. Please speak to the staff of the meeting."
    )


class BallotUnfit(VoteRefused):
    """Marks that this box does not ask for. The page never sends them; the slip stays unused."""

    heading = gettext_lazy("This ballot cannot be read")
    words = gettext_lazy("Nothing was stored and your slip can still be used. Please enter its code anew.")
