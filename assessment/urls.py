from django.urls import path

from assessment.views import scheme, value, year

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
    path(f"{YEAR}values/", value.values, name="values"),
]
