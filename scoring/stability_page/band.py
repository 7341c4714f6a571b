"""The quiet band beside a place: from the first to the last place, the interval, and in it the place itself."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from scoring.stability import SubjectStability

HEIGHT, RADIUS = 12, 4


def band_svg(one: SubjectStability, width: int) -> SafeString:
    """So many pixels wide; the same stands beside it in words."""
    low, high, place = (_across(at, one.rank.ranked, width) for at in (*one.votes, one.rank.place))
    return format_html(
        '<svg class="band" width="{width}" height="{height}" viewBox="0 0 {width} {height}" aria-hidden="true">'
        '<line class="band-all" x1="{ends}" x2="{far}" y1="{middle}" y2="{middle}"/>'
        '<rect class="band-range" x="{left}" y="2" width="{wide}" height="8" rx="{ends}"/>'
        '<circle class="band-place" cx="{place}" cy="{middle}" r="{radius}"/></svg>',
        width=width,
        height=HEIGHT,
        middle=HEIGHT // 2,
        ends=RADIUS,
        far=width - RADIUS,
        left=f"{low - RADIUS:.1f}",
        wide=f"{high - low + 2 * RADIUS:.1f}",
        place=f"{place:.1f}",
        radius=RADIUS,
    )


def _across(place: int, ranked: int, width: int) -> float:
    """Where a place lies between the two ends."""
    return RADIUS + (place - 1) / max(ranked - 1, 1) * (width - 2 * RADIUS)
