"""处理建议: measures that follow from the grades (RULES U2, U3)."""

from workbook.archive.sheet import Column, Kind, Sheet
from workbook.archive.source import ArchiveSource


def measures_sheet(source: ArchiveSource) -> Sheet[None]:
    """Headers, and a line that says that none is recorded."""
    titles = (("对象", 14), ("名称", 14), ("处理", 18), ("条款", 8), ("依据年度", 16), ("期限", 12), ("状态", 12))
    columns = [Column[None](title, lambda row: None, Kind.TEXT, width) for title, width in titles]
    return Sheet("处理建议", columns, (), [(f"{source.year.number}年度没有记录处理建议。",)])
