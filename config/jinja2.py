"""The second template engine, for wide tables. Texts there are written `{{ _("…") }}`, which makemessages finds."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment

from cadres.templatetags import labels


def environment(**options: Any) -> Environment:
    """An environment with the site's texts, addresses and labels. Django's backend turns autoescape on."""
    env = Environment(**options, extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)  # noqa: S701
    env.install_gettext_callables(gettext, ngettext, newstyle=False, pgettext=pgettext, npgettext=npgettext)  # type: ignore[attr-defined]
    env.globals.update(static=static, url=reverse, language=get_language, place=labels.place)
    env.filters.update(term=labels.term, points=labels.points, yuan=labels.yuan, percent=labels.percent)
    return env
