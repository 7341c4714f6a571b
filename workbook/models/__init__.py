"""Workbooks as they were handed in."""

from workbook.models.upload import Upload

__all__ = ["Upload"]
