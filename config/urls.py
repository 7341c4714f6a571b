"""Addresses: one app, one prefix; the home page and sign-in belong to cadres and stand at the root."""

from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("cadres.urls")),
    path("assessment/", include("assessment.urls")),
    path("scoring/", include("scoring.urls")),
    path("rewards/", include("rewards.urls")),
    path("workbook/", include("workbook.urls")),
]
