from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadres.codes import code_validate
from cadres.models import Department, Township

FIELDS = ["code", "name", "order", "is_active"]
HELP_TEXTS = {
    "code": _("As in the county's workbooks, leading zeros included; it cannot be changed later."),
    "order": _("Lists show small numbers first."),
    "is_active": _("A unit out of use stays in earlier years and is not offered any more."),
}


class _UnitForm(forms.ModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].validators.append(code_validate)
        self.fields["code"].disabled = self.instance.pk is not None


class TownshipForm(_UnitForm):
    class Meta:
        model = Township
        fields = FIELDS
        help_texts = HELP_TEXTS


class DepartmentForm(_UnitForm):
    class Meta:
        model = Department
        fields = FIELDS
        help_texts = HELP_TEXTS
