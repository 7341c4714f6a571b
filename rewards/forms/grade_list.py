"""A pasted list of decisions: “工号 档次 理由”, or names, a line each, from Excel or a minute (RULES 4).

Before the grade stands whom it is about, by number or code, by name, or both; behind it the reason. What a line does
not say plainly is asked for in its row.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from cadres.templatetags.labels import term
from rewards.models import CADRE_GRADES, TEAM_GRADES
from rewards.services.grade import DecisionRow, grade_decision_problems
from scoring.engine import CadreResult, YearResult
from scoring.results import current_result

GRADES = (*TEAM_GRADES, *CADRE_GRADES)
LEFT_OUT = "-"
"""Chosen instead of a grade: the line is not entered."""
LONGEST = 1000
"""Lines."""
_HEADINGS = ("档次", "等次", "工号", "姓名", "编码")


@dataclass(frozen=True)
class Candidate:
    """Somebody whom a line may be about; `known` are code, township and post, which tell homonyms apart."""

    code: str
    name: str
    known: tuple[str, ...]
    grades: tuple[str, ...]

    @property
    def about(self) -> str:
        return " · ".join(map(term, self.known))

    @property
    def label(self) -> str:
        return f"{self.name} · {self.about}"


@dataclass
class ListRow:
    """One line as it was read and as it is corrected. `candidates`: one where it is plain whom it is about."""

    index: int
    line: str
    subject: str = ""
    grade: str = ""
    reason: str = ""
    candidates: list[Candidate] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def left_out(self) -> bool:
        return self.grade == LEFT_OUT

    @property
    def choices(self) -> tuple[str, ...]:
        """The grades that fit whom the line is about."""
        return tuple(dict.fromkeys(grade for found in self.candidates for grade in found.grades)) or GRADES

    def error(self, name: str, text: str) -> None:
        self.errors.setdefault(name, text)


class People:
    """Everybody who can get a grade this year: teams, and cadres whether graded or not."""

    def __init__(self, result: YearResult) -> None:
        names = {team.input.code: team.input.name for team in result.teams}
        teams = [Candidate(team.input.code, team.input.name, (team.input.code,), TEAM_GRADES) for team in result.teams]
        cadres = [_cadre(cadre, names) for cadre in result.cadres]
        self.all = (*teams, *cadres)

    def by_code(self, code: str, grade: str) -> list[Candidate]:
        """A code that a township and a person share is told apart by the grade."""
        found = [one for one in self.all if one.code == code]
        fitting = [one for one in found if grade in one.grades]
        return fitting or found

    def by_words(self, words: Sequence[str], grade: str) -> list[Candidate]:
        """By name, written in one word or several; a township or post behind it tells homonyms apart."""
        text = "".join(words)
        found = [one for one in self.all if text.startswith(one.name) and (grade in one.grades or grade not in GRADES)]
        exact = [one for one in found if text == one.name]
        return exact or [one for one in found if _fits(one, text.removeprefix(one.name))]


def _cadre(cadre: CadreResult, names: Mapping[str, str]) -> Candidate:
    place = names.get(cadre.input.township, cadre.input.township)
    return Candidate(cadre.input.number, cadre.input.name, (cadre.input.number, place, cadre.input.post), CADRE_GRADES)


def _fits(candidate: Candidate, rest: str) -> bool:
    """Whether what stands behind the name is among what is known of the person."""
    left = rest
    for part in candidate.known:
        left = left.replace(part, "", 1)
    return left != rest and not left


def rows_read(year: AssessmentYear, text: str) -> list[ListRow]:
    """The lines of a pasted text; headings and empty lines are passed over. Problems stand in the rows."""
    people = People(current_result(year))
    lines = [line for line in text.splitlines()[:LONGEST] if line.strip()]
    if lines and _is_heading(lines[0]):
        lines = lines[1:]
    rows = [_row(index, line, people) for index, line in enumerate(lines)]
    _check(year, rows, people)
    return rows


def rows_posted(year: AssessmentYear, posted: Mapping[str, str]) -> list[ListRow]:
    """The rows as they were corrected, checked again."""
    people = People(current_result(year))
    rows = []
    for index in range(LONGEST):
        if f"line-{index}" not in posted:
            break
        subject, grade, reason = (posted.get(f"{name}-{index}", "").strip() for name in ("subject", "grade", "reason"))
        row = ListRow(index, posted[f"line-{index}"], subject, grade, reason)
        row.candidates = _candidates(people, row.subject.split(), row.grade)
        rows.append(row)
    _check(year, rows, people)
    return rows


def rows_entered(rows: Sequence[ListRow]) -> list[DecisionRow]:
    return [DecisionRow(row.candidates[0].code, row.grade, row.reason) for row in rows if not row.left_out]


def _is_heading(line: str) -> bool:
    words = _words(line)
    return not any(word in GRADES for word in words) and any(head in line for head in _HEADINGS)


def _words(line: str) -> list[str]:
    """Cells of Excel where there are any, a name padded with blanks in one piece; else what blanks or commas part."""
    line = unicodedata.normalize("NFKC", line)
    if "\t" in line:
        return [cell for cell in (re.sub(r"\s+", "", part) for part in line.split("\t")[:-1]) if cell] + _last(line)
    return [word for word in re.split(r"[\s,，;；]+", line) if word]


def _last(line: str) -> list[str]:
    last = line.rsplit("\t", 1)[1].strip()
    return [last] if last else []


def _row(index: int, line: str, people: People) -> ListRow:
    words = _words(line)
    at = next((place for place, word in enumerate(words) if word in GRADES), None)
    before = words[:at] if at is not None else words[:1]
    grade = words[at] if at is not None else ""
    row = ListRow(index, line, " ".join(before), grade, " ".join(words[at + 1 :]) if at is not None else "")
    row.candidates = _candidates(people, before, grade)
    if len(row.candidates) == 1:
        row.subject = row.candidates[0].code
        _check_name(row, before)
    return row


def _candidates(people: People, words: Sequence[str], grade: str) -> list[Candidate]:
    if not words:
        return []
    return people.by_code(words[0], grade) or people.by_words(words, grade)


def _check_name(row: ListRow, words: Sequence[str]) -> None:
    """A number beside another person's name is one slip of the hand away from the wrong decision."""
    found = row.candidates[0]
    if words[0] == found.code and words[1:] and found.name not in "".join(words[1:]):
        values = {"code": found.code, "name": found.name, "words": " ".join(words[1:])}
        row.error("subject", _("%(code)s is %(name)s, the line says “%(words)s”") % values)


def _check(year: AssessmentYear, rows: Sequence[ListRow], people: People) -> None:
    """Whom, which grade; and, where both are plain, what the service would refuse."""
    for row in rows:
        if row.left_out:
            row.errors.clear()
            continue
        if not row.candidates:
            row.error("subject", _("nobody of this year has this number, code or name"))
        elif len(row.candidates) > 1:
            row.error("subject", _("%(count)d people have this name: choose") % {"count": len(row.candidates)})
        if not row.grade:
            row.error("grade", _("no grade was found in the line: choose it"))
    plain = [row for row in rows if not row.left_out and row.grade and len(row.candidates) == 1]
    for problem in grade_decision_problems(year=year, rows=rows_entered(plain)):
        plain[problem.row].error(problem.field, problem.text)
