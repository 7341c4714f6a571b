"""What the navigation bar offers, by role."""

from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True)
class NavigationItem:
    """One entry: its text, its address, a Bootstrap icon, and whether the page shown belongs to it."""

    label: str
    url: str
    icon: str
    active: bool = False


def navigation(request: HttpRequest) -> dict[str, tuple[NavigationItem, ...]]:
    """The context variable `navigation` of every page: the entries this account may open."""
    return {"navigation": ()}
