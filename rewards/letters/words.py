"""The sentences of a letter. Chinese, as the county's organization department writes them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from cadres.templatetags.labels import percent, points
from rewards.letters.values import Earlier, Occasion
from scoring.engine import Rank
from scoring.standing import LineStanding

NUMERALS = "一二三四五六七八九十"
FULL_STOP = "。"
AT_MOST = 3
"""Strongest and weakest lines named."""


def day(value: date) -> str:
    """2026年1月20日."""
    return f"{value.year}年{value.month}月{value.day}日"


def signed(number: Decimal | Fraction) -> str:
    """+0.62, -0.40, 0.00."""
    text = points(number)
    return text if text.startswith("-") or not text.strip("0.") else f"+{text}"


def place_of(rank: Rank, unit: str) -> str:
    """第3名（共25个，与其他1个并列）."""
    tied = f"，与其他{rank.tied - 1}{unit}并列" if rank.is_tied else ""
    return f"第{rank.place}名（共{rank.ranked}{unit}{tied}）"


def shown(middle: Decimal | None) -> Decimal | None:
    """A median as it is printed, with two decimals: what is compared with it is what the reader can check."""
    return None if middle is None else Decimal(points(middle))


def against_median(standing: LineStanding) -> Fraction | None:
    """The distance from the county's median as a share of the full points; None where there is nothing to compare."""
    scored, middle, full = standing.line.points, shown(standing.median), standing.line.out_of
    if scored is None or middle is None or not full:
        return None
    return Fraction(scored - middle) / full


def strongest(standings: Sequence[LineStanding]) -> list[LineStanding]:
    """Those above the median, the farthest first; equal ones as the scheme orders them."""
    return _farthest(standings, 1)


def weakest(standings: Sequence[LineStanding]) -> list[LineStanding]:
    """Those under the median, the farthest first."""
    return _farthest(standings, -1)


def _farthest(standings: Sequence[LineStanding], sign: int) -> list[LineStanding]:
    distances = [(distance * sign, standing) for standing in standings if (distance := against_median(standing))]
    ordered = sorted(distances, key=lambda pair: pair[0], reverse=True)
    return [standing for distance, standing in ordered if distance > 0][:AT_MOST]


def lines_named(label: str, standings: Sequence[LineStanding], none: str) -> str:
    """高于全县中位数：财政收入（11.52分，高1.20分）、…。"""
    if not standings:
        return none
    return f"{label}：{'、'.join(map(_line_named, standings))}。"


def _line_named(standing: LineStanding) -> str:
    line, middle = standing.line, shown(standing.median)
    if line.points is None or middle is None:
        return standing.name
    word = "高" if line.points > middle else "低"
    return f"{standing.name}（{points(line.points)}分，{word}{points(abs(line.points - middle))}分）"


def change(earlier: Earlier | None, *, year: int, rate: Fraction | None, rank: Rank | None) -> str:
    """From last year: score rate and place."""
    if earlier is None:
        return f"没有{year - 1}年度考评结果，不作比较。"
    if earlier.not_graded:
        return f"{earlier.year}年度未定等次，不作比较。"
    moved = [text for text in (_rate_moved(earlier, rate), _place_moved(earlier, rank)) if text]
    now = f"；本年度{'，'.join(moved)}" if moved else ""
    return f"{earlier.year}年度{'，'.join(_known(earlier))}{now}。"


def _known(earlier: Earlier) -> list[str]:
    score = f"得分率{percent(earlier.rate)}" if earlier.rate is not None else ""
    if not score and earlier.score is not None:
        score = f"得{points(earlier.score)}分"
    place = f"第{earlier.place}名" if earlier.place else ""
    of = f"（共{earlier.ranked}名）" if place and earlier.ranked else ""
    return [text for text in (score, place + of) if text] or ["没有得分和位次记录"]


def _rate_moved(earlier: Earlier, rate: Fraction | None) -> str:
    if earlier.rate is None or rate is None:
        return ""
    moved = points((rate - earlier.rate) * 100)
    if not moved.strip("-0."):
        return "得分率持平"
    return f"得分率{'下降' if moved.startswith('-') else '上升'}{moved.lstrip('-')}个百分点"


def _place_moved(earlier: Earlier, rank: Rank | None) -> str:
    if earlier.place is None or rank is None:
        return ""
    if earlier.place == rank.place:
        return "位次不变"
    ahead = earlier.place - rank.place
    return f"位次{'前移' if ahead > 0 else '后移'}{abs(ahead)}名"


def grade_text(grade: str | None, *, decided: bool, whom: str) -> str:
    """The decided grade, or the suggested one marked as such (RULES 4)."""
    if not grade:
        return f"{whom}考评档次尚未确定。"
    if decided:
        return f"经县委研究，{whom}考评档次定为“{grade}”。"
    return f"按得分，{whom}建议档次为“{grade}”，县委尚未研究决定。"


def appeal_text(occasion: Occasion) -> str:
    """When a review can be asked for, and until when it is decided (RULES Y8)."""
    until = f"，即{day(occasion.appeals_until)}前（含当日）" if occasion.appeals_until else ""
    return (
        f"如对考评结果有异议，可自结果公布之日起{occasion.appeal_days}日内{until}，"
        f"以书面形式向县委组织部申请复核。县委组织部自收到申请之日起{occasion.review_days}日内办结并书面答复。"
    )
