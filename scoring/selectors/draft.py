"""Drafts of a year's scheme, and what adopting one would come to."""

import hashlib
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from assessment.scheme import Scheme, scheme_differences
from assessment.selectors.year import scheme_current
from cadres.errors import Refused
from scoring.models import SchemeDraft
from scoring.what_if import scheme_varied


def drafts_of(year: AssessmentYear) -> QuerySet[SchemeDraft]:
    """All of the year by name, each with what it was adopted as and who made it."""
    return year.drafts.select_related("year", "adopted__year", "made_by").order_by("name")


def draft_scheme(draft: SchemeDraft) -> Scheme:
    """The year's scheme in force with the draft's changes. Raises Refused where they no longer fit it."""
    return scheme_varied(scheme_current(draft.year), draft.variation)


@dataclass(frozen=True)
class Adoption:
    """What adopting a draft would do: `number` is the next year's, `target` that year where it exists already.

    `current` is the scheme it has, or would be created with; `scheme` the one to adopt. With `obstacles`, in words,
    nothing can be adopted.
    """

    number: int
    target: AssessmentYear | None
    current: Scheme
    scheme: Scheme
    obstacles: list[str] = field(default_factory=list)

    @property
    def differences(self) -> tuple[tuple[str, str, str], ...]:
        """What the adopted scheme changes in the next year's."""
        return scheme_differences(self.current, self.scheme)

    @property
    def seen(self) -> str:
        """Names what a page shows: who confirms it confirms this and nothing that came since."""
        return hashlib.sha256(repr((self.target is None, self.differences)).encode()).hexdigest()[:16]


def adoption_of(draft: SchemeDraft) -> Adoption:
    """As the draft, its year and the next one stand now."""
    number = draft.year.number + 1
    target = AssessmentYear.objects.filter(number=number).first()
    current = scheme_current(target or draft.year)
    try:
        scheme = draft_scheme(draft)
    except Refused as refusal:
        return Adoption(number, target, current, current, list(refusal.messages))
    return Adoption(number, target, current, scheme, _obstacles(draft, target, current, scheme))


def _obstacles(draft: SchemeDraft, target: AssessmentYear | None, current: Scheme, scheme: Scheme) -> list[str]:
    if draft.adopted:
        return [_("The draft was adopted already.")]
    found = []
    if target and not target.scheme_open:
        found.append(_("The scheme of %(year)s was frozen when it was announced.") % {"year": target})
    if draft.without:
        found.append(_left_out_text())
    if not found and scheme == current:
        found.append(_("The scheme of %(year)s says the same already.") % {"year": draft.year.number + 1})
    return found


def _left_out_text() -> str:
    """A scheme in force says what each source is worth; what the others take is not for arithmetic to decide (A3)."""
    return _(
        "The draft leaves out a source and divides its points among the others in proportion. How many points each is "
        "worth is for the county to decide: set the points yourself in another draft, or in the scheme of the year."
    )
