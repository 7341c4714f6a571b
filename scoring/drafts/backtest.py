"""回测: a draft's changes on every year up to its own, each with the scheme that the year has itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.models import AssessmentYear
from assessment.scheme import Scheme, parameter_errors, sources_of
from assessment.selectors.year import scheme_current
from assessment.wording import place_text, problem_words
from cadres.errors import Refused
from cadres.selectors.audit import data_revision
from cadres.templatetags.labels import term
from scoring.drafts.outcome import DraftOutcome, outcome_of
from scoring.models import SchemeDraft
from scoring.variation import Variation


@dataclass(frozen=True)
class YearTested:
    """One year under the draft. `misfits`: what of the draft its scheme has not, in words, and was left aside.

    `problem` says in words why there is no outcome; else `outcome` holds it.
    """

    year: AssessmentYear
    misfits: tuple[str, ...] = ()
    problem: str = ""
    outcome: DraftOutcome | None = None


def backtest(draft: SchemeDraft) -> list[YearTested]:
    """The latest year first; kept in memory under the data's revision."""
    revision = data_revision()
    years = AssessmentYear.objects.filter(number__lte=draft.year.number)
    return [_tested(year, draft.variation, revision) for year in years]


def _tested(year: AssessmentYear, variation: Variation, revision: str) -> YearTested:
    scheme = scheme_current(year)
    fitting, misfits = fitted(scheme, variation)
    words = tuple(misfits.values())
    if not fitting:
        return YearTested(year, words, _("Nothing of the draft fits the scheme of this year."))
    try:
        outcome = outcome_of(year, fitting, revision=revision)
    except Refused as refusal:
        return YearTested(year, words, " ".join(refusal.messages))
    if not outcome.computable:
        return YearTested(year, words, _missing_text(outcome))
    return YearTested(year, words, "", outcome)


def fitted(scheme: Scheme, variation: Variation) -> tuple[Variation, dict[str, str]]:
    """What of the variation this scheme can take, and name → words of what it cannot."""
    misfits: dict[str, str] = {}
    while found := dict(_misfits(scheme, rest := _without(variation, misfits))):  # one may rest on another
        misfits |= found
    return rest, misfits


def _misfits(scheme: Scheme, variation: Variation) -> Iterator[tuple[str, str]]:
    """Name → words, for what cannot be applied to this scheme."""
    for error in parameter_errors(scheme, variation.settings):
        yield error.name, f"{place_text(error.name)}: {problem_words(error)}"
    known = sources_of(scheme)
    for source in variation.without:
        if source not in known:
            yield source, _("“%(source)s”: the scheme of this year has no such source") % {"source": term(source)}


def _without(variation: Variation, misfits: dict[str, str]) -> Variation:
    settings = {name: text for name, text in variation.settings.items() if name not in misfits}
    return Variation(settings, tuple(source for source in variation.without if source not in misfits))


def _missing_text(outcome: DraftOutcome) -> str:
    text = ngettext(
        "The year cannot be computed: %(count)d entry is missing.",
        "The year cannot be computed: %(count)d entries are missing.",
        outcome.missing,
    )
    return text % {"count": outcome.missing}
