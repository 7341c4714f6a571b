"""One year of the demo county as plain values; the same every time."""

from dataclasses import dataclass
from datetime import date

from assessment.scheme import Scheme
from assessment.services.roster import RosterRow
from assessment.services.tally import TallyCounts, TallyKey
from assessment.services.value import Cell
from assessment.services.veto import VetoRow
from workbook.demo import figures, people, schemes, votes

YEARS = (2023, 2024, 2025)
"""The closed years that the demo database holds."""

COLLECTING = 2026
"""The year that is being collected there."""

NEXT_YEAR = 2027
"""The year of the demo workbook, to be uploaded."""


@dataclass(frozen=True)
class DemoYear:
    """`transfers` hold (number, slot, day); `vacancies` slot → reason; `revoked` (township, line) → reason."""

    number: int
    scheme: Scheme
    roster: list[RosterRow]
    transfers: list[tuple[str, str, date]]
    vacancies: dict[str, str]
    values: dict[tuple[str, str], Cell]
    vetoes: list[VetoRow]
    revoked: dict[tuple[str, str], str]
    team_tallies: dict[TallyKey, TallyCounts]
    cadre_tallies: dict[TallyKey, TallyCounts]


def demo_year(number: int) -> DemoYear:
    scheme = schemes.scheme(number)
    roster = people.roster(number)
    return DemoYear(
        number=number,
        scheme=scheme,
        roster=roster,
        transfers=list(people.transfers(number)),
        vacancies=people.VACANCIES.get(number, {}),
        values=figures.values(number, scheme),
        vetoes=figures.VETOES.get(number, []),
        revoked=figures.REVOKED.get(number, {}),
        team_tallies=votes.team_tallies(number, scheme),
        cadre_tallies=votes.cadre_tallies(number, scheme, roster),
    )
