"""What the principals and deputies of one team get together: no more than its award (RULES B2)."""

from django.utils.translation import gettext as _

from assessment.numbers import percent_text
from cadres.models import Post

from .known import Known
from .problems import Problem
from .table import Table

SHARES = ("正职比例", "副职比例")


def check_shares(table: Table, known: Known) -> None:
    """A problem where 考评参数 states the shares; where only the posts change, a notice at `table`'s header."""
    terms, count = known.scheme.bonus, _principal_posts(known)
    total = count * terms.principal_share + terms.deputy_share
    if total <= 1 or terms.principal_share + terms.deputy_share > 1:
        return
    what = _(
        "%(count)d principal posts with %(principal)s each and the deputies with %(deputy)s get %(total)s "
        "of their team's award together (clause B2)"
    ) % {
        "count": count,
        "principal": percent_text(terms.principal_share),
        "deputy": percent_text(terms.deputy_share),
        "total": percent_text(total),
    }
    if cell := next((known.scheme_cells[name] for name in SHARES if name in known.scheme_cells), None):
        table.problems.add(Problem(*cell, what, _("together no more than the award")))
    else:
        table.notice(table.header_row, 1, _("%(what)s: the bonus cannot be split") % {"what": what})


def _principal_posts(known: Known) -> int:
    outside = set(Post.objects.filter(in_bonus=False).values_list("name", flat=True))
    return sum(bool(post.is_principal) for name, post in known.posts.items() if name not in outside)
