from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from cadres.models import Account
from cadres.passwords import password_help


class SignInForm(AuthenticationForm):
    """Says the same of a wrong password, an unknown name and a disabled account."""

    error_messages = {
        "invalid_login": _("User name and password do not match an enabled account."),
        "inactive": _("User name and password do not match an enabled account."),
    }


class NewPasswordForm(forms.Form):
    """A password typed twice; whether it is good enough is the service's word."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password, again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = password_help()

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if "password" in self.cleaned_data and self.cleaned_data["password"] != again:
            raise forms.ValidationError(_("The two entries differ."))
        return again


class FirstPasswordForm(NewPasswordForm):
    """What the administrator sets: its holder must replace it at the next sign-in, for two people know it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("First password")
        self.fields["again"].label = _("First password, again")


class PasswordChangeForm(NewPasswordForm):
    """The holder's own change: asks for the present password first."""

    present = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["present", "password", "again"]

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        if not self.account.check_password(present):
            raise forms.ValidationError(_("This is not the present password."))
        return present
