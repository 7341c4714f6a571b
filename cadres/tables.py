"""The columns of the lists."""

from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cadres.models import Account, AuditEntry, Cadre, Department, DisciplinaryRecord, Township
from cadres.permissions import allows
from cadres.selectors.audit import details_held_back, years_published
from cadres.templatetags.labels import term
from cadres.wording import action_text, actor_text, details_lines, subject_text

ONE_LINE = {"td": {"class": "text-nowrap"}}
NUMBER = {"th": {"class": "num"}, "td": {"class": "num"}}


class CadreTable(tables.Table):
    """People of one name are told apart by the number beside it."""

    number = tables.Column(linkify=("scoring:cadre_years", {"number": tables.A("number")}), attrs=ONE_LINE)
    name = tables.Column(linkify=("scoring:cadre_years", {"number": tables.A("number")}), attrs=ONE_LINE)
    township = tables.Column(
        verbose_name=_("Township"),
        accessor="held",
        empty_values=([],),
        order_by=("township_order", "township_code", "post_order", "number"),
    )
    post = tables.Column(
        verbose_name=_("Post"), accessor="held", empty_values=([],), order_by=("post_order", "township_order", "number")
    )
    since = tables.Column(verbose_name=_("Since"), order_by=("since", "number"), attrs=ONE_LINE)

    class Meta:
        model = Cadre
        fields = ("number", "name", "township", "post", "since")
        order_by = ("township",)

    def render_township(self, value: list[Any]) -> str:
        return value[0].township.name

    def render_post(self, value: list[Any]) -> str:
        return " · ".join(term(appointment.post) for appointment in value)


class DisciplineTable(tables.Table):
    """Leads to the person's records, where they are revoked."""

    cadre = tables.Column(linkify=("cadres:discipline", {"number": tables.A("cadre__number")}), attrs=ONE_LINE)
    number = tables.Column(accessor="cadre__number", verbose_name=_("Personnel number"), attrs=ONE_LINE)
    start = tables.DateColumn(format="Y-m-d", attrs=ONE_LINE)
    end = tables.DateColumn(format="Y-m-d", attrs=ONE_LINE)
    state = tables.TemplateColumn(
        template_name="cadres/discipline_state.html", verbose_name=_("State"), orderable=False
    )

    class Meta:
        model = DisciplinaryRecord
        fields = ("cadre", "number", "kind", "document", "decided_by", "start", "end", "state")
        order_by = ("-start",)


class AccountTable(tables.Table):
    unit = tables.Column(
        verbose_name=_("Unit"), empty_values=(), order_by=("department__name", "township__name", "username")
    )
    is_active = tables.Column(verbose_name=_("State"))
    phone = tables.Column(attrs=ONE_LINE)
    last_login = tables.DateTimeColumn(verbose_name=_("Last sign-in"), format="Y-m-d H:i", attrs=ONE_LINE)
    username = tables.Column(linkify=("cadres:account", {"username": tables.A("username")}))

    class Meta:
        model = Account
        fields = ("username", "name", "role", "unit", "phone", "is_active", "last_login")
        order_by = ("role", "username")

    def render_unit(self, record: Account) -> str:
        return str(record.department or record.township or "—")

    def render_is_active(self, record: Account) -> SafeString:
        return _state(record.is_active, _("enabled"), _("disabled"))


class UnitTable(tables.Table):
    """The name leads to the form for whoever may change it."""

    code = tables.Column(attrs=ONE_LINE)
    is_active = tables.Column(verbose_name=_("State"))
    order = tables.Column(attrs=NUMBER)

    def render_is_active(self, value: bool) -> SafeString:
        return _state(value, _("in use"), _("out of use"))

    def name_cell(self, record: Township | Department, view: str) -> str:
        if not allows(self.request.user, "cadres.change_roster"):
            return record.name
        return format_html('<a href="{}">{}</a>', reverse(view, kwargs={"code": record.code}), record.name)


class TownshipTable(UnitTable):
    """With the way to the results of all years, for whoever may see them."""

    years = tables.Column(verbose_name=_("Results over the years"), accessor="code", orderable=False)

    class Meta:
        model = Township
        fields = ("code", "name", "order", "is_active")
        order_by = ("order", "code")

    def render_years(self, record: Township) -> str:
        if not allows(self.request.user, "scoring.view_team_years", record.code):
            return "—"
        address = reverse("scoring:team_years", kwargs={"code": record.code})
        return format_html('<a href="{}">{}</a>', address, _("All years"))

    def render_name(self, record: Township) -> str:
        return self.name_cell(record, "cadres:township")


class DepartmentTable(UnitTable):
    class Meta:
        model = Department
        fields = ("code", "name", "order", "is_active")
        order_by = ("order", "code")

    def render_name(self, record: Department) -> str:
        return self.name_cell(record, "cadres:department")


class AuditTable(tables.Table):
    """Votes, grades and money are held back until their year is published."""

    number = tables.Column(attrs=NUMBER)
    at = tables.DateTimeColumn(format="Y-m-d H:i:s", attrs=ONE_LINE)
    refused = tables.Column(verbose_name=_("Outcome"))
    details = tables.Column(orderable=False, empty_values=())

    class Meta:
        model = AuditEntry
        fields = ("number", "at", "actor_name", "action", "year", "subject", "refused", "details")
        order_by = ("-number",)

    def before_render(self, request: Any) -> None:
        self.published = years_published()

    def render_actor_name(self, value: str) -> str:
        return actor_text(value)

    def render_action(self, value: str) -> str:
        return action_text(value)

    def render_year(self, value: int) -> str:
        return str(value)

    def render_refused(self, value: bool) -> SafeString:
        return _state(not value, _("done"), _("refused"))

    def render_subject(self, record: AuditEntry) -> str:
        return "—" if details_held_back(record, self.published) else subject_text(record.action, record.subject)

    def render_details(self, record: AuditEntry) -> str:
        held_back = details_held_back(record, self.published)
        lines = [] if held_back else details_lines(record.details)
        return render_to_string("cadres/audit_details.html", {"lines": lines, "held_back": held_back})


def _state(good: bool, yes: Any, no: Any) -> SafeString:
    """A word with a sign, so that colour is never the only one."""
    icon, word = ("check-circle", yes) if good else ("x-circle", no)
    return format_html('<span class="state"><i class="bi bi-{}" aria-hidden="true"></i> {}</span>', icon, word)
