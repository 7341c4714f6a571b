"""What every write of a year's inputs checks first, and the transaction it runs in."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from assessment.errors import YearClosed
from assessment.models import AssessmentYear
from cadres.models import Account
from cadres.permissions import require


@contextmanager
def year_held(
    *, year: AssessmentYear, permission: str, by: Account | None, target: object = None
) -> Iterator[AssessmentYear]:
    """A transaction that holds the year, as it stands by now: steps on one year follow one another.

    The permission is asked about `target`, else about the year. Raises PermissionDenied.
    """
    require(by=by, permission=permission, target=target or year)
    with transaction.atomic():
        # no_key: whoever only adds a row that names the year does not wait, nor is waited for in a circle
        yield AssessmentYear.objects.select_for_update(no_key=True).get(pk=year.pk)


@contextmanager
def inputs_open(*, year: AssessmentYear, permission: str, by: Account | None, target: object = None) -> Iterator[None]:
    """A transaction in which the year's inputs may be written: nobody closes it, and nobody else writes its inputs,
    between the check and the commit. Raises PermissionDenied or YearClosed.
    """
    with year_held(year=year, permission=permission, by=by, target=target) as held:
        _check_inputs(held)
        yield


@contextmanager
def scheme_open(*, year: AssessmentYear, permission: str, by: Account | None) -> Iterator[None]:
    """The same for the scheme, which the announcement freezes (RULES Y1)."""
    with year_held(year=year, permission=permission, by=by) as held:
        _check_scheme(held)
        yield


def _check_inputs(year: AssessmentYear) -> None:
    if not year.inputs_open:
        raise YearClosed(_("The year %(year)s is closed: its inputs can no longer be changed.") % {"year": year})


def _check_scheme(year: AssessmentYear) -> None:
    if not year.scheme_open:
        raise YearClosed(_("The scheme of %(year)s was frozen when it was announced.") % {"year": year})
