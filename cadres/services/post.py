"""The county's list of posts."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from cadres.models import Account, Post
from cadres.permissions import require
from cadres.services.audit import audit_record
from cadres.services.upsert import Changes, row_save, rows_upsert

DEFAULT_FILE = Path(__file__).resolve().parent.parent / "posts.toml"


@dataclass(frozen=True)
class PostRow:
    """None takes the default list's word for the name, else deputy, more than one holder. The side is not named:
    a stored post keeps its own."""

    name: str
    is_principal: bool | None = None
    single_holder: bool | None = None


def default_posts() -> dict[str, dict[str, Any]]:
    """The default list: name → fields of Post, in order."""
    posts = tomllib.loads(DEFAULT_FILE.read_text(encoding="utf-8"))["post"]
    return {
        post["name"]: {
            "side": post["side"],
            "is_principal": post.get("principal", False),
            "single_holder": post.get("single", False),
            "order": order,
        }
        for order, post in enumerate(posts, start=1)
    }


def posts_save(*, rows: list[PostRow], by: Account | None) -> Changes:
    """The county's whole list, in order: a post it does not name is no longer in use."""
    require(by=by, permission="cadres.change_roster")
    defaults = default_posts()
    with transaction.atomic():
        existing = {post.name: post for post in Post.objects.all()}
        incoming = {row.name: _fields(row, order, defaults) for order, row in enumerate(rows, start=1)}
        for name in existing.keys() & incoming.keys():
            incoming[name]["side"] = existing[name].side
        for name, post in existing.items():
            if name not in incoming:
                incoming[name] = {**_stored(post), "order": len(rows) + post.order, "is_active": False}
        changes = rows_upsert(existing=existing, incoming=incoming, make=lambda name: Post(name=name))
        if changes:
            audit_record(by=by, action="posts_save", details=changes.for_audit())
    return changes


def post_save(*, post: Post, by: Account | None) -> None:
    """Save one post as edited in a form; a new one comes last."""
    require(by=by, permission="cadres.change_roster")
    with transaction.atomic():
        if post.pk is None:
            post.order = 1 + max(Post.objects.values_list("order", flat=True), default=0)
        _record(row_save(post), "post_save", post, by)


def post_shift(*, post: Post, up: bool, by: Account | None) -> None:
    """One place up or down in the list; the order decides which of two posts counts (RULES C4)."""
    require(by=by, permission="cadres.change_roster")
    with transaction.atomic():
        posts = list(Post.objects.filter(is_active=True))
        here = posts.index(post)
        there = min(max(here + (-1 if up else 1), 0), len(posts) - 1)
        posts.insert(there, posts.pop(here))
        incoming = {row.name: {"order": order} for order, row in enumerate(posts, start=1)}
        existing = {row.name: row for row in posts}
        _record(rows_upsert(existing=existing, incoming=incoming, make=Post), "post_shift", post, by)


def _record(changes: Changes, action: str, post: Post, by: Account | None) -> None:
    if changes:
        audit_record(by=by, action=action, subject=post.name, details=changes.for_audit())


def _fields(row: PostRow, order: int, defaults: dict[str, dict[str, Any]]) -> dict[str, Any]:
    default = defaults.get(row.name, {"side": "other", "is_principal": False, "single_holder": False})
    stated = {"is_principal": row.is_principal, "single_holder": row.single_holder}
    return {
        **default,
        **{name: value for name, value in stated.items() if value is not None},
        "order": order,
        "is_active": True,
    }


def _stored(post: Post) -> dict[str, Any]:
    names = ("side", "is_principal", "single_holder", "order", "is_active")
    return {name: getattr(post, name) for name in names}
