"""What the page of all letters shows, and the line that leads a township to its own."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessment.addresses import year_url
from assessment.models import AssessmentYear
from cadres.home import HomeLine
from cadres.models import Account, Role
from rewards.letters.kinds import LetterKind
from rewards.models import BatchState, LetterBatch
from rewards.selectors.letter import YearLetters, letter_batches
from rewards.services.letter import batch_stopped
from scoring.engine import CadreResult
from scoring.selectors.version import version_number


@dataclass(frozen=True)
class BatchRow:
    """A batch as the list shows it; `stopped`: its writer was interrupted, or an error ended it."""

    batch: LetterBatch
    kind: str
    stopped: bool
    problem: str
    outdated: bool

    @property
    def running(self) -> bool:
        return self.batch.state == BatchState.RUNNING and not self.stopped

    @property
    def ready(self) -> bool:
        return self.batch.state == BatchState.READY


@dataclass(frozen=True)
class TownshipLetters:
    """A township with the addresses of its letters: the team's, and each cadre's by name."""

    code: str
    name: str
    team_href: str
    cadres: tuple[tuple[CadreResult, str], ...]


def batch_rows(year: AssessmentYear) -> list[BatchRow]:
    """Latest first. Two queries."""
    version = version_number(year)
    return [_batch_row(batch, year, version) for batch in letter_batches(year)]


def _batch_row(batch: LetterBatch, year: AssessmentYear, version: int | None) -> BatchRow:
    """Outdated: a draft of what is published now, or of another version of the results."""
    interrupted = batch_stopped(batch)
    return BatchRow(
        batch=batch,
        kind=str(LetterKind(batch.kind).label),
        stopped=interrupted or batch.state == BatchState.FAILED,
        problem=_("It was interrupted.") if interrupted else batch.problem,
        outdated=(batch.is_draft and year.is_published) or batch.version != version,
    )


def township_letters(letters: YearLetters) -> list[TownshipLetters]:
    """Every letter of the year, township by township; no query beside the result."""
    year, result = letters.year, letters.result
    return [
        TownshipLetters(
            code=team.input.code,
            name=team.input.name,
            team_href=year_url("rewards:letter_team", year, code=team.input.code),
            cadres=tuple(
                (cadre, year_url("rewards:letter_cadre", year, number=cadre.input.number))
                for cadre in result.cadres_of(team.input.code)
            ),
        )
        for team in result.teams
    ]


def letter_lines(year: AssessmentYear, by: Account) -> list[HomeLine]:
    """A township's way to its own result and the letter about it, once published. One query for townships."""
    if by.role != Role.TOWNSHIP or by.township is None or not year.is_published:
        return []
    if not year.townships.filter(pk=by.township.pk).exists():
        return []
    code = by.township.code
    return [
        HomeLine(_("Scores, place and grade of your team"), year_url("scoring:team", year, code=code)),
        HomeLine(_("The feedback letter to your team"), year_url("rewards:letter_team", year, code=code)),
    ]
