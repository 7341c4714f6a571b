from collections.abc import Hashable, Iterable, Sequence

from django.utils.translation import gettext as _

from assessment.scheme import SchemeProblem
from cadres.errors import Refused


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
