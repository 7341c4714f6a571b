"""The archive workbook (年度考评归档): a year as values that open without the system (WORKBOOK 3). Always Chinese."""

from workbook.archive.book import archive_sheets, archive_write
from workbook.archive.source import ArchiveSource, archive_source

__all__ = ["ArchiveSource", "archive_sheets", "archive_source", "archive_write"]
