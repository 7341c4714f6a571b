"""Opinions and notes: lists for those who record them, and what stands beside a result (RULES Y6, Y7)."""

from typing import TypeVar

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from assessment.models import AssessmentYear, DailyNote, RosterEntry, SolicitedOpinion
from assessment.record_places import RecordSubject
from assessment.selectors.interview import townships_reached
from cadres.models import Account, Role
from cadres.permissions import require

R = TypeVar("R", SolicitedOpinion, DailyNote)

TEAM, CADRE = "team", "cadre"


def opinions_for(*, year: AssessmentYear, by: Account) -> QuerySet[SolicitedOpinion]:
    """The office reads all; an assessor the own."""
    require(by=by, permission="assessment.view_opinions", target=year)
    return _listed(SolicitedOpinion.objects.filter(year=year), year, by)


def notes_for(*, year: AssessmentYear, by: Account) -> QuerySet[DailyNote]:
    """The office reads all; an assessor the own."""
    require(by=by, permission="assessment.view_notes", target=year)
    return _listed(DailyNote.objects.filter(year=year), year, by)


def _listed(records: QuerySet[R], year: AssessmentYear, by: Account) -> QuerySet[R]:
    """With the township of a cadre by the year's roster, `place` and its order; a team stands before its cadres, whose
    `cadre_number` is blank and not null: databases disagree where null stands."""
    own = records if by.role == Role.OFFICE else records.filter(recorded_by=by)
    of_cadre = RosterEntry.objects.filter(year=year, cadre=OuterRef("cadre")).order_by()
    return own.select_related("year", "township", "cadre", "recorded_by").annotate(
        place=Coalesce(F("township__name"), Subquery(of_cadre.values("township__name"))),
        place_code=Coalesce(F("township__code"), Subquery(of_cadre.values("township__code"))),
        cadre_number=Coalesce(F("cadre__number"), Value("")),
        place_order=Coalesce(F("township__order"), Subquery(of_cadre.values("township__order"))),
    )


def subject_of(year: AssessmentYear, token: str) -> RecordSubject | None:
    """“team:T01” or “cadre:0001” of the year; None for anything else."""
    kind, _colon, key = token.partition(":")
    if kind == TEAM:
        township = year.townships.filter(code=key).first()
        return RecordSubject(township) if township else None
    entry = year.roster.filter(cadre__number=key).select_related("cadre", "township").first()
    return RecordSubject(entry.township, entry.cadre) if kind == CADRE and entry else None


def subject_token(record: SolicitedOpinion | DailyNote) -> str:
    """The token of a stored record's subject."""
    return (
        f"{TEAM}:{record.township.code}"
        if record.township
        else f"{CADRE}:{record.cadre.number if record.cadre else ''}"
    )


def roster_reached(year: AssessmentYear, by: Account) -> QuerySet[RosterEntry]:
    """The cadres of whom this account may write, township by township."""
    return year.roster.filter(township__in=townships_reached(year, by)).select_related("cadre", "township", "post")


def opinions_beside(year: AssessmentYear, *, township: str = "", cadre: str = "") -> list[SolicitedOpinion]:
    """Those in force about the team of a township, or about a cadre; by code and number. One query."""
    return list(_beside(SolicitedOpinion.objects.filter(year=year), township, cadre))


def notes_beside(year: AssessmentYear, *, township: str = "", cadre: str = "") -> list[DailyNote]:
    """The same of daily notes."""
    return list(_beside(DailyNote.objects.filter(year=year), township, cadre))


def _beside(records: QuerySet[R], township: str, cadre: str) -> QuerySet[R]:
    about = {"township__code": township} if township else {"cadre__number": cadre}
    return records.filter(withdrawn_reason="", **about).select_related("recorded_by")
