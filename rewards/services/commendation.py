"""表彰奖励: non-material rewards, each with its document (RULES U5)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from assessment.models import AssessmentYear, Phase
from cadres.errors import Refused
from cadres.models import Account, Cadre, Township
from cadres.services.audit import audit_record
from rewards.models import Commendation, CommendationKind
from rewards.selectors.commendation import deserves
from rewards.selectors.followed import Followed, Token, subjects_of
from rewards.services.following import already_named, follow_record, follow_withdraw, subjects_named, year_reached

PERMISSION = "rewards.change_commendations"


@dataclass(frozen=True)
class CommendationGiven:
    """One decision: the same for everybody whom it names. `title`: of an honorary title, which must have one."""

    kind: CommendationKind
    decided_by: str
    decided_on: date
    document: str
    title: str = ""
    remarks: str = ""


def commendations_record(
    *, year: AssessmentYear, subjects: Collection[Token], given: CommendationGiven, by: Account | None
) -> list[Commendation]:
    """One record for each of these teams and cadres of the year, from closed on; all or none.

    U5 speaks of 优秀: whoever was not graded 优秀, or 实绩突出, by decision is refused unless the remarks say why.
    Raises PermissionDenied; Refused also where one of them has the same kind by the same document.
    """
    with year_reached(year=year, phase=Phase.CLOSED, permission=PERMISSION, by=by):
        named = subjects_named(year, subjects)
        _refuse_kind(named.values(), given)
        _refuse_undeserved(named.values(), given)
        found = subjects_of(named)
        _refuse_twice(year, found, given)
        records = follow_record(Commendation, year=year, subjects=found.values(), given=given, by=by)
        names = [str(subject) for subject in found.values()]
        details = {"kind": given.kind.value, "document": given.document, "subjects": names}
        audit_record(by=by, action="commendations_record", year=year.number, details=details)
    return records


def commendation_withdraw(*, record: Commendation, reason: str, by: Account | None) -> None:
    """It holds no longer; the record stays with the reason."""
    follow_withdraw(
        record=record,
        year=record.year,
        permission=PERMISSION,
        action="commendation_withdraw",
        reason=reason,
        details={"kind": record.kind, "document": record.document, "subjects": [str(record.subject)]},
        by=by,
    )


def _refuse_kind(named: Collection[Followed], given: CommendationGiven) -> None:
    if given.kind == CommendationKind.TITLE and not given.title.strip():
        raise Refused({"title": _("An honorary title has a name.")})
    if given.kind == CommendationKind.PAY_RISE and any(who.of_team for who in named):
        raise Refused({"subjects": _("A pay rise is given to cadres, not to a team.")})


def _refuse_undeserved(named: Collection[Followed], given: CommendationGiven) -> None:
    others = [who for who in named if not deserves(who)]
    if others and not given.remarks.strip():
        text = _(
            "Not graded excellent or outstanding by decision: %(names)s. The remarks must say why they are commended."
        )
        raise Refused({"remarks": text % {"names": "、".join(map(str, others))}})


def _refuse_twice(year: AssessmentYear, found: Mapping[Token, Township | Cadre], given: CommendationGiven) -> None:
    same = year.commendations.filter(kind=given.kind, document=given.document, withdrawn_at=None)
    if names := already_named(same, found):
        text = _("On record already with this kind and document: %(names)s.")
        raise Refused({"subjects": text % {"names": names}})
