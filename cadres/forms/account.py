from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadres.forms.session import FirstPasswordForm
from cadres.models import Account, Department, Role, Township


class AccountCreateForm(FirstPasswordForm):
    """The first password is known to two people, so its holder must change it at the first sign-in."""

    username = forms.RegexField(
        r"^[\w.@+-]+$",
        label=_("User name"),
        max_length=40,
        help_text=_("Letters, digits and . @ + - _; it cannot be changed later."),
        error_messages={"invalid": _("Only letters, digits and . @ + - _ are possible.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=pgettext_lazy("person", "Name"),
        max_length=40,
        help_text=_("Shown to others beside what this account does."),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[("", "—"), *Role.choices],
        help_text=_(
            "For good: organization department, auditor and system administrator are three different accounts."
        ),
    )
    department = forms.ModelChoiceField(
        Department.objects.filter(is_active=True),
        label=_("Department"),
        required=False,
        empty_label="—",
        help_text=_("Only for an account of a county department."),
    )
    township = forms.ModelChoiceField(
        Township.objects.filter(is_active=True),
        label=_("Township"),
        required=False,
        empty_label="—",
        help_text=_("Only for an account of a township."),
    )
    phone = forms.CharField(
        label=_("Phone"), max_length=30, required=False, help_text=_("Whom to call: the office's board shows it.")
    )
    field_order = ["username", "name", "role", "department", "township", "phone", "password", "again"]

    def fields_of_account(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "again"}


class AccountForm(forms.ModelForm):
    class Meta:
        model = Account
        fields = ["name", "phone"]
