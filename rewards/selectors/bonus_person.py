"""Who received what of the bonus over the years, from the confirmed rows alone (RULES 6)."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from cadres.models import Account, Cadre
from cadres.permissions import allows
from rewards.models import BonusConfirmation, BonusPayment
from rewards.rules import ShareState


@dataclass(frozen=True)
class BonusOfYear:
    """What the latest confirmation of a year says of one cadre.

    `payments` is empty where a correction took everything away; `before` are the amounts paid by the confirmations
    that were corrected, the earliest first, where it was not the same all along.
    """

    confirmation: BonusConfirmation
    payments: tuple[BonusPayment, ...]
    paid: Decimal
    before: tuple[Decimal, ...] = ()

    @property
    def year(self) -> int:
        return self.confirmation.year.number


def bonus_of(cadre: Cadre, *, by: Account | None) -> list[BonusOfYear]:
    """The latest year first; only years whose bonus `by` may see. Two queries."""
    payments = BonusPayment.objects.filter(cadre=cadre).select_related("award__township", "award__confirmation__year")
    found: dict[int, list[BonusPayment]] = defaultdict(list)
    for payment in payments.order_by("pk"):
        found[payment.award.confirmation_id].append(payment)
    years = {payment.award.confirmation.year_id for rows in found.values() for payment in rows}
    by_year: dict[int, list[BonusConfirmation]] = defaultdict(list)
    for confirmation in BonusConfirmation.objects.filter(year__in=years).select_related("year").order_by("number"):
        by_year[confirmation.year_id].append(confirmation)
    rows = [_of_year(confirmations, found) for confirmations in by_year.values()]
    visible = [row for row in rows if allows(by, "rewards.view_bonus", row.confirmation.year)]
    return sorted(visible, key=lambda row: -row.year)


def _of_year(confirmations: list[BonusConfirmation], found: dict[int, list[BonusPayment]]) -> BonusOfYear:
    amounts = [_paid(found.get(confirmation.pk, [])) for confirmation in confirmations]
    *before, paid = amounts
    latest = confirmations[-1]
    changed = tuple(before) if set(before) - {paid} else ()
    return BonusOfYear(latest, tuple(found.get(latest.pk, [])), paid, changed)


def _paid(payments: list[BonusPayment]) -> Decimal:
    return sum((payment.amount for payment in payments if payment.state == ShareState.PAID), Decimal("0.00"))
