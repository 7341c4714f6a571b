"""Stability in words, the same on pages, in tables and on the command line."""

from django.utils.translation import gettext as _

from scoring.stability import Interval, SubjectStability


def interval_text(interval: Interval) -> str:
    """“5–9”, or the place where it is one."""
    return f"{interval.low}–{interval.high}" if interval.low < interval.high else str(interval.low)


def band_text(one: SubjectStability) -> str:
    """“place 7, between 5 and 9 when ballots are drawn anew”."""
    values = {"place": one.rank.place, "low": one.votes.low, "high": one.votes.high}
    if one.votes.low == one.votes.high == one.rank.place:
        return _("place %(place)s, also when ballots are drawn anew") % values
    return _("place %(place)s; between %(low)s and %(high)s when ballots are drawn anew") % values
