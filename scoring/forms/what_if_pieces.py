"""Parameters that hold several numbers, taken apart into one input each and put together again as text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assessment.scheme.parameters import EVALUATIONS, GROUPS, ITEMS

Pieces = dict[str, str]


@dataclass(frozen=True)
class Composite:
    """`read` takes a text apart whatever it holds; `write` puts pieces together; `partial`: pieces left out stay."""

    read: Callable[[str], Pieces]
    write: Callable[[Mapping[str, str]], str]
    partial: bool = False


def _amounts(text: str) -> Pieces:
    """“民主测评=15;…” by name."""
    pairs = (piece.partition("=") for piece in text.replace("；", ";").split(";") if piece.strip())
    return {name.strip(): value.strip() for name, _equals, value in pairs}


def _amounts_text(pieces: Mapping[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in pieces.items())


def _numbers(text: str) -> Pieces:
    """“1;0.8;0.6;0” by position from 1."""
    return {str(number): piece.strip() for number, piece in enumerate(text.split(";"), start=1) if text.strip()}


def _numbers_text(pieces: Mapping[str, str]) -> str:
    return ";".join(pieces.values())


def _weights(text: str) -> Pieces:
    """“民主测评:A=0.4,B=0.6;…” by “民主测评:A”."""
    entries = (entry.partition(":") for entry in text.replace("；", ";").split(";") if entry.strip())
    return {
        f"{name.strip()}:{group}": value
        for name, _colon, listed in entries
        for group, value in _amounts(listed.replace(",", ";")).items()
    }


def _weights_text(pieces: Mapping[str, str]) -> str:
    entries: dict[str, list[str]] = {}
    for piece, value in pieces.items():
        name, _colon, group = piece.partition(":")
        entries.setdefault(name, []).append(f"{group}={value}")
    return ";".join(f"{name}:{','.join(listed)}" for name, listed in entries.items())


_OF_NAMES = Composite(_amounts, _amounts_text, partial=True)
_OF_PLACES = Composite(_numbers, _numbers_text)

COMPOSITES: Mapping[str, Composite] = {
    EVALUATIONS: _OF_NAMES,
    ITEMS: _OF_NAMES,
    "班子档次系数": _OF_PLACES,
    "干部档次系数": _OF_PLACES,
    GROUPS: Composite(_weights, _weights_text),
}
"""By the names of 考评参数."""


def piece_key(name: str, piece: str) -> str:
    """The name of the input of one piece: “评价项分值:民主测评”."""
    return f"{name}:{piece}"
