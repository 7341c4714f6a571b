"""Who may do what: one predicate a role, one named permission an action. Services ask `require`, nothing else.

`by` None is the command line: whoever holds the machine holds the data, and is recorded as such.
"""

from typing import Any

import rules
from django.core.exceptions import PermissionDenied

from cadres.models import Account, Role
from cadres.services.audit import audit_record


def role_is(*roles: Role) -> rules.Predicate:
    """A predicate that holds for active accounts of one of the roles."""

    @rules.predicate(name="|".join(roles))
    def holds(user: Any) -> bool:
        return isinstance(user, Account) and user.is_active and user.role in roles

    return holds


is_office = role_is(Role.OFFICE)
is_department = role_is(Role.DEPARTMENT)
is_township = role_is(Role.TOWNSHIP)
is_assessor = role_is(Role.ASSESSOR)
is_leader = role_is(Role.LEADER)
is_auditor = role_is(Role.AUDITOR)
is_administrator = role_is(Role.ADMINISTRATOR)
is_anyone = role_is(*Role)

rules.add_perm("cadres.view_home", is_anyone)
rules.add_perm("cadres.view_units", is_anyone)
rules.add_perm("cadres.view_roster", is_office | is_leader)
rules.add_perm("cadres.change_roster", is_office)
rules.add_perm("cadres.view_discipline", is_office | is_leader)
rules.add_perm("cadres.change_discipline", is_office)
rules.add_perm("cadres.view_accounts", is_administrator)
rules.add_perm("cadres.change_accounts", is_administrator)
rules.add_perm("cadres.view_audit", is_auditor)


def allows(by: Account | None, permission: str, target: object = None) -> bool:
    return by is None or rules.has_perm(permission, by, target)


def require(*, by: Account | None, permission: str, target: object = None) -> None:
    """Raise PermissionDenied, and keep a record of the refusal, unless `by` holds the permission."""
    if allows(by, permission, target):
        return
    audit_record(
        by=by,
        action="refused",
        subject=f"{permission} {target or ''}".strip(),
        refused=True,
    )
    raise PermissionDenied(permission)
