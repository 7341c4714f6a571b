"""Opening an .xlsx file that nobody vouches for: its cells as they stand, or a message why not."""

from .book import Book, read_book
from .cells import Cell, Kind, address, column_letters
from .package import FileRefused
from .sheet import Sheet

__all__ = ["Book", "Cell", "FileRefused", "Kind", "Sheet", "address", "column_letters", "read_book"]
