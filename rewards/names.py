"""Names and personnel numbers, as people paste them, made into people."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

SEPARATORS = re.compile(r"[\n\r\t、，,;；。/|]+")
LONGEST_NAME = 4
"""Parts that one name may be set apart into: “王　伟” pads two signs to the width of three."""


@dataclass
class Names:
    """`meant`: (number, "") or, where several have the name, ("", name), in the order typed."""

    meant: list[tuple[str, str]] = field(default_factory=list)
    homonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


def names_resolved(text: str, people: Mapping[str, str]) -> Names:
    """`people`: personnel number → name. A text that is a number means its holder, whoever has it as a name."""
    named: dict[str, list[str]] = defaultdict(list)
    for number, name in people.items():
        named[_plain(name)].append(number)
    numbers = {_plain(number): number for number in people}
    found = Names()
    for part in _parts(text, numbers.keys() | named.keys()):
        if part in numbers:
            found.meant.append((numbers[part], ""))
        elif len(named.get(part, ())) == 1:
            found.meant.append((named[part][0], ""))
        elif part in named:
            found.meant.append(("", part))
            found.homonyms[part] = tuple(named[part])
        elif part not in found.unknown:
            found.unknown.append(part)
    return found


def _parts(text: str, known: set[str]) -> Iterator[str]:
    """What stands between separators; blanks part too, unless what they part is one name."""
    for chunk in SEPARATORS.split(unicodedata.normalize("NFKC", text)):
        words = chunk.split()
        while words:
            taken = _taken(words, known)
            yield "".join(words[:taken])
            words = words[taken:]


def _taken(words: list[str], known: set[str]) -> int:
    """How many words from the first on make a known name, the most of them; 1 where none does."""
    fits = (n for n in range(min(LONGEST_NAME, len(words)), 0, -1) if _plain("".join(words[:n])) in known)
    return next(fits, 1)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
