"""What the pages of one cadre in one year show."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from cadres.templatetags.labels import term
from scoring.addresses import SubjectAddresses, derivation_address, years_address
from scoring.derivation import Derivation, derivation_of, grade_step
from scoring.engine import CadreResult, Rank, YearResult
from scoring.rankings import RANKINGS
from scoring.selectors.result import cadre_traces
from scoring.sight import Sight
from scoring.standing import LineStanding, cadre_lines, next_cadre_place, rate
from scoring.wording import Finding, bar_text, entry_name, not_graded_text, reason_text


@dataclass(frozen=True)
class Place:
    """A place in one of the rankings that hold the cadre."""

    code: str
    label: str
    clause: str
    rank: Rank


@dataclass(frozen=True)
class CadrePage:
    """Items beside the county's, places, reasons, bars; or why the cadre is not graded."""

    items: tuple[LineStanding, ...]
    places: tuple[Place, ...]
    in_charge: tuple[str, ...]
    reasons: tuple[Finding, ...]
    bars: tuple[Finding, ...]
    not_graded: str
    next_place: str
    lead: str
    rate: Fraction | None
    step: int
    derivation_href: str
    years_href: str
    team_href: str
    team_years_href: str


def cadre_page(result: YearResult, cadre: CadreResult, year: int, sight: Sight) -> CadrePage:
    """The cadre beside the county."""
    return CadrePage(
        items=tuple(cadre_lines(result, cadre, year)),
        places=cadre_places(cadre),
        in_charge=tuple(entry_name(result.scheme, code) for code in cadre.input.in_charge),
        reasons=cadre_reasons(result, cadre, sight),
        bars=tuple(Finding(bar_text(bar, result.scheme), bar.clause) for bar in cadre.bars),
        not_graded=not_graded_text(cadre.input.not_graded),
        next_place=next_cadre_place(result, cadre),
        lead=_lead(result, cadre),
        rate=rate(cadre.total, cadre.out_of),
        step=grade_step(cadre.grade),
        derivation_href=derivation_address("cadre", year, cadre.input.number),
        years_href=years_address("cadre", cadre.input.number),
        team_href=SubjectAddresses("team", year).page(cadre.input.township),
        team_years_href=years_address("team", cadre.input.township),
    )


def _lead(result: YearResult, cadre: CadreResult) -> str:
    """Number, township, posts: homonyms are normal."""
    posts = " / ".join(term(post) for post in (cadre.input.post, cadre.input.second_post) if post)
    return f"{cadre.input.number} · {township_name(result, cadre.input.township)} · {posts}"


def township_name(result: YearResult, code: str) -> str:
    """The name of a township; its code where it does not take part."""
    return next((team.input.name for team in result.teams if team.input.code == code), code)


def cadre_places(cadre: CadreResult) -> tuple[Place, ...]:
    """The places in the rankings that hold the cadre (P1 to P3)."""
    ranked = ((ranking, ranking.rank(cadre)) for ranking in RANKINGS.values())
    return tuple(Place(ranking.code, str(ranking.label), ranking.clause, rank) for ranking, rank in ranked if rank)


def cadre_reasons(result: YearResult, cadre: CadreResult, sight: Sight) -> tuple[Finding, ...]:
    """Why the grade is suggested, each with its clause."""
    return tuple(
        Finding(reason_text(reason, result.scheme, shares=sight.counts), reason.clause) for reason in cadre.reasons
    )


def cadre_derivation(result: YearResult, cadre: CadreResult, year: AssessmentYear, sight: Sight) -> Derivation:
    """Every item explained, with who entered what."""
    return derivation_of(
        result.scheme,
        [(_("Items"), cadre.lines, cadre.total)],
        cadre_traces(year, cadre.input.number),
        sight,
    )
