"""考评预告 as everybody may read it: targets, time, subjects, teams, contacts (RULES Y2), nothing private."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from assessment.models import AssessmentTeam, AssessmentYear, Notice, RosterEntry
from assessment.numbers import number_text
from assessment.scheme import BlockCode, CadreItem, Evaluation, Scheme
from assessment.selectors.notice import notice_of
from assessment.selectors.roster import graded_entries
from assessment.selectors.team import teams_of
from assessment.selectors.year import scheme_current
from cadres.models import Post
from cadres.templatetags.labels import term


@dataclass(frozen=True)
class Item:
    """What points are given for; a target has those of its lines added up."""

    name: str
    points: str


@dataclass(frozen=True)
class BlockRow:
    name: str
    points: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Person:
    """A cadre by name and posts; a personnel number is nobody else's business."""

    name: str
    posts: tuple[Post, ...]


@dataclass(frozen=True)
class TownshipRow:
    name: str
    people: tuple[Person, ...]


@dataclass(frozen=True)
class NoticePage:
    """Everything the page shows; `notice` is None before the office has written one."""

    year: AssessmentYear
    notice: Notice | None
    team_points: str
    cadre_points: str
    blocks: tuple[BlockRow, ...]
    cadre_items: tuple[Item, ...]
    townships: tuple[TownshipRow, ...]
    teams: tuple[AssessmentTeam, ...]

    @property
    def people(self) -> int:
        return sum(len(township.people) for township in self.townships)


def notice_page(year: AssessmentYear) -> NoticePage:
    """Fixed number of queries, whatever the size."""
    scheme = scheme_current(year)
    return NoticePage(
        year=year,
        notice=notice_of(year),
        team_points=number_text(scheme.team_points),
        cadre_points=number_text(scheme.cadre_points),
        blocks=(*(_block(scheme, code, points) for code, points in scheme.blocks), _evaluations(scheme)),
        cadre_items=_items(scheme.cadre_items),
        townships=tuple(_townships(year)),
        teams=tuple(teams_of(year)),
    )


def _block(scheme: Scheme, code: BlockCode, points: Fraction) -> BlockRow:
    targets: dict[str, Fraction] = {}
    for line in scheme.lines_of(code):
        targets[line.target] = targets.get(line.target, Fraction(0)) + line.points
    items = tuple(Item(name, number_text(summed)) for name, summed in targets.items())
    return BlockRow(_("%(block)s targets") % {"block": term(code)}, number_text(points), items)


def _evaluations(scheme: Scheme) -> BlockRow:
    return BlockRow(_("Evaluations"), number_text(scheme.evaluation_points), _items(scheme.evaluations))


def _items(entries: tuple[Evaluation, ...] | tuple[CadreItem, ...]) -> tuple[Item, ...]:
    return tuple(Item(entry.name, number_text(entry.points)) for entry in entries)


def _townships(year: AssessmentYear) -> Iterator[TownshipRow]:
    """Those who are graded; why somebody is not is not public."""
    people: dict[int, list[Person]] = {}
    for entry in sorted(graded_entries(year), key=lambda entry: (entry.posts_in_order[0].order, entry.cadre.number)):
        people.setdefault(entry.township_id, []).append(_person(entry))
    for township in year.townships.all():
        yield TownshipRow(township.name, tuple(people.get(township.pk, ())))


def _person(entry: RosterEntry) -> Person:
    return Person(entry.cadre.name, tuple(post for post in entry.posts_in_order if post))
