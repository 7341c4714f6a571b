"""What may be attached as evidence (佐证材料): five kinds, known by their content as well as by their name."""

import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _

from cadres.errors import Refused

LARGEST = 10 * 1024 * 1024
"""Bytes of one file."""
LONGEST_NAME = 120
_OFFICE = "application/vnd.openxmlformats-officedocument"
_UNFIT = set('/\\:*?"<>|')


@dataclass(frozen=True)
class Kind:
    """`endings` of its names, the `content_type` it is served as, and whether bytes are of it."""

    endings: tuple[str, ...]
    content_type: str
    holds: Callable[[bytes], bool]


def _begins(magic: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(magic)


def _office(part: str) -> Callable[[bytes], bool]:
    """A zip package with this main part, and without macros."""

    def holds(content: bytes) -> bool:
        try:
            with zipfile.ZipFile(BytesIO(content)) as package:
                names = set(package.namelist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return False
        return {"[Content_Types].xml", part} <= names and not any(
            name.lower().endswith("vbaproject.bin") for name in names
        )

    return holds


KINDS = (
    Kind((".pdf",), "application/pdf", _begins(b"%PDF-")),
    Kind((".jpg", ".jpeg"), "image/jpeg", _begins(b"\xff\xd8\xff")),
    Kind((".png",), "image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    Kind((".docx",), f"{_OFFICE}.wordprocessingml.document", _office("word/document.xml")),
    Kind((".xlsx",), f"{_OFFICE}.spreadsheetml.sheet", _office("xl/workbook.xml")),
)
ENDINGS = tuple(ending for kind in KINDS for ending in kind.endings)


def file_kind(name: str, content: bytes) -> Kind:
    """The kind that both name and content say. Raises Refused, in words."""
    if not content:
        raise Refused(_("The file is empty."))
    if len(content) > LARGEST:
        raise Refused(_("The file is larger than 10 MiB."))
    kind = next((kind for kind in KINDS if name.lower().endswith(kind.endings)), None)
    if kind is None:
        raise Refused(_("Only PDF, JPEG, PNG, DOCX and XLSX files are taken."))
    if not kind.holds(content):
        raise Refused(_("The file is not what its name says: it was refused unread."))
    return kind


def file_name_clean(name: str) -> str:
    """The last part of the name as it was given, without what no file system takes and what nobody sees; not empty,
    its ending kept."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(c for c in last if c not in _UNFIT and not unicodedata.category(c).startswith(("C", "Zl", "Zp")))
    stem, dot, ending = seen.strip(" .").rpartition(".")
    return f"{(stem or ending)[:LONGEST_NAME]}{dot}{ending}" if stem else f"evidence.{ending}"
