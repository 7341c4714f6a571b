"""What a certificate says: on paper, in Word, and to whoever holds it and asks."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage

from assessment.models import NotGraded
from assessment.presenters.box_print import qr_picture
from assessment.services.slip import code_text
from rewards.models import Certificate
from rewards.presenters.promotion import is_revoked

TEMPLATE = Path(__file__).parent.parent / "letters" / "certificate.docx"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PICTURE = Mm(24)

NOT_GRADED = {
    NotGraded.PROBATION: "试用期",
    NotGraded.CASE_OPEN: "立案未结",
    NotGraded.PUNISHED: "处分期",
    NotGraded.LONG_LEAVE: "病事假超半年",
    NotGraded.OTHER: "其他",
}
"""In the words of the national register: the paper is Chinese whatever the page's language."""


@dataclass(frozen=True)
class Paper:
    """A certificate as its page shows it; `address` is where it can be checked."""

    certificate: Certificate
    address: str

    @property
    def content(self) -> dict[str, Any]:
        """What it says."""
        return dict(self.certificate.content)

    @property
    def code(self) -> str:
        """ABCD-EFGH-JKLM-NPQR."""
        return code_text(self.certificate.code)

    @property
    def picture(self) -> SafeString:
        """Leads to the public page."""
        return qr_picture(self.link)

    @property
    def link(self) -> str:
        """With the number filled in; the code is typed, so that no server's log holds it."""
        return f"{self.address}?number={self.certificate.issued_on.year}-{self.certificate.serial}"

    @property
    def revoked(self) -> bool:
        return is_revoked(self.certificate)


def certificate_file_name(certificate: Certificate) -> str:
    """Such as 年度考评结果证明-2026-3-王伟.docx."""
    parts = (
        _("Certificate of assessment"),
        certificate.issued_on.year,
        certificate.serial,
        certificate.content["name"],
    )
    return "-".join(map(str, parts)) + ".docx"


def certificate_word(paper: Paper) -> bytes:
    """The Word file, out of our own template."""
    template = DocxTemplate(str(TEMPLATE))
    values = {
        **{name: _clean(value) for name, value in paper.content.items()},
        "number": paper.certificate.number,
        "issued": chinese_day(paper.certificate.issued_on),
        "years": [{"year": entry["year"], "grade": _grade(entry)} for entry in paper.content["years"]],
        "code": paper.code,
        "address": paper.address,
        "picture": InlineImage(template, BytesIO(_png(paper.link)), width=PICTURE),
        "revoked": paper.revoked,
    }
    template.render(values, autoescape=True)
    template.docx.core_properties.title = paper.certificate.number
    file = BytesIO()
    template.save(file)
    return file.getvalue()


def chinese_day(day: date) -> str:
    """2026年3月9日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _clean(value: Any) -> Any:
    """Without signs that cannot stand in the file."""
    return "".join(sign for sign in value if sign.isprintable()) if isinstance(value, str) else value


def _grade(entry: dict[str, Any]) -> str:
    return entry["grade"] or f"不定等次（{NOT_GRADED[NotGraded(entry['not_graded'])]}）"


def _png(text: str) -> bytes:
    file = BytesIO()
    segno.make(text, error="m", micro=False, boost_error=False).save(file, kind="png", scale=8, border=1)
    return file.getvalue()
