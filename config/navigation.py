"""The menus: plain lists, above the apps they lead into."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cadres.navigation import MenuEntry, NavigationItem, menu_items

MENU = (
    MenuEntry(_("Home"), "cadres:home", "house", "cadres.view_home"),
    MenuEntry(_("Years"), "assessment:years", "calendar3", "assessment.view_years"),
    MenuEntry(_("Cadres"), "cadres:cadres", "people", "cadres.view_roster"),
    MenuEntry(_("Townships"), "cadres:townships", "geo-alt", "cadres.view_units"),
    MenuEntry(_("Departments"), "cadres:departments", "building", "cadres.view_units"),
    MenuEntry(_("Posts"), "cadres:posts", "list-ol", "cadres.view_units"),
    MenuEntry(_("Accounts"), "cadres:accounts", "person-badge", "cadres.view_accounts"),
    MenuEntry(_("Audit trail"), "cadres:audit", "shield-check", "cadres.view_audit"),
)

# Asked about one year, on every page that belongs to it.
YEAR_MENU = (
    MenuEntry(_("Overview"), "assessment:year", "speedometer2", "assessment.view_years"),
    MenuEntry(_("Scheme"), "assessment:scheme", "rulers", "assessment.view_scheme"),
    MenuEntry(_("Roster"), "assessment:roster", "people", "assessment.view_roster"),
    MenuEntry(_("Values"), "assessment:values", "grid-3x3", "assessment.view_values"),
    MenuEntry(_("Vetoes"), "assessment:vetoes", "slash-circle", "assessment.view_vetoes"),
    MenuEntry(_("Tallies"), "assessment:tallies", "ui-checks", "assessment.view_tallies"),
    MenuEntry(_("Workbook"), "workbook:workbook", "file-earmark-spreadsheet", "workbook.import_workbook"),
    MenuEntry(_("Results"), "scoring:home", "trophy", "scoring.view_results"),
    MenuEntry(_("Bonus"), "rewards:bonus", "cash-coin", "rewards.view_bonus"),
    MenuEntry(_("Archive"), "workbook:archive", "archive", "scoring.view_results"),
)


def navigation(request: HttpRequest) -> dict[str, tuple[NavigationItem, ...]]:
    """The context variables `navigation`, and `year_navigation` on the pages of one year."""
    year = getattr(request, "assessment_year", None)
    of_year = menu_items(YEAR_MENU, request, year, year=year.number) if year else ()
    return {"navigation": menu_items(MENU, request), "year_navigation": of_year}
