"""Assessment teams (考评组): who assesses which townships on the spot (RULES Y2, Y3)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessment.models import AssessmentTeam, AssessmentYear, TeamMember
from assessment.selectors.team import teams_of
from assessment.services.guard import inputs_open
from cadres.errors import Refused
from cadres.models import Account, Cadre, Role, Township
from cadres.services.audit import audit_record

PERMISSION = "assessment.change_teams"


@dataclass(frozen=True)
class MemberRow:
    """An assessor by user name; `number` says who that is in the register of cadres, blank if nobody."""

    username: str
    is_head: bool = False
    number: str = ""


@dataclass(frozen=True)
class TeamRow:
    """A team with its townships by code."""

    name: str
    contact: str = ""
    phone: str = ""
    townships: tuple[str, ...] = ()
    members: tuple[MemberRow, ...] = ()


def team_save(
    *, year: AssessmentYear, row: TeamRow, team: AssessmentTeam | None = None, by: Account | None
) -> AssessmentTeam:
    """A new team, or `team` as it shall be from now on. Until the year is closed.

    Raises Refused for a township or a member of another team, for who is no assessor, and unless one member leads.
    Raises KeyError for an unknown township, user name or personnel number: callers resolve what a user typed first.
    """
    with inputs_open(year=year, permission=PERMISSION, by=by):
        team = team or AssessmentTeam(year=year, order=year.teams.count() + 1)
        townships = [_township(year, team, code) for code in row.townships]
        accounts = {member.username: _assessor(year, team, member.username) for member in row.members}
        _refuse_name(year, team, row.name)
        _refuse_heads(row)
        before = _words(team)
        team.name, team.contact, team.phone = row.name, row.contact, row.phone
        team.save()
        team.townships.set(townships)
        _members_write(team, row, accounts)
        if (after := _words(team)) != before:
            audit_record(by=by, action="team_save", year=year.number, subject=team.name, details=after)
    return team


def team_remove(*, team: AssessmentTeam, by: Account | None) -> None:
    """The team is dissolved; what its members have recorded and signed stays under their names."""
    with inputs_open(year=team.year, permission=PERMISSION, by=by):
        audit_record(by=by, action="team_remove", year=team.year.number, subject=team.name, details=_words(team))
        team.delete()


def teams_copy(*, year: AssessmentYear, source: AssessmentYear, by: Account | None) -> int:
    """The teams of an earlier year, with the townships that take part and the assessors who may still sign in.

    Returns how many. Raises Refused where the year has a team already.
    """
    with inputs_open(year=year, permission=PERMISSION, by=by):
        if year.teams.exists():
            raise Refused(_("The year has assessment teams already."))
        taking_part = set(year.townships.values_list("code", flat=True))
        rows = [_row(team, taking_part) for team in teams_of(source)]
        for row in rows:
            team_save(year=year, row=row, by=by)
    return len(rows)


def _row(team: AssessmentTeam, taking_part: set[str]) -> TeamRow:
    """A former team as it can be formed again; where the head has left, the next member leads."""
    members = [member for member in team.members.all() if _is_assessor(member.account)]
    return TeamRow(
        name=team.name,
        contact=team.contact,
        phone=team.phone,
        townships=tuple(unit.code for unit in team.townships.all() if unit.code in taking_part),
        members=tuple(
            MemberRow(member.account.username, not place, member.cadre.number if member.cadre else "")
            for place, member in enumerate(members)  # the head stands first
        ),
    )


def _is_assessor(account: Account) -> bool:
    return account.is_active and account.role == Role.ASSESSOR


def _township(year: AssessmentYear, team: AssessmentTeam, code: str) -> Township:
    township = Township.objects.filter(code=code).first()
    if township is None:
        raise KeyError(code)
    if not year.townships.filter(pk=township.pk).exists():
        raise Refused({"townships": _("%(township)s does not take part in the year.") % {"township": township}})
    if other := year.teams.exclude(pk=team.pk).filter(townships=township).first():
        text = _("%(township)s belongs to the team “%(team)s” already.")
        raise Refused({"townships": text % {"township": township, "team": other}})
    return township


def _assessor(year: AssessmentYear, team: AssessmentTeam, username: str) -> Account:
    account = Account.objects.filter(username=username).first()
    if account is None:
        raise KeyError(username)
    if not _is_assessor(account):
        raise Refused(_("%(account)s has no enabled account of an assessor.") % {"account": account})
    if other := TeamMember.objects.filter(year=year, account=account).exclude(team_id=team.pk).first():
        text = _("%(account)s is a member of the team “%(team)s” already.")
        raise Refused(text % {"account": account, "team": other.team})
    return account


def _refuse_name(year: AssessmentYear, team: AssessmentTeam, name: str) -> None:
    if year.teams.exclude(pk=team.pk).filter(name=name).exists():
        raise Refused({"name": _("There is a team of this name already.")})


def _refuse_heads(row: TeamRow) -> None:
    if row.members and sum(member.is_head for member in row.members) != 1:
        raise Refused({"head": _("Name one member as the head of the team.")})


def _members_write(team: AssessmentTeam, row: TeamRow, accounts: dict[str, Account]) -> None:
    team.members.exclude(account__in=accounts.values()).delete()
    cadres = {cadre.number: cadre for cadre in Cadre.objects.filter(number__in=[m.number for m in row.members])}
    for member in row.members:
        TeamMember.objects.update_or_create(
            team=team,
            account=accounts[member.username],
            defaults={
                "year": team.year,
                "is_head": member.is_head,
                "cadre": cadres[member.number] if member.number else None,
            },
        )


def _words(team: AssessmentTeam) -> dict[str, object]:
    """What the audit trail keeps; nothing of a team that is not saved yet."""
    if not team.pk:
        return {}
    members = TeamMember.objects.filter(team=team).select_related("account", "cadre")
    return {
        "name": team.name,
        "contact": team.contact,
        "phone": team.phone,
        "townships": list(team.townships.values_list("name", flat=True)),
        "members": [" ".join(filter(None, (m.account.username, m.cadre.number if m.cadre else ""))) for m in members],
    }
