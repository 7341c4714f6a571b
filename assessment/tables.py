from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.models import RosterEntry
from cadres.templatetags.labels import term


class RosterTable(tables.Table):
    """Who is assessed in a year. `editable`: names lead to the entry's form."""

    number = tables.Column(gettext_lazy("Number"), accessor="cadre__number")
    name = tables.Column(gettext_lazy("Full name"), accessor="cadre__name")
    township = tables.Column(
        gettext_lazy("Township"), accessor="township__name", order_by=("township__order", "township__code")
    )
    post = tables.Column(gettext_lazy("Post"), accessor="post", order_by=("post__order", "township__order"))
    rank = tables.Column(gettext_lazy("Kind"), accessor="is_principal", order_by=("-is_principal", "post__order"))
    lines = tables.Column(gettext_lazy("Lines in charge"), accessor="pk", orderable=False)
    state = tables.Column(gettext_lazy("Graded"), accessor="not_graded", empty_values=())

    class Meta:
        attrs = {"class": "data-table"}
        order_by = ()

    def __init__(self, *args: Any, editable: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.editable = editable

    def render_name(self, value: str, record: RosterEntry) -> str | SafeString:
        if not self.editable:
            return value
        url = reverse("assessment:roster_entry", kwargs={"year": record.year.number, "number": record.cadre.number})
        return format_html('<a href="{}">{}</a>', url, value)

    def render_post(self, record: RosterEntry) -> str:
        posts = [term(post) for post in (record.post, record.second_post) if post]
        return " + ".join(posts)

    def render_rank(self, value: bool) -> str:
        return _("principal") if value else _("deputy")

    def render_lines(self, record: RosterEntry) -> str:
        return "、".join(term(line.name) for line in record.in_charge.all()) or "—"

    def render_state(self, record: RosterEntry) -> str | SafeString:
        if not record.not_graded:
            return _("graded")
        return format_html('<span class="state state-warning">{}</span>', record.get_not_graded_display())
