"""What stands on a person's page below the years: each noun brings its own part, as far as the viewer may read it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cadres.access import AccountRequest
from cadres.models import Account, Cadre
from cadres.permissions import allows
from cadres.selectors.discipline import records_of
from rewards.presenters.appeal import appeal_rows
from rewards.selectors.appeal import appeals_about
from rewards.selectors.bonus_person import bonus_of
from rewards.selectors.certificate import certificates_of_cadre
from rewards.selectors.commendation import commendations_of
from rewards.selectors.feedback import feedback_of
from rewards.selectors.measure import measures_of


@dataclass(frozen=True)
class Section:
    """`html` is finished; an empty title: it brings its own panel."""

    title: str
    html: SafeString


def record_sections(request: AccountRequest, cadre: Cadre) -> list[Section]:
    """In the order shown; what the viewer may not read is not there."""
    return [Section(title, _rendered(request, template, values)) for title, template, values in _parts(request, cadre)]


def _parts(request: AccountRequest, cadre: Cadre) -> Iterator[tuple[str, str, dict[str, Any]]]:
    by = request.user
    if allows(by, "cadres.view_discipline"):
        yield "", "cadres/discipline_of.html", {"cadre": cadre, "records": records_of(cadre)}
    yield _("Measures"), "rewards/measures_of.html", {"measures": measures_of(cadre, by=by)}
    praised = _readable(by, "rewards.view_commendations", commendations_of(cadre), lambda record: record.year)
    yield _("Commendations"), "rewards/commendations_of.html", {"records": praised}
    yield _("Bonus over the years"), "rewards/bonus_of.html", {"payments": bonus_of(cadre, by=by)}
    if allows(by, "rewards.view_appeals"):
        rows = appeal_rows(appeals_about(cadre))
        yield _("Appeals"), "rewards/appeals_of.html", {"appeals": rows, "may_open_appeals": True}
    told = _readable(by, "rewards.view_feedback", feedback_of(cadre), lambda record: record.year)
    yield _("Feedback"), "rewards/feedback_of.html", {"records": told}
    issued = certificates_of_cadre(cadre)
    papers = _readable(by, "rewards.view_promotion", issued, lambda paper: paper.candidate.check_of.year)
    if papers:
        yield _("Certificates issued"), "rewards/certificate_table.html", {"certificates": papers}


def _readable(by: Account, permission: str, rows: Iterable[Any], year_of: Any) -> list[Any]:
    """Those of years of which the viewer may read such records."""
    return [row for row in rows if allows(by, permission, year_of(row))]


def _rendered(request: AccountRequest, template: str, values: dict[str, Any]) -> SafeString:
    return SafeString(render_to_string(template, values, request=request))
