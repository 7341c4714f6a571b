"""Boxes as the office may see them. While one is open this is numbers of slips and ballots, nothing else (RULES Y4)."""

from collections import Counter

from assessment.models import AssessmentYear, Ballot, Box, Electorate, Slip, SlipState
from assessment.questions import Question, Subject
from assessment.scheme import CadreItem, Evaluation, Scheme
from assessment.selectors.year import scheme_current
from assessment.voters import CATEGORIES, DEMOCRATIC
from cadres.models import Department, Township


def democratic(entries: tuple[Evaluation, ...] | tuple[CadreItem, ...]) -> Evaluation | CadreItem | None:
    """The democratic evaluation (民主测评) among the evaluations of a team or the items of a cadre."""
    return next((entry for entry in entries if entry.name == DEMOCRATIC), None)


def categories_of(scheme: Scheme) -> tuple[str, ...]:
    """The scheme's weighted voter groups where it has them, else the categories of the source (RULES E3)."""
    for entry in (democratic(scheme.evaluations), democratic(scheme.cadre_items)):
        if entry and entry.groups:
            return tuple(name for name, _weight in entry.groups)
    return CATEGORIES


def questions_asked(year: AssessmentYear, unit: Township | Department) -> tuple[Question, ...]:
    """Of a township: its team, then every graded cadre in the order of posts; of a department: the department."""
    scheme = scheme_current(year)
    of_team, of_cadre = democratic(scheme.evaluations), democratic(scheme.cadre_items)
    if isinstance(unit, Department):
        return (Question(Subject.DEPARTMENT, of_team.code, unit.code, unit.name),) if of_team else ()
    team = [Question(Subject.TEAM, of_team.code, unit.code, unit.name)] if of_team else []
    entries = year.roster.filter(township=unit, not_graded="").select_related("cadre", "post", "second_post")
    if not of_cadre:
        return tuple(team)
    cadres = [
        Question(Subject.CADRE, of_cadre.code, entry.cadre.number, entry.cadre.name, entry.posts_in_order[0].name)
        for entry in entries
    ]
    return (*team, *cadres)


def slips_by_state(box: Box) -> dict[tuple[int, str], int]:
    """How many slips of each voter group (its key) are in each state; nothing is left once the box is closed."""
    return Counter(Slip.objects.filter(electorate__box=box).values_list("electorate", "state"))


def returned_online(electorate: Electorate) -> int:
    """Ballots received so far: while the box is open the only thing that may be said about them."""
    used = electorate.slips.filter(state=SlipState.USED).count()
    return used or electorate.slips_used


def ballots_of(electorate: Electorate) -> list[str]:
    """The marks of every online ballot. For counting a closed box; an open one answers nothing to anybody."""
    return list(Ballot.objects.filter(electorate=electorate).values_list("marks", flat=True))
