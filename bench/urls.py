"""The site's addresses and two more: the plain view and the plain ballot that pages are compared with."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as site


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


def textbook(request: HttpRequest) -> HttpResponse:
    """Goal 1's other side; only where its tables are (bench/settings.py)."""
    from bench.textbook.views import vote

    return vote(request)


textbook.csrf_exempt = True  # type: ignore[attr-defined]

urlpatterns = [path("hello/", hello), path("textbook/", textbook), *site]
