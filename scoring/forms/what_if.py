"""A what-if in an address: what differs from the scheme in force, and nothing else."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from django.http import QueryDict

from assessment.scheme import (
    LINE_CELLS,
    LINE_PARAMETERS,
    PARAMETERS,
    ParameterError,
    Scheme,
    parameter_text,
    scheme_with,
    sources_of,
)
from scoring.forms.what_if_pieces import COMPOSITES, piece_key
from scoring.variation import WITHOUT, Variation

_NAMES = tuple(parameter.name for parameter in PARAMETERS)


def variation_of(data: QueryDict, scheme: Scheme) -> Variation:
    """What the data change in the scheme: what cannot be read stays as it was typed, what is unknown falls away.

    Names are those of 考评参数, `步长` for all lines, `K1.步长` for one, `评价项分值:民主测评` for a piece of a list.
    """
    settings = {name: text for name, text in _typed(data, scheme) if _differs(scheme, name, text)}
    chosen = set(data.getlist(WITHOUT))
    return Variation(settings, tuple(source for source in sources_of(scheme) if source in chosen))


def query_of(variation: Variation) -> str:
    """The query of an address that means this variation; blank where it changes nothing."""
    return urlencode([*variation.settings.items(), *((WITHOUT, source) for source in variation.without)])


def _typed(data: QueryDict, scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Parameters, then what holds for all lines, then what holds for one."""
    for name in _NAMES:
        text = _text(data, scheme, name)
        if text is not None:
            yield name, text
    for name in LINE_PARAMETERS:
        if text := _sent(data, name):
            yield name, text
    for name in data:
        _code, dot, part = name.rpartition(".")
        if dot and part in (*LINE_CELLS, *LINE_PARAMETERS) and (text := _sent(data, name)):
            yield name, text


def _text(data: QueryDict, scheme: Scheme, name: str) -> str | None:
    """The whole text of a parameter, put together where its pieces were sent; None where nothing was sent."""
    whole = _sent(data, name) if name in data else None
    composite = COMPOSITES.get(name)
    if composite is None:
        return whole
    base = composite.read(parameter_text(scheme, name))
    sent = _pieces(data, name, base)
    if not sent:
        return whole
    merged = base | composite.read(whole or "") | sent
    if composite.partial:
        merged = {piece: text for piece, text in merged.items() if text != base.get(piece)}
    return composite.write(merged) if merged else None


def _pieces(data: QueryDict, name: str, base: Mapping[str, str]) -> dict[str, str]:
    keys = {piece: piece_key(name, piece) for piece in base}
    return {piece: _sent(data, key) for piece, key in keys.items() if key in data}


def _sent(data: QueryDict, name: str) -> str:
    return str(data.get(name, "")).strip()


def _differs(scheme: Scheme, name: str, text: str) -> bool:
    """Whether the text means another scheme; one that cannot be read does."""
    try:
        return scheme_with(scheme, {name: text}) != scheme
    except ParameterError:
        return True
