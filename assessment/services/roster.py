"""The roster of a year (考评名册): who is assessed, where and as what at the year's end."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear, RosterEntry, Vacancy
from assessment.services.guard import inputs_open
from cadres.errors import Refused
from cadres.models import Account, Cadre, Post, Township
from cadres.services.audit import audit_record
from cadres.services.cadre import Service, appointments_sync, cadre_move, cadres_save
from cadres.services.upsert import Change, Changes, rows_upsert

PERMISSION = "assessment.change_roster"


@dataclass(frozen=True)
class RosterRow:
    """One cadre by natural keys. `is_principal` None takes the post's word; `in_charge` holds line codes."""

    number: str
    name: str
    township: str
    post: str
    is_principal: bool | None = None
    in_charge: tuple[str, ...] = ()
    not_graded: str = ""
    second_post: str = ""


def roster_save(*, year: AssessmentYear, rows: list[RosterRow], by: Account | None) -> Changes:
    """Add or change roster entries, and with them people and appointments.

    Raises Refused when a one-holder post would be held twice in a township; KeyError for unknown codes or names:
    callers resolve what a user typed first.
    """
    with inputs_open(year=year, permission=PERMISSION, by=by):
        renamed = cadres_save(names={row.number: row.name for row in rows}, by=by)
        known = _known(rows)
        changes = _entries_save(year, rows, known)
        _note_names(changes, rows, renamed)
        _refuse_shared_posts(year)
        _vacancies_fill(year)
        appointments_sync(services=[known.service(row) for row in rows], year=year.number, by=by)
        if changes:
            audit_record(by=by, action="roster_save", year=year.number, details=changes.for_audit())
    return changes


def roster_transfer(
    *, entry: RosterEntry, township: Township, posts: tuple[Post, ...], on: date, by: Account | None
) -> bool:
    """A move on its day. Whoever moves within the year is assessed where they are at its end (RULES C4).

    Whether the roster changed: a later move leaves it as it is. Lines in charge do not move along.
    """
    year = entry.year
    with inputs_open(year=year, permission=PERMISSION, by=by):
        cadre_move(cadre=entry.cadre, township=township, posts=posts, on=on, by=by)
        if on.year > year.number:
            return False
        row = RosterRow(
            number=entry.cadre.number,
            name=entry.cadre.name,
            township=township.code,
            post=posts[0].name,
            not_graded=entry.not_graded,
            second_post=posts[1].name if len(posts) > 1 else "",
        )
        roster_save(year=year, rows=[row], by=by)
    return True


def roster_remove(*, entry: RosterEntry, reason: str, by: Account | None) -> None:
    """Take a cadre off a year's roster, with a reason. The person, the appointments and other years stay."""
    with inputs_open(year=entry.year, permission=PERMISSION, by=by):
        if not reason.strip():
            raise Refused(_("A reason is needed."))
        if entry.year.tallies.filter(cadre=entry.cadre).exists():
            raise Refused(_("%(cadre)s has votes in this year and stays on the roster.") % {"cadre": entry.cadre})
        subject = str(entry)
        entry.delete()
        audit_record(by=by, action="roster_remove", year=entry.year.number, subject=subject, details={"reason": reason})


def vacancy_state(*, year: AssessmentYear, township: Township, post: Post, reason: str, by: Account | None) -> Vacancy:
    """State that a principal post has no holder, and why. Raises Refused where the roster names one."""
    with inputs_open(year=year, permission=PERMISSION, by=by):
        held = year.roster.filter(Q(post=post) | Q(second_post=post), township=township).first()
        if held:
            raise Refused(_("%(post)s is held by %(cadre)s.") % {"post": post, "cadre": held.cadre})
        vacancy, _created = Vacancy.objects.update_or_create(
            year=year, township=township, post=post, defaults={"reason": reason}
        )
        audit_record(by=by, action="vacancy_state", year=year.number, subject=str(vacancy), details={"reason": reason})
    return vacancy


def vacancy_withdraw(*, vacancy: Vacancy, by: Account | None) -> None:
    with inputs_open(year=vacancy.year, permission=PERMISSION, by=by):
        subject = str(vacancy)
        vacancy.delete()
        audit_record(by=by, action="vacancy_withdraw", year=vacancy.year.number, subject=subject)


def roster_row(entry: RosterEntry) -> RosterRow:
    """A stored entry as the row that would save it again."""
    return RosterRow(
        number=entry.cadre.number,
        name=entry.cadre.name,
        township=entry.township.code,
        post=entry.post.name,
        is_principal=entry.is_principal,
        in_charge=tuple(line.code for line in entry.in_charge.all()),
        not_graded=entry.not_graded,
        second_post=entry.second_post.name if entry.second_post else "",
    )


def shared_posts(holders: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of (township, one-holder post) pairs, one a holder, those that stand more than once."""
    return [pair for pair, count in Counter(holders).items() if count > 1]


@dataclass(frozen=True)
class _Known:
    """What rows name by natural keys, read once a save."""

    cadres: dict[str, Cadre]
    townships: dict[str, Township]
    posts: dict[str, Post]

    def posts_of(self, row: RosterRow) -> tuple[Post, ...]:
        return tuple(self.posts[name] for name in (row.post, row.second_post) if name)

    def service(self, row: RosterRow) -> Service:
        return Service(self.cadres[row.number], self.townships[row.township], self.posts_of(row))


def _known(rows: list[RosterRow]) -> _Known:
    return _Known(
        cadres=Cadre.objects.in_bulk([row.number for row in rows], field_name="number"),
        townships={township.code: township for township in Township.objects.all()},
        posts={post.name: post for post in Post.objects.all()},
    )


def _entries_save(year: AssessmentYear, rows: list[RosterRow], known: _Known) -> Changes:
    entries = {
        entry.cadre.number: entry
        for entry in year.roster.filter(cadre__number__in=list(known.cadres))
        .select_related("cadre", "township", "post", "second_post")
        .prefetch_related("in_charge")
    }
    charges_before = {number: {line.code for line in entry.in_charge.all()} for number, entry in entries.items()}
    changes = rows_upsert(
        existing=entries,
        incoming={row.number: _fields(row, known) for row in rows},
        make=lambda number: RosterEntry(year=year, cadre=known.cadres[number]),
        subject=lambda number: str(known.cadres[number]),
    )
    _charges_save(year, rows, charges_before, changes)
    return changes


def _fields(row: RosterRow, known: _Known) -> dict[str, object]:
    posts = known.posts_of(row)
    scored = min(posts, key=lambda held: held.order)
    return {
        "township": known.townships[row.township],
        "post": posts[0],
        "second_post": posts[1] if len(posts) > 1 else None,
        "is_principal": scored.is_principal if row.is_principal is None else row.is_principal,
        "not_graded": row.not_graded,
    }


def _charges_save(year: AssessmentYear, rows: list[RosterRow], before: dict[str, set[str]], changes: Changes) -> None:
    """Lines in charge, as two statements: out with the changed ones, in with the new."""
    differing = [row for row in rows if set(row.in_charge) != before.get(row.number, set())]
    changed = year.roster.filter(cadre__number__in=[row.number for row in differing])
    entries = dict(changed.values_list("cadre__number", "pk"))
    lines = dict(year.lines.values_list("code", "pk"))
    through = RosterEntry.in_charge.through
    through._default_manager.filter(rosterentry__in=entries.values()).delete()
    through._default_manager.bulk_create(
        through(rosterentry_id=entries[row.number], scoredline_id=lines[code])
        for row in differing
        for code in dict.fromkeys(row.in_charge)
    )
    _note_charges(changes, [row for row in differing if row.number in before], before)


def _note_charges(changes: Changes, rows: list[RosterRow], before: dict[str, set[str]]) -> None:
    """A change of charges alone is a change too."""
    texts: dict[str, tuple[str, str | None, str]] = {
        _subject(row): ("in_charge", "、".join(sorted(before[row.number])), "、".join(sorted(row.in_charge)))
        for row in rows
    }
    _note(changes, texts)


def _note_names(changes: Changes, rows: list[RosterRow], renamed: Changes) -> None:
    """So is another name of someone who was on the roster before."""
    names = {change.subject: change.fields[0] for change in renamed.changed}
    added = {change.subject for change in changes.added}
    texts = {_subject(row): names[row.number] for row in rows if row.number in names}
    _note(changes, {subject: text for subject, text in texts.items() if subject not in added})


def _note(changes: Changes, texts: dict[str, tuple[str, str | None, str]]) -> None:
    """Add one more differing field to each of these entries, by what a change calls them."""
    known = {change.subject: place for place, change in enumerate(changes.changed)}
    for subject, text in texts.items():
        if subject in known:
            place = known[subject]
            changes.changed[place] = Change(subject, (*changes.changed[place].fields, text))
        else:
            changes.unchanged -= 1
            changes.changed.append(Change(subject, (text,)))


def _subject(row: RosterRow) -> str:
    return f"{row.name}（{row.number}）"


def _vacancies_fill(year: AssessmentYear) -> None:
    """A post that has a holder is not vacant any more."""
    entries = year.roster.values_list("township", "post", "second_post")
    held = {(township, post) for township, first, second in entries for post in (first, second)}
    filled = [vacancy.pk for vacancy in year.vacancies.all() if (vacancy.township_id, vacancy.post_id) in held]
    if filled:
        Vacancy.objects.filter(pk__in=filled).delete()


def _refuse_shared_posts(year: AssessmentYear) -> None:
    posts = dict(Post.objects.filter(single_holder=True).values_list("pk", "name"))
    entries = year.roster.values_list("township__name", "post", "second_post")
    holders = ((township, posts[post]) for township, *held in entries for post in held if post in posts)
    if shared := shared_posts(holders):
        township, post = shared[0]
        raise Refused(
            _("%(township)s has two holders of %(post)s, a post for one.") % {"township": township, "post": post}
        )
