"""What the whole site promises: how it starts, what a browser may load, which language it speaks."""

import os
import subprocess
import sys

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import engines
from django.test import Client
from django.urls import reverse

from config.finders import FILES, FrontEndFinder

OUR_APPS = {"cadres", "assessment", "scoring", "rewards", "workbook"}

GOOD = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "k9" * 30,
    "ALLOWED_HOSTS": "khzx.example.test",
    "DEBUG": "false",
    "DATABASE_URL": "sqlite:///:memory:",
}


def start(**changed: str) -> subprocess.CompletedProcess[str]:
    """Start a process under production settings, changed as named."""
    code = "from django.conf import settings; print(settings.SESSION_COOKIE_SECURE, settings.SECURE_HSTS_SECONDS)"
    environment = os.environ | GOOD | changed | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)


def test_production_starts_with_secure_cookies() -> None:
    assert start().stdout == "True 31536000\n"


def test_an_intranet_without_tls_says_so() -> None:
    assert start(HTTPS="false").stdout == "False 0\n"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "local-" + "x" * 60),
        ("DEBUG", "true"),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "khzx.example.test,*"),
    ],
)
def test_production_refuses_to_start(name: str, value: str) -> None:
    result = start(**{name: value})
    assert (result.returncode, "ImproperlyConfigured" in result.stderr) == (1, True)


def test_sqlite_takes_the_write_lock_at_once_and_syncs_every_commit() -> None:
    environment = os.environ | GOOD | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    code = "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS'])"
    printed = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True).stdout
    assert printed.strip() == str(
        {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
            "PRAGMA foreign_keys=ON;PRAGMA secure_delete=ON;",
        }
    )


def test_no_name_we_choose_in_the_database_is_longer_than_30() -> None:
    """Tables, columns, constraints and indexes; those that Django makes up end in a hash of its own."""
    ours = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in OUR_APPS]
    names = {
        name
        for options in (model._meta for model in ours)
        for name in (
            options.db_table,
            *(field.column for field in options.local_concrete_fields),
            *(constraint.name for constraint in options.constraints),
            *(index.name for index in options.indexes),
        )
    }
    assert sorted(name for name in names if len(name) > 30) == []


@pytest.mark.django_db
def test_a_page_loads_nothing_from_elsewhere_and_runs_nothing_inline() -> None:
    response = Client().get(reverse("cadres:sign_in"))
    assert sorted(response.headers["Content-Security-Policy"].split("; ")) == [
        "base-uri 'none'",
        "default-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "object-src 'none'",
    ]
    page = response.content.decode()
    assert ("<style" in page, " style=" in page, " onclick=" in page, "//" in page.replace("https://", "//")) == (
        False,
        False,
        False,
        False,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cookie", "accepted", "expected"),
    [
        ("", "", "zh-hans"),
        ("", "en-US,en;q=0.9", "zh-hans"),
        ("en", "zh-CN", "en"),
        ("fr", "fr", "zh-hans"),
        ("zh-hans", "en", "zh-hans"),
    ],
)
def test_the_language_is_the_chosen_one_else_chinese(cookie: str, accepted: str, expected: str) -> None:
    client = Client(headers={"accept-language": accepted})
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    assert client.get(reverse("cadres:sign_in")).headers["Content-Language"] == expected


@pytest.mark.django_db
def test_the_language_switch_sets_the_cookie_and_comes_back() -> None:
    client = Client()
    response = client.post(reverse("set_language"), {"language": "en", "next": "/sign-in/?next=/"})
    assert (response.status_code, response.headers["Location"]) == (302, "/sign-in/?next=/")
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


def test_every_front_end_file_is_found() -> None:
    assert FrontEndFinder().check() == []
    assert [name for name in FILES if not finders.find(name)] == []


def test_nothing_else_of_the_front_end_packages_is_served() -> None:
    assert finders.find("bootstrap/package.json") is None
    assert finders.find("vendor/../bootstrap/package.json") is None


def test_a_missing_front_end_file_is_an_error_of_the_system_check(tmp_path: object) -> None:
    finder = FrontEndFinder()
    finder.root = tmp_path  # type: ignore[assignment]
    assert [error.id for error in finder.check()] == ["config.E001"] * len(FILES)


def test_wide_tables_escape_what_users_typed() -> None:
    template = engines["jinja2"].from_string("{{ name }} {{ 9.5|points }}")
    assert template.render({"name": "<b>"}) == "&lt;b&gt; 9.50"


@pytest.mark.django_db
def test_an_unknown_address_has_the_sites_own_page() -> None:
    response = Client().get("/no-such-page/")
    assert (response.status_code, "skip-link" in response.content.decode()) == (404, True)
