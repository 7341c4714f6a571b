"""What the county committee of the demo county resolved, year by year: departures, sanctions, earlier grades."""

from datetime import date
from random import Random

from cadres.models import DisciplineKind
from cadres.services.discipline import DisciplineRow
from rewards.services.grade import DecisionRow
from rewards.services.past_result import PastResultRow
from workbook.demo.people import number, seats

DEPARTURES: dict[int, tuple[DecisionRow, ...]] = {
    2023: (
        DecisionRow(number(151), "不称职", "违规发放津补贴被问责，县委常委会研究确定"),
        DecisionRow(number(201), "称职", "年度内因公出国培训五个月，本人提出不参加评优"),
        DecisionRow(number(129), "优秀", "抗洪抢险中表现突出，县委常委会研究确定"),
    ),
    2024: (
        DecisionRow("T09", "实绩较好", "年内发生较大影响的信访事项，县委常委会研究确定"),
        DecisionRow(number(60), "优秀", "名额线上三人同分，经县委常委会票决确定"),
        DecisionRow(number(1), "称职", "名额线上三人同分，经县委常委会票决确定"),
        DecisionRow(number(127), "称职", "名额线上三人同分，经县委常委会票决确定"),
    ),
    2025: (
        DecisionRow(number(151), "不称职", "履职不力造成项目资金闲置，县委常委会研究确定"),
        DecisionRow(number(204), "称职", "巡察反馈问题整改未完成，暂不评优，县委常委会研究确定"),
    ),
}
"""What departs from the suggestion, and who stood in a tie on the quota line; every other suggestion was adopted."""

SANCTIONS: dict[int, tuple[tuple[str, DisciplineRow], ...]] = {
    2023: (
        (
            number(151),
            DisciplineRow(
                DisciplineKind.PARTY_WARNING, "平纪发〔2023〕11号", "中共平岚县纪委", date(2023, 9, 4), date(2024, 9, 3)
            ),
        ),
    ),
    2025: (
        (
            number(182),
            DisciplineRow(
                DisciplineKind.DEMERIT, "平监发〔2025〕2号", "平岚县监委", date(2025, 2, 18), date(2026, 8, 17)
            ),
        ),
        (
            number(130),
            DisciplineRow(
                DisciplineKind.PARTY_WARNING, "平纪发〔2025〕8号", "中共平岚县纪委", date(2025, 6, 10), date(2026, 6, 9)
            ),
        ),
    ),
}
"""Year it was recorded in → personnel number and sanction."""

PUBLISHED = {2023: date(2024, 2, 5), 2024: date(2025, 1, 24), 2025: date(2026, 2, 6)}

EARLIER = (2021, 2022)
"""Years that were assessed on paper: their grades were taken over."""


def earlier_results() -> list[PastResultRow]:
    """Four of five cadres of 2023 served before; a fifth of them 优秀, two low ones a year."""
    people = [who for who in sorted(seats(2023).values()) if who % 5]
    return [row for year in EARLIER for row in _year(year, people)]


def _year(year: int, people: list[int]) -> list[PastResultRow]:
    placed = Random(f"earlier {year}").sample(people, len(people))
    return [
        PastResultRow(number(who), year, _grade(place, len(placed)), rank_county=place, ranked=len(placed))
        for place, who in enumerate(placed, start=1)
    ]


def _grade(place: int, ranked: int) -> str:
    if place <= ranked // 5:
        return "优秀"
    return "基本称职" if place > ranked - 2 else "称职"
