"""The one data file of the default scheme, as it stands."""

import tomllib
from functools import cache
from pathlib import Path

Entries = list[dict[str, str]]


@cache
def default_data() -> dict[str, Entries]:
    """The tables of ``default.toml``: line, evaluation, method, cadre_item, parameter; all values are texts."""
    return tomllib.loads(Path(__file__).with_name("default.toml").read_text(encoding="utf-8"))
