"""The engine's values as plain JSON and back, equal to what they were: how confirmed results are kept.

Numbers are texts, so nothing is lost; every value carries its class by name, so that a record can be read without
this program. Only the classes named here are ever made.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from assessment import scheme

from . import derivations, findings, inputs, places, results

KIND = "="
"""The key that names the class; no field is called so."""

_CLASSES: dict[str, type] = {
    found.__name__: found
    for found in (
        *(scheme.Line, scheme.BlockCode, scheme.Direction, scheme.TieRule, scheme.EmptyGroup),
        *(scheme.StepPercent, scheme.StepPoints, scheme.Linear, scheme.RatioToBest, scheme.Direct),
        *(scheme.WeightedShare, scheme.Bands),
        *(inputs.NotApplicable, inputs.Counts, inputs.TeamInput, inputs.CadreInput),
        *(places.Rank, derivations.RankDerivation, derivations.PeriodsDerivation, derivations.GroupShare),
        *(derivations.NotApplicableDerivation, derivations.ShareDerivation, derivations.WorkDerivation),
        *(findings.TeamGrade, findings.CadreGrade, findings.MissingCode, findings.Missing),
        *(findings.ReasonCode, findings.Reason, findings.BarCode, findings.Bar),
        *(results.ScoreLine, results.BlockScore, results.TeamResult, results.CadreResult, results.QuotaLine),
    )
}


def to_plain(value: Any) -> Any:
    """JSON for a value of the engine. Raises TypeError for a class that is not one of its own."""
    match value:
        case Enum():
            return _tagged(value, value=value.value)
        case None | bool() | int() | str():
            return value
        case Fraction() | Decimal():
            return {KIND: type(value).__name__, "value": str(value)}
        case frozenset():
            return {KIND: "set", "value": sorted(value)}
        case Mapping():
            return {KIND: "map", "value": [[key, to_plain(entry)] for key, entry in value.items()]}
    if is_dataclass(value):
        return _tagged(value, **{f.name: to_plain(getattr(value, f.name)) for f in fields(value) if f.init})
    if hasattr(value, "_asdict"):
        return _tagged(value, **{name: to_plain(entry) for name, entry in value._asdict().items()})
    if isinstance(value, tuple):
        return [to_plain(entry) for entry in value]
    raise TypeError(type(value).__name__)


def from_plain(plain: Any) -> Any:
    """The value that `to_plain` wrote. Raises KeyError for a class that is not one of the engine's."""
    if isinstance(plain, list):
        return tuple([from_plain(entry) for entry in plain])
    if not isinstance(plain, dict):
        return plain
    kind = plain[KIND]
    if kind in _SIMPLE:
        return _SIMPLE[kind](plain["value"])
    made = _CLASSES[kind]
    if issubclass(made, Enum):
        return made(plain["value"])
    return made(**{name: from_plain(entry) for name, entry in plain.items() if name != KIND})


_SIMPLE: dict[str, Callable[[Any], Any]] = {
    "Fraction": Fraction,
    "Decimal": Decimal,
    "set": frozenset,
    "map": lambda pairs: {key: from_plain(entry) for key, entry in pairs},
}


def _tagged(of: Any, /, **parts: Any) -> dict[str, Any]:
    name = type(of).__name__
    if _CLASSES.get(name) is not type(of):
        raise TypeError(name)
    return {KIND: name, **parts}
