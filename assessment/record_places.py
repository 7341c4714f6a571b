"""Where a record belongs: what an assessor's reach, and whose record it is, is asked about."""

from dataclasses import dataclass

from assessment.models import AssessmentYear, DailyNote, Interview, SolicitedOpinion
from cadres.models import Cadre, Township

AnyRecord = Interview | SolicitedOpinion | DailyNote


@dataclass(frozen=True)
class RecordPlace:
    """A township in a year; of a stored record also who recorded it. `township` None: a cadre off the roster.

    Its text goes into the audit trail, so it names neither the person talked to nor the one spoken of.
    """

    year: AssessmentYear
    township: Township | None
    recorded_by: int | None = None
    number: int | None = None

    def __str__(self) -> str:
        return " ".join(filter(None, (str(self.year), str(self.township or ""), f"#{self.number}" * bool(self.number))))


@dataclass(frozen=True)
class RecordSubject:
    """Whom an opinion or a note is about: a township's team, or one cadre of its roster."""

    township: Township
    cadre: Cadre | None = None

    def fields(self) -> dict[str, Township | Cadre | None]:
        """As the models keep it: one of the two."""
        return {"township": None if self.cadre else self.township, "cadre": self.cadre}


def place_of(record: AnyRecord) -> RecordPlace:
    """The place of a stored record; a cadre's is where the year's roster has it."""
    return RecordPlace(record.year, record.township or _township_of(record), record.recorded_by_id, record.pk)


def _township_of(record: AnyRecord) -> Township | None:
    entry = record.year.roster.filter(cadre=record.cadre).select_related("township").first()
    return entry.township if entry else None
