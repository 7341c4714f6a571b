"""What a sheet of the year's workbook consists of (WORKBOOK 1): declared once, for reading, template and marking."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assessment.models import AssessmentYear
from assessment.scheme import Scheme

from .convert import Convert

if TYPE_CHECKING:
    from .known import Known
    from .table import Table

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Column:
    """`required`: the header must hold it. `filled`: no row may leave it blank.

    `options` are offered in a drop-down: words, or the name of a list of the template (see `template`).
    `field` is the name under which the services report a change of it. A `rare` column is left out of the
    template where no stored row fills it.
    """

    name: str
    convert: Convert
    required: bool = False
    filled: bool = False
    options: tuple[str, ...] | str = ()
    field: str = ""
    width: int = 12
    example: str = ""
    as_text: bool = True
    rare: bool = False


@dataclass(frozen=True)
class Stored:
    """Where the template's current data come from; `year` None before the year exists."""

    year: AssessmentYear | None
    scheme: Scheme


def _no_more(_stored: Stored) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True)
class SheetSpec:
    """One sheet: its name, its columns, how its rows are understood and how stored rows are written.

    `more` names the columns that follow the declared ones and depend on the scheme.
    """

    name: str
    columns: tuple[Column, ...]
    read: "Callable[[Table, Known], Any]"
    rows: Callable[[Stored], Iterable[Row]]
    more: Callable[[Stored], tuple[str, ...]] = _no_more

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def label(self, field: str) -> str:
        """The column's name for a field that a service reports as changed; the field itself where none has it."""
        return next((column.name for column in self.columns if field and column.field == field), field)
