"""征求意见: what somebody who was asked says of a team or a cadre (RULES Y6)."""

from dataclasses import dataclass
from datetime import date

from assessment.models import AssessmentYear, Direction, SolicitedOpinion, Source
from assessment.record_places import RecordPlace, RecordSubject, place_of
from assessment.services.record import place_open, record_add, record_change, record_withdraw
from cadres.models import Account

PERMISSION = "assessment.record_opinion"


@dataclass(frozen=True)
class OpinionRow:
    """By source and direction; `given_by` may stay blank."""

    subject: RecordSubject
    source: Source
    direction: Direction
    dated: date
    content: str
    given_by: str = ""

    def fields(self) -> dict[str, object]:
        """Column → value."""
        return {
            **self.subject.fields(),
            "source": self.source,
            "direction": self.direction,
            "dated": self.dated,
            "content": self.content.strip(),
            "given_by": self.given_by.strip(),
        }


def opinion_record(*, year: AssessmentYear, row: OpinionRow, by: Account) -> SolicitedOpinion:
    """By the office, or by an assessor of the township."""
    with place_open(place=RecordPlace(year, row.subject.township), permission=PERMISSION, by=by):
        opinion = SolicitedOpinion(year=year, **row.fields())
        record_add(record=opinion, action="opinion_record", by=by)
    return opinion


def opinion_correct(*, opinion: SolicitedOpinion, row: OpinionRow, by: Account) -> None:
    """By its author, who must be allowed to write of the new subject too."""
    with (
        place_open(place=RecordPlace(opinion.year, row.subject.township), permission=PERMISSION, by=by),
        place_open(place=place_of(opinion), permission=PERMISSION, by=by),
    ):
        record_change(record=opinion, fields=row.fields(), action="opinion_correct", by=by)


def opinion_withdraw(*, opinion: SolicitedOpinion, reason: str, by: Account) -> None:
    """It is no longer shown beside the result."""
    record_withdraw(record=opinion, reason=reason, action="opinion_withdraw", by=by)
