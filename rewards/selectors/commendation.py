"""Non-material rewards on record, and who is in line for one (RULES U5)."""

from dataclasses import dataclass

from django.db.models import QuerySet

from assessment.models import AssessmentYear
from cadres.models import Cadre, Township
from rewards.models import Commendation
from rewards.models.subject import about
from rewards.selectors.followed import Followed, followed, record_token
from scoring.engine import CadreGrade, TeamGrade

HIGHEST = (str(CadreGrade.EXCELLENT), str(TeamGrade.OUTSTANDING))


@dataclass(frozen=True)
class CommendationRow:
    """One record with its subject as the year knows it; None where the subject left the roster since."""

    record: Commendation
    subject: Followed | None

    @property
    def name(self) -> str:
        who = self.record.subject
        return who.name

    @property
    def order(self) -> int:
        return self.subject.order if self.subject else 1_000_000


def deserves(who: Followed) -> bool:
    """Whether the committee graded the cadre 优秀, the team 实绩突出. A suggestion is not enough."""
    return who.grade.decided in HIGHEST


def commendation_rows(year: AssessmentYear) -> list[CommendationRow]:
    """All of the year, withdrawn too; the latest decision first, within it as the roster is. Two queries beside the
    result."""
    known = {who.token: who for who in followed(year)}
    records = _related(year.commendations.all())
    rows = [CommendationRow(record, known.get(record_token(record))) for record in records]
    return sorted(rows, key=lambda row: (-row.record.decided_on.toordinal(), row.order, row.record.pk))


def commendations_of(subject: Cadre | Township) -> list[Commendation]:
    """Everything on record about a cadre or a team, withdrawn too, the latest first. One query."""
    return list(_related(Commendation.objects.filter(**about(subject))).order_by("-decided_on", "-id"))


def _related(records: QuerySet[Commendation]) -> QuerySet[Commendation]:
    return records.select_related("year", "township", "cadre", "entered_by", "withdrawn_by")
