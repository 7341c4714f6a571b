"""Contested inputs of a review: which there are, how far their re-reading is, what it came to (RULES Y8).

The numbers of a reading are for nobody's eyes before the second is in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from assessment.counts import SMALL_GROUP
from assessment.models import AssessmentYear, Box, Evidence, Tally
from assessment.numbers import parse_number
from assessment.selectors.counted import tallies_hidden
from assessment.selectors.paper import groups_kept_back
from assessment.selectors.recount import tally_needs_reading, tally_recounted
from cadres.models import Account
from rewards.models import Appeal, AppealItem, AppealReading
from rewards.models.subject import OfSubject
from scoring.engine import NOT_APPLICABLE, CadreInput, Counts, Tallies, TeamInput, Value, YearInput, YearResult
from scoring.what_if import inputs_of

Content = Value | Counts
"""What a source says: a value, 不适用, or the votes of one group."""

S = TypeVar("S", TeamInput, CadreInput)

HANDS = 2
"""Readings that settle an input where they agree; one more decides where they differ."""


class InputKind(StrEnum):
    VALUE = "value"
    TEAM_VOTES = "team_votes"
    CADRE_VOTES = "cadre_votes"


@dataclass(frozen=True)
class ContestedInput:
    """One stored input. `code` is a township's, of the votes on a cadre a personnel number; `line` and `name` are
    those of the line, the evaluation or the item."""

    kind: InputKind
    code: str
    line: str
    name: str
    group: str = ""

    @property
    def key(self) -> str:
        """What tells it apart among the inputs of one appeal."""
        return f"{self.line}/{self.group}"


def inputs_contestable(result: YearResult, appeal: OfSubject) -> list[ContestedInput]:
    """What the subject's result rests on: of a cadre first the own votes, then everything of the team (RULES C2)."""
    if appeal.township:
        return list(_inputs_of_team(result, appeal.township.code))
    cadre = result.cadre(appeal.code).input
    own = _votes(result, cadre.tallies, InputKind.CADRE_VOTES, cadre.number)
    return [*own, *_inputs_of_team(result, cadre.township)]


def _inputs_of_team(result: YearResult, code: str) -> Iterator[ContestedInput]:
    for line in result.scheme.lines:
        yield ContestedInput(InputKind.VALUE, code, line.code, line.name)
    yield from _votes(result, result.team(code).input.tallies, InputKind.TEAM_VOTES, code)


def _votes(result: YearResult, tallies: Tallies, kind: InputKind, code: str) -> Iterator[ContestedInput]:
    for entry in result.scheme.votes:
        for group in tallies.get(entry.code, {}):
            yield ContestedInput(kind, code, entry.code, entry.name, group)


def input_content(result: YearResult, source: ContestedInput) -> Content:
    """What a result was computed from."""
    if source.kind is InputKind.CADRE_VOTES:
        return result.cadre(source.code).input.tallies[source.line][source.group]
    team = result.team(source.code).input
    return team.values[source.line] if source.kind is InputKind.VALUE else team.tallies[source.line][source.group]


def inputs_replaced(result: YearResult, contents: Mapping[ContestedInput, Content]) -> YearInput:
    """The inputs of a result with these in the place of theirs."""
    inputs = inputs_of(result)
    for source, content in contents.items():
        inputs = _replaced(inputs, source, content)
    return inputs


def _replaced(inputs: YearInput, source: ContestedInput, content: Content) -> YearInput:
    if source.kind is InputKind.CADRE_VOTES:
        cadres = (_with_content(cadre, cadre.number, source, content) for cadre in inputs.cadres)
        return replace(inputs, cadres=tuple(cadres))
    return replace(inputs, teams=tuple(_with_content(team, team.code, source, content) for team in inputs.teams))


def _with_content(subject: S, code: str, source: ContestedInput, content: Content) -> S:
    """The team or cadre, with the content in its place where the source is its own."""
    if code != source.code:
        return subject
    if isinstance(content, Counts):
        votes = {**subject.tallies[source.line], source.group: content}
        return replace(subject, tallies={**subject.tallies, source.line: votes})
    if isinstance(subject, TeamInput):
        return replace(subject, values={**subject.values, source.line: content})
    return subject


class ReadingStep(StrEnum):
    """Where the re-reading of an input stands."""

    FIRST = "first"
    SECOND = "second"
    DIFFERS = "differs"
    SETTLED = "settled"


@dataclass(frozen=True)
class ItemState:
    """A contested input and its readings, the first first. `online` are votes that the system counted again, None
    where none came that way; `on_paper` says whether people read anything. `boxed`: the votes of a ballot box, and
    `hidden` of such whose counts are shown to nobody.
    """

    item: AppealItem
    source: ContestedInput
    readings: tuple[AppealReading, ...] = ()
    online: Counts | None = None
    on_paper: bool = True
    boxed: bool = False
    hidden: bool = False

    @property
    def step(self) -> ReadingStep:
        if not self.on_paper or self.accepted:
            return ReadingStep.SETTLED
        if len(self.readings) < HANDS:
            return ReadingStep.SECOND if self.readings else ReadingStep.FIRST
        return ReadingStep.DIFFERS

    @property
    def settled(self) -> bool:
        return self.step is ReadingStep.SETTLED

    @property
    def accepted(self) -> AppealReading | None:
        """What two people read alike, or a third decided."""
        if len(self.readings) > HANDS:
            return self.readings[HANDS]
        agree = len(self.readings) == HANDS and self.readings[0].content == self.readings[1].content
        return self.readings[0] if agree else None

    @property
    def content(self) -> Content | None:
        """What the source says; None until that is settled."""
        read = reading_content(self.accepted.content) if self.accepted else None
        if self.on_paper and (read is None or self.online is None):
            return read
        return self.online if read is None else _added(read, self.online)

    @property
    def readers(self) -> list[Account]:
        """Who read what was settled on, the first first; nobody where the system counted."""
        if self.accepted is None:
            return []
        agreeing = [reading for reading in self.readings if reading.content == self.accepted.content]
        return [reading.entered_by for reading in agreeing if reading.entered_by]

    @property
    def shown(self) -> bool:
        """Whether the readings may be seen: two are in, and they do not tell on a few voters of a ballot box."""
        if len(self.readings) < HANDS or self.hidden:
            return False
        return not self.boxed or not any(map(_is_small, self.readings))

    def read_by(self, account: Account) -> bool:
        """Whether the account has read it, and so may not again."""
        return any(reading.entered_by_id == account.pk for reading in self.readings)


def reading_content(stored: Mapping[str, Any]) -> Content:
    """What `AppealReading.content` means."""
    if "grades" in stored:
        first, second, third, fourth = stored["grades"]
        return Counts((first, second, third, fourth), stored["abstain"])
    return NOT_APPLICABLE if stored["value"] is None else parse_number(stored["value"])


def _added(paper: Content, online: Counts | None) -> Content:
    if online is None or not isinstance(paper, Counts):
        return paper
    first, second, third, fourth = (one + other for one, other in zip(paper.grades, online.grades, strict=True))
    return Counts((first, second, third, fourth), paper.abstain + online.abstain)


def _is_small(reading: AppealReading) -> bool:
    return 0 < sum(reading.content["grades"]) < SMALL_GROUP


def items_read(appeal: Appeal, result: YearResult) -> list[ItemState]:
    """Every contested input of the appeal; `result` is one that it looks at. Three queries where no ballot box is
    concerned."""
    sources = {source.key: source for source in inputs_contestable(result, appeal)}
    tallies = _tallies(appeal.year, list(sources.values()))
    hidden = tallies_hidden(tally for tally in tallies.values() if tally.box_id)
    items = appeal.items.prefetch_related("readings__entered_by").order_by("id")
    return [_state(item, sources[f"{item.line}/{item.group}"], tallies, hidden) for item in items]


def item_tally(year: AssessmentYear, source: ContestedInput) -> Tally:
    """The stored votes. Raises KeyError for a value."""
    return _tallies(year, [source])[source]


def evidence_of(year: AssessmentYear, source: ContestedInput) -> QuerySet[Evidence]:
    """The files that show how the value came about: of the township, or of the whole line."""
    of_place = Q(township=None) | Q(township__code=source.code)
    found = Evidence.objects.filter(of_place, line__year=year, line__code=source.line, withdrawn_at=None)
    return found.defer("content").select_related("line")


def _state(
    item: AppealItem, source: ContestedInput, tallies: Mapping[ContestedInput, Tally], hidden: frozenset[int]
) -> ItemState:
    readings = tuple(sorted(item.readings.all(), key=lambda reading: reading.hand))
    tally = tallies.get(source)
    if tally is None or tally.box is None:
        return ItemState(item, source, readings)
    online = tally_recounted(tally)
    return ItemState(
        item,
        source,
        readings,
        online=None if online is None else Counts(online[:4], online[4]),
        on_paper=tally_needs_reading(tally),
        boxed=True,
        hidden=tally.pk in hidden or _kept_back(tally.box, tally.group),
    )


def _kept_back(box: Box, group: str) -> bool:
    """Whether the box is one whose keyings of this group are shown to nobody."""
    return box.electorates.filter(pk__in=groups_kept_back(box), category=group).exists()


def _tallies(year: AssessmentYear, sources: list[ContestedInput]) -> dict[ContestedInput, Tally]:
    """The stored votes behind these. One query."""
    teams = {source.code for source in sources if source.kind is InputKind.TEAM_VOTES}
    cadres = {source.code for source in sources if source.kind is InputKind.CADRE_VOTES}
    subjects = Q(township__code__in=teams) | Q(cadre__number__in=cadres)
    found = year.tallies.filter(subjects).select_related("township", "cadre", "box")
    stored = {_tally_key(tally): tally for tally in found}
    keys = {source: (source.kind, source.code, source.line, source.group) for source in sources}
    return {source: stored[key] for source, key in keys.items() if key in stored}


def _tally_key(tally: Tally) -> tuple[InputKind, str, str, str]:
    if tally.cadre:
        return InputKind.CADRE_VOTES, tally.cadre.number, tally.evaluation, tally.group
    return InputKind.TEAM_VOTES, tally.township.code if tally.township else "", tally.evaluation, tally.group
