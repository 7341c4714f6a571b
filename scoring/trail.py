"""Where the audit trail stands: the cheapest question that tells whether anything has happened."""

from cadres.models import AuditChain

_HEADS = AuditChain.objects.order_by().values_list("revision", "length")
_LENGTHS = AuditChain.objects.order_by().values_list("length", flat=True)


def trail_head() -> tuple[str, int]:
    """The data's revision and the trail's length, read in one statement."""
    return next(iter(_HEADS.all()), ("", 0))


def trail_length() -> int:
    """Grows with every entry: a change, a sign-in, a sign-out, a refusal."""
    return next(iter(_LENGTHS.all()), 0)
