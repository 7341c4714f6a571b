"""Sheets: what each account is asked, what it has said, and how far a round has come."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from assessment.models import AssessmentYear, Sheet, SheetKind, SheetRound, SheetState
from assessment.models import TeamMember as Member
from assessment.questions import Question, Subject
from assessment.scheme import Scheme
from assessment.selectors.recusal import CADRE, DEPARTMENT, TOWNSHIP, Barred, barred_by_account
from assessment.selectors.roster import cadre_question, graded_entries
from assessment.selectors.year import scheme_current
from assessment.sheets import (
    Section,
    cadre_evaluation,
    department_section,
    keys_of,
    team_evaluation,
)
from cadres.models import Account, Department


@dataclass(frozen=True)
class RoundQuestions:
    """What one kind of sheet asks in a year; `townships` limits assessors to those of their team (by account)."""

    sections: tuple[Section, ...]
    keys: Mapping[Barred, frozenset[str]]
    barred: Mapping[int, frozenset[Barred]]
    townships: Mapping[int, frozenset[str]] | None

    def asked_of(self, account: int) -> tuple[Section, ...]:
        """The sheet of this account: what is asked minus recusals; sections that hold nothing are left out."""
        excluded = self.excluded(account)
        sections = (section.without(excluded) for section in self.in_reach(account))
        return tuple(section for section in sections if section.questions)

    def in_reach(self, account: int) -> tuple[Section, ...]:
        """What would be asked without recusals."""
        if self.townships is None:
            return self.sections
        own = self.townships.get(account, frozenset())
        return tuple(section for section in self.sections if section.code in own)

    def excluded(self, account: int) -> frozenset[str]:
        subjects = self.barred.get(account, frozenset())
        return frozenset().union(*(self.keys.get(subject, frozenset()) for subject in subjects))


def round_questions(year: AssessmentYear, kind: str, *, scheme: Scheme | None = None) -> RoundQuestions:
    """A fixed number of queries, whatever the size."""
    found = scheme or scheme_current(year)
    sections = _sections(year, kind, found)
    return RoundQuestions(
        sections=sections,
        keys=_keys_by_subject(sections),
        barred=barred_by_account(year),
        townships=_townships_of_assessors(year) if kind == SheetKind.ASSESSOR else None,
    )


def _sections(year: AssessmentYear, kind: str, scheme: Scheme) -> tuple[Section, ...]:
    if kind == SheetKind.TOWNSHIP:
        departments = Department.objects.filter(is_active=True).values_list("code", "name")
        return tuple(department_section(code, name) for code, name in departments)
    of_team = team_evaluation(scheme, kind)
    townships = list(year.townships.values_list("code", "name"))
    teams = {code: Question(Subject.TEAM, of_team.code, code, name) for code, name in townships} if of_team else {}
    if kind == SheetKind.DEPARTMENT:
        return (Section("", "", tuple(teams.values())),) if teams else ()
    cadres = _cadre_questions(year, kind, scheme)
    sections = (
        Section(code, name, (*filter(None, [teams.get(code)]), *cadres.get(code, ()))) for code, name in townships
    )
    return tuple(section for section in sections if section.questions)


def _cadre_questions(year: AssessmentYear, kind: str, scheme: Scheme) -> dict[str, list[Question]]:
    """Township code → its graded cadres in the order of posts."""
    item = cadre_evaluation(scheme, kind)
    questions: dict[str, list[Question]] = defaultdict(list)
    if item is None:
        return questions
    for entry in graded_entries(year):
        questions[entry.township.code].append(cadre_question(item.code, entry))
    return questions


def _keys_by_subject(sections: tuple[Section, ...]) -> dict[Barred, frozenset[str]]:
    """Whom a recusal names → the questions it takes away: a township's are its team and all its cadres."""
    keys: dict[Barred, set[str]] = defaultdict(set)
    for section in sections:
        for question in section.questions:
            for subject in _subjects(section, question):
                keys[subject].add(question.key)
    return {subject: frozenset(found) for subject, found in keys.items()}


def _subjects(section: Section, question: Question) -> list[Barred]:
    match question.subject:
        case Subject.TEAM:
            return [Barred(TOWNSHIP, question.code)]
        case Subject.CADRE:
            return [Barred(TOWNSHIP, section.code), Barred(CADRE, question.code)]
        case Subject.DEPARTMENT:
            return [Barred(DEPARTMENT, question.code)]


def _townships_of_assessors(year: AssessmentYear) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for account, code in Member.objects.filter(year=year).values_list("account", "team__townships__code"):
        found[account] |= {code} if code is not None else set()
    return {account: frozenset(codes) for account, codes in found.items()}


def round_of(year: AssessmentYear, kind: str) -> SheetRound | None:
    return year.sheet_rounds.filter(kind=kind).first()


def sheet_of(sheet_round: SheetRound | None, account: Account) -> Sheet | None:
    return sheet_round.sheets.filter(account=account).first() if sheet_round else None


def accounts_asked(year: AssessmentYear, kind: str) -> QuerySet[Account]:
    """Whose sheet is waited for: in use, of the kind's role, a township's only where it takes part; and whoever has
    signed, in use or not. Assessors are those of the year's teams."""
    active = Q(role=kind, is_active=True)
    match kind:
        case SheetKind.TOWNSHIP:
            active &= Q(township__in=year.townships.all())
        case SheetKind.DEPARTMENT:
            active &= Q(department__is_active=True)
        case SheetKind.ASSESSOR:
            active &= Q(pk__in=Member.objects.filter(year=year).values("account"))
    signed = Sheet.objects.filter(round__year=year, round__kind=kind, state=SheetState.SIGNED)
    accounts = Account.objects.filter(active | Q(pk__in=signed.values("account")))
    return accounts.select_related("department", "township").order_by("name", "username")


def voice(account: Account) -> tuple[str, int]:
    """A department or a township speaks with one voice, whatever the number of its accounts; others for themselves."""
    if account.department_id:
        return DEPARTMENT, account.department_id
    return (TOWNSHIP, account.township_id) if account.township_id else ("account", account.pk)


def colleague_signed(sheet_round: SheetRound, account: Account) -> Account | None:
    """Another account of the same department or township that has signed already."""
    kind, unit = voice(account)
    if kind == "account":
        return None
    signed = sheet_round.sheets.filter(state=SheetState.SIGNED, **{f"account__{kind}": unit})
    other = signed.exclude(account=account).select_related("account").first()
    return other.account if other else None


@dataclass(frozen=True)
class RoundRow:
    """One account in a round; `state` "" is not begun. Marks are not read; `sheet.versions` is how many are signed."""

    account: Account
    questions: int
    state: str
    sheet: Sheet | None
    team: str
    colleague: bool

    @property
    def waited_for(self) -> bool:
        return self.state != SheetState.SIGNED and not self.colleague and self.questions > 0


def round_rows(sheet_round: SheetRound, questions: RoundQuestions) -> list[RoundRow]:
    """Who is asked and how far each has come. Three queries."""
    year = sheet_round.year
    sheets = {
        sheet.account_id: sheet for sheet in sheet_round.sheets.defer("marks").annotate(versions=Count("signatures"))
    }
    teams = dict(Member.objects.filter(year=year).values_list("account", "team__name"))
    accounts = list(accounts_asked(year, sheet_round.kind))
    signed = {voice(a) for a in accounts if _state(sheets.get(a.pk)) == SheetState.SIGNED}
    return [
        RoundRow(
            account=account,
            questions=len(keys_of(questions.asked_of(account.pk))),
            state=(state := _state(sheets.get(account.pk))),
            sheet=sheets.get(account.pk),
            team=teams.get(account.pk, ""),
            colleague=state != SheetState.SIGNED and voice(account) in signed,
        )
        for account in accounts
    ]


def _state(sheet: Sheet | None) -> str:
    return sheet.state if sheet else ""


def subjects_unrated(sheet_round: SheetRound, questions: RoundQuestions) -> list[Question]:
    """Whom no signed sheet rates: closed now, they would get no tally and be missing (RULES A3). One query."""
    rated: set[str] = set()
    signed = sheet_round.sheets.filter(state=SheetState.SIGNED).values_list("account", "marks")
    for account, marks in signed:
        rated |= marks.keys() - questions.excluded(account)
    return [q for section in questions.sections for q in section.questions if q.key not in rated]


def rounds_filling(year: AssessmentYear) -> QuerySet[SheetRound]:
    """Rounds whose evaluations come from sheets now: open, or counted. One that counted nothing leaves them free."""
    return year.sheet_rounds.filter(Q(closed_at=None) | Q(tallies__isnull=False)).distinct()
