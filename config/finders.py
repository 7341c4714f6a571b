"""The few front-end files that are served, out of all that npm installs."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage

# Address under static/ = file under node_modules/. Style sheets and scripts with their maps, so that no browser tool
# reports a missing file.
FILES = {
    "vendor/bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "vendor/bootstrap.min.css.map": "bootstrap/dist/css/bootstrap.min.css.map",
    "vendor/bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "vendor/bootstrap.bundle.min.js.map": "bootstrap/dist/js/bootstrap.bundle.min.js.map",
    "vendor/bootstrap-icons.min.css": "bootstrap-icons/font/bootstrap-icons.min.css",
    "vendor/fonts/bootstrap-icons.woff2": "bootstrap-icons/font/fonts/bootstrap-icons.woff2",
    "vendor/echarts.min.js": "echarts/dist/echarts.min.js",
    "vendor/fonts/bootstrap-icons.woff": "bootstrap-icons/font/fonts/bootstrap-icons.woff",
}


class FrontEndFinder(BaseFinder):
    """Finds the files of the list above, and nothing else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.root = Path(settings.BASE_DIR) / "node_modules"
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """An error for each listed file that is not installed."""
        return [
            Error(f"The front-end file {name} is missing.", hint="Run: python run.py setup", id="config.E001")
            for name in FILES.values()
            if not (self.root / name).is_file()
        ]

    def find(  # type: ignore[override]
        self, path: str, find_all: bool = False, **kwargs: Any
    ) -> str | list[str]:
        """The file behind a static address, or an empty list."""
        name = FILES.get(path.replace(os.sep, "/"))
        if name is None or not (self.root / name).is_file():
            return []
        found = str(self.root / name)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Every listed file as (address, a storage that opens it by this address)."""
        storage = ListedFiles(location=self.root)
        return ((name, storage) for name in FILES if storage.exists(name))


class ListedFiles(FileSystemStorage):
    """Opens a file of node_modules by the address it is served at."""

    def path(self, name: str) -> str:
        return super().path(FILES[name.replace(os.sep, "/")])
