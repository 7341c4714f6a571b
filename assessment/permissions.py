"""Who may read and write a year's inputs. Objects are AssessmentYear unless said otherwise."""

from typing import Any

import rules

from assessment.models import AssessmentYear, Phase, ScoredLine, TeamMember
from assessment.record_places import RecordPlace
from cadres.permissions import is_anyone, is_assessor, is_department, is_leader, is_office, is_township


@rules.predicate
def year_announced(user: Any, year: AssessmentYear | None) -> bool:
    return year is not None and year.phase != Phase.DRAFT


@rules.predicate
def year_closed(user: Any, year: AssessmentYear | None) -> bool:
    return year is not None and year.is_closed


@rules.predicate
def reaches_place(user: Any, place: RecordPlace | None) -> bool:
    """Whether an assessor's team answers for the township."""
    members = TeamMember.objects.filter(account=user, year=place.year) if place and place.township else None
    return members is not None and members.filter(team__townships=place.township).exists()  # type: ignore[union-attr]


@rules.predicate
def place_collecting(user: Any, place: RecordPlace | None) -> bool:
    return place is not None and place.year.phase == Phase.COLLECTING


@rules.predicate
def is_recorder(user: Any, place: RecordPlace | None) -> bool:
    """Of a stored record: its author. What is not stored yet is everybody's own."""
    return place is not None and place.recorded_by in (None, user.pk)


@rules.predicate
def answers_for_line(user: Any, line: ScoredLine | None) -> bool:
    return line is not None and user.department_id is not None and line.department_id == user.department_id


rules.add_perm("assessment.view_years", is_anyone)
rules.add_perm("assessment.change_year", is_office)
rules.add_perm("assessment.view_scheme", is_office | is_anyone & year_announced)
rules.add_perm("assessment.change_scheme", is_office)
rules.add_perm("assessment.view_roster", is_office | is_leader & year_announced)
rules.add_perm("assessment.change_roster", is_office)
rules.add_perm("assessment.view_values", is_office | is_department | is_leader & year_closed)
rules.add_perm("assessment.change_values", is_office)
rules.add_perm("assessment.enter_values", is_office | is_department)
rules.add_perm("assessment.confirm_values", is_office)
# Of a ScoredLine: its entries, and the files that show how its values came about.
rules.add_perm("assessment.view_line_entries", is_office | is_department & answers_for_line)
rules.add_perm("assessment.view_evidence", is_office | is_department & answers_for_line)
rules.add_perm("assessment.change_evidence", is_office | is_department & answers_for_line)
rules.add_perm("assessment.view_vetoes", is_office | is_leader & year_closed)
rules.add_perm("assessment.change_vetoes", is_office)
rules.add_perm("assessment.view_notice", is_anyone & year_announced)  # the page itself is public: for menus
rules.add_perm("assessment.change_notice", is_office)
rules.add_perm("assessment.change_teams", is_office)
rules.add_perm("assessment.view_board", is_office)
rules.add_perm("assessment.view_tallies", is_office)
rules.add_perm("assessment.change_tallies", is_office)
rules.add_perm("assessment.correct_inputs", is_office)  # under review of a published result (RULES Y8)
rules.add_perm("assessment.view_sheets", is_office)
rules.add_perm("assessment.change_sheets", is_office)
rules.add_perm("assessment.fill_sheet", is_department | is_township | is_leader | is_assessor)
rules.add_perm("assessment.view_boxes", is_office)
rules.add_perm("assessment.change_boxes", is_office)

# Interviews, solicited opinions, daily notes: lists are asked about the year, records about their RecordPlace.
collects_there = is_office | is_assessor & place_collecting & reaches_place
rules.add_perm("assessment.view_interviews", is_office | is_assessor & year_announced | is_leader & year_closed)
rules.add_perm("assessment.change_interview_targets", is_office)
rules.add_perm("assessment.view_interview_records", is_office | is_assessor & year_announced)
rules.add_perm("assessment.record_interview", is_recorder & collects_there)
rules.add_perm("assessment.view_opinions", is_office | is_assessor & year_announced)
rules.add_perm("assessment.record_opinion", is_recorder & collects_there)
rules.add_perm("assessment.view_notes", is_office | is_assessor)
rules.add_perm("assessment.record_note", is_recorder & (is_office | is_assessor & reaches_place))
rules.add_perm("assessment.withdraw_record", is_office | is_recorder & is_assessor & reaches_place)
rules.add_perm("assessment.view_records", is_office | is_leader & year_closed)
