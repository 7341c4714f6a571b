"""Cadres as subjects of a comparison."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadres.templatetags.labels import term
from scoring.addresses import SubjectAddresses, years_address
from scoring.cadre_page import township_name
from scoring.compare.subjects import Candidate, ComparedRanking, Kind, LinePoints, Standing, Subject, SubjectYear
from scoring.engine import CadreResult, YearResult
from scoring.rankings import COUNTY, POST, RANKINGS, TOWNSHIP, Ranking
from scoring.selectors.compared import SeenYear
from scoring.wording import not_graded_text


def cadre_subject(number: str, years: Sequence[SeenYear]) -> Subject | None:
    """The cadre of that number; None where no year seen holds one."""
    held = [(year, cadre) for year in years if (cadre := _cadre(year.result, number))]
    if not held:
        return None
    (latest, cadre), name = held[0], held[0][1].input.name
    return Subject(
        key=number,
        name=name,
        label=name,
        detail=f"{number} · {_where(latest.result, cadre)}",
        href=years_address("cadre", number),
        years={year.number: _year(year, cadre) for year, cadre in held},
        absent=_("not on the roster"),
    )


def _cadre(result: YearResult, number: str) -> CadreResult | None:
    try:
        return result.cadre(number)
    except KeyError:
        return None


def _where(result: YearResult, cadre: CadreResult) -> str:
    return f"{township_name(result, cadre.input.township)} · {term(cadre.input.post)}"


def _year(year: SeenYear, cadre: CadreResult) -> SubjectYear:
    number = cadre.input.number
    decided = year.confirmed.cadre_grades.get(number, "")
    return SubjectYear(
        where=_where(year.result, cadre),
        total=cadre.total,
        out_of=cadre.out_of,
        standings={ranking.code: _standing(year.result, cadre, ranking) for ranking in RANKINGS.values()},
        lines=tuple(_lines(year.number, cadre)),
        grade=decided or str(cadre.grade or ""),
        is_decided=bool(decided),
        href=SubjectAddresses("cadre", year.number).page(number),
        remark=_remark(cadre),
    )


def _lines(year: int, cadre: CadreResult) -> Iterator[LinePoints]:
    address = SubjectAddresses("cadre", year).line
    for line in cadre.lines:
        href = address(cadre.input.number, line.code)
        yield LinePoints(line.code, term(line.name), line.out_of, line.points, href)


def _standing(result: YearResult, cadre: CadreResult, ranking: Ranking) -> Standing:
    rank, group = ranking.rank(cadre), ranking.group(cadre)
    names = {TOWNSHIP.code: township_name(result, group), POST.code: term(group), COUNTY.code: ""}
    return Standing(group, names[ranking.code], rank, "" if rank else _reason(cadre, ranking))


def _reason(cadre: CadreResult, ranking: Ranking) -> str:
    if cadre.graded and not ranking.whom(cadre):
        return _("a principal: this ranking is of deputies")
    return _remark(cadre)


def _remark(cadre: CadreResult) -> str:
    """Why there is no total."""
    if not cadre.graded:
        return _("not graded: %(reason)s") % {"reason": not_graded_text(cadre.input.not_graded)}
    return _("not computable") if cadre.total is None else ""


def _candidates(years: Sequence[SeenYear]) -> Iterator[Candidate]:
    """Everybody of the years seen, as of the latest."""
    told: set[str] = set()
    for year in years:
        for cadre in year.result.cadres:
            number = cadre.input.number
            if number not in told:
                told.add(number)
                yield Candidate(number, cadre.input.name, f"{number} · {_where(year.result, cadre)}")


CADRES = Kind(
    code="cadres",
    parameter="n",
    address="scoring:compare_cadres",
    rankings=tuple(ComparedRanking(ranking.code, ranking.label, ranking.clause) for ranking in RANKINGS.values()),
    subject=cadre_subject,
    candidates=_candidates,
    offers_all=False,
    unknown=gettext_lazy("Nobody in the years that you may see has this name or number: %(text)s"),
)
