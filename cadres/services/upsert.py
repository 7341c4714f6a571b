"""Saving many rows by natural key: what is new is added, what differs is changed, what is not named is left alone."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models

K = TypeVar("K", bound=Hashable)
M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Change:
    """One row added or changed: field names with their texts before (None when added) and after."""

    subject: str
    fields: tuple[tuple[str, str | None, str], ...]


@dataclass
class Changes:
    """What a save did, row by row; an import shows it before it is applied."""

    added: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    removed: list[Change] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def for_audit(self) -> dict[str, Any]:
        """Added rows carry their own author; of changed and removed ones the trail keeps both texts."""
        rows = (*self.changed, *self.removed)
        changed = [{"subject": change.subject, "fields": [list(row) for row in change.fields]} for change in rows]
        return {"added": len(self.added), "changed": changed}


def rows_upsert(
    *,
    existing: Mapping[K, M],
    incoming: Mapping[K, dict[str, Any]],
    make: Callable[[K], M],
    subject: Callable[[K], str] = str,
    stamp: Mapping[str, Any] | None = None,
    text: Callable[[Any], str] | None = None,
) -> Changes:
    """Bring `existing` rows to `incoming` fields in one insert and one update.

    `make` gives an unsaved row for a new key; `stamp` holds fields (who, when) set only on rows that do change.
    `text` words a field's value for the change's record. Relations among the fields should be selected with the
    existing rows: a change shows the old one by name.
    """
    changes = Changes()
    new: list[M] = []
    old: list[M] = []
    for key, fields in incoming.items():
        row = existing.get(key)
        texts = _changed_texts(row, fields, text or _text) if row else _new_texts(fields, text or _text)
        if not texts:
            changes.unchanged += 1
            continue
        (changes.changed if row else changes.added).append(Change(subject(key), texts))
        rows, row = (old, row) if row else (new, make(key))
        _assign(row, {**fields, **(stamp or {})})
        rows.append(row)
    if new:
        type(new[0])._default_manager.bulk_create(new)
    if old:
        names = [*next(iter(incoming.values())), *(stamp or {})]
        type(old[0])._default_manager.bulk_update(old, names, batch_size=200)
    return changes


def row_save(row: models.Model) -> Changes:
    """Save one row as edited in a form, unless nothing differs from what is stored."""
    changes = Changes()
    stored = type(row)._default_manager.filter(pk=row.pk).first()
    fields = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if not field.primary_key}
    texts = _changed_texts(stored, fields, _text) if stored else _new_texts(fields, _text)
    if texts:
        (changes.changed if stored else changes.added).append(Change(str(row), texts))
        row.save()
    else:
        changes.unchanged += 1
    return changes


def _new_texts(fields: Mapping[str, Any], text: Callable[[Any], str]) -> tuple[tuple[str, str | None, str], ...]:
    return tuple((name, None, text(value)) for name, value in fields.items()) or (("", None, ""),)


def _changed_texts(
    row: models.Model, fields: Mapping[str, Any], text: Callable[[Any], str]
) -> tuple[tuple[str, str | None, str], ...]:
    differing = ((name, value) for name, value in fields.items() if _stored(row, name) != _plain(value))
    return tuple((name, text(getattr(row, name)), text(value)) for name, value in differing)


def _stored(row: models.Model, name: str) -> Any:
    """The stored value; a relation is compared by its key, which costs no query."""
    field = row._meta.get_field(name)
    return getattr(row, field.attname)  # type: ignore[union-attr]


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def _assign(row: models.Model, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(row, name, value)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
