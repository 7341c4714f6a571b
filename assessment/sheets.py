"""What the sheets (评价表) ask, as plain values: who rates whom in which evaluation (RULES 1.2, 2, Y6)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext_noop as _

from assessment.questions import Question, Subject
from assessment.scheme import CadreItem, Evaluation, Scheme

TEAM_EVALUATIONS = {"department": "县直单位评价", "leader": "县级领导评价", "assessor": "考评组评价"}
CADRE_EVALUATIONS = {"leader": "领导评价", "assessor": "考评组评价"}
"""Kind of sheet → the evaluation of teams, of cadres, that it fills; found in the scheme by name."""

SERVICE_QUESTIONS = (("S1", _("服务质量")), ("S2", _("执法水平")), ("S3", _("办事效率")))
"""What townships say about each department: outside the scheme, for the ranking of departments (RULES Y6)."""


@dataclass(frozen=True)
class Section:
    """The part of a sheet about one unit: a township with its team and cadres, or a department; "" all townships."""

    code: str
    name: str
    questions: tuple[Question, ...]

    def without(self, keys: frozenset[str]) -> "Section":
        return replace(self, questions=tuple(q for q in self.questions if q.key not in keys))


def keys_of(sections: Iterable[Section]) -> frozenset[str]:
    return frozenset(question.key for section in sections for question in section.questions)


def team_evaluation(scheme: Scheme, kind: str) -> Evaluation | None:
    return next((entry for entry in scheme.evaluations if entry.name == TEAM_EVALUATIONS.get(kind)), None)


def cadre_evaluation(scheme: Scheme, kind: str) -> CadreItem | None:
    voted = (item for item in scheme.cadre_items if not item.is_work)
    return next((item for item in voted if item.name == CADRE_EVALUATIONS.get(kind)), None)


def evaluations_of(scheme: Scheme, kind: str) -> tuple[Evaluation | CadreItem, ...]:
    """The scheme's evaluations that sheets of this kind fill: none for the townships', whose subjects get no score."""
    return tuple(filter(None, (team_evaluation(scheme, kind), cadre_evaluation(scheme, kind))))


def evaluation_codes(scheme: Scheme, kind: str) -> frozenset[str]:
    """The codes under which sheets of this kind are counted."""
    if kind == "township":
        return frozenset(code for code, _name in SERVICE_QUESTIONS)
    return frozenset(entry.code for entry in evaluations_of(scheme, kind))


def department_section(code: str, name: str) -> Section:
    """The three questions about one department."""
    asked = tuple(Question(Subject.DEPARTMENT, question, code, name) for question, _name in SERVICE_QUESTIONS)
    return Section(code, name, asked)
