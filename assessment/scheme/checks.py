"""Whether a scheme holds together: RULES T2 and everything else that must refuse it, all at once."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from assessment.numbers import number_text

from .parameters import BLOCKS, CADRE_TOTAL, EVALUATION_TOTAL, EVALUATIONS, ITEMS, TARGET_TOTAL, TEAM_TOTAL
from .problems import ProblemCode, SchemeProblem, values_of
from .types import BlockCode, Scheme

Problems = Iterator[SchemeProblem]


def scheme_problems(scheme: Scheme) -> tuple[SchemeProblem, ...]:
    """Every reason to refuse the scheme; empty where it can be used."""
    checks = (_sums, _lines, _codes, _items, _gradings, _bonus, _chain)
    return tuple(problem for check in checks for problem in check(scheme))


def _sums(scheme: Scheme) -> Problems:
    for block in BlockCode:
        lines = (line.points for line in scheme.lines_of(block))
        yield from _sum(str(block), lines, scheme.block_points(block))
    yield from _sum(TARGET_TOTAL, (points for _, points in scheme.blocks), scheme.target_points)
    yield from _sum(EVALUATION_TOTAL, (entry.points for entry in scheme.evaluations), scheme.evaluation_points)
    yield from _sum(TEAM_TOTAL, (scheme.target_points, scheme.evaluation_points), scheme.team_points)
    yield from _sum(CADRE_TOTAL, (item.points for item in scheme.cadre_items), scheme.cadre_points)


def _sum(where: str, parts: Iterable[Fraction], expected: Fraction) -> Problems:
    total = sum(parts, Fraction(0))
    if total != expected:
        values = values_of(total=number_text(total), expected=number_text(expected))
        yield SchemeProblem(ProblemCode.SUM_DIFFERS, where, "T2", values)


def _lines(scheme: Scheme) -> Problems:
    """Each line is worth something (T4 divides by it), and what it is called can head a column."""
    if not scheme.lines:
        yield SchemeProblem(ProblemCode.NO_LINES, BLOCKS, "T1")
    for line in scheme.lines:
        if line.points <= 0:
            values = values_of(value=number_text(line.points), low="0", high="")
            yield SchemeProblem(ProblemCode.OUT_OF_RANGE, line.code, "T2", values)
        for field in ("code", "target", "name"):
            if not getattr(line, field).strip():
                yield SchemeProblem(ProblemCode.BLANK, line.code or line.name, "T1", values_of(field=field))
    for total, where in ((scheme.target_points, TARGET_TOTAL), (scheme.cadre_points, CADRE_TOTAL)):
        if total <= 0:
            values = values_of(value=number_text(total), low="0", high="")
            yield SchemeProblem(ProblemCode.OUT_OF_RANGE, where, "T2", values)


def _codes(scheme: Scheme) -> Problems:
    """A code means one thing in the whole scheme, and no line is called like another's code or name."""
    codes = [entry.code for entry in scheme.entries]
    yield from _repeated([*codes, *(line.name for line in scheme.lines if line.name != line.code)])


def _repeated(words: Iterable[str]) -> Problems:
    seen: set[str] = set()
    told: set[str] = set()
    for word in words:
        if word in seen and word not in told:
            told.add(word)
            yield SchemeProblem(ProblemCode.REPEATED, word, "T1", values_of(name=word))
        seen.add(word)


def _items(scheme: Scheme) -> Problems:
    works = [item for item in scheme.cadre_items if item.is_work]
    if len(works) != 1:
        yield SchemeProblem(ProblemCode.ONE_WORK_ITEM, ITEMS, "C1", values_of(count=str(len(works))))
    if scheme.cadre_grading.vote_item not in {item.code for item in scheme.cadre_items if not item.is_work}:
        yield SchemeProblem(ProblemCode.NO_VOTE_ITEM, ITEMS, "G2", values_of(item=scheme.cadre_grading.vote_item))
    if not scheme.evaluations:
        yield SchemeProblem(ProblemCode.EMPTY, EVALUATIONS, "T2")


def _gradings(scheme: Scheme) -> Problems:
    team, cadre, attendance = scheme.team_grading, scheme.cadre_grading, scheme.attendance
    yield from _descending("E5", Fraction(1), (("到会提醒线", attendance.warning), ("到会底线", attendance.minimum)))
    yield from _descending(
        "G1", Fraction(1), (("班子突出线", team.outstanding), ("班子较好线", team.good), ("班子一般线", team.fair))
    )
    yield from _descending(
        "G2",
        scheme.cadre_points,
        (("优秀线", cadre.excellent), ("称职线", cadre.competent), ("基本称职线", cadre.basic)),
    )


def _descending(clause: str, top: Fraction, lines: tuple[tuple[str, Fraction], ...]) -> Problems:
    upper = top
    for where, line in lines:
        if line > upper:
            values = values_of(upper=number_text(upper), lower=number_text(line))
            yield SchemeProblem(ProblemCode.NOT_DESCENDING, where, clause, values)
        upper = line


def _bonus(scheme: Scheme) -> Problems:
    """One principal and the deputies together cannot get more than the award."""
    total = scheme.bonus.principal_share + scheme.bonus.deputy_share
    if total > 1:
        values = values_of(total=number_text(total), expected="1")
        yield SchemeProblem(ProblemCode.SUM_DIFFERS, "副职比例", "B2", values)


def _chain(scheme: Scheme) -> Problems:
    known = {entry.code for entry in scheme.entries}
    for code in scheme.tie_break:
        if code not in known:
            values = values_of(name=code, known="、".join(sorted(known)))
            yield SchemeProblem(ProblemCode.UNKNOWN_NAME, "同分排序", "P5", values)
