"""The file around the sheets: a zip that may be anything, opened within limits."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

MEBIBYTE = 1024 * 1024
LARGEST_FILE = 20 * MEBIBYTE
LARGEST_UNPACKED = 300 * MEBIBYTE
MOST_PARTS = 10_000
_CHUNK = 256 * 1024
_SPREADSHEET = "xl/workbook.xml"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)


class FileRefused(Exception):
    """The file as a whole cannot be read; the text says why, in words for the person who chose it."""


class Package:
    """The parts of an .xlsx file. Unpacking is counted: `unpacked` never passes LARGEST_UNPACKED.

    `size` in bytes is what all parts say they unpack to; more than they say is never unpacked.
    """

    def __init__(self, data: bytes) -> None:
        _refuse_by_content(data)
        self.unpacked = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _ZIP_ERRORS as error:
            raise damaged() from error
        self._parts = {info.filename.lstrip("/").lower(): info for info in self._zip.infolist()}
        _refuse_by_parts(self._zip.infolist(), self._parts)
        self.size = sum(info.file_size for info in self._zip.infolist())

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def chunks(self, name: str) -> Iterator[bytes]:
        """One part's bytes, piece by piece. Raises FileRefused where it is damaged, locked or too large."""
        info = self._parts.get(name.lower())
        if info is None:
            raise damaged()
        try:
            with self._zip.open(info) as part:
                while chunk := part.read(_CHUNK):
                    self._count(len(chunk))
                    yield chunk
        except _ZIP_ERRORS as error:
            raise damaged() from error

    def _count(self, size: int) -> None:
        self.unpacked += size
        if self.unpacked > LARGEST_UNPACKED:
            raise too_large_unpacked()


def damaged() -> FileRefused:
    return FileRefused(_("The file is damaged or incomplete. Save it again as .xlsx in Excel or WPS and try again."))


def too_large_unpacked() -> FileRefused:
    return FileRefused(_("The file unpacks to more than %(size)d MiB and was not opened.") % {"size": 300})


def _refuse_by_content(data: bytes) -> None:
    """What is told from the first bytes."""
    if not data:
        raise FileRefused(_("The file is empty."))
    if len(data) > LARGEST_FILE:
        raise FileRefused(_("The file is larger than %(size)d MiB.") % {"size": LARGEST_FILE // MEBIBYTE})
    if data.startswith(_OLE):
        raise _old_or_locked(data)
    if not data.startswith(b"PK"):
        raise FileRefused(
            _("This is not an .xlsx workbook. CSV, PDF, Word and other files cannot be read: save it as .xlsx.")
        )


def _old_or_locked(data: bytes) -> FileRefused:
    """Both the encrypted .xlsx and the old .xls stand in the same kind of container."""
    if _ENCRYPTED in data:
        return FileRefused(_("The workbook is protected by a password to open. Remove the password and save it again."))
    return FileRefused(_("This is the old .xls form. Save the workbook as .xlsx in Excel or WPS."))


def _refuse_by_parts(infos: list[zipfile.ZipInfo], parts: dict[str, zipfile.ZipInfo]) -> None:
    """What the table of contents tells before anything is unpacked."""
    if _SPREADSHEET not in parts:
        raise FileRefused(_("This is not an .xlsx workbook, though it is packed like one."))
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > LARGEST_UNPACKED:
        raise too_large_unpacked()
    if any(info.flag_bits & 1 for info in infos):
        raise FileRefused(_("The workbook is protected by a password to open. Remove the password and save it again."))
    if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos):
        raise damaged()
