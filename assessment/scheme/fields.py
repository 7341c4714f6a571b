"""How one parameter of a scheme is read as text and written from text: the makers of fields."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from operator import attrgetter
from typing import Any

from assessment.numbers import number_text, share_text

from . import text as texts
from .problems import ProblemCode, TextError
from .source import default_data
from .types import Bands, BlockCode, CadreItem, Evaluation, Groups, Scheme, WeightedShare


class ParameterKind(StrEnum):
    """What a form offers: a share or number to type, a word to choose, or a list to write."""

    SHARE = "share"
    NUMBER = "number"
    MONEY = "money"
    CHOICE = "choice"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Field:
    """`read` gives a parameter's canonical text; `write` the scheme with a text put in, or ``TextError``."""

    kind: ParameterKind
    read: Callable[[Scheme], str]
    write: Callable[[Scheme, str], Scheme]
    choices: tuple[str, ...] = ()


def put(scheme: Scheme, path: str, value: Any) -> Scheme:
    """The scheme with one value changed; `path` is a field, or a field of a field."""
    head, _, leaf = path.rpartition(".")
    if not head:
        return replace(scheme, **{leaf: value})
    return replace(scheme, **{head: replace(getattr(scheme, head), **{leaf: value})})


def _field(path: str, kind: ParameterKind, parse: Callable[[str], Any], show: Callable[[Any], str]) -> Field:
    value_of = attrgetter(path)
    return Field(kind, lambda scheme: show(value_of(scheme)), lambda scheme, text: put(scheme, path, parse(text)))


def share(path: str) -> Field:
    """A share in 0…1, written as a percent."""
    return _field(path, ParameterKind.SHARE, texts.share, share_text)


def proportion(path: str) -> Field:
    """A share in 0…1, written as a plain number."""
    return _field(path, ParameterKind.SHARE, texts.share, number_text)


def points(path: str) -> Field:
    """Points from 0 up."""
    return _field(path, ParameterKind.NUMBER, texts.points, number_text)


def whole(path: str) -> Field:
    """A whole number from 1 up: years, months, days."""
    return _field(path, ParameterKind.NUMBER, texts.whole, str)


def money(path: str) -> Field:
    """Yuan from 0 up, whole cents."""
    return _field(path, ParameterKind.MONEY, texts.money, number_text)


def choice(path: str, kind: type[StrEnum]) -> Field:
    """One word of a list."""
    field = _field(path, ParameterKind.CHOICE, lambda text: texts.choice(kind, text), str)
    return replace(field, choices=tuple(kind))


def coefficients(path: str) -> Field:
    """E1. Blank keeps what stands, for a band table has no coefficients to show."""

    def read(scheme: Scheme) -> str:
        rule = attrgetter(path)(scheme)
        return ";".join(map(number_text, rule.coefficients)) if isinstance(rule, WeightedShare) else ""

    def write(scheme: Scheme, text: str) -> Scheme:
        return put(scheme, path, WeightedShare(texts.coefficients(text))) if text.strip() else scheme

    return Field(ParameterKind.LIST, read, write)


def bands(path: str, instead: str) -> Field:
    """E2. Blank takes a band table away: the default of the parameter `instead`, the coefficients, stands again."""

    def read(scheme: Scheme) -> str:
        rule = attrgetter(path)(scheme)
        return texts.bands_text(rule) if isinstance(rule, Bands) else ""

    def write(scheme: Scheme, text: str) -> Scheme:
        if text.strip():
            return put(scheme, path, texts.bands(text))
        if read(scheme):
            return put(scheme, path, WeightedShare(texts.coefficients(_default_text(instead))))
        return scheme

    return Field(ParameterKind.LIST, read, write)


def _default_text(name: str) -> str:
    return next(entry["value"] for entry in default_data()["parameter"] if entry["name"] == name)


def blocks() -> Field:
    """Points of the three blocks; a block left out keeps its points."""

    def write(scheme: Scheme, text: str) -> Scheme:
        named = {str(code): value for code, value in scheme.blocks} | _amounts(text, BlockCode)
        return replace(scheme, blocks=tuple((code, named[code]) for code in BlockCode if code in named))

    return Field(ParameterKind.LIST, lambda scheme: texts.pairs_text(scheme.blocks), write)


def amounts(path: str) -> Field:
    """Points of evaluations or cadre items by name; what is left out keeps its points."""

    def read(scheme: Scheme) -> str:
        return texts.pairs_text((entry.name, entry.points) for entry in getattr(scheme, path))

    def write(scheme: Scheme, text: str) -> Scheme:
        entries = getattr(scheme, path)
        named = _amounts(text, [entry.name for entry in entries])
        return put(scheme, path, tuple(replace(entry, points=named.get(entry.name, entry.points)) for entry in entries))

    return Field(ParameterKind.LIST, read, write)


def _amounts(text: str, known: Iterable[str]) -> dict[str, Fraction]:
    found = texts.pairs(text, texts.points)
    if not found:
        raise TextError(ProblemCode.EMPTY)
    _refuse_unknown(found, known)
    return found


def _refuse_unknown(names: Iterable[str], known: Iterable[str]) -> None:
    known = list(known)
    for name in names:
        if name not in known:
            raise TextError(ProblemCode.UNKNOWN_NAME, name=name, known="、".join(known))


def groups() -> Field:
    """E3. A name means every evaluation of that name, a team's and a cadre's; a code means that one alone."""

    def write(scheme: Scheme, text: str) -> Scheme:
        found = texts.weights(text)
        _refuse_unknown_voters(scheme, found)
        return replace(
            scheme,
            evaluations=tuple(replace(entry, groups=_groups_of(entry, found)) for entry in scheme.evaluations),
            cadre_items=tuple(replace(entry, groups=_groups_of(entry, found)) for entry in scheme.cadre_items),
        )

    return Field(ParameterKind.LIST, _groups_text, write)


def _groups_of(entry: Evaluation | CadreItem, found: dict[str, Groups]) -> Groups:
    return found.get(entry.code) or found.get(entry.name, ())


def _refuse_unknown_voters(scheme: Scheme, found: Iterable[str]) -> None:
    work = scheme.work_item
    for name in found:
        if name in (work.code, work.name):
            raise TextError(ProblemCode.WORK_HAS_NO_VOTES, name=name)
    _refuse_unknown(found, dict.fromkeys(word for entry in scheme.votes for word in (entry.name, entry.code)))


def _groups_text(scheme: Scheme) -> str:
    found: dict[str, Groups] = {}
    for entry in scheme.votes:
        alike = all(other.groups == entry.groups for other in scheme.votes if other.name == entry.name)
        if entry.groups:
            found[entry.name if alike else entry.code] = entry.groups
    return texts.weights_text(found)


def chain() -> Field:
    """P5. Codes or names in order; a name means a cadre item before a line or an evaluation."""

    def write(scheme: Scheme, text: str) -> Scheme:
        codes = {entry.name: entry.code for entry in (*scheme.entries, *scheme.cadre_items)}
        codes |= {entry.code: entry.code for entry in scheme.entries}
        listed = texts.names(text)
        _refuse_unknown(listed, codes)
        found = tuple(codes[name] for name in listed)
        for code in found:
            if found.count(code) > 1:
                raise TextError(ProblemCode.REPEATED, name=code)
        return replace(scheme, tie_break=found)

    return Field(ParameterKind.LIST, lambda scheme: ";".join(scheme.tie_break), write)
