"""Workbooks as they were handed in, and the seals of archived years."""

from workbook.models.seal import ArchiveSeal
from workbook.models.upload import Upload

__all__ = ["ArchiveSeal", "Upload"]
