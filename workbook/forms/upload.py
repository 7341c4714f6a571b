from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from workbook.reading import FileRefused
from workbook.reading.package import LARGEST_FILE, Package
from workbook.services.reading import EARLIEST, LATEST


class UploadForm(forms.Form):
    """A workbook; what is none is told beside the field and not kept."""

    file = forms.FileField(
        label=_("Workbook"),
        help_text=_(".xlsx, at most 20 MiB, 200,000 rows a sheet"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        self.data_read = file.read(LARGEST_FILE + 1)
        try:
            Package(self.data_read)
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file

    @property
    def content(self) -> dict[str, Any]:
        """What `upload_store` needs of the file."""
        return {"data": self.data_read, "file_name": self.cleaned_data["file"].name or ""}


class NewYearUploadForm(UploadForm):
    """The same for a year that may not exist yet."""

    number = forms.IntegerField(label=_("Year"), min_value=EARLIEST, max_value=LATEST)
    field_order = ("number", "file")
