from django.urls import path

from scoring.views import (
    cadre,
    compare,
    department,
    doctor,
    draft,
    home,
    missing,
    preview,
    quality,
    ranking,
    stability,
    team,
    version,
    what_if,
    years,
)

app_name = "scoring"

RESULTS = "years/<int:year>/results/"
VERSIONS = "years/<int:year>/versions/"
DRAFTS = "years/<int:year>/drafts/"
WHAT_IF = "years/<int:year>/what-if/"

urlpatterns = [
    path(RESULTS, home.home, name="home"),
    path(f"{RESULTS}missing/", missing.missing, name="missing"),
    path(f"{RESULTS}quality/", quality.quality, name="quality"),
    path(f"{RESULTS}stability/", stability.stability, name="stability"),
    path(f"{RESULTS}stability/teams/<str:code>/", stability.team_band, name="stability_team"),
    path(f"{RESULTS}stability/cadres/<str:number>/", stability.cadre_band, name="stability_cadre"),
    path(f"{RESULTS}rankings/<str:ranking>/", ranking.ranking, name="ranking"),
    path(f"{RESULTS}teams/", team.teams, name="teams"),
    path(f"{RESULTS}teams/<str:code>/", team.team, name="team"),
    path(f"{RESULTS}teams/<str:code>/derivation/", team.derivation, name="team_derivation"),
    path(f"{RESULTS}teams/<str:code>/<str:line>/", team.line, name="team_line"),
    path(f"{RESULTS}cadres/<str:number>/", cadre.cadre, name="cadre"),
    path(f"{RESULTS}cadres/<str:number>/derivation/", cadre.derivation, name="cadre_derivation"),
    path(f"{RESULTS}cadres/<str:number>/<str:item>/", cadre.item, name="cadre_line"),
    path(f"{RESULTS}departments/", department.departments, name="departments"),
    path(f"{RESULTS}departments/<str:code>/", department.department, name="department"),
    # versions of confirmed results
    path(VERSIONS, version.versions, name="versions"),
    path(f"{VERSIONS}differences/", version.version_differences, name="version_differences"),
    path(f"{VERSIONS}<int:number>/", version.version, name="version"),
    path(f"{VERSIONS}<int:number>/cadres/", version.version_cadres, name="version_cadres"),
    # what-if
    path(WHAT_IF, what_if.what_if, name="what_if"),
    path(f"{WHAT_IF}outcome/", what_if.outcome, name="what_if_outcome"),
    path(f"{WHAT_IF}doctor/", what_if.doctor, name="what_if_doctor"),
    # drafts of the scheme
    path(DRAFTS, draft.drafts, name="drafts"),
    path(f"{DRAFTS}new/", draft.draft_new, name="draft_new"),
    path(f"{DRAFTS}compare/", draft.drafts_side_by_side, name="drafts_compare"),
    path(f"{DRAFTS}<int:draft>/", draft.draft, name="draft"),
    path(f"{DRAFTS}<int:draft>/edit/", draft.draft_edit, name="draft_edit"),
    path(f"{DRAFTS}<int:draft>/replace/", draft.draft_change, name="draft_replace"),
    path(f"{DRAFTS}<int:draft>/remove/", draft.draft_end, name="draft_remove"),
    path(f"{DRAFTS}<int:draft>/backtest/", draft.draft_backtest, name="draft_backtest"),
    path(f"{DRAFTS}<int:draft>/adopt/", draft.draft_adoption, name="draft_adopt"),
    path("cadres/<str:number>/", years.cadre_years, name="cadre_years"),
    path("townships/<str:code>/years/", years.team_years, name="team_years"),
    path("compare/", compare.compare, name="compare"),
    path("compare/cadres/", compare.compare_cadres, name="compare_cadres"),
    path("compare/teams/", compare.compare_teams, name="compare_teams"),
    path("years/<int:year>/scheme/doctor/", doctor.scheme_doctor, name="scheme_doctor"),
    path("scheme-preview/", preview.scheme_preview, name="scheme_preview"),
]
