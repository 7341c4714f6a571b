"""A year's record for people to read on a terminal."""

from django.utils.translation import gettext as _

from rewards.selectors.bonus import YearBonus
from workbook.plain_table import plain_table
from workbook.score_json import Record


def score_text(bonus: YearBonus, record: Record) -> str:
    """The record as tables for a terminal."""
    parts = [_missing(record), _teams(record), _cadres(record), _bonus(bonus, record)]
    return "\n\n".join(part for part in parts if part)


def _missing(record: Record) -> str:
    if record["computable"]:
        return ""
    rows = [(missing["subject"], missing["line"], missing["reason"]) for missing in record["missing"]]
    return plain_table(_("Not computable. Missing:"), (_("Subject"), _("Line"), _("Reason")), rows)


def _teams(record: Record) -> str:
    header = (
        _("Place"),
        _("Code"),
        _("Township"),
        _("Targets"),
        _("Evaluations"),
        _("Total"),
        _("Grade"),
        _("Bonus"),
    )
    keys = ("rank", "township", "name", "target_points", "evaluation_points", "total")
    teams = sorted(record["teams"], key=lambda team: team["rank"] or len(record["teams"]) + 1)
    rows = [(*(team[key] for key in keys), team["grade"] or team["suggested_grade"], team["bonus"]) for team in teams]
    return plain_table(_("Teams"), header, rows)


def _cadres(record: Record) -> str:
    header = (_("Place"), _("Number"), _("Name"), _("Township"), _("Post"), _("Total"), _("Grade"), _("Bonus"))
    keys = ("rank_county", "id", "name", "township", "post", "total")
    cadres = sorted(record["cadres"], key=lambda cadre: cadre["rank_county"] or len(record["cadres"]) + 1)
    rows = [
        (*(cadre[key] for key in keys), cadre["grade"] or cadre["suggested_grade"], cadre["bonus"]) for cadre in cadres
    ]
    return plain_table(_("Cadres"), header, rows)


def _bonus(bonus: YearBonus, record: Record) -> str:
    rows = [(name, value) for name, value in record["bonus"].items()]
    grades = _("decided grades") if bonus.grades.all_decided else _("suggested grades where none is decided")
    return plain_table(_("Bonus, by %(grades)s") % {"grades": grades}, (_("Part"), _("Yuan")), rows)
