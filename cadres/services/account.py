"""Accounts: one role each, for good; a person who changes office gets another account."""

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from cadres.models import Account, Department, Role, Township
from cadres.permissions import require
from cadres.services.audit import audit_record


def account_create(
    *,
    username: str,
    name: str,
    role: Role | str,
    password: str,
    by: Account | None,
    department: Department | None = None,
    township: Township | None = None,
    must_change_password: bool = True,
) -> Account:
    """Raises ValidationError for a weak password, IntegrityError for a unit that does not fit the role."""
    require(by=by, permission="cadres.change_accounts")
    validate_password(password)
    with transaction.atomic():
        account = Account.objects.create_user(
            username,
            password,
            name=name,
            role=role,
            department=department,
            township=township,
            must_change_password=must_change_password,
        )
        audit_record(by=by, action="account_create", subject=username, details={"role": str(role)}, changes=False)
    return account


def account_update(*, account: Account, name: str, is_active: bool, by: Account | None) -> None:
    require(by=by, permission="cadres.change_accounts")
    with transaction.atomic():
        account.name, account.is_active = name, is_active
        account.save(update_fields=["name", "is_active"])
        details = {"name": name, "is_active": is_active}
        audit_record(by=by, action="account_update", subject=account.username, details=details, changes=False)


def account_set_password(*, account: Account, password: str, by: Account | None) -> None:
    """The holder's own change, or the administrator's reset, which must be changed at the next sign-in."""
    own = by is not None and by.pk == account.pk
    if not own:
        require(by=by, permission="cadres.change_accounts")
    validate_password(password, account)
    with transaction.atomic():
        account.set_password(password)
        account.must_change_password = not own
        account.save(update_fields=["password", "must_change_password"])
        audit_record(by=by, action="account_set_password", subject=account.username, changes=False)
