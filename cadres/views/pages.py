"""The two shapes that most pages here have: a list and a form."""

from typing import Any

import django_tables2
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django_filters import FilterSet

from cadres.models import Account
from cadres.permissions import allows

ROWS_PER_PAGE = 50


def list_page(
    request: HttpRequest,
    *,
    title: str,
    rows: QuerySet[Any],
    filters: type[FilterSet],
    table: type[django_tables2.Table],
    **context: Any,
) -> HttpResponse:
    """Rows searched, filtered, sorted and paged by what the address says; the context is that of list_page.html."""
    filtered = filters(request.GET, queryset=rows, request=request)
    shown = table(filtered.qs)
    sorted_and_paged(request, shown)
    narrowed = any(request.GET.get(name) for name in filtered.form.fields)
    page = {"title": title, "filter": filtered, "table": shown, "narrowed": narrowed}
    return render(request, "cadres/list_page.html", {**page, **context})


def sorted_and_paged(request: HttpRequest, table: django_tables2.Table) -> None:
    """By `sort` and `page` of the address; a page that is not there is the last. How long a page is, is not asked."""
    django_tables2.RequestConfig(request, paginate=False).configure(table)
    table.paginate(per_page=ROWS_PER_PAGE)
    table.page = table.paginator.get_page(request.GET.get("page"))


def create_button(by: Account, permission: str, view: str, label: str) -> dict[str, str]:
    """The list's button for a new row, for whoever may add one."""
    if not allows(by, permission):
        return {}
    return {"actions": "cadres/list_actions.html", "create_url": reverse(view), "create_label": label}


def form_page(request: HttpRequest, form: BaseForm, *, title: str, back: str, **context: Any) -> HttpResponse:
    """A form on a page of its own; the context is that of form_page.html."""
    return render(request, "cadres/form_page.html", {"form": form, "title": title, "back": back, **context})
