"""Teams as subjects of a comparison."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadres.templatetags.labels import term
from scoring.addresses import SubjectAddresses, years_address
from scoring.compare.subjects import Candidate, ComparedRanking, Kind, LinePoints, Standing, Subject, SubjectYear
from scoring.engine import BlockScore, NotApplicableDerivation, ScoreLine, TeamResult, YearResult
from scoring.selectors.compared import SeenYear

RANKING = ComparedRanking("teams", gettext_lazy("Ranking of the teams"), "P5")


def team_subject(code: str, years: Sequence[SeenYear]) -> Subject | None:
    """The team of that township; None where no year seen holds it."""
    held = [(year, team) for year in years if (team := _team(year.result, code))]
    if not held:
        return None
    name = held[0][1].input.name
    return Subject(
        key=code,
        name=name,
        label=name,
        detail=code,
        href=years_address("team", code),
        years={year.number: _year(year, team) for year, team in held},
        absent=_("took no part"),
    )


def _team(result: YearResult, code: str) -> TeamResult | None:
    try:
        return result.team(code)
    except KeyError:
        return None


def _year(year: SeenYear, team: TeamResult) -> SubjectYear:
    decided = year.confirmed.team_grades.get(team.input.code, "")
    remark = "" if team.standing else _("not computable")
    return SubjectYear(
        where="",
        total=team.total,
        out_of=team.out_of,
        standings={RANKING.code: Standing("", "", team.standing, remark)},
        lines=tuple(_lines(year, team)),
        grade=decided or str(team.grade or ""),
        is_decided=bool(decided),
        href=SubjectAddresses("team", year.number).page(team.input.code),
        remark=remark,
    )


def _lines(year: SeenYear, team: TeamResult) -> Iterator[LinePoints]:
    """Block by block with its sum, then the evaluations with theirs."""
    scheme = year.result.scheme
    for block in team.blocks:
        yield from (_line(year.number, team, line.code, is_axis=False) for line in scheme.lines_of(block.code))
        yield _block(block)
    for evaluation in scheme.evaluations:
        yield _line(year.number, team, evaluation.code, is_axis=True)
    if scheme.evaluations:
        label, points = _("Sum %(block)s") % {"block": _("Evaluations")}, team.evaluation_points
        yield LinePoints("", label, scheme.evaluation_points, points, is_sum=True, is_axis=False)


def _line(year: int, team: TeamResult, code: str, *, is_axis: bool) -> LinePoints:
    line = team.line(code)
    href = SubjectAddresses("team", year).line(team.input.code, code)
    return LinePoints(code, term(line.name), line.out_of, line.points, href, _note(team, line), is_axis=is_axis)


def _block(block: BlockScore) -> LinePoints:
    label = _("Sum %(block)s") % {"block": term(block.code)}
    return LinePoints("", label, block.out_of, block.points, is_sum=True)


def _note(team: TeamResult, line: ScoreLine) -> str:
    """A line that the township does not have gets the rate of its block (RULES T4); a veto stands (RULES G5)."""
    notes = [_("not applicable")] if isinstance(line.derivation, NotApplicableDerivation) else []
    return " · ".join([*notes, _("veto")] if line.code in team.input.vetoes else notes)


def _candidates(years: Sequence[SeenYear]) -> Iterator[Candidate]:
    """Every team of the years seen, as of the latest, in the county's order."""
    names: dict[str, str] = {}
    for year in years:
        for team in year.result.teams:
            names.setdefault(team.input.code, team.input.name)
    return (Candidate(code, name, code) for code, name in names.items())


TEAMS = Kind(
    code="teams",
    parameter="t",
    address="scoring:compare_teams",
    rankings=(RANKING,),
    subject=team_subject,
    candidates=_candidates,
    offers_all=True,
    unknown=gettext_lazy("No team in the years that you may see has this name or code: %(text)s"),
)
