"""Puts the demo county into an empty database through the services that the pages use."""

from django.utils.translation import gettext as _

from assessment.models import AssessmentYear, Veto
from assessment.selectors.value_entry import entries_pending
from assessment.services.roster import roster_remove, roster_save, vacancy_state
from assessment.services.scheme import scheme_save
from assessment.services.tally import cadre_tallies_save, team_tallies_save
from assessment.services.value import values_save
from assessment.services.value_entry import value_entries_confirm, value_entries_save
from assessment.services.veto import veto_revoke, vetoes_save
from assessment.services.year import year_announce, year_close, year_collect, year_create
from cadres.errors import Refused
from cadres.models import Account, Cadre, Post, Township
from cadres.services.cadre import cadre_move
from cadres.services.unit import departments_save, townships_save
from workbook.demo.accounts import accounts_create
from workbook.demo.county import DEPARTMENTS, TOWNSHIPS, post_of, township_of
from workbook.demo.following import earlier_build, following_build
from workbook.demo.hearings import hearings_build
from workbook.demo.meetings import meetings_build
from workbook.demo.notice import notice_build, teams_build
from workbook.demo.ratings import ratings_build
from workbook.demo.reports import figures_build
from workbook.demo.year import COLLECTING, YEARS, DemoYear, demo_year


def demo_build(*, accounts: bool) -> None:
    """Units and three years that were followed up to their end; with accounts also the year that is being collected.

    Raises Refused on a database that holds a year.
    """
    if AssessmentYear.objects.exists():
        raise Refused(_("This database holds a year already: the demo county goes into an empty one only."))
    townships_save(rows=TOWNSHIPS, by=None)
    departments_save(rows=DEPARTMENTS, by=None)
    made = accounts_create() if accounts else {}
    last: AssessmentYear | None = None
    for number in YEARS:
        last = _year_closed(demo_year(number), last, accounts=made)
        if number == YEARS[0]:
            earlier_build(by=made.get("office"))
        following_build(last, accounts=made, latest=number == YEARS[-1])
    if made:
        _year_collecting(demo_year(COLLECTING), last, accounts=made)


def _year_closed(demo: DemoYear, last: AssessmentYear | None, *, accounts: dict[str, Account]) -> AssessmentYear:
    """A year's life as the office lived it before boxes and sheets; the second clerk keyed the votes."""
    by, second = accounts.get("office"), accounts.get("office2")
    year = _year_begun(demo, last, accounts=accounts)
    _values_build(year, demo, by=by, second=second)
    _vetoes_build(year, demo, by=by)
    team_tallies_save(year=year, tallies=demo.team_tallies, by=second)
    cadre_tallies_save(year=year, tallies=demo.cadre_tallies, by=second)
    year_close(year=year, by=by)
    return year


def _year_collecting(demo: DemoYear, last: AssessmentYear | None, *, accounts: dict[str, Account]) -> None:
    """A year in the middle of its round: something of everything is done, under way, missing or in doubt."""
    year = _year_begun(demo, last, accounts=accounts)
    _vetoes_build(year, demo, by=accounts["office"])
    figures_build(year, demo, accounts)
    meetings_build(year, (accounts["office"], accounts["office2"]))
    ratings_build(year, accounts["office"])
    hearings_build(year, accounts)


def _year_begun(demo: DemoYear, last: AssessmentYear | None, *, accounts: dict[str, Account]) -> AssessmentYear:
    """Copied, changed, announced, open for collecting."""
    by = accounts.get("office")
    year = year_create(number=demo.number, copy_from=last, by=by)
    scheme_save(year=year, scheme=demo.scheme, reason="按年度考评办法修订", by=by)
    _roster_build(year, demo, by=by)
    notice_build(year, by=by)
    teams_build(year, accounts=accounts, by=by)
    year_announce(year=year, by=by)
    year_collect(year=year, by=by)
    return year


def _values_build(year: AssessmentYear, demo: DemoYear, *, by: Account | None, second: Account | None) -> None:
    """Typed by one clerk and confirmed by the other, where there are accounts."""
    if by is None:
        values_save(year=year, cells=demo.values, by=None)
        return
    value_entries_save(year=year, cells=demo.values, by=by)
    waiting = entries_pending(year).values_list("pk", flat=True)
    value_entries_confirm(year=year, entries=list(waiting), by=second)


def _roster_build(year: AssessmentYear, demo: DemoYear, *, by: Account | None) -> None:
    for number, slot, day in demo.transfers:
        posts = (Post.objects.get(name=post_of(slot)),)
        township = Township.objects.get(code=township_of(slot))
        cadre_move(cadre=Cadre.objects.get(number=number), township=township, posts=posts, on=day, by=by)
    staying = [row.number for row in demo.roster]
    for entry in year.roster.exclude(cadre__number__in=staying):
        roster_remove(entry=entry, reason="不再担任乡镇领导职务", by=by)
    roster_save(year=year, rows=demo.roster, by=by)
    for slot, reason in demo.vacancies.items():
        township, post = Township.objects.get(code=township_of(slot)), Post.objects.get(name=post_of(slot))
        vacancy_state(year=year, township=township, post=post, reason=reason, by=by)


def _vetoes_build(year: AssessmentYear, demo: DemoYear, *, by: Account | None) -> None:
    vetoes_save(year=year, rows=demo.vetoes, by=by)
    for veto in Veto.objects.filter(line__year=year).select_related("township", "line"):
        if reason := demo.revoked.get((veto.township.code, veto.line.code)):
            veto_revoke(veto=veto, reason=reason, by=by)
