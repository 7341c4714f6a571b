#!/usr/bin/env python3
"""Prints the goals of speed as ratios of two things measured alternately in this run.

    python bench/run.py [NAME…]

Names: score spreadsheet growth dashboard cold what_if stability importing archive hall closing; without a name all.

A bench prints, it never fails anything: times drift, and whether a goal is met is for a reader. Runs in .venv.
"""

import os
import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

NAMES = (
    "score",
    "spreadsheet",
    "growth",
    "dashboard",
    "cold",
    "what_if",
    "stability",
    "importing",
    "archive",
    "hall",
    "closing",
)


def main(names: list[str]) -> int:
    if unknown := set(names) - set(NAMES):
        print(f"No bench {', '.join(sorted(unknown))}. There are: {' '.join(NAMES)}")
        return 0
    from bench.environment import prepare, remove, temporary_folder

    folder = temporary_folder()
    try:
        prepare(folder)
        measure(names or list(NAMES))
    finally:
        remove(folder)
    return 0


def measure(names: list[str]) -> None:
    from bench.measure import Size
    from bench.table import heading, line

    print(heading(), flush=True)
    for name in names:
        for row in import_module(f"bench.{name}").run(Size()):
            print(line(row), flush=True)


def in_venv() -> None:
    """The project's own packages, whatever Python this was started with."""
    python = ROOT / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if python.exists() and Path(sys.prefix).resolve() != (ROOT / ".venv").resolve():
        os.execv(python, [str(python), *sys.argv])  # noqa: S606


if __name__ == "__main__":
    in_venv()
    sys.exit(main(sys.argv[1:]))
