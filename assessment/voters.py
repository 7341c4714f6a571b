"""票别: the categories of voters that the source names for the democratic evaluation (RULES E3, [S3])."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from assessment.scheme import CadreItem, Evaluation

DEMOCRATIC = "民主测评"
CATEGORIES = (
    _("机关工作人员"),
    _("所属企事业和派驻单位负责人"),
    _("老干部"),
    _("人大代表、政协委员"),
    _("村书记、村主任"),
)


def groups_in_order(names: Iterable[str]) -> list[str]:
    """Each once: votes of no group, the categories as the source lists them, then others as they first appeared."""
    places = {name: place for place, name in enumerate(("", *CATEGORIES))}
    return sorted(dict.fromkeys(names), key=lambda name: places.get(name, len(places)))


def group_text(category: str) -> str:
    """A voter group in the page's language; one without a name is everybody."""
    return gettext(category) if category else gettext("all voters")


def has_categories(item: Evaluation | CadreItem) -> bool:
    """Whether the source's categories are recorded for it: the scheme names no weighted groups of its own."""
    return item.name == DEMOCRATIC and not item.groups


def categories_query() -> str:
    """What an address says to show the rows of all categories."""
    return urlencode([("group", name) for name in CATEGORIES])
