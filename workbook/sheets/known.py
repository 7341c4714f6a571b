"""What a workbook may refer to: its own rows together with what is stored."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from assessment.scheme import CadreItem, Evaluation, Line, Scheme
from cadres.models import Department, Post, Township
from cadres.services.post import PostRow, default_posts
from cadres.services.unit import UnitRow

from .convert import key_of, listing, shown
from .problems import CellRefused


class Directory:
    """Things that are meant by their code or, where only one bears it, by their name."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        self.names = dict(entries)
        self._codes = {key_of(code): code for code in self.names}
        self._named: dict[str, list[str]] = {}
        for code, name in self.names.items():
            self._named.setdefault(key_of(name), []).append(code)

    def resolve(self, text: str) -> str:
        """The code. Raises CellRefused, naming what is known."""
        key = key_of(text)
        if key in self._codes:
            return self._codes[key]
        found = self._named.get(key, [])
        if len(found) == 1:
            return found[0]
        if found:
            what = _("“%(text)s” is the name of several") % {"text": shown(text)}
            raise CellRefused(what, _("one of the codes %(codes)s") % {"codes": listing(found)})
        raise CellRefused(_("“%(text)s” is unknown") % {"text": shown(text)}, self._listing())

    def find(self, text: str) -> str:
        """The code, empty where nothing or several things are meant."""
        try:
            return self.resolve(text)
        except CellRefused:
            return ""

    def _listing(self) -> str:
        words = [f"{code} {name}" if name and name != code else code for code, name in self.names.items()]
        return _("one of: %(words)s") % {"words": listing(words)} if words else _("none is known yet")

    def __contains__(self, code: str) -> bool:
        return code in self.names


@dataclass
class Known:
    """`year` None: it will be created. Sheets read earlier fill this in for later ones."""

    year: AssessmentYear | None
    scheme: Scheme
    townships: Directory
    departments: Directory
    posts: dict[str, PostRow]
    roster: dict[str, str] = field(default_factory=dict)
    scheme_cells: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def lines(self) -> Directory:
        return _entries(self.scheme.lines)

    @property
    def evaluations(self) -> Directory:
        return _entries(self.scheme.evaluations)

    @property
    def cadre_votes(self) -> Directory:
        return _entries(item for item in self.scheme.cadre_items if not item.is_work)

    @property
    def cadres(self) -> Directory:
        """By personnel number alone: homonyms are normal."""
        return Directory((number, "") for number in self.roster)


def _entries(entries: Iterable[Line | Evaluation | CadreItem]) -> Directory:
    return Directory((entry.code, entry.name) for entry in entries)


def stored_known(year: AssessmentYear | None, scheme: Scheme) -> Known:
    """What the database knows, before any sheet is read."""
    taking_part = year.townships.all() if year else Township.objects.filter(is_active=True)
    roster = year.roster.values_list("cadre__number", "cadre__name") if year else ()
    return Known(
        year=year,
        scheme=scheme,
        townships=Directory(taking_part.values_list("code", "name")),
        departments=Directory(Department.objects.values_list("code", "name")),
        posts={post.name: post_row(post) for post in Post.objects.filter(is_active=True)},
        roster=dict(roster),
    )


def post_row(post: Post) -> PostRow:
    return PostRow(post.name, post.is_principal, post.single_holder)


def completed(row: PostRow) -> PostRow:
    """A post with what its row left open taken from the default list."""
    default = default_posts().get(row.name, {})
    principal = row.is_principal if row.is_principal is not None else default.get("is_principal", False)
    single = row.single_holder if row.single_holder is not None else default.get("single_holder", False)
    return PostRow(row.name, principal, single)


def with_units(directory: Directory, rows: Iterable[UnitRow]) -> Directory:
    """The directory with a sheet's rows added or renamed."""
    return Directory((directory.names | {row.code: row.name for row in rows}).items())
