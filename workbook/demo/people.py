"""Who served where in each demo year: a first roster, then the moves of every year in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from assessment.services.roster import RosterRow
from workbook.demo.county import TOWNSHIP_CODES, in_charge, post_of, slots_of, township_of

FIRST_YEAR = 2023
Seats = dict[str, int]
"""Slot ("T08 副乡镇长 2") → person."""

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭肖蔡潘田董袁于余"
_GIVEN = (
    "建国 志强 海燕 晓东 丽华 永刚 秀英 文斌 国栋 玉兰 春梅 立新 雪峰 志远 红霞 明辉 世杰 艳玲 俊杰 佳慧 "
    "振华 桂芳 少华 亚男 学文 天明 凤霞 卫东 丹丹 长青 庆林 慧敏 兴旺 巧云 德胜 思远 光耀 爱民 若楠 金龙 "
    "伟 芳 敏 静 磊 洋 勇 军 杰 涛 超 霞 平 刚 娟 鹏 辉 玲 斌 波 宁 倩 凯 琳 岩 颖 峰 洁 健 琴"
).split()
_HOMONYMS = {
    "王伟": (4, 31, 77, 118, 163),
    "李娜": (24, 26, 95, 140),
    "张伟": (12, 58, 201),
    "刘洋": (45, 46, 182),
    "王芳": (67, 131),
}
"""Name → people who share it; 24 and 26 serve in one township, and so do 45 and 46."""


@dataclass(frozen=True)
class Move:
    """The holder of the first slot leaves, each next one moves up a slot, a newcomer takes the last.

    `ring`: nobody leaves, the first takes the last slot; `vacant`: nobody takes it; `on`: not on New Year's Day.
    """

    slots: tuple[str, ...]
    ring: bool = False
    vacant: bool = False
    on: date | None = None


MOVES: dict[int, tuple[Move, ...]] = {
    2024: (
        Move(("T03 党委书记", "T12 党委书记"), ring=True),
        Move(("T08 党委书记", "T08 乡镇长", "T05 党委副书记", "T05 组织委员")),
        Move(("T16 乡镇长", "T10 党委副书记", "T10 宣传委员")),
        Move(("T02 纪委书记", "T14 纪委书记"), ring=True),
        Move(("T07 副乡镇长 2",)),
        Move(("T19 人大主席", "T19 党委副书记")),
    ),
    2025: (
        Move(("T17 乡镇长",), vacant=True),
        Move(("T09 乡镇长",), vacant=True),
        Move(("T01 党委书记", "T06 党委书记", "T06 乡镇长", "T01 党委副书记", "T01 组织委员")),
        Move(("T11 乡镇长", "T18 乡镇长"), ring=True),
        Move(("T06 组织委员", "T14 宣传委员"), ring=True, on=date(2025, 7, 1)),
        Move(("T04 副乡镇长 1", "T15 副乡镇长 1"), ring=True),
        Move(("T13 武装部长",)),
        Move(("T20 副乡镇长 2", "T20 组织委员")),
    ),
    2026: (
        Move(("T17 乡镇长", "T17 党委副书记", "T03 组织委员")),
        Move(("T05 人大主席", "T05 党委副书记", "T12 组织委员")),
        Move(("T10 纪委书记", "T02 纪委书记"), ring=True),
        Move(("T16 武装部长",)),
    ),
    2027: (
        Move(("T09 乡镇长", "T09 党委副书记", "T08 组织委员")),
        Move(("T12 人大主席", "T12 党委副书记", "T04 组织委员")),
        Move(("T18 纪委书记", "T15 纪委书记"), ring=True),
        Move(("T02 武装部长",)),
    ),
}

SECOND_POSTS = {2025: {"T09 党委书记": "乡镇长"}, 2026: {"T09 党委书记": "乡镇长"}}
"""One person in both principal posts (RULES C4)."""

VACANCIES = {2025: {"T17 乡镇长": "原乡镇长8月退休，人选正在考察"}}

NOT_GRADED = {
    2023: {"T02 武装部长": "6A"},
    2024: {"T05 组织委员": "5A", "T07 副乡镇长 2": "5A", "T15 人大主席": "6A"},
    2025: {
        "T01 组织委员": "5A",
        "T13 武装部长": "5A",
        "T12 副乡镇长 2": "5B",
        "T18 党委副书记": "5C",
        "T08 人大主席": "6A",
        "T20 统战委员": "6B",
    },
    2026: {"T16 武装部长": "5A", "T18 党委副书记": "5C", "T07 宣传委员": "6A"},
    2027: {"T02 武装部长": "5A", "T11 副乡镇长 1": "5C", "T07 宣传委员": "6A"},
}
"""Slot → code of the register (RULES C3)."""


def seats(year: int) -> Seats:
    """Who sits where at the end of `year`."""
    held, people = _first_seats()
    for moved in range(FIRST_YEAR + 1, year + 1):
        for move in MOVES.get(moved, ()):
            _apply(move, held, people)
    return held


def roster(year: int) -> list[RosterRow]:
    held = seats(year)
    return [_row(slot, held[slot], year) for slot in sorted(held, key=_order)]


def transfers(year: int) -> Iterator[tuple[str, str, date]]:
    """(number, slot, day) of those who moved within the year."""
    held = seats(year)
    return ((number(held[slot]), slot, move.on) for move in MOVES.get(year, ()) if move.on for slot in move.slots)


def number(person: int) -> str:
    """Personnel number (工号), with leading zeros."""
    return f"{1000 + person:06d}"


def name(person: int) -> str:
    for shared, people in _HOMONYMS.items():
        if person in people:
            return shared
    choice = Random(f"name {person}")
    return choice.choice(_SURNAMES) + choice.choice(_GIVEN)


def _first_seats() -> tuple[Seats, Iterator[int]]:
    slots = [slot for township in TOWNSHIP_CODES for slot in slots_of(township)]
    return {slot: person for person, slot in enumerate(slots, start=1)}, iter(range(len(slots) + 1, 1000))


def _apply(move: Move, held: Seats, people: Iterator[int]) -> None:
    first = held.pop(move.slots[0], None)
    for upper, lower in zip(move.slots, move.slots[1:], strict=False):
        held[upper] = held.pop(lower)
    if move.ring and first:
        held[move.slots[-1]] = first
    elif not move.vacant:
        held[move.slots[-1]] = next(people)


def _row(slot: str, person: int, year: int) -> RosterRow:
    return RosterRow(
        number=number(person),
        name=name(person),
        township=township_of(slot),
        post=post_of(slot),
        in_charge=in_charge(slot),
        not_graded=NOT_GRADED.get(year, {}).get(slot, ""),
        second_post=SECOND_POSTS.get(year, {}).get(slot, ""),
    )


def _order(slot: str) -> tuple[int, int]:
    township = township_of(slot)
    return TOWNSHIP_CODES.index(township), slots_of(township).index(slot)
