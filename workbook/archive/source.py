"""Everything an archive is made from, gathered once in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear, Phase, SchemeVersion
from assessment.selectors.year import scheme_version_current
from cadres.models import Account
from cadres.permissions import allows
from rewards.models import BonusConfirmation
from rewards.selectors.bonus import YearBonus, confirmation_agrees, confirmation_latest, year_bonus
from scoring.engine import YearResult
from scoring.models import ResultVersion
from scoring.selectors.version import version_in_force
from workbook.models import ArchiveSeal
from workbook.score_json import Record, record_digest, record_of
from workbook.selectors.seal import seal_latest


@dataclass(frozen=True)
class ArchiveSource:
    """`at` is local time without a zone, as a workbook holds it; `exported_by` a name."""

    year: AssessmentYear
    bonus: YearBonus
    version: SchemeVersion
    confirmed: ResultVersion | None
    seal: ArchiveSeal | None
    confirmation: BonusConfirmation | None
    confirmation_agrees: bool
    record: Record
    digest: str
    at: datetime
    exported_by: str
    shows_tallies: bool

    @property
    def result(self) -> YearResult:
        return self.bonus.result

    def township_name(self, code: str) -> str:
        return self.names.get(code, code)

    @property
    def names(self) -> dict[str, str]:
        """Township code → name."""
        return {team.input.code: team.input.name for team in self.result.teams}

    @property
    def title(self) -> str:
        return f"{self.year.number}年度考评归档"


def archive_source(*, year: AssessmentYear, by: Account | None) -> ArchiveSource:
    """What `by` may have of the year: whoever may not see tallies gets an archive without them."""
    bonus = year_bonus(year=year)
    confirmation = confirmation_latest(year)
    record = record_of(bonus)
    with translation.override("zh-hans"):
        exported_by = by.name if by else _("command line")
    return ArchiveSource(
        year=year,
        bonus=bonus,
        version=scheme_version_current(year),
        confirmed=version_in_force(year) if year.is_confirmed else None,
        seal=seal_latest(year) if year.phase == Phase.ARCHIVED else None,
        confirmation=confirmation,
        confirmation_agrees=confirmation is not None and confirmation_agrees(confirmation, bonus),
        record=record,
        digest=record_digest(record),
        at=local_moment(timezone.now()),
        exported_by=exported_by,
        shows_tallies=allows(by, "assessment.view_tallies", year),
    )


def local_moment(at: datetime) -> datetime:
    """A workbook knows no time zones: the county's clock."""
    return timezone.localtime(at).replace(tzinfo=None, microsecond=0)
