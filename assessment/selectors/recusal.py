"""Who does not rate whom: declared, or known from the roster (RULES Y3)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from assessment.models import AssessmentYear, Recusal
from assessment.selectors.team import members_serving
from cadres.models import Account

TOWNSHIP, CADRE, DEPARTMENT = "township", "cadre", "department"


@dataclass(frozen=True)
class Barred:
    """Somebody an account does not rate: `unit` is township, cadre or department, `code` its natural key."""

    unit: str
    code: str


def recusals_of(year: AssessmentYear) -> QuerySet[Recusal]:
    """All on record, those withdrawn too."""
    return year.recusals.select_related("account", "township", "cadre", "department", "declared_by")


def barred_by_account(year: AssessmentYear) -> Mapping[int, frozenset[Barred]]:
    """Account → whom it does not rate. Three queries, whatever the size."""
    barred: dict[int, set[Barred]] = defaultdict(set)
    in_force = year.recusals.filter(withdrawn_at=None)
    fields = ("account_id", "township__code", "cadre__number", "department__code")
    for account, *codes in in_force.order_by().values_list(*fields):
        pairs = zip((TOWNSHIP, CADRE, DEPARTMENT), codes, strict=True)
        barred[account] |= {Barred(unit, code) for unit, code in pairs if code is not None}
    for account, places in own_units(year).items():
        barred[account] |= places
    return {account: frozenset(subjects) for account, subjects in barred.items()}


def own_units(year: AssessmentYear) -> dict[int, set[Barred]]:
    """Assessor's account → the township it serves in, where it is itself on the year's roster."""
    serving = members_serving(year)
    return {member.account_id: {Barred(TOWNSHIP, entry.township.code)} for member, entry in serving}


def recusals_in_force(year: AssessmentYear, account: Account) -> list[Recusal]:
    return list(recusals_of(year).filter(account=account, withdrawn_at=None))
