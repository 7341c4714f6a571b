"""What the pages of appeals say: the clock, each contested input and its readings, before and after (RULES Y8)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessment.cells import NOT_APPLICABLE, cell_text
from assessment.presenters.tally import CADRE_WORDS, TEAM_WORDS
from cadres.models import Account
from cadres.templatetags.labels import term
from rewards.models import Appeal, AppealReading
from rewards.models.subject import OfSubject
from rewards.selectors.appeal import days_left
from rewards.selectors.appeal_item import (
    Content,
    ContestedInput,
    InputKind,
    ItemState,
    ReadingStep,
    input_content,
    inputs_contestable,
    reading_content,
)
from rewards.selectors.appeal_review import Consequences, Departure, Review
from scoring.difference_words import DifferenceRow, difference_rows
from scoring.engine import Counts, YearResult


@dataclass(frozen=True)
class Clock:
    """How long there is to decide; `kind` is the colour of its badge."""

    text: str
    kind: str


@dataclass(frozen=True)
class AppealRow:
    """One appeal of a list."""

    appeal: Appeal
    clock: Clock

    @property
    def subject(self) -> str:
        return subject_text(self.appeal)


@dataclass(frozen=True)
class InputChoice:
    """One input that may be contested, by its key."""

    key: str
    label: str


@dataclass(frozen=True)
class InputSection:
    """What can be contested of one kind."""

    title: str
    choices: tuple[InputChoice, ...]


@dataclass(frozen=True)
class ReadingLine:
    """Who read what."""

    reading: AppealReading
    text: str


@dataclass(frozen=True)
class ItemRow:
    """One contested input as a viewer is shown it. `stored` and `read` are blank until it is settled, and for ever
    where the numbers tell on a few voters."""

    state: ItemState
    title: str
    step: str
    kind: str
    readings: tuple[ReadingLine, ...]
    stored: str
    read: str
    verdict: str
    may_read: bool
    withheld: bool


SECTIONS = {
    InputKind.CADRE_VOTES: gettext_lazy("Votes on the cadre"),
    InputKind.TEAM_VOTES: gettext_lazy("Votes on the team"),
    InputKind.VALUE: gettext_lazy("Target values of the township"),
}

STEPS = {
    ReadingStep.FIRST: (gettext_lazy("to be read by two people"), "pending"),
    ReadingStep.SECOND: (gettext_lazy("read once; another person reads it now"), "pending"),
    ReadingStep.DIFFERS: (gettext_lazy("the two readings differ; a third person decides"), "problem"),
    ReadingStep.SETTLED: (gettext_lazy("settled"), "done"),
}


def subject_text(record: OfSubject) -> str:
    """“Team of 青石镇”, or a cadre's name and number."""
    if record.township:
        return _("Team of %(township)s") % {"township": record.township.name}
    return f"{record.cadre.name}（{record.cadre.number}）" if record.cadre else ""


def appeal_rows(appeals: Iterable[Appeal]) -> list[AppealRow]:
    return [AppealRow(appeal, appeal_clock(appeal)) for appeal in appeals]


def appeal_clock(appeal: Appeal) -> Clock:
    """Decided and when; else how many days are left, or by how many it is overdue."""
    decision = getattr(appeal, "decision", None)
    if decision:
        return Clock(f"{decision.get_outcome_display()} · {date_format(decision.decided_on, 'Y-m-d')}", "done")
    left = days_left(appeal)
    if left < 0:
        text = ngettext("overdue by %(count)d day", "overdue by %(count)d days", -left)
        return Clock(text % {"count": -left}, "problem")
    if left == 0:
        return Clock(_("to be decided today"), "problem")
    return Clock(ngettext("%(count)d day left", "%(count)d days left", left) % {"count": left}, "pending")


def input_text(source: ContestedInput) -> str:
    """“K1 财政收入”, “E1 民主测评 · 群众代表”."""
    words = f"{source.line} {term(source.name)}"
    return f"{words} · {term(source.group)}" if source.group else words


def input_sections(result: YearResult, subject: OfSubject) -> list[InputSection]:
    """What can be contested, kind by kind."""
    sources = inputs_contestable(result, subject)
    found = ((title, [source for source in sources if source.kind is kind]) for kind, title in SECTIONS.items())
    return [
        InputSection(str(title), tuple(InputChoice(source.key, input_text(source)) for source in listed))
        for title, listed in found
        if listed
    ]


def content_text(source: ContestedInput, content: Content | None) -> str:
    """A number, “not applicable”, or the counts with the words of their grades."""
    if content is None:
        return ""
    if isinstance(content, Counts):
        words = CADRE_WORDS if source.kind is InputKind.CADRE_VOTES else TEAM_WORDS
        counts = [f"{_(word)} {number}" for word, number in zip(words.values(), content.grades, strict=True)]
        return " · ".join([*counts, f"{_('弃权')} {content.abstain}"])
    return cell_text(content if isinstance(content, Fraction) else NOT_APPLICABLE)


def item_rows(review: Review, before: YearResult, by: Account, *, may_change: bool) -> list[ItemRow]:
    """Every contested input; `before` is the result that the review looks at."""
    open_ = may_change and not hasattr(review.appeal, "decision")
    return [_item_row(state, before, by, changed=state in review.changed, may=open_) for state in review.states]


def _item_row(state: ItemState, before: YearResult, by: Account, *, changed: bool, may: bool) -> ItemRow:
    step, kind = STEPS[state.step]
    withheld = state.boxed and (state.hidden or (len(state.readings) > 1 and not state.shown))
    told = state.settled and not withheld
    return ItemRow(
        state=state,
        title=input_text(state.source),
        step=str(step) if state.on_paper else _("counted anew by the system: its ballots are online"),
        kind=kind,
        readings=tuple(ReadingLine(reading, _reading_text(state, reading)) for reading in state.readings),
        stored=content_text(state.source, input_content(before, state.source)) if told else "",
        read=content_text(state.source, state.content) if told else "",
        verdict=_verdict(changed) if state.settled else "",
        may_read=may and not state.settled and not state.read_by(by),
        withheld=withheld,
    )


def _reading_text(state: ItemState, reading: AppealReading) -> str:
    return content_text(state.source, reading_content(reading.content)) if state.shown else ""


def _verdict(changed: bool) -> str:
    return _("the source says something else") if changed else _("the source says the same")


@dataclass(frozen=True)
class BonusRow:
    """A team's award, or what is paid to one person (`where`: township and post), in yuan."""

    who: str
    where: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True)
class ConsequenceRows:
    """The consequences of a review in words: the subject's own, those of others, the bonus."""

    own: list[DifferenceRow]
    others: list[DifferenceRow]
    departures: tuple[Departure, ...]
    summary: str
    bonus: list[BonusRow]


def consequence_rows(appeal: Appeal, found: Consequences) -> ConsequenceRows:
    own = found.of(appeal)
    others = difference_rows(found.others(appeal), found.before, found.after)
    return ConsequenceRows(
        own=difference_rows([own] if own else [], found.before, found.after),
        others=others,
        departures=found.departures,
        summary=_summary(others),
        bonus=list(_bonus_rows(found)),
    )


def _bonus_rows(found: Consequences) -> Iterator[BonusRow]:
    """Awards, then what people are paid; a share that is withheld both times is no change."""
    if found.bonus is None:
        return
    result = found.after.result
    for team in found.bonus.teams:
        yield BonusRow(
            _("Team of %(township)s") % {"township": result.team(team.team).input.name}, "", team.before, team.after
        )
    for share in found.bonus.shares:
        if share.number and share.paid_before != share.paid_after:
            cadre = result.cadre(share.number).input
            where = f"{result.team(cadre.township).input.name} {term(cadre.post)}"
            yield BonusRow(f"{cadre.name}（{cadre.number}）", where, share.paid_before, share.paid_after)


def _summary(others: Sequence[DifferenceRow]) -> str:
    placed = sum(any(change.is_place for change in row.changes) for row in others)
    graded = sum(any(change.is_grade for change in row.changes) for row in others)
    return _(
        "Of the others %(count)s change in some figure, %(placed)s of them in a place, %(graded)s in the suggested "
        "grade."
    ) % {"count": len(others), "placed": placed, "graded": graded}


def source_text(state: ItemState) -> str:
    """What to take from the files."""
    if state.source.kind is InputKind.VALUE:
        return _("Read the value from the department's return and the evidence, in the unit of the line.")
    if state.boxed and state.online is not None:
        return _(
            "Count the paper ballots of this voter group again; the online ballots of the box are added by the system."
        )
    if state.boxed:
        return _("Count the paper ballots of this voter group again.")
    return _("Count the ballots or signed sheets of this voter group again, or read the protocol of the count.")
