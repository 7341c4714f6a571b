"""What an account may do, asked by a template that offers a button for it; services decide."""

from typing import Any

from django import template

from cadres.models import Account
from cadres.permissions import allows

register = template.Library()


@register.simple_tag(takes_context=True)
def allowed(context: dict[str, Any], permission: str, target: object = None) -> bool:
    """`{% allowed "cadres.change_roster" as can_change %}`."""
    user = context["user"]
    return isinstance(user, Account) and allows(user, permission, target)
