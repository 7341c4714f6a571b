"""办法草案: kept, named, changed, adopted as the next year's scheme. The year it was tried on is never touched."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _

from assessment.models import AssessmentYear, SchemeVersion
from assessment.scheme import scheme_differences
from assessment.selectors.year import scheme_current
from assessment.services.guard import year_held
from assessment.services.scheme import scheme_save
from assessment.services.year import year_create
from cadres.errors import Refused
from cadres.models import Account
from cadres.services.audit import audit_record
from scoring.models import SchemeDraft
from scoring.selectors.draft import Adoption, adoption_of
from scoring.variation import Variation
from scoring.what_if import scheme_varied

PERMISSION = "scoring.change_drafts"

Differences = list[list[str]]


def draft_create(
    *, year: AssessmentYear, name: str, variation: Variation, note: str = "", by: Account | None
) -> SchemeDraft:
    """A named draft of the year's scheme. Raises Refused: the name is taken, or nothing would differ."""
    with year_held(year=year, permission=PERMISSION, by=by):
        changes = _changes(year, variation)
        draft = SchemeDraft(year=year, name=_name_free(year, name), note=note.strip(), made_by=by)
        draft.settings, draft.without = dict(variation.settings), list(variation.without)
        draft.save(force_insert=True)
        _record("draft_create", draft, by, differences=changes)
    return draft


def draft_describe(*, draft: SchemeDraft, name: str, note: str, by: Account | None) -> SchemeDraft:
    """Another name or note. Raises Refused."""
    with _open(draft, by) as held:
        before = held.name
        held.name, held.note = _name_free(held.year, name, held), note.strip()
        held.save(update_fields=["name", "note", "changed_at"])
        _record("draft_describe", held, by, **{"from": before, "to": held.name, "remarks": held.note})
    return held


def draft_replace(*, draft: SchemeDraft, variation: Variation, by: Account | None) -> SchemeDraft:
    """The draft says something else from now on. Raises Refused where that would change nothing in the scheme."""
    with _open(draft, by) as held:
        changes = _changes(held.year, variation)
        held.settings, held.without = dict(variation.settings), list(variation.without)
        held.save(update_fields=["settings", "without", "changed_at"])
        _record("draft_replace", held, by, differences=changes)
    return held


def draft_remove(*, draft: SchemeDraft, by: Account | None) -> None:
    """Gone for good; what it said stays in the audit trail. An adopted one stays. Raises Refused."""
    with _open(draft, by) as held:
        said = [*map(list, held.settings.items()), *([source, ""] for source in held.without)]
        _record("draft_remove", held, by, differences=said)
        held.delete()


def draft_adopt(*, draft: SchemeDraft, seen: str | None = None, by: Account | None) -> SchemeVersion:
    """Make the draft the next year's scheme; the year is created from the draft's own where it does not exist.

    `seen` is `Adoption.seen` of the page that was confirmed. Raises Refused where something stands in the way, or
    has changed since the page was shown.
    """
    with _open(draft, by) as held:
        AssessmentYear.objects.select_for_update(no_key=True).filter(number=held.year.number + 1).first()
        found = adoption_of(held)
        if found.obstacles:
            raise Refused(found.obstacles)
        if seen not in (None, found.seen):
            raise Refused(_("Something has changed since this page was shown. Read it again and confirm."))
        held.adopted = _version_made(held, found, by)
        held.save(update_fields=["adopted", "changed_at"])
        _record("draft_adopt", held, by, version=str(held.adopted))
    return held.adopted


def _version_made(draft: SchemeDraft, found: Adoption, by: Account | None) -> SchemeVersion:
    target = found.target or year_create(number=found.number, copy_from=draft.year, by=by)
    reason = _("Adopted from the draft “%(name)s” of %(year)s.") % {"name": draft.name, "year": draft.year}
    scheme_save(year=target, scheme=found.scheme, reason=reason, by=by)
    return target.scheme_versions.latest("number")


@contextmanager
def _open(draft: SchemeDraft, by: Account | None) -> Iterator[SchemeDraft]:
    """The draft as it is by now, held with its year; nobody changes one that was adopted, or that is gone."""
    with year_held(year=draft.year, permission=PERMISSION, by=by):
        held = SchemeDraft.objects.select_related("year", "adopted__year").filter(pk=draft.pk).first()
        if held is None:
            raise Refused(_("Somebody else has removed this draft."))
        if held.adopted:
            raise Refused(
                _("The draft was adopted as scheme %(version)s and stays as it is.") % {"version": held.adopted}
            )
        yield held


def _name_free(year: AssessmentYear, name: str, but: SchemeDraft | None = None) -> str:
    found = name.strip()
    if not found:
        raise Refused({"name": _("A draft needs a name.")})
    holder = year.drafts.filter(name=found).first()
    if holder and holder != but:
        raise Refused({"name": _("There is a draft with this name already.")})
    return found


def _changes(year: AssessmentYear, variation: Variation) -> Differences:
    """What the variation changes in the year's scheme. Raises Refused for nothing, and for what does not fit."""
    scheme = scheme_current(year)
    changes = [list(row) for row in scheme_differences(scheme, scheme_varied(scheme, variation))]
    if not changes:
        raise Refused(_("Nothing differs from the scheme in force: there is nothing to keep."))
    return changes


def _record(action: str, draft: SchemeDraft, by: Account | None, **details: Any) -> None:
    """No result depends on drafts: what is kept of results stays valid."""
    named = {"name": draft.name, **details}
    audit_record(by=by, action=action, year=draft.year.number, subject=str(draft), details=named, changes=False)
