from django import forms
from django.utils.translation import gettext_lazy as _

from cadres.models import Post


class PostForm(forms.ModelForm):
    class Meta:
        model = Post
        fields = ["name", "side", "is_principal", "single_holder", "in_bonus", "is_active"]
        help_texts = {
            "is_principal": _("Scored with the whole result of the team; every other post is a deputy's."),
            "single_holder": _("Two holders in one township are then an error."),
            "is_active": _("A post out of use stays in earlier years and is not offered any more."),
        }
