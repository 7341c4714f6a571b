"""Results as they were when they were confirmed."""

from scoring.models.version import FrozenCadre, FrozenLine, FrozenTeam, Reopening, ResultVersion

__all__ = ["FrozenCadre", "FrozenLine", "FrozenTeam", "Reopening", "ResultVersion"]
