"""What a what-if changes: a value, without results and without the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field

WITHOUT = "without"
"""What sources left out are called in an address, and where a problem with them stands."""


@dataclass(frozen=True)
class Variation:
    """What differs from the scheme in force: parameters by the names of 考评参数 or `K1.步长`, and sources left out:
    codes of lines, evaluations and items, names of weighted voter groups."""

    settings: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.settings or self.without)
