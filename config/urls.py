"""Addresses. Each app writes its paths in full, so that a year's pages stand together: /years/2025/results/."""

from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("cadres.urls")),
    path("", include("assessment.urls")),
    path("", include("scoring.urls")),
    path("", include("rewards.urls")),
    path("", include("workbook.urls")),
]
