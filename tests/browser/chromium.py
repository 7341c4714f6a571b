"""The browser of the tests: the machine's own Chromium, told to stay quiet."""

import os
import shutil
import subprocess
from pathlib import Path

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_problem() -> str:
    """Why no browser test can run here, or an empty text. Without a Chinese font every character is a box."""
    if not CHROMIUM.exists():
        return f"there is no {CHROMIUM} on this machine"
    if os.name == "posix" and not (shutil.which("fc-list") and chinese_fonts()):
        return "no Chinese font is installed"
    return ""


def chinese_fonts() -> str:
    """The fonts that hold Chinese, as fontconfig lists them."""
    return subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True).stdout
