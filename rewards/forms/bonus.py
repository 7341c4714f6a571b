from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from rewards.models import BonusRemedy


def _reason(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("Reason"), max_length=300, required=required, widget=forms.Textarea(attrs={"rows": 2})
    )


class BonusRemedyForm(forms.Form):
    """What happens to awards that exceed the pool (RULES B5)."""

    remedy = forms.TypedChoiceField(
        label=_("Remedy"), choices=BonusRemedy.choices, coerce=BonusRemedy, widget=forms.RadioSelect
    )
    pool = forms.DecimalField(
        label=_("Raised pool, in yuan"),
        required=False,
        min_value=Decimal("0.01"),
        max_digits=14,
        decimal_places=2,
        help_text=_("Only where the pool is raised."),
    )
    reason = _reason(required=True)


class BonusConfirmForm(forms.Form):
    """The first confirmation on decided grades needs nothing; a correction (RULES B4), and one on suggested grades,
    a reason, the latter a tick beside."""

    on_suggested = forms.BooleanField(label=_("Confirm on suggested grades, which nobody has decided"), required=False)
    reason = _reason(required=False)

    def __init__(self, *args: object, correction: bool, suggested: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        asked = {"on_suggested": suggested, "reason": correction or suggested}
        for name, needed in asked.items():
            if needed:
                self.fields[name].required = True
            else:
                del self.fields[name]
