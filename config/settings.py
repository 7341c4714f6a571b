"""Settings, all from the environment; `.local/env` (written by run.py, never committed) fills in on a workplace.

| variable       | meaning                                                          | default                       |
|----------------|------------------------------------------------------------------|-------------------------------|
| ENVIRONMENT    | `production`, or `local` (a workplace, demo data allowed)         | production                    |
| SECRET_KEY     | 50 characters or more                                            | none: refuses to start        |
| ALLOWED_HOSTS  | host names, separated by commas; never `*` in production         | none: refuses in production   |
| DATABASE_URL   | sqlite:///FILE or postgres://USER:PASSWORD@HOST/NAME             | sqlite, db.sqlite3 beside this |
| HTTPS          | secure cookies, redirect and HSTS; `false` only on an intranet without TLS | true in production  |
| TRUSTED_ORIGINS| origins behind a proxy, e.g. https://khzx.example.gov.cn         | none                          |
| PROXY_HTTPS    | the proxy sets X-Forwarded-Proto, and nobody else can            | false                         |
| COUNTY_NAME    | the county, as the archive's cover and the pages name it         | none                          |
| WORKBOOK_VALUES_CONFIRMED | values of an uploaded workbook count at once; `false`: a second clerk confirms | true |
| DEBUG          | Django's error pages; refused in production                      | false                         |
| LOG_LEVEL      | level of the log on standard error                               | INFO                          |
"""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".local" / "env")

# --- where it runs -------------------------------------------------------------------------------

LOCAL = env.str("ENVIRONMENT", default="production") == "local"
SECRET_KEY = env.str("SECRET_KEY", default="")
COUNTY_NAME = env.str("COUNTY_NAME", default="")
WORKBOOK_VALUES_CONFIRMED = env.bool("WORKBOOK_VALUES_CONFIRMED", default=True)
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
HTTPS = env.bool("HTTPS", default=not LOCAL)

if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(
        "SECRET_KEY must be set to 50 random characters or more. On a workplace, `python run.py setup` writes one."
    )
if not LOCAL and (DEBUG or not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS or SECRET_KEY.startswith("local-")):
    raise ImproperlyConfigured(
        "Production refuses to start with DEBUG, without ALLOWED_HOSTS, with ALLOWED_HOSTS=*, "
        "or with the SECRET_KEY of a workplace."
    )

# --- what it consists of -------------------------------------------------------------------------

INSTALLED_APPS = [
    "workbook",
    "rewards",
    "scoring",
    "assessment",
    "cadres",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_tables2",
    "django_filters",
    "django_htmx",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.PrivatePagesMiddleware",
    "scoring.middleware.FinishedPageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.CookieLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cadres.middleware.PasswordChangeMiddleware",
    "config.middleware.UnfitAddressMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.navigation.navigation",
            ],
        },
    },
    {
        # For the wide result tables only: twenty times faster there. Their own folder, so no name is ambiguous.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "jinja2"],
        "OPTIONS": {"environment": "config.jinja2.environment", "autoescape": True},
    },
]

# --- data ----------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{(BASE_DIR / 'db.sqlite3').as_posix()}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Every atomic() takes the write lock at once and waits for it: read-then-write requests never fail halfway.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
        "PRAGMA foreign_keys=ON;PRAGMA secure_delete=ON;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# A connection is kept: opening one with its PRAGMAs takes longer than a query.
DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# A workbook may hold 20 MiB and is refused above that in words; a grid posts one field a cell.
DATA_UPLOAD_MAX_MEMORY_SIZE = 21 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# --- who signs in --------------------------------------------------------------------------------

AUTH_USER_MODEL = "cadres.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name"), "max_similarity": 0.6},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "cadres:sign_in"
LOGIN_REDIRECT_URL = "cadres:home"
LOGOUT_REDIRECT_URL = "cadres:sign_in"

# The whole office may share one address, so the name is locked, not the machine.
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# --- language and time ---------------------------------------------------------------------------

LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LANGUAGE_CODE = "zh-hans"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- static files --------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = None if LOCAL else BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.finders.FrontEndFinder",
]
# A release collects its files once, under names that can be cached for ever; a workplace serves them as they are.
WHITENOISE_USE_FINDERS = LOCAL
WHITENOISE_AUTOREFRESH = DEBUG
_static_storage = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if LOCAL
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _static_storage},
}

# --- what a browser may do -----------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # Bootstrap's style sheet draws its arrows and ticks from data: images.
        "img-src": [SELF, "data:"],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
CSRF_TRUSTED_ORIGINS = env.list("TRUSTED_ORIGINS", default=[])
if env.bool("PROXY_HTTPS", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS = [
    # A county's domain holds other offices' sites: this one may not decide for them (sub-domains, preload list).
    "security.W005",
    "security.W021",
    # The lockout is by user name on purpose, see AXES_LOCKOUT_PARAMETERS.
    "axes.W006",
]
if not HTTPS:
    # An intranet without TLS says so by HTTPS=false; the checks would ask for it in four places.
    SILENCED_SYSTEM_CHECKS += ["security.W004", "security.W008", "security.W012", "security.W016"]

# --- what the lower apps ask the upper ones, by name -----------------------------------------------

HOME_CARDS = ["assessment.home.year_cards", "cadres.home.cadres_cards"]
PUBLISHED_YEARS = "assessment.selectors.year.years_published"

# --- forms and tables ----------------------------------------------------------------------------

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "django_tables2/table.html"
DJANGO_TABLES2_PAGE_RANGE = 7
FILTERS_EMPTY_CHOICE_LABEL = _("All")

# --- log -----------------------------------------------------------------------------------------

# One line an event on standard error; no request body, form value or cookie is ever written.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "axes": {"level": "WARNING"},
    },
}
