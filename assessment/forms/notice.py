from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.models import AssessmentYear
from assessment.selectors.notice import notice_of

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NoticeForm(forms.Form):
    """What the notice says besides scheme, roster and assessment teams (RULES Y2)."""

    field_from = forms.DateField(label=_("Field work from"), widget=DAY)
    field_until = forms.DateField(label=_("Field work until"), widget=DAY)
    contact = forms.CharField(
        label=_("Contact"), max_length=60, help_text=_("Whom townships, departments and the public may ask.")
    )
    phone = forms.CharField(label=_("Phone"), max_length=40)
    remarks = forms.CharField(
        label=_("Remarks"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


def notice_form(data: Any, *, year: AssessmentYear) -> NoticeForm:
    """The form with what is stored."""
    notice = notice_of(year)
    names = NoticeForm.base_fields
    return NoticeForm(data, initial={name: getattr(notice, name) for name in names} if notice else {})
