"""Results as they were when they were confirmed, and drafts of schemes."""

from scoring.models.draft import SchemeDraft
from scoring.models.version import FrozenCadre, FrozenLine, FrozenTeam, Reopening, ResultVersion

__all__ = ["FrozenCadre", "FrozenLine", "FrozenTeam", "Reopening", "ResultVersion", "SchemeDraft"]
