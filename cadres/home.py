"""What the home page shows: cards that each app gives for an account, gathered as the settings list them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadres.models import Account, AuditEntry, Role
from cadres.permissions import allows


@dataclass(frozen=True)
class HomeLine:
    """One thing to know or to do; `waiting` marks what somebody has to act on."""

    text: str
    url: str = ""
    waiting: bool = False


@dataclass(frozen=True)
class HomeCard:
    """`state` is a word beside the title, such as a year's phase with its `state_code`."""

    title: str
    icon: str
    lines: tuple[HomeLine, ...]
    url: str = ""
    state: str = ""
    state_code: str = ""


HomeProvider = Callable[[Account], list[HomeCard]]


def home_cards(by: Account) -> list[HomeCard]:
    """Every card for the account. The settings name the providers (HOME_CARDS), so that no app imports one above it."""
    providers: list[HomeProvider] = [import_string(path) for path in settings.HOME_CARDS]
    return [card for provider in providers for card in provider(by)]


def cadres_cards(by: Account) -> list[HomeCard]:
    """The administrator's accounts, the auditor's trail."""
    cards = []
    if allows(by, "cadres.view_accounts"):
        cards.append(_accounts_card())
    if allows(by, "cadres.view_audit"):
        cards.append(_audit_card())
    return cards


def _accounts_card() -> HomeCard:
    accounts = Account.objects.filter(is_active=True)
    pending = accounts.filter(must_change_password=True).count()
    held = set(accounts.values_list("role", flat=True))
    count = accounts.count()
    lines = [HomeLine(ngettext("%(count)d enabled account", "%(count)d enabled accounts", count) % {"count": count})]
    if Role.OFFICE not in held:
        text = _(
            "Begin with an account for the organization department: it sets up townships, departments and the year"
        )
        lines.append(HomeLine(text, _account_address(Role.OFFICE), waiting=True))
    if pending:
        text = ngettext(
            "%(count)d has not replaced its first password yet",
            "%(count)d have not replaced their first password yet",
            pending,
        )
        lines.append(HomeLine(text % {"count": pending}, reverse("cadres:accounts") + "?first_password=true"))
    lines += [
        HomeLine(_("Nobody holds the role “%(role)s”") % {"role": role.label}, _account_address(role), waiting=True)
        for role in Role
        if role not in held and role != Role.OFFICE
    ]
    return HomeCard(_("Accounts"), "person-badge", tuple(lines), reverse("cadres:accounts"))


def _account_address(role: Role) -> str:
    """A new account, its role chosen."""
    return f"{reverse('cadres:account_create')}?role={role.value}"


def _audit_card() -> HomeCard:
    entries = AuditEntry.objects.count()
    refused = AuditEntry.objects.filter(refused=True).count()
    address = reverse("cadres:audit")
    lines = (
        HomeLine(ngettext("%(count)d entry", "%(count)d entries", entries) % {"count": entries}, address),
        HomeLine(
            ngettext("%(count)d refused attempt", "%(count)d refused attempts", refused) % {"count": refused},
            address + "?refused=true",
        ),
        HomeLine(_("Verify that no entry was changed or removed"), reverse("cadres:audit_verify"), True),
    )
    return HomeCard(_("Audit trail"), "shield-check", lines, address)
