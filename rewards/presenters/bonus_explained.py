"""The bonus in words: how each award arose, how it was divided, and what the reader might stumble over."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from assessment.scheme import BonusTerms, Forfeited
from cadres.templatetags.labels import percent, term, yuan
from rewards.models import BonusRemedy
from rewards.rules import ShareReason, ShareState
from rewards.selectors.bonus import AwardRow, ShareRow, YearBonus
from rewards.selectors.bonus_circumstances import Circumstances
from rewards.wording import reason_text, state_text
from scoring.engine import TeamGrade
from scoring.wording import Finding, entry_name, not_graded_text


@dataclass(frozen=True)
class ExplainedShare:
    """One share with its state and reason in words."""

    row: ShareRow
    state: str
    reason: str


@dataclass(frozen=True)
class ExplainedAward:
    """One team's award, its shares and the notes below them."""

    row: AwardRow
    shares: tuple[ExplainedShare, ...]
    notes: tuple[Finding, ...]


def explained_awards(bonus: YearBonus, rows: list[AwardRow], circumstances: Circumstances) -> list[ExplainedAward]:
    return [
        ExplainedAward(
            row,
            tuple(_share(row, entry, circumstances) for entry in row.shares),
            tuple(_notes(bonus, row, rows, circumstances)),
        )
        for row in rows
    ]


def bonus_notes(bonus: YearBonus) -> list[Finding]:
    """What concerns the whole year: a quota that the committee exceeded, outstanding teams under a veto."""
    if bonus.split is None:
        return []
    return [*_quota_note(bonus), *_veto_notes(bonus)]


def _quota_note(bonus: YearBonus) -> Iterator[Finding]:
    grades = bonus.grades.teams.values()
    decided = sum(grade.decided == TeamGrade.OUTSTANDING for grade in grades)
    places = bonus.result.team_quota.places
    if decided > places:
        text = _(
            "%(count)s teams are decided as outstanding, the quota has %(places)s places: the committee went beyond "
            "it, and every one of them counts."
        )
        yield Finding(text % {"count": decided, "places": places}, "G1")


def _veto_notes(bonus: YearBonus) -> Iterator[Finding]:
    for team in bonus.result.teams:
        if team.vetoed and bonus.grades.teams[team.input.code].grade == TeamGrade.OUTSTANDING:
            lines = "、".join(entry_name(bonus.result.scheme, code) for code in team.input.vetoes)
            text = _("%(team)s is decided as outstanding but stands under a veto (%(lines)s): no award, no place.")
            yield Finding(text % {"team": team.input.name, "lines": lines}, "G5")


def _share(row: AwardRow, entry: ShareRow, circumstances: Circumstances) -> ExplainedShare:
    share, detail = entry.share, ""
    if share.reason is ShareReason.NOT_GRADED and entry.cadre:
        detail = not_graded_text(entry.cadre.input.not_graded)
    if share.reason is ShareReason.VACANT:
        detail = circumstances.vacancies.get((row.team.input.code, share.post), "")
    words = reason_text(share.reason)
    return ExplainedShare(
        entry, state_text(share), _("%(reason)s: %(detail)s") % {"reason": words, "detail": detail} if detail else words
    )


def _notes(bonus: YearBonus, row: AwardRow, rows: list[AwardRow], circumstances: Circumstances) -> Iterator[Finding]:
    terms = bonus.result.scheme.bonus
    yield _award_note(terms, row, rows)
    yield from _remedy_note(bonus, row)
    if row.award.award:
        yield from _principal_notes(row, circumstances)
        yield from _deputy_notes(terms, row, circumstances)
        yield from _people_notes(row, circumstances)


def _award_note(terms: BonusTerms, row: AwardRow, rows: list[AwardRow]) -> Finding:
    """B1: the place, who shares it, and the sum with its numbers."""
    place = row.before.place or 0
    others = [
        other.team.input.name
        for other in rows
        if other.before.place == row.before.place and other.award.team != row.award.team
    ]
    values = {
        "place": place,
        "teams": "、".join(others),
        "first": yuan(terms.first),
        "steps": place - 1,
        "decrement": yuan(terms.decrement),
        "award": yuan(row.before.award),
    }
    sum_text = _("%(first)s − %(steps)s × %(decrement)s = %(award)s yuan.")
    if not row.before.award:
        sum_text = _("%(first)s − %(steps)s × %(decrement)s is not above 0: no award.")
    if others:
        place_text = _("Place %(place)s among the outstanding teams, shared with %(teams)s:")
    else:
        place_text = _("Place %(place)s among the outstanding teams:")
    return Finding(f"{place_text} {sum_text}" % values, "B1")


def _remedy_note(bonus: YearBonus, row: AwardRow) -> Iterator[Finding]:
    if not bonus.remedied or bonus.plain is None or bonus.decision is None or row.award.award == row.before.award:
        return
    values = {
        "before": yuan(row.before.award),
        "pool": yuan(bonus.plain.pool),
        "awards": yuan(bonus.plain.awards),
        "award": yuan(row.award.award),
    }
    text = _("Dropped with the last places: all awards together were %(awards)s yuan, the pool is %(pool)s.")
    if bonus.decision.remedy == BonusRemedy.SCALE:
        text = _("Scaled to the pool: %(before)s × %(pool)s ÷ %(awards)s = %(award)s yuan, rounded down.")
    yield Finding(text % values, "B5")


def _principal_notes(row: AwardRow, circumstances: Circumstances) -> Iterator[Finding]:
    """A principal post with several holders: its share is divided among them."""
    holders = Counter(
        entry.share.post
        for entry in row.shares
        if entry.share.post in circumstances.principal_posts and entry.share.state is not ShareState.UNPAID
    )
    for post, count in holders.items():
        if count > 1:
            text = _("%(count)s hold the post %(post)s and divide its share.")
            yield Finding(text % {"count": count, "post": term(post)}, "B2")


def _deputy_notes(terms: BonusTerms, row: AwardRow, circumstances: Circumstances) -> Iterator[Finding]:
    deputies = [
        entry for entry in row.shares if entry.share.number and entry.share.post not in circumstances.principal_posts
    ]
    if not deputies:
        return
    paid = [entry for entry in deputies if entry.share.state is ShareState.PAID]
    redivided = terms.forfeited is Forfeited.REDIVIDE and bool(paid)
    values = {
        "share": percent(terms.deputy_share),
        "sum": yuan(terms.deputy_share * Fraction(row.award.award)),
        "count": len(paid if redivided else deputies),
        "excluded": len(deputies) - len(paid),
        "equal": yuan((paid if redivided else deputies)[0].share.amount),
    }
    text = _("Deputies: %(share)s of the award, %(sum)s yuan, among %(count)s: %(equal)s each, rounded down.")
    yield Finding(text % values, "B2")
    if len(paid) < len(deputies):
        yield Finding(_excluded_text(terms, nobody_left=not paid) % values, "B3")


def _excluded_text(terms: BonusTerms, *, nobody_left: bool) -> str:
    if terms.forfeited is Forfeited.RETURN:
        return _("%(excluded)s of the deputies get none; their shares go back to the pool (收回).")
    if nobody_left:
        return _("Every deputy is excluded: nobody is left to divide their part, so it goes back to the pool.")
    return _("%(excluded)s of the deputies get none; their part is divided by the others (均分).")


def _people_notes(row: AwardRow, circumstances: Circumstances) -> Iterator[Finding]:
    """Who has no share by their post, and who came within the year."""
    for cadre in row.outside:
        text = _("%(cadre)s (%(post)s): the post has no share in the bonus.")
        yield Finding(text % {"cadre": cadre.input.name, "post": term(cadre.input.post)}, "B2")
    for number in dict.fromkeys(entry.share.number for entry in row.shares):
        move = circumstances.moves.get(number)
        moved = next((entry.cadre for entry in row.shares if entry.share.number == number), None)
        if move and moved:
            text = _("%(cadre)s was at %(township)s until %(day)s and is assessed where they are at the year's end.")
            values = {"cadre": moved.input.name, "township": move.township, "day": move.last_day.isoformat()}
            yield Finding(text % values, "C4")
