"""The page of one sheet: sections of rows, each row a question with its marks in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessment.models import AssessmentYear, Phase, Sheet, SheetKind, SheetRound, SheetSignature, SheetState
from assessment.presenters.tally import CADRE_WORDS, TEAM_WORDS
from assessment.questions import ABSTAIN, GRADES, Question, Subject
from assessment.selectors.sheet import round_questions
from assessment.sheets import SERVICE_QUESTIONS, TEAM_EVALUATIONS, Section, keys_of
from cadres.models import Account
from cadres.templatetags.labels import term

MARK_WORDS = {
    Subject.TEAM: dict(zip(GRADES, TEAM_WORDS.values(), strict=True)) | {ABSTAIN: "弃权"},
    Subject.DEPARTMENT: dict(zip(GRADES, TEAM_WORDS.values(), strict=True)) | {ABSTAIN: "弃权"},
    Subject.CADRE: dict(zip(GRADES, CADRE_WORDS.values(), strict=True)) | {ABSTAIN: "弃权"},
}
"""What a mark means for each subject; data words."""


@dataclass(frozen=True)
class SheetRow:
    """One question. `mark` "" is not answered; `conflict` says what another window saved, and what was meant here."""

    key: str
    name: str
    note: str
    options: tuple[tuple[str, str], ...]
    mark: str
    conflict: str = ""

    @property
    def word(self) -> str:
        return dict(self.options).get(self.mark, "")


@dataclass(frozen=True)
class SheetBlock:
    """One section of the page with an anchor of its own."""

    anchor: str
    name: str
    rows: tuple[SheetRow, ...]

    @property
    def done(self) -> int:
        return sum(1 for row in self.rows if row.mark)

    @property
    def total(self) -> int:
        return len(self.rows)


def mark_word(question: Question, mark: str) -> str:
    return term(MARK_WORDS[question.subject].get(mark, "")) or _("not answered")


def conflict_text(question: Question, stored: str, sent: str) -> str:
    """What another window saved in place of what this one sent."""
    text = _(
        "Saved in another window meanwhile: “%(stored)s”. Yours was “%(sent)s”: choose again to put it in its place."
    )
    return text % {"stored": mark_word(question, stored), "sent": mark_word(question, sent)}


def conflict_texts(
    sections: tuple[Section, ...], conflicts: Mapping[str, str], sent: Mapping[str, str]
) -> dict[str, str]:
    """Question → words, for the rows in which another window was faster."""
    questions = {question.key: question for section in sections for question in section.questions}
    return {key: conflict_text(questions[key], stored, sent[key]) for key, stored in conflicts.items()}


def sheet_blocks(
    sections: tuple[Section, ...], marks: Mapping[str, str], *, kind: str, conflicts: Mapping[str, str] | None = None
) -> list[SheetBlock]:
    texts = conflicts or {}
    options = {subject: tuple((m, term(w)) for m, w in words.items()) for subject, words in MARK_WORDS.items()}
    return [
        SheetBlock(
            anchor=f"s{place}",
            name=section.name or term(TEAM_EVALUATIONS[kind]),
            rows=tuple(
                SheetRow(
                    key=question.key,
                    name=_name(question, kind),
                    note=term(question.post),
                    options=options[question.subject],
                    mark=marks.get(question.key, ""),
                    conflict=texts.get(question.key, ""),
                )
                for question in section.questions
            ),
        )
        for place, section in enumerate(sections, start=1)
    ]


def _name(question: Question, kind: str) -> str:
    if question.subject == Subject.DEPARTMENT:
        return term(dict(SERVICE_QUESTIONS)[question.evaluation])
    if question.subject == Subject.TEAM and kind != SheetKind.DEPARTMENT:
        return _("Leadership team")
    return question.name


def signed_blocks(year: AssessmentYear, account: Account, kind: str, marks: Mapping[str, str]) -> list[SheetBlock]:
    """A version as it was signed, under the names of today; whoever is no longer on the roster keeps the code."""
    in_reach = round_questions(year, kind).sections
    gone = frozenset(keys_of(in_reach)) - marks.keys()
    sections = tuple(section for s in in_reach if (section := s.without(gone)).questions)
    blocks = sheet_blocks(sections, marks, kind=kind)
    left = sorted(marks.keys() - keys_of(sections))
    if left:
        rows = tuple(SheetRow(key, key, "", ((marks[key], marks[key]),), marks[key]) for key in left)
        blocks.append(SheetBlock("left", _("No longer on the sheet"), rows))
    return blocks


def is_editable(year: AssessmentYear, sheet_round: SheetRound | None, sheet: Sheet | None) -> bool:
    if sheet_round is None or not sheet_round.is_open or year.phase != Phase.COLLECTING:
        return False
    return sheet is None or sheet.state != SheetState.SIGNED


def signatures_shown(sheet: Sheet | None) -> list[SheetSignature]:
    """All versions, the latest first."""
    return list(sheet.signatures.select_related("signed_by").order_by("-number")) if sheet else []
