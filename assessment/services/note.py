"""平时考核: dated notes of what was seen during the year (RULES Y7)."""

from dataclasses import dataclass
from datetime import date

from assessment.models import AssessmentYear, DailyNote, Occasion
from assessment.record_places import RecordPlace, RecordSubject, place_of
from assessment.services.record import place_open, record_add, record_change, record_withdraw
from cadres.models import Account

PERMISSION = "assessment.record_note"


@dataclass(frozen=True)
class NoteRow:
    """On which occasion, of whom, what."""

    subject: RecordSubject
    occasion: Occasion
    dated: date
    content: str

    def fields(self) -> dict[str, object]:
        """Column → value."""
        return {
            **self.subject.fields(),
            "occasion": self.occasion,
            "dated": self.dated,
            "content": self.content.strip(),
        }


def note_record(*, year: AssessmentYear, row: NoteRow, by: Account) -> DailyNote:
    """From the draft until the year is closed."""
    with place_open(place=RecordPlace(year, row.subject.township), permission=PERMISSION, by=by):
        note = DailyNote(year=year, **row.fields())
        record_add(record=note, action="note_record", by=by)
    return note


def note_correct(*, note: DailyNote, row: NoteRow, by: Account) -> None:
    """By its author, who must be allowed to write of the new subject too."""
    with (
        place_open(place=RecordPlace(note.year, row.subject.township), permission=PERMISSION, by=by),
        place_open(place=place_of(note), permission=PERMISSION, by=by),
    ):
        record_change(record=note, fields=row.fields(), action="note_correct", by=by)


def note_withdraw(*, note: DailyNote, reason: str, by: Account) -> None:
    """It is no longer shown beside the result."""
    record_withdraw(record=note, reason=reason, action="note_withdraw", by=by)
