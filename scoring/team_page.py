"""What the pages of one team show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from cadres.templatetags.labels import term
from scoring.addresses import SubjectAddresses, derivation_address, years_address
from scoring.derivation import Derivation, derivation_of, grade_step, sum_text
from scoring.engine import CadreResult, TeamResult, YearResult
from scoring.selectors.result import team_traces
from scoring.sight import Sight
from scoring.standing import LineStanding, next_team_place, rate, team_lines
from scoring.wording import Finding, entry_name, not_graded_text, reason_text


@dataclass(frozen=True)
class Block:
    """A block of targets, or the evaluations, with its lines and their sum."""

    label: str
    sum: Decimal | None
    out_of: Fraction
    lines: Sequence[LineStanding]


@dataclass(frozen=True)
class Member:
    """A cadre of the team, the address of the cadre's page, why not graded, the grade decided once confirmed."""

    result: CadreResult
    href: str
    not_graded: str
    decided: str


@dataclass(frozen=True)
class TeamPage:
    """Blocks of lines, people, vetoes, the suggestion's reasons, what one more place needs."""

    blocks: tuple[Block, ...]
    cadres: tuple[Member, ...]
    vetoes: tuple[str, ...]
    reasons: tuple[Finding, ...]
    next_place: str
    rate: Fraction | None
    step: int
    derivation_href: str
    years_href: str


def team_page(result: YearResult, team: TeamResult, year: int, sight: Sight, decided: Mapping[str, str]) -> TeamPage:
    """The team beside the county. `decided` are the confirmed grades of cadres by personnel number."""
    return TeamPage(
        blocks=tuple(_blocks(result, team, year)),
        cadres=tuple(_members(result, team, year, decided)),
        vetoes=tuple(entry_name(result.scheme, code) for code in team.input.vetoes),
        reasons=team_reasons(result, team, sight),
        next_place=next_team_place(result, team),
        rate=rate(team.total, team.out_of),
        step=grade_step(team.grade),
        derivation_href=derivation_address("team", year, team.input.code),
        years_href=years_address("team", team.input.code),
    )


def team_reasons(result: YearResult, team: TeamResult, sight: Sight) -> tuple[Finding, ...]:
    """Why the grade is suggested, each with its clause."""
    return tuple(
        Finding(reason_text(reason, result.scheme, shares=sight.counts), reason.clause) for reason in team.reasons
    )


def team_derivation(result: YearResult, team: TeamResult, year: AssessmentYear, sight: Sight) -> Derivation:
    """Every line explained, with who entered what."""
    blocks = _blocks(result, team, year.number)
    return derivation_of(
        result.scheme,
        [(block.label, [standing.line for standing in block.lines], block.sum) for block in blocks],
        team_traces(year, team.input.code),
        sight,
        reasons=team_reasons(result, team, sight),
        step=grade_step(team.grade),
        total=sum_text(block.sum for block in blocks),
    )


def _members(result: YearResult, team: TeamResult, year: int, decided: Mapping[str, str]) -> list[Member]:
    page = SubjectAddresses("cadre", year).page
    return [
        Member(
            cadre,
            page(cadre.input.number),
            not_graded_text(cadre.input.not_graded),
            decided.get(cadre.input.number, ""),
        )
        for cadre in result.cadres_of(team.input.code)
    ]


def _blocks(result: YearResult, team: TeamResult, year: int) -> list[Block]:
    standings = {standing.line.code: standing for standing in team_lines(result, team, year)}
    scheme = result.scheme
    blocks = [
        Block(
            term(score.code), score.points, score.out_of, [standings[line.code] for line in scheme.lines_of(score.code)]
        )
        for score in team.blocks
    ]
    evaluations = [standings[evaluation.code] for evaluation in scheme.evaluations]
    return [*blocks, Block(_("Evaluations"), team.evaluation_points, scheme.evaluation_points, evaluations)]
