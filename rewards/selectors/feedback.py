"""Who has been told, how and when, and who has not (RULES U4)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from assessment.models import AssessmentYear
from cadres.models import Cadre, Township
from rewards.models import FeedbackRecord, FeedbackWay
from rewards.models.subject import about
from rewards.selectors.followed import Followed, Token, followed, record_token


@dataclass(frozen=True)
class FeedbackRow:
    """A team or a cadre with the records that stand and those that were withdrawn, the latest first."""

    subject: Followed
    records: tuple[FeedbackRecord, ...]
    withdrawn: tuple[FeedbackRecord, ...] = ()

    @property
    def told(self) -> bool:
        return bool(self.records)

    @property
    def latest(self) -> str:
        """What lists sort by; who was not told stands first."""
        return self.records[0].given_on.isoformat() if self.records else ""

    @property
    def ways(self) -> frozenset[str]:
        return frozenset(record.way for record in self.records)


@dataclass(frozen=True)
class FeedbackCount:
    """How many teams and cadres have been told, of how many."""

    teams: int
    all_teams: int
    cadres: int
    all_cadres: int


def feedback_rows(year: AssessmentYear) -> list[FeedbackRow]:
    """Every team and cadre, township by township. Two queries beside the result."""
    records = _by_token(year.feedbackrecords.all())
    return [_row(who, records.get(who.token, ())) for who in followed(year)]


def feedback_count(rows: list[FeedbackRow]) -> FeedbackCount:
    teams = [row.told for row in rows if row.subject.of_team]
    cadres = [row.told for row in rows if not row.subject.of_team]
    return FeedbackCount(sum(teams), len(teams), sum(cadres), len(cadres))


def talks_held(year: AssessmentYear) -> dict[Token, list[FeedbackRecord]]:
    """The collective talks on record, by team. One query."""
    held = year.feedbackrecords.filter(withdrawn_at=None, way=FeedbackWay.COLLECTIVE_TALK)
    return _by_token(held)


def feedback_of(subject: Township | Cadre) -> list[FeedbackRecord]:
    """Everything on record about a team or a cadre, withdrawn too, the latest first. One query."""
    records = FeedbackRecord.objects.filter(**about(subject)).select_related("year", "entered_by", "withdrawn_by")
    return list(records.order_by("-given_on", "-id"))


def _row(who: Followed, records: Collection[FeedbackRecord]) -> FeedbackRow:
    standing = tuple(record for record in records if record.stands)
    return FeedbackRow(who, standing, tuple(record for record in records if not record.stands))


def _by_token(records: QuerySet[FeedbackRecord]) -> dict[Token, list[FeedbackRecord]]:
    found: dict[Token, list[FeedbackRecord]] = defaultdict(list)
    for record in records.select_related("township", "cadre", "withdrawn_by"):
        found[record_token(record)].append(record)
    return dict(found)
