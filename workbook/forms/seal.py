from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LARGEST_RECORD = 20 * 1024 * 1024


class SealsForm(forms.Form):
    """A record to be held against its seal, where one was handed over."""

    record = forms.FileField(
        label=gettext_lazy("Record of a year (JSON)"),
        required=False,
        help_text=gettext_lazy(
            "Optional: a file that was downloaded or handed over, to see whether it is the one sealed."
        ),
    )

    def clean_record(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["record"]
        if file and file.size and file.size > LARGEST_RECORD:
            raise ValidationError(_("The file is larger than 20 MiB."))
        return file
