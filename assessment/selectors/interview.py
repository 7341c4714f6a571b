"""Coverage of interviews by township and group, and the records that an account may read (RULES Y5)."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import QuerySet

from assessment.models import AssessmentYear, Interview, Interviewee, RosterEntry
from assessment.record_places import RecordPlace
from assessment.scheme import Scheme
from assessment.selectors.year import scheme_current
from cadres.models import Account, Role, Township
from cadres.permissions import allows, require


@dataclass(frozen=True)
class GroupCoverage:
    """How many of a group were talked to. `people` None: not entered. `missing`: members of the team not talked to."""

    group: Interviewee
    required: Fraction
    done: int
    people: int | None
    missing: tuple[RosterEntry, ...] = ()

    @property
    def share(self) -> Fraction | None:
        """None where there is nobody, or nobody knows how many."""
        return Fraction(self.done, self.people) if self.people else None

    @property
    def met(self) -> bool | None:
        """None while the number is not entered. A group of nobody is met."""
        return None if self.people is None else self.done >= self.required * self.people

    @property
    def short(self) -> int:
        """So many talks are still to be held."""
        return max(-(-self.required * (self.people or 0) // 1) - self.done, 0)

    @property
    def rank(self) -> Fraction:
        """What tables sort by: not entered, then by share, then groups of nobody."""
        return self.share if self.share is not None else Fraction(-1 if self.people is None else 2)

    @property
    def exceeds(self) -> bool:
        """More talks than people: the number entered is wrong."""
        return self.people is not None and self.done > self.people


@dataclass(frozen=True)
class TownshipCoverage:
    """The five groups of a township."""

    township: Township
    groups: tuple[GroupCoverage, ...]

    @property
    def met(self) -> bool:
        return all(group.met for group in self.groups)


def shares_required(scheme: Scheme) -> dict[Interviewee, Fraction]:
    """Y5: 三个必须 are talked to whole, of 两个不少 at least the scheme's share."""
    floors = {
        Interviewee.MIDDLE: scheme.interview_floors.middle,
        Interviewee.ORDINARY: scheme.interview_floors.ordinary,
    }
    return {group: floors.get(group, Fraction(1)) for group in Interviewee}


def coverage_of(year: AssessmentYear, townships: Iterable[Township]) -> list[TownshipCoverage]:
    """Of these townships, in their order; four queries, and that of the townships."""
    shown, required = list(townships), shares_required(scheme_current(year))
    members = defaultdict(list)
    for entry in year.roster.filter(township__in=shown).select_related("cadre", "post"):
        members[entry.township_id].append(entry)
    targets = {
        (township, group): people
        for township, group, people in year.interview_targets.values_list("township", "group", "people")
    }
    held = list(_held(year, shown).values_list("township", "group", "cadre"))
    done = Counter((township, group) for township, group, _cadre in held)
    talked_to = {(township, cadre) for township, group, cadre in held if group == Interviewee.MEMBER}
    return [
        TownshipCoverage(
            township,
            (
                _members_coverage(members[township.pk], talked_to),
                *(
                    GroupCoverage(group, required[group], done[township.pk, group], targets.get((township.pk, group)))
                    for group in Interviewee
                    if group != Interviewee.MEMBER
                ),
            ),
        )
        for township in shown
    ]


def townships_covered(*, year: AssessmentYear, by: Account) -> QuerySet[Township]:
    """The townships whose coverage this account is shown: an assessor's own, else all."""
    require(by=by, permission="assessment.view_interviews", target=year)
    return townships_reached(year, by) if by.role == Role.ASSESSOR else year.townships.all()


def townships_reached(year: AssessmentYear, by: Account) -> QuerySet[Township]:
    """Where this account may record: an assessor in the townships of the own team, the office everywhere."""
    if by.role == Role.OFFICE:
        return year.townships.all()
    return year.townships.filter(assessment_teams__year=year, assessment_teams__members__account=by).distinct()


def interviews_for(*, year: AssessmentYear, by: Account) -> QuerySet[Interview]:
    """The office reads all records; whoever recorded one, the own."""
    require(by=by, permission="assessment.view_interview_records", target=year)
    interviews = year.interviews.select_related("year", "township", "cadre", "recorded_by")
    return interviews if by.role == Role.OFFICE else interviews.filter(recorded_by=by)


def _held(year: AssessmentYear, townships: list[Township]) -> QuerySet[Interview]:
    return year.interviews.filter(township__in=townships, withdrawn_reason="").order_by()


def _members_coverage(members: list[RosterEntry], talked_to: Container[tuple[int, int]]) -> GroupCoverage:
    missing = tuple(entry for entry in members if (entry.township_id, entry.cadre_id) not in talked_to)
    return GroupCoverage(Interviewee.MEMBER, Fraction(1), len(members) - len(missing), len(members), missing)


def may_record(*, year: AssessmentYear, permission: str, by: Account) -> bool:
    """Whether this account may record anything in the year now. Two queries for an assessor."""
    return year.inputs_open and allows(by, permission, place_to_record(year, by))


def place_to_record(year: AssessmentYear, by: Account) -> RecordPlace:
    """A place within this account's reach; without a township where there is none."""
    return RecordPlace(year, townships_reached(year, by).first())
