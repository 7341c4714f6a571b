"""Whom records of follow-up are about: every team and cadre of a year, with the grade in force."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessment.models import AssessmentYear
from cadres.models import Cadre, Township
from rewards.models.subject import OfSubject
from rewards.selectors.grade import GradeInForce, grades_in_force
from scoring.results import current_result

TEAM, CADRE = "team", "cadre"

Token = str
"""“team:T01” or “cadre:0001”: a subject in forms and addresses; team codes and personnel numbers may be equal."""


@dataclass(frozen=True)
class Followed:
    """A team (`post` is blank) or a cadre. `order`: townships as listed, the team before its cadres."""

    code: str
    name: str
    of_team: bool
    township: str
    township_name: str
    order: int
    grade: GradeInForce
    post: str = ""
    not_graded: str = ""

    def __str__(self) -> str:
        """As the stored team or cadre is called."""
        return self.name if self.of_team else f"{self.name}（{self.code}）"

    @property
    def token(self) -> Token:
        return token_of(self.code, of_team=self.of_team)


def token_of(code: str, *, of_team: bool) -> Token:
    return f"{TEAM if of_team else CADRE}:{code}"


def record_token(record: OfSubject) -> Token:
    """Whom a stored record is about."""
    return token_of(record.code, of_team=record.township is not None)


def followed(year: AssessmentYear) -> list[Followed]:
    """Township by township, each team before its cadres in the roster's order. One query beside the result."""
    result = current_result(year)
    grades = grades_in_force(year=year, result=result)
    found: list[Followed] = []
    for team in sorted(result.teams, key=lambda team: (team.input.order, team.input.code)):
        code, name = team.input.code, team.input.name
        found.append(Followed(code, name, True, code, name, len(found), grades.teams[code]))
        for cadre in result.cadres_of(code):
            who, grade = cadre.input, grades.cadres[cadre.input.number]
            place = (code, name, len(found))
            found.append(Followed(who.number, who.name, False, *place, grade, who.post, who.not_graded))
    return found


def subjects_of(tokens: Iterable[Token]) -> Mapping[Token, Township | Cadre]:
    """The stored teams and cadres of these tokens, in their order. Two queries."""
    asked = list(tokens)
    teams = {token.partition(":")[2] for token in asked if token.startswith(f"{TEAM}:")}
    cadres = {token.partition(":")[2] for token in asked if token.startswith(f"{CADRE}:")}
    found: dict[Token, Township | Cadre] = {}
    found |= {token_of(town.code, of_team=True): town for town in Township.objects.filter(code__in=teams)}
    found |= {token_of(cadre.number, of_team=False): cadre for cadre in Cadre.objects.filter(number__in=cadres)}
    return {token: found[token] for token in asked if token in found}
