from django.urls import path

from assessment.views import roster, scheme, tally, value, veto, year

app_name = "assessment"

YEAR = "years/<int:year>/"

urlpatterns = [
    path("years/", year.years, name="years"),
    path("years/new/", year.year_new, name="year-new"),
    path(YEAR, year.year, name="year"),
    path(f"{YEAR}announce/", year.year_announce_view, name="year-announce"),
    path(f"{YEAR}collect/", year.year_collect_view, name="year-collect"),
    path(f"{YEAR}close/", year.year_close_view, name="year-close"),
    path(f"{YEAR}back/", year.year_back, name="year-back"),
    path(f"{YEAR}townships/", year.year_townships, name="year-townships"),
    path(f"{YEAR}scheme/", scheme.scheme, name="scheme"),
    path(f"{YEAR}scheme/edit/", scheme.scheme_edit, name="scheme-edit"),
    path(f"{YEAR}scheme/check/", scheme.scheme_check, name="scheme-check"),
    path(f"{YEAR}scheme/versions/", scheme.scheme_versions, name="scheme-versions"),
    path(f"{YEAR}roster/", roster.roster, name="roster"),
    path(f"{YEAR}roster/add/", roster.roster_add, name="roster-add"),
    path(f"{YEAR}roster/vacancies/", roster.vacancies, name="vacancies"),
    path(f"{YEAR}roster/vacancies/<int:vacancy>/withdraw/", roster.vacancy_end, name="vacancy-withdraw"),
    path(f"{YEAR}roster/cadres/<str:number>/", roster.roster_entry, name="roster-entry"),
    path(f"{YEAR}roster/cadres/<str:number>/transfer/", roster.roster_move, name="roster-transfer"),
    path(f"{YEAR}roster/cadres/<str:number>/remove/", roster.roster_leave, name="roster-remove"),
    path(f"{YEAR}values/", value.values, name="values"),
    path(f"{YEAR}vetoes/", veto.vetoes, name="vetoes"),
    path(f"{YEAR}vetoes/new/", veto.veto_new, name="veto-new"),
    path(f"{YEAR}vetoes/<int:veto>/correct/", veto.veto_edit, name="veto-correct"),
    path(f"{YEAR}vetoes/<int:veto>/revoke/", veto.veto_end, name="veto-revoke"),
    path(f"{YEAR}tallies/", tally.tallies, name="tallies"),
    path(f"{YEAR}tallies/teams/<str:evaluation>/", tally.tallies_team, name="tallies-team"),
    path(f"{YEAR}tallies/cadres/<str:code>/", tally.tallies_cadre, name="tallies-cadre"),
]
