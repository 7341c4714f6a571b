"""The menus: plain lists, above the apps they lead into."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assessment.selectors.notice import years_with_notice
from cadres.navigation import MenuEntry, menu_groups, menu_items
from rewards.selectors.bulletin import years_with_bulletin

MENU = (
    MenuEntry(_("Home"), "cadres:home", "house", "cadres.view_home"),
    MenuEntry(_("Years"), "assessment:years", "calendar3", "assessment.view_years"),
    MenuEntry(_("Cadres"), "cadres:cadres", "people", "cadres.view_roster"),
    MenuEntry(_("Earlier years"), "rewards:history", "clock-history", "rewards.view_history"),
    MenuEntry(_("Townships"), "cadres:townships", "geo-alt", "cadres.view_units"),
    MenuEntry(_("Departments"), "cadres:departments", "building", "cadres.view_units"),
    MenuEntry(_("Posts"), "cadres:posts", "list-ol", "cadres.view_units"),
    MenuEntry(_("Accounts"), "cadres:accounts", "person-badge", "cadres.view_accounts"),
    MenuEntry(_("Audit trail"), "cadres:audit", "shield-check", "cadres.view_audit"),
)

PREPARE, COLLECT, RESULTS, DECIDE = _("Prepare"), _("Collect"), _("Results"), _("Decide and follow up")

# Asked about one year, on every page that belongs to it.
YEAR_MENU = (
    MenuEntry(_("Overview"), "assessment:year", "speedometer2", "assessment.view_years"),
    MenuEntry(_("Scheme"), "assessment:scheme", "rulers", "assessment.view_scheme", PREPARE),
    MenuEntry(_("Roster"), "assessment:roster", "people", "assessment.view_roster", PREPARE),
    MenuEntry(_("Assessment teams"), "assessment:teams", "person-lines-fill", "assessment.change_teams", PREPARE),
    MenuEntry(_("Write the notice"), "assessment:notice_edit", "pencil-square", "assessment.change_notice", PREPARE),
    MenuEntry(_("Notice"), "assessment:notice", "megaphone", "assessment.view_notice", PREPARE),
    MenuEntry(_("Workbook"), "workbook:workbook", "file-earmark-spreadsheet", "workbook.import_workbook", PREPARE),
    MenuEntry(_("Board"), "assessment:board", "kanban", "assessment.view_board", COLLECT),
    MenuEntry(_("Ballot boxes"), "assessment:boxes", "box2", "assessment.view_boxes", COLLECT),
    MenuEntry(_("Evaluation sheets"), "assessment:sheets", "ui-checks-grid", "assessment.view_sheets", COLLECT),
    MenuEntry(_("Your evaluation sheet"), "assessment:sheet", "ui-checks-grid", "assessment.fill_sheet", COLLECT),
    MenuEntry(_("Values"), "assessment:values", "grid-3x3", "assessment.view_values", COLLECT),
    MenuEntry(_("Vetoes"), "assessment:vetoes", "slash-circle", "assessment.view_vetoes", COLLECT),
    MenuEntry(_("Tallies"), "assessment:tallies", "ui-checks", "assessment.view_tallies", COLLECT),
    MenuEntry(_("Interviews"), "assessment:interviews", "chat-square-text", "assessment.view_interviews", COLLECT),
    MenuEntry(_("Solicited opinions"), "assessment:opinions", "chat-quote", "assessment.view_opinions", COLLECT),
    MenuEntry(_("Daily notes"), "assessment:notes", "journal-text", "assessment.view_notes", COLLECT),
    MenuEntry(_("Scores and rankings"), "scoring:home", "trophy", "scoring.view_overview", RESULTS),
    MenuEntry(_("What-if"), "scoring:what_if", "sliders", "scoring.view_drafts", RESULTS, also=("scoring:drafts",)),
    MenuEntry(_("Archive"), "workbook:archive", "archive", "scoring.view_results", RESULTS),
    MenuEntry(
        _("Decide grades"),
        "rewards:team_grades",
        "check2-square",
        "rewards.view_grades",
        DECIDE,
        also=("rewards:cadre_grades", "rewards:grade_list"),
    ),
    MenuEntry(_("Confirmed versions"), "scoring:versions", "layers", "scoring.view_versions", DECIDE),
    MenuEntry(_("Bonus"), "rewards:bonus", "cash-coin", "rewards.view_bonus", DECIDE),
    MenuEntry(_("Feedback letters"), "rewards:letters", "envelope-paper", "rewards.change_feedback", DECIDE),
    MenuEntry(_("Feedback"), "rewards:feedback", "chat-left-text", "rewards.view_feedback", DECIDE),
    MenuEntry(_("Collective talks"), "rewards:talk_sheets", "people-fill", "rewards.view_feedback", DECIDE),
    MenuEntry(
        _("Bulletin"),
        "rewards:bulletin_edit",
        "megaphone-fill",
        "rewards.change_bulletin",
        DECIDE,
        also=("rewards:bulletin",),
    ),
    MenuEntry(_("Commendations"), "rewards:commendations", "award", "rewards.view_commendations", DECIDE),
    MenuEntry(_("Measures"), "rewards:measures", "clipboard-check", "rewards.view_measures", DECIDE),
    MenuEntry(_("Promotion check"), "rewards:promotion", "person-up", "rewards.view_promotion", DECIDE),
    MenuEntry(_("Appeals"), "rewards:appeals", "arrow-counterclockwise", "rewards.view_appeals", DECIDE),
)


def navigation(request: HttpRequest) -> dict[str, object]:
    """The context variables `navigation`, `year_navigation` on the pages of one year, `years_with_notice` and
    `years_with_bulletin` for the sign-in page: functions, which are asked only where they are shown."""
    year = getattr(request, "assessment_year", None)
    of_year = menu_groups(menu_items(YEAR_MENU, request, year, year=year.number)) if year else ()
    return {
        "navigation": menu_items(MENU, request),
        "year_navigation": of_year,
        "years_with_notice": years_with_notice,
        "years_with_bulletin": years_with_bulletin,
    }
