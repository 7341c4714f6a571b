"""What the bonus pages say and tabulate."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from cadres.templatetags.labels import yuan
from rewards.models import BonusConfirmation, BonusRemedy
from rewards.selectors.bonus import AwardRow, YearBonus, award_rows, bonus_previews


@dataclass(frozen=True)
class RemedyRow:
    """One team's award without a remedy and under each of the three."""

    row: AwardRow | None
    before: Decimal
    raised: Decimal
    dropped: Decimal
    scaled: Decimal


def basis_text(bonus: YearBonus) -> str:
    """Which grades the split goes by."""
    if bonus.grades.all_decided:
        return _("By the decided grades.")
    if bonus.grades.any_decided:
        return _("By the decided grades; by the suggested ones where none is decided yet.")
    return _("No grade has been decided yet: by the suggested grades.")


def undecided_text(bonus: YearBonus) -> str:
    """What the split rests on that nobody has decided; empty where all is decided."""
    teams, cadres = bonus.undecided
    if not teams and not cadres:
        return ""
    return _(
        "The split rests on suggested grades, not on decided ones: %(teams)s of the teams and %(cadres)s of the "
        "cadres who would share in it have no decided grade."
    ) % {"teams": teams, "cadres": cadres}


def remedy_rows(bonus: YearBonus) -> list[RemedyRow]:
    """Every team with an award, and the sum as the last row."""
    if bonus.plain is None:
        return []
    previews = bonus_previews(bonus)
    rows = [
        RemedyRow(
            row,
            row.before.award,
            *(previews[remedy].award_of(row.award.team).award for remedy in BonusRemedy),
        )
        for row in award_rows(bonus)
    ]
    return [*rows, RemedyRow(None, bonus.plain.awards, *(previews[remedy].awards for remedy in BonusRemedy))]


def confirm_consequence(bonus: YearBonus, last: BonusConfirmation | None) -> str:
    """What confirming does, in words."""
    if bonus.split is None:
        return ""
    values = {"paid": yuan(bonus.split.paid), "awards": yuan(bonus.split.awards), "number": last.number if last else 0}
    if last:
        text = _("%(awards)s yuan of awards, %(paid)s of it paid, replace no. %(number)s, which stays on record.")
    else:
        text = _(
            "The whole split is frozen: %(awards)s yuan of awards, %(paid)s of it paid. It cannot be deleted; "
            "a correction is a new confirmation with a reason."
        )
    return text % values
