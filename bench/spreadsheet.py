"""Goal 6: the same county from typed tallies, by LibreOffice: its recalculation ÷ our scoring.

Ours: `year_input`, `score_year`, rankings, as in goal 5. The other side: a workbook with the same values and tallies
and a formula for every line, total and place; a running LibreOffice without a window recalculates all of it. Its start
and the loading of the file are not counted. Needs soffice and a Python that has its `uno` module.
"""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.county import County, county, county_store
from bench.environment import remove, temporary_folder
from bench.formulas import formula_workbook
from bench.measure import Row, Size, alternate, milliseconds
from bench.score import year_scored

_PYTHONS = ("/usr/bin/python3", "/usr/lib/libreoffice/program/python", "/opt/libreoffice/program/python")


def run(size: Size) -> list[Row]:
    goal, must, aim = "6 the same by a spreadsheet, LibreOffice ÷ ours", "≥ 0.5", "≥ 1.3"
    soffice, python = shutil.which("soffice"), python_with_uno()
    if not soffice or not python:
        return [Row(goal, "", "", None, must, aim, note="LibreOffice with its Python module is not installed")]
    data = county(size.townships)
    year = county_store(data)
    with recalculation(data, soffice, python) as recalculate:
        pairs = alternate(lambda: year_scored(year), recalculate, pairs=size.pairs)
    ours = milliseconds("read, score, rank", pairs.ours)
    other = milliseconds("LibreOffice recalculates", pairs.other)
    return [Row(goal, ours, other, 1 / pairs.ours_to_other, must, aim)]


def python_with_uno() -> str | None:
    """The interpreter that LibreOffice speaks to; hardly ever that of the project."""
    found = (shutil.which(python) for python in _PYTHONS)
    return next((python for python in found if python and _has_uno(python)), None)


def _has_uno(python: str) -> bool:
    return subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode == 0


@contextmanager
def recalculation(data: County, soffice: str, python: str) -> Iterator[Callable[[], object]]:
    """A call that makes the office recalculate the county's workbook and waits for it."""
    folder = temporary_folder()
    try:
        file = folder / "county.xlsx"
        formula_workbook(data).save(file)
        helper = Path(__file__).with_name("recalculate.py")
        office = subprocess.Popen(
            [python, helper, soffice, folder, file], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert office.stdout is not None
        assert office.stdout.readline() == "ready\n", "LibreOffice did not open the workbook"
        yield lambda: _ask(office)
        office.communicate()
    finally:
        remove(folder)


def _ask(office: "subprocess.Popen[str]") -> None:
    assert office.stdin is not None
    assert office.stdout is not None
    office.stdin.write("\n")
    office.stdin.flush()
    assert office.stdout.readline() == "done\n"
