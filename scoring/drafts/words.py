"""What a draft changes, in words: name, old and new text, clause."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessment.scheme import (
    LINE_PARAMETERS,
    PARAMETERS,
    ParameterError,
    Scheme,
    parameter_text,
    scheme_with,
)
from assessment.wording import data_text
from cadres.templatetags.labels import DASH, term
from scoring.variation import Variation
from scoring.wording import coded_name, entry_names

_CLAUSES = {parameter.name: parameter.clause for parameter in PARAMETERS}
_OF_LINES = {"并列": "T3", "分值": "T2"}
"""Clauses of what a line's cells say; of the others it is 1.1."""


@dataclass(frozen=True)
class ChangeRow:
    """One parameter changed, or one source left out."""

    what: str
    before: str
    after: str
    clause: str

    @property
    def text(self) -> str:
        """“步长 2% → 3%”."""
        return _("%(what)s %(before)s → %(after)s") % vars(self)


def change_rows(scheme: Scheme, variation: Variation) -> list[ChangeRow]:
    """Parameters in the order they were changed, then sources left out. Works for what no longer fits too."""
    return [*_settings(scheme, variation), *_left_out(scheme, variation)]


def named(scheme: Scheme, name: str) -> str:
    """A parameter, a line's cell or a source by its word: “步长”, “K1 财政收入·步长”, “E3 县级领导评价”."""
    code, _dot, part = name.rpartition(".")
    if not code:
        return coded_name(scheme, name)
    known = code in entry_names(scheme)
    return f"{coded_name(scheme, code)}·{term(part)}" if known else f"{code} {term(part)}"


def value_text(scheme: Scheme, name: str) -> str:
    """What the scheme says; of a parameter of all lines every value that occurs. A dash where it has none."""
    names = [f"{line.code}.{name}" for line in scheme.lines] if name in LINE_PARAMETERS else [name]
    texts = dict.fromkeys(text for each in names if (text := _read(scheme, each)))
    return data_text("、".join(texts)) or DASH


def counted_text(*, left_out: bool) -> str:
    """Whether a source counts."""
    return pgettext("source", "left out") if left_out else pgettext("source", "counted")


def _settings(scheme: Scheme, variation: Variation) -> Iterator[ChangeRow]:
    for name, text in variation.settings.items():
        part = name.rpartition(".")[2]
        clause = _CLAUSES.get(name) or _OF_LINES.get(part, "1.1")
        yield ChangeRow(named(scheme, name), value_text(scheme, name), _after(scheme, name, text), clause)


def _after(scheme: Scheme, name: str, text: str) -> str:
    """In the scheme's own writing; as it was typed where it cannot be read alone."""
    try:
        return value_text(scheme_with(scheme, {name: text}), name)
    except ParameterError:
        return data_text(text) or DASH


def _read(scheme: Scheme, name: str) -> str:
    try:
        return parameter_text(scheme, name)
    except ParameterError:
        return ""


def _left_out(scheme: Scheme, variation: Variation) -> Iterator[ChangeRow]:
    lines = {line.code for line in scheme.lines}
    codes = entry_names(scheme)
    for source in variation.without:
        clause = "T2" if source in lines else "1.2" if source in codes else "E3"
        yield ChangeRow(named(scheme, source), counted_text(left_out=False), counted_text(left_out=True), clause)
