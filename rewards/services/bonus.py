"""The bonus: a remedy chosen where the awards exceed the pool, and the split confirmed row by row (RULES B4, B5)."""

from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from assessment.services.guard import year_held
from cadres.errors import Refused
from cadres.models import Account, Cadre, Township
from cadres.services.audit import audit_record
from rewards.models import BonusAward, BonusConfirmation, BonusDecision, BonusPayment, BonusRemedy
from rewards.rules import BonusResult, TeamAward
from rewards.selectors.bonus import YearBonus, bonus_previews, confirmation_agrees, confirmation_latest, year_bonus

PARTS = ("pool", "awards", "rest", "paid", "withheld", "unpaid", "odd_cents")


def bonus_remedy_choose(
    *,
    year: AssessmentYear,
    remedy: BonusRemedy,
    reason: str,
    pool: Decimal | None = None,
    by: Account | None,
) -> BonusDecision:
    """Choose what happens to awards that exceed the pool; `pool` in yuan where it is raised.

    Raises PermissionDenied, or Refused: no reason, awards within the pool, a raised pool that is still too small.
    """
    with year_held(year=year, permission="rewards.change_bonus", by=by) as year:
        bonus = year_bonus(year=year)
        _require_remedy_fits(bonus, remedy, reason, pool)
        decision = BonusDecision.objects.create(
            year=year,
            number=bonus.decision.number + 1 if bonus.decision else 1,
            remedy=remedy,
            pool=pool if remedy == BonusRemedy.RAISE else None,
            reason=reason.strip(),
            decided_by=by,
            decided_at=timezone.now(),
        )
        details = {"remedy": str(remedy), "pool": str(decision.pool or ""), "reason": decision.reason}
        audit_record(by=by, action="bonus_remedy_choose", year=year.number, subject=str(year), details=details)
    return decision


def bonus_confirm(
    *, year: AssessmentYear, reason: str = "", on_suggested: bool = False, by: Account | None
) -> BonusConfirmation:
    """Freeze the whole split as rows. From the second time on it is a correction and needs a reason; so does one on
    grades that are suggested, not decided, and `on_suggested` must say that this is meant.

    Raises PermissionDenied, or Refused: the year is not closed or not computable, the awards exceed the pool,
    nothing differs from what is confirmed, a correction without a reason, grades not decided and not said so.
    """
    with year_held(year=year, permission="rewards.change_bonus", by=by) as year:
        bonus, last = year_bonus(year=year), confirmation_latest(year)
        split = _require_confirmable(bonus, last)
        _require_correction_reasoned(last, reason)
        _require_grades_decided(bonus, reason, on_suggested)
        confirmation = BonusConfirmation.objects.create(
            year=year,
            number=last.number + 1 if last else 1,
            decision=bonus.decision if bonus.remedied else None,
            reason=reason.strip(),
            confirmed_by=by,
            confirmed_at=timezone.now(),
            **{part: getattr(split, part) for part in PARTS},
        )
        _freeze(confirmation, bonus, split)
        details = {part: str(getattr(split, part)) for part in PARTS} | {"reason": confirmation.reason}
        details["on_suggested"] = str(any(bonus.undecided))
        audit_record(by=by, action="bonus_confirm", year=year.number, subject=str(confirmation), details=details)
    return confirmation


def confirmation_obstacle(bonus: YearBonus, last: BonusConfirmation | None = None) -> str:
    """Why the split cannot be confirmed now, after `last`, in words; empty where it can."""
    if not bonus.result.computable:
        return _("The year is not computable: the bonus follows from complete results only.")
    if bonus.shares_exceed or bonus.split is None:
        return _("The county has more principal posts than the scheme's shares allow for (clause B2).")
    if not bonus.year.is_closed:
        return _("The year is not closed yet: its results may still change.")
    if bonus.needs_remedy:
        return _("The awards exceed the pool: choose a remedy first (clause B5).")
    if last and confirmation_agrees(last, bonus):
        return _("This split is confirmed already; nothing differs.")
    return ""


def _require_confirmable(bonus: YearBonus, last: BonusConfirmation | None) -> BonusResult:
    obstacle = confirmation_obstacle(bonus, last)
    if obstacle or bonus.split is None:
        raise Refused(obstacle)
    return bonus.split


def _require_correction_reasoned(last: BonusConfirmation | None, reason: str) -> None:
    if last and not reason.strip():
        raise Refused(_("A correction of a confirmed bonus needs a reason."))


def _require_grades_decided(bonus: YearBonus, reason: str, on_suggested: bool) -> None:
    """Money on a grade that nobody has decided is possible, but never by oversight (RULES 4)."""
    if not any(bonus.undecided):
        return
    if not on_suggested:
        raise Refused({"on_suggested": _("Not every grade is decided: say that suggested grades are meant.")})
    if not reason.strip():
        raise Refused({"reason": _("A confirmation on suggested grades needs a reason.")})


def _require_remedy_fits(bonus: YearBonus, remedy: BonusRemedy, reason: str, pool: Decimal | None) -> None:
    if not reason.strip():
        raise Refused(_("A reason is needed."))
    if bonus.plain is None or not bonus.plain.exceeds_pool:
        raise Refused(_("The awards do not exceed the pool: there is nothing to remedy."))
    if remedy == BonusRemedy.RAISE and (pool is None or bonus_previews(bonus, raised=pool)[remedy].exceeds_pool):
        raise Refused(
            _("The awards come to %(awards)s yuan: the pool must be raised to that at least.")
            % {"awards": bonus.plain.awards}
        )


def _freeze(confirmation: BonusConfirmation, bonus: YearBonus, split: BonusResult) -> None:
    """Every award and every share as rows: four queries, whatever the size."""
    awarded = [team for team in split.teams if team.award]
    townships = Township.objects.in_bulk([team.team for team in awarded], field_name="code")
    numbers = [share.number for team in awarded for share in team.shares if share.number]
    cadres = Cadre.objects.in_bulk(numbers, field_name="number")
    rows = [
        BonusAward(
            confirmation=confirmation,
            township=townships[team.team],
            place=team.place,
            grade=bonus.grades.teams[team.team].grade or "",
            award=team.award,
            odd_cents=team.odd_cents,
        )
        for team in awarded
    ]
    BonusAward.objects.bulk_create(rows)
    BonusPayment.objects.bulk_create(
        payment for row, team in zip(rows, awarded, strict=True) for payment in _payments(row, team, cadres)
    )


def _payments(award: BonusAward, team: TeamAward, cadres: dict[str, Cadre]) -> list[BonusPayment]:
    return [
        BonusPayment(
            award=award,
            cadre=cadres.get(share.number),
            post=share.post,
            grade=str(share.grade or ""),
            state=str(share.state),
            reason=str(share.reason or ""),
            amount=share.amount,
        )
        for share in team.shares
    ]
