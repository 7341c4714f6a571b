from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from assessment.evidence_file import ENDINGS, LARGEST, file_kind, file_name_clean
from assessment.models import AssessmentYear
from cadres.models import Township


class EvidenceForm(forms.Form):
    """A file of one of the five kinds; what is none is told beside the field and not kept."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, JPEG, PNG, DOCX or XLSX, at most 10 MiB"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    township = forms.ModelChoiceField(
        label=_("Township"), queryset=Township.objects.none(), required=False, empty_label=_("the whole line")
    )

    def __init__(self, *args: Any, year: AssessmentYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["township"].queryset = year.townships.all()  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        self.content = file.read(LARGEST + 1)
        file_kind(file_name_clean(file.name or ""), self.content)
        return file

    def fields_of(self) -> dict[str, Any]:
        """What `evidence_add` takes."""
        return {
            "file_name": self.cleaned_data["file"].name or "",
            "content": self.content,
            "township": self.cleaned_data["township"],
        }
