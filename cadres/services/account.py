"""Accounts: one role each, for good; a person who changes office gets another account."""

from axes.utils import reset as lockout_forget
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadres.errors import Refused
from cadres.models import Account, Department, Role, Township
from cadres.permissions import require
from cadres.services.audit import ANONYMOUS, COMMAND_LINE, audit_record

NAMES_OF_NOBODY = (ANONYMOUS, COMMAND_LINE)
"""Stand in the audit trail where there is no account: an account of that name could hide behind them."""


def account_create(
    *,
    username: str,
    name: str,
    role: Role | str,
    password: str,
    by: Account | None,
    department: Department | None = None,
    township: Township | None = None,
    phone: str = "",
    must_change_password: bool = True,
) -> Account:
    """Raises Refused for a name that is taken, a unit that does not fit the role, or a weak password."""
    require(by=by, permission="cadres.change_accounts")
    _require_unit(role, department, township)
    account = Account(username=username, name=name, role=role, department=department, township=township, phone=phone)
    _require_password(password, account)
    with transaction.atomic():
        if username in NAMES_OF_NOBODY or Account.objects.filter(username=username).exists():
            raise Refused({"username": _("There is an account of this name already.")})
        account.set_password(password)
        account.must_change_password = must_change_password
        account.save(force_insert=True)
        audit_record(by=by, action="account_create", subject=username, details={"role": str(role)}, changes=False)
    return account


def account_update(
    *, account: Account, name: str, is_active: bool, phone: str | None = None, by: Account | None
) -> None:
    """A new name or phone (None: the same as before), or the right to sign in given or taken.

    Sessions of an account that may no longer sign in end at once.
    """
    require(by=by, permission="cadres.change_accounts")
    with transaction.atomic():
        if not is_active:
            _require_another_administrator(account)
        account.name, account.is_active = name, is_active
        account.phone = account.phone if phone is None else phone
        account.save(update_fields=["name", "is_active", "phone"])
        details = {"name": name, "is_active": is_active, "phone": account.phone}
        audit_record(by=by, action="account_update", subject=account.username, details=details, changes=False)


def account_set_password(*, account: Account, password: str, by: Account | None) -> None:
    """The holder's own change, or the administrator's reset, which must be changed at the next sign-in.

    Ends the account's other sessions, and its lockout. Raises Refused for a weak password, and for the holder's own
    present one: a first password is known to two people until it is replaced.
    """
    own = by is not None and by.pk == account.pk
    if not own:
        require(by=by, permission="cadres.change_accounts")
    elif account.check_password(password):
        raise Refused({"password": _("The new password must be another one than the present.")})
    _require_password(password, account)
    with transaction.atomic():
        account.set_password(password)
        account.must_change_password = not own
        account.save(update_fields=["password", "must_change_password"])
        lockout_forget(username=account.username)
        audit_record(by=by, action="account_set_password", subject=account.username, changes=False)


def _require_unit(role: Role | str, department: Department | None, township: Township | None) -> None:
    if (department is not None) != (role == Role.DEPARTMENT):
        raise Refused({"department": _("A department belongs to an account of a county department, to no other.")})
    if (township is not None) != (role == Role.TOWNSHIP):
        raise Refused({"township": _("A township belongs to an account of a township, to no other.")})


def _require_password(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise Refused({"password": weak.messages}) from weak


def _require_another_administrator(account: Account) -> None:
    """Nobody could open an account again."""
    others = Account.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=account.pk)
    if account.role == Role.ADMINISTRATOR and not others.exists():
        raise Refused(_("This is the last administrator who may sign in."))
