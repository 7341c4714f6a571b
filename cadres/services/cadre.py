"""People and where they serve."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cadres.errors import Refused
from cadres.models import Account, Appointment, Cadre, Post, Township
from cadres.permissions import require
from cadres.services.audit import audit_record
from cadres.services.upsert import Changes, row_save, rows_upsert


@dataclass(frozen=True)
class Service:
    """A cadre's posts in a township; the second post is None for nearly everyone."""

    cadre: Cadre
    township: Township
    posts: tuple[Post, ...]


def cadres_save(*, names: dict[str, str], by: Account | None) -> Changes:
    """Personnel number → name. People are matched by number only; a name may change, a number never does."""
    require(by=by, permission="cadres.change_roster")
    with transaction.atomic():
        existing = Cadre.objects.in_bulk(list(names), field_name="number")
        incoming = {number: {"name": name} for number, name in names.items()}
        changes = rows_upsert(existing=existing, incoming=incoming, make=lambda number: Cadre(number=number))
        if changes:
            audit_record(by=by, action="cadres_save", details=changes.for_audit())
    return changes


def appointments_sync(*, services: Iterable[Service], year: int, by: Account | None) -> None:
    """Make the appointments agree with where each cadre serves at the end of `year`.

    What a roster does not tell, the day of a move, is taken as 1 January of the year; a move recorded with its
    day (`cadre_move`) already agrees at the year's end and stays as it is. Whoever held a one-holder post that
    the roster gives to another has left it. Years may come in any order: what is known of later ones stays.
    """
    require(by=by, permission="cadres.change_roster")
    wanted = {service.cadre.pk: service for service in services}
    first, last = date(year, 1, 1), date(year, 12, 31)
    with transaction.atomic():
        near = _appointments_near(wanted)
        held = [a for a in near if a.start <= last and (a.end is None or a.end >= last)]
        _end([a for a in held if not _agrees(a, wanted)], last=first - timedelta(days=1))
        present = {(a.cadre_id, a.township_id, a.post_id) for a in held}
        later = [a for a in near if a.start > last]
        Appointment.objects.bulk_create(
            Appointment(
                cadre=s.cadre, township=s.township, post=post, start=first, end=_day_before_next(s, post, later)
            )
            for s in wanted.values()
            for post in s.posts
            if (s.cadre.pk, s.township.pk, post.pk) not in present
        )


def cadre_create(*, number: str, name: str, by: Account | None) -> Cadre:
    """Raises Refused where the number is taken."""
    require(by=by, permission="cadres.change_roster")
    with transaction.atomic():
        if Cadre.objects.filter(number=number).exists():
            raise Refused({"number": _("There is a cadre with this personnel number already.")})
        cadre = Cadre.objects.create(number=number, name=name)
        audit_record(by=by, action="cadre_create", subject=str(cadre))
    return cadre


def cadre_rename(*, cadre: Cadre, name: str, by: Account | None) -> Changes:
    return cadres_save(names={cadre.number: name}, by=by)


def cadre_move(*, cadre: Cadre, township: Township, posts: tuple[Post, ...], on: date, by: Account | None) -> None:
    """A transfer or a change of post, with its day: the posts held until then end the day before.

    Raises Refused where a present post begins on that day or later, or someone else holds a one-holder post.
    """
    require(by=by, permission="cadres.change_roster")
    with transaction.atomic():
        held = _held_from(cadre, on)
        _require_later(held, on)
        _require_vacant(cadre, township, posts, on)
        _end(held, last=on - timedelta(days=1))
        Appointment.objects.bulk_create(
            Appointment(cadre=cadre, township=township, post=post, start=on) for post in posts
        )
        details = {"township": township.name, "posts": [post.name for post in posts], "on": on.isoformat()}
        audit_record(by=by, action="cadre_move", subject=str(cadre), details=details)


def cadre_leave(*, cadre: Cadre, last: date, by: Account | None) -> None:
    """Retired, or gone to serve elsewhere: all posts end with the day `last`."""
    require(by=by, permission="cadres.change_roster")
    with transaction.atomic():
        held = _held_from(cadre, last)
        _require_later(held, last + timedelta(days=1))
        _end(held, last=last)
        details = {"last": last.isoformat()}
        audit_record(by=by, action="cadre_leave", subject=str(cadre), details=details)


def appointment_update(*, appointment: Appointment, start: date, end: date | None, by: Account | None) -> None:
    """Correct the days of an appointment. Raises Refused where it would end before it begins."""
    require(by=by, permission="cadres.change_roster")
    if end and end < start:
        raise Refused({"end": _("It would end before it begins.")})
    same = {name: getattr(appointment, name) for name in ("cadre", "township", "post")}
    with transaction.atomic():
        if Appointment.objects.filter(**same, start=start).exclude(pk=appointment.pk).exists():
            raise Refused({"start": _("This post is recorded from that day on already.")})
        appointment.start, appointment.end = start, end
        changes = row_save(appointment)
        if changes:
            audit_record(by=by, action="appointment_update", subject=str(appointment), details=changes.for_audit())


def _held_from(cadre: Cadre, day: date) -> list[Appointment]:
    """What the cadre holds on the day or will hold after it."""
    return list(Appointment.objects.filter(cadre=cadre).exclude(end__lt=day).select_related("township", "post"))


def _require_later(held: list[Appointment], on: date) -> None:
    """A move into the past of a post would wipe that post out; its days are corrected instead."""
    for appointment in held:
        if appointment.start >= on:
            raise Refused(
                _("%(post)s in %(township)s begins on %(start)s only: correct that appointment, or name a later day.")
                % {"post": appointment.post, "township": appointment.township, "start": appointment.start}
            )


def _require_vacant(cadre: Cadre, township: Township, posts: tuple[Post, ...], on: date) -> None:
    single = [post for post in posts if post.single_holder]
    others = Appointment.objects.filter(township=township, post__in=single).exclude(cadre=cadre).exclude(end__lt=on)
    holder = others.select_related("cadre", "post", "township").first()
    if holder:
        raise Refused(
            _("%(holder)s is %(post)s in %(township)s: let that appointment end first.")
            % {"holder": holder.cadre, "post": holder.post, "township": holder.township}
        )


def _appointments_near(wanted: dict[int, Service]) -> list[Appointment]:
    """All appointments of these cadres, and all in the one-holder posts that they hold."""
    places = {(s.township.pk, post.pk) for s in wanted.values() for post in s.posts if post.single_holder}
    of_cadres = Q(cadre__in=list(wanted))
    of_posts = Q(township__in={place[0] for place in places}, post__in={place[1] for place in places})
    rows = Appointment.objects.filter(of_cadres | of_posts)
    return [a for a in rows if a.cadre_id in wanted or (a.township_id, a.post_id) in places]


def _agrees(appointment: Appointment, wanted: dict[int, Service]) -> bool:
    """False for another place than the wanted one, and for somebody else in a wanted one-holder post."""
    service = wanted.get(appointment.cadre_id)
    posts = {post.pk for post in service.posts} if service else set()
    return service is not None and appointment.township_id == service.township.pk and appointment.post_id in posts


def _day_before_next(service: Service, post: Post, later: list[Appointment]) -> date | None:
    """Until when a post is held that something later ends: the cadre's next post, or the next holder of this one."""
    starts = [
        a.start
        for a in later
        if a.cadre_id == service.cadre.pk
        or (post.single_holder and (a.township_id, a.post_id) == (service.township.pk, post.pk))
    ]
    return min(starts) - timedelta(days=1) if starts else None


def _end(appointments: list[Appointment], *, last: date) -> None:
    """End appointments on `last`; one that began after it never took place."""
    for appointment in appointments:
        appointment.end = last
    Appointment.objects.filter(pk__in=[a.pk for a in appointments if a.start > last]).delete()
    Appointment.objects.bulk_update([a for a in appointments if a.start <= last], ["end"], batch_size=200)
