"""Run by LibreOffice's Python: opens a workbook in an office without a window, recalculates it for each line read.

python recalculate.py SOFFICE FOLDER FILE
"""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno

_PIPE = "annual_assessment_bench"
_PATIENCE = 60


def main(soffice: str, folder: str, file: str) -> None:
    profile = Path(folder, "profile").as_uri()
    accept = f"--accept=pipe,name={_PIPE};urp;"
    options = ["--headless", "--norestore", "--nologo", accept, f"-env:UserInstallation={profile}"]
    office = subprocess.Popen([soffice, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    desktop = connect()
    book = desktop.loadComponentFromURL(Path(file).as_uri(), "_blank", 0, (hidden(),))
    print("ready", flush=True)
    for _line in sys.stdin:
        book.calculateAll()
        print("done", flush=True)
    book.close(True)
    desktop.terminate()
    office.wait(timeout=_PATIENCE)


def hidden() -> object:
    """An office without a window crashes where a document wants to be shown."""
    option = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    option.Name, option.Value = "Hidden", True
    return option


def connect() -> Any:
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _second in range(_PATIENCE):
        try:
            remote = resolver.resolve(f"uno:pipe,name={_PIPE};urp;StarOffice.ComponentContext")
            return remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
        except Exception:
            time.sleep(1)
    raise SystemExit("LibreOffice did not start")


if __name__ == "__main__":
    main(*sys.argv[1:])
