"""A county of any size for the benches: complete, seeded, the default scheme, nothing to do with the demo."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from random import Random

from assessment.models import AssessmentYear
from assessment.scheme import Scheme, default_scheme
from assessment.services.notice import notice_save
from assessment.services.roster import RosterRow, roster_save
from assessment.services.tally import TallyCounts, TallyKey, cadre_tallies_save, team_tallies_save
from assessment.services.value import NOT_APPLICABLE, Cell, values_save
from assessment.services.veto import VetoRow, vetoes_save
from assessment.services.year import year_announce, year_close, year_collect, year_create, year_townships_set
from cadres.models import Township
from cadres.services.post import default_posts
from cadres.services.unit import UnitRow, townships_save

FIRST_YEAR = 2025
_POSTS = (*default_posts(), "副乡镇长")


@dataclass(frozen=True)
class County:
    scheme: Scheme
    townships: list[UnitRow]
    roster: list[RosterRow]
    values: dict[tuple[str, str], Cell]
    vetoes: list[VetoRow]
    team_tallies: dict[TallyKey, TallyCounts]
    cadre_tallies: dict[TallyKey, TallyCounts]


def county(townships: int) -> County:
    """Twelve cadres a township, every 20th township without one task, every 30th cadre not graded."""
    choice, scheme = Random(f"county {townships}"), default_scheme()
    units = [UnitRow(f"T{n:03d}", f"第{n}镇", n) for n in range(1, townships + 1)]
    roster = [_cadre(choice, unit, at, scheme) for unit in units for at in range(len(_POSTS))]
    voted = [item.code for item in scheme.cadre_items if not item.is_work]
    return County(
        scheme=scheme,
        townships=units,
        roster=roster,
        values={(unit.code, line.code): _value(choice) for unit in units for line in scheme.lines},
        vetoes=[VetoRow(unit.code, "V1", "事由", "县委", date(FIRST_YEAR, 12, 1)) for unit in units[::12]],
        team_tallies={(unit.code, e.code, ""): _votes(choice, 150) for unit in units for e in scheme.evaluations},
        cadre_tallies={
            (row.number, item, ""): _votes(choice, 150) for row in roster if not row.not_graded for item in voted
        },
    )


def county_store(data: County) -> AssessmentYear:
    """The county as the next year in the database, closed, through the services."""
    townships_save(rows=data.townships, by=None)
    year = year_create(number=FIRST_YEAR + AssessmentYear.objects.count(), scheme=data.scheme, by=None)
    codes = [unit.code for unit in data.townships]
    year_townships_set(year=year, townships=Township.objects.filter(code__in=codes), by=None)
    roster_save(year=year, rows=data.roster, by=None)
    start, end = date(year.number, 12, 8), date(year.number, 12, 19)
    notice_save(year=year, field_from=start, field_until=end, contact="组织部", phone="0700-1", by=None)
    year_announce(year=year, by=None)
    year_collect(year=year, by=None)
    values_save(year=year, cells=data.values, by=None)
    vetoes_save(year=year, rows=data.vetoes, by=None)
    team_tallies_save(year=year, tallies=data.team_tallies, by=None)
    cadre_tallies_save(year=year, tallies=data.cadre_tallies, by=None)
    year_close(year=year, by=None)
    return year


def _cadre(choice: Random, unit: UnitRow, at: int, scheme: Scheme) -> RosterRow:
    number = int(unit.code[1:]) * len(_POSTS) + at
    deputy = not default_posts()[_POSTS[at]]["is_principal"]
    charges = tuple(line.code for line in choice.sample(scheme.lines, choice.randint(0, 3))) if deputy else ()
    not_graded = "6A" if number % 30 == 7 else ""
    return RosterRow(f"{number:06d}", "王伟", unit.code, _POSTS[at], in_charge=charges, not_graded=not_graded)


def _value(choice: Random) -> Cell:
    return NOT_APPLICABLE if choice.random() < 0.01 else Fraction(choice.randint(500, 999), 10)


def _votes(choice: Random, voters: int) -> TallyCounts:
    first = choice.randint(voters * 35 // 100, voters * 70 // 100)
    second = choice.randint(0, voters - first)
    third = choice.randint(0, voters - first - second)
    return TallyCounts((first, second, third, voters - first - second - third), choice.randint(0, 9))
