"""The whole derivation of a subject: its lines explained, block by block, with who entered what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessment.scheme import Scheme
from scoring.engine import CadreGrade, ScoreLine, TeamGrade
from scoring.explain import Explanation, explain_line
from scoring.selectors.result import Trace
from scoring.sight import Sight
from scoring.wording import Finding


@dataclass(frozen=True)
class ExplainedBlock:
    """A block's lines explained, and the sum of their rounded points in figures: 11.52 + 9.84."""

    label: str
    lines: tuple[tuple[Explanation, tuple[Trace, ...]], ...]
    sum: str
    total: Decimal | None


@dataclass(frozen=True)
class Derivation:
    """All of a subject's lines explained; `sum` adds the blocks up in figures."""

    blocks: tuple[ExplainedBlock, ...]
    reasons: tuple[Finding, ...]
    step: int
    sum: str


def derivation_of(
    scheme: Scheme,
    blocks: Iterable[tuple[str, Sequence[ScoreLine], Decimal | None]],
    traces: Sequence[Trace],
    sight: Sight,
    *,
    reasons: tuple[Finding, ...] = (),
    step: int = 0,
    total: str = "",
) -> Derivation:
    """`blocks`: label, lines and points of each; `total` adds them up in figures."""
    explained = tuple(
        ExplainedBlock(
            label=label,
            lines=tuple((explain_line(scheme, line, sight), traces_of(line, traces)) for line in lines),
            sum=sum_text(line.points for line in lines),
            total=points,
        )
        for label, lines, points in blocks
    )
    return Derivation(explained, reasons, step, total)


def traces_of(line: ScoreLine, traces: Iterable[Trace]) -> tuple[Trace, ...]:
    """Who entered what this line rests on."""
    return tuple(trace for trace in traces if trace.line == line.code)


def sum_text(points: Iterable[Decimal | None]) -> str:
    """11.52 + 9.84 + …; empty where a part is not computable."""
    parts = list(points)
    return "" if None in parts else " + ".join(map(str, parts))


def grade_step(grade: TeamGrade | CadreGrade | None) -> int:
    """1 for the best grade … 4; 0 without a grade."""
    return 0 if grade is None else list(type(grade)).index(grade) + 1
