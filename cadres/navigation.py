"""What a menu entry is; the menus themselves stand above all apps, in config/navigation.py."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from cadres.models import Account
from cadres.permissions import allows


@dataclass(frozen=True)
class MenuEntry:
    """`view` is a url name; the entry is offered to whoever holds `permission`. `group` is the heading it stands
    under, blank for an entry that stands by itself. `also` are url names of other pages that belong to it."""

    label: str | Promise
    view: str
    icon: str
    permission: str
    group: str | Promise = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class NavigationItem:
    """One entry as shown: its text, its address, a Bootstrap icon, and whether the page shown belongs to it."""

    label: str
    url: str
    icon: str
    active: bool = False
    group: str = ""


@dataclass(frozen=True)
class NavigationGroup:
    """Entries that open together under one heading; without a label a single entry in the bar itself."""

    label: str
    items: tuple[NavigationItem, ...]

    @property
    def active(self) -> NavigationItem | None:
        """The entry whose page is shown: the bar names it beside the heading."""
        return next((item for item in self.items if item.active), None)


def menu_items(
    entries: Iterable[MenuEntry], request: HttpRequest, target: object = None, **parts: Any
) -> tuple[NavigationItem, ...]:
    """The entries this account may open; `target` is what the permissions are asked about, `parts` the address's."""
    user = getattr(request, "user", None)  # a page of errors may come before anybody was asked who he is
    if not isinstance(user, Account):
        return ()
    offered = [
        (entry, reverse(entry.view, kwargs=parts)) for entry in entries if allows(user, entry.permission, target)
    ]
    pages = {reverse(view, kwargs=parts): url for entry, url in offered for view in (*entry.also, entry.view)}
    here = pages.get(_best(list(pages), request.path) or "")
    return tuple(
        NavigationItem(str(entry.label), url, entry.icon, url == here, str(entry.group)) for entry, url in offered
    )


def menu_groups(items: tuple[NavigationItem, ...], *, flat: int = 6) -> tuple[NavigationGroup, ...]:
    """Entries under their headings. A menu of up to `flat` entries needs none, nor does a group of one."""
    groups: dict[str, list[NavigationItem]] = {}
    for item in items:
        groups.setdefault(item.group if len(items) > flat and item.group else item.url, []).append(item)
    return tuple(NavigationGroup(label if len(found) > 1 else "", tuple(found)) for label, found in groups.items())


def _best(urls: list[str], path: str) -> str | None:
    """The address the page belongs to: the longest that begins it; the home page only when it is the page."""
    belonging = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(belonging, key=len, default=None)
