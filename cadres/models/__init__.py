"""Who exists: units, posts, people, their appointments over time, accounts, and the audit trail."""

from cadres.models.account import Account, Role
from cadres.models.appointment import Appointment
from cadres.models.audit import AuditChain, AuditEntry
from cadres.models.cadre import Cadre
from cadres.models.discipline import DisciplinaryRecord, DisciplineKind
from cadres.models.post import Post, PostSide
from cadres.models.unit import Department, Township

__all__ = [
    "Account",
    "Appointment",
    "AuditChain",
    "AuditEntry",
    "Cadre",
    "Department",
    "DisciplinaryRecord",
    "DisciplineKind",
    "Post",
    "PostSide",
    "Role",
    "Township",
]
