from django.urls import path

from assessment.views import board, notice, roster, scheme, tally, team, value, veto, vote, year

app_name = "assessment"

YEAR = "years/<int:year>/"

urlpatterns = [
    path("vote/", vote.vote, name="vote"),
    path("vote/privacy/", vote.vote_privacy, name="vote_privacy"),
    path("years/", year.years, name="years"),
    path("years/new/", year.year_new, name="year_new"),
    path(YEAR, year.year, name="year"),
    path(f"{YEAR}announce/", year.year_announce_view, name="year_announce"),
    path(f"{YEAR}collect/", year.year_collect_view, name="year_collect"),
    path(f"{YEAR}close/", year.year_close_view, name="year_close"),
    path(f"{YEAR}back/", year.year_back, name="year_back"),
    path(f"{YEAR}townships/", year.year_townships, name="year_townships"),
    path(f"{YEAR}scheme/", scheme.scheme, name="scheme"),
    path(f"{YEAR}scheme/edit/", scheme.scheme_edit, name="scheme_edit"),
    path(f"{YEAR}scheme/check/", scheme.scheme_check, name="scheme_check"),
    path(f"{YEAR}scheme/versions/", scheme.scheme_versions, name="scheme_versions"),
    path(f"{YEAR}roster/", roster.roster, name="roster"),
    path(f"{YEAR}roster/add/", roster.roster_add, name="roster_add"),
    path(f"{YEAR}roster/vacancies/", roster.vacancies, name="vacancies"),
    path(f"{YEAR}roster/vacancies/<int:vacancy>/withdraw/", roster.vacancy_end, name="vacancy_withdraw"),
    path(f"{YEAR}roster/cadres/<str:number>/", roster.roster_entry, name="roster_entry"),
    path(f"{YEAR}roster/cadres/<str:number>/transfer/", roster.roster_move, name="roster_transfer"),
    path(f"{YEAR}roster/cadres/<str:number>/remove/", roster.roster_leave, name="roster_remove"),
    path("notice/<int:year>/", notice.notice, name="notice"),
    path(f"{YEAR}notice/", notice.notice_edit, name="notice_edit"),
    path(f"{YEAR}teams/", team.teams, name="teams"),
    path(f"{YEAR}teams/new/", team.team_new, name="team_new"),
    path(f"{YEAR}teams/copy/", team.teams_copied, name="teams_copy"),
    path(f"{YEAR}teams/<int:team>/", team.team_edit, name="team"),
    path(f"{YEAR}teams/<int:team>/remove/", team.team_end, name="team_remove"),
    path(f"{YEAR}board/", board.board, name="board"),
    path(f"{YEAR}values/", value.values, name="values"),
    path(f"{YEAR}vetoes/", veto.vetoes, name="vetoes"),
    path(f"{YEAR}vetoes/new/", veto.veto_new, name="veto_new"),
    path(f"{YEAR}vetoes/<int:veto>/correct/", veto.veto_edit, name="veto_correct"),
    path(f"{YEAR}vetoes/<int:veto>/revoke/", veto.veto_end, name="veto_revoke"),
    path(f"{YEAR}tallies/", tally.tallies, name="tallies"),
    path(f"{YEAR}tallies/teams/<str:evaluation>/", tally.tallies_team, name="tallies_team"),
    path(f"{YEAR}tallies/cadres/<str:code>/", tally.tallies_cadre, name="tallies_cadre"),
]
