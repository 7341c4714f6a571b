"""Rounds and sheets for tests, made through the services where the case allows."""

from django.utils import timezone

from assessment.models import (
    AssessmentTeam,
    AssessmentYear,
    Ground,
    Recusal,
    Sheet,
    SheetKind,
    SheetRound,
    SheetSignature,
    SheetState,
    TeamMember,
)
from assessment.services.sheet import marks_digest, sheet_save, sheet_sign
from assessment.services.sheet_round import sheet_round_open
from cadres.models import Account, Cadre, Township


def signed_sheet(year: AssessmentYear, leader: Account) -> None:
    """A leader's, in an open round; and a recusal of the leader. Written directly, in whatever phase."""
    now, marks = timezone.now(), {"E3:01": "1"}
    leaders = SheetRound.objects.create(year=year, kind=SheetKind.LEADER, opened_at=now)
    sheet = Sheet.objects.create(round=leaders, account=leader, state=SheetState.SIGNED, signed_at=now, marks=marks)
    SheetSignature.objects.create(sheet=sheet, number=1, marks=marks, signed_by=leader, signed_at=now)
    township = year.townships.get(code="01")
    Recusal.objects.create(pk=1, year=year, account=leader, township=township, ground=Ground.KIN, declared_at=now)


def team_of(year: AssessmentYear, account: Account, *codes: str, cadre: Cadre | None = None) -> AssessmentTeam:
    """An assessment team of one member, for these townships."""
    team = AssessmentTeam.objects.create(year=year, name=f"{account.name}组")
    team.townships.set(Township.objects.filter(code__in=codes))
    TeamMember.objects.create(team=team, year=year, account=account, cadre=cadre)
    return team


def opened(year: AssessmentYear, kind: str) -> SheetRound:
    return sheet_round_open(year=year, kind=kind, by=None)


def signed(year: AssessmentYear, account: Account, marks: dict[str, str]) -> SheetSignature:
    """Fill in and sign; what is not named is not answered."""
    saved = sheet_save(year=year, changes=marks, by=account)
    return sheet_sign(year=year, seen=marks_digest(saved.marks), by=account)
