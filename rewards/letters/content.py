"""What the letter to a team or to a cadre says (RULES U4): points, places and medians; never a vote.

Read as the engine computed or confirmed it; nothing is computed here but distances.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from statistics import median

from django.utils.translation import override

from assessment.numbers import number_text
from cadres.templatetags.labels import percent, points, term
from rewards.letters import words
from rewards.letters.values import Earlier, Letter, LetterLine, Occasion, Section
from rewards.selectors.grade import GradeInForce
from scoring.cadre_page import township_name
from scoring.engine import CadreResult, Rank, TeamResult, YearResult
from scoring.standing import LineStanding, cadre_lines, next_cadre_place, next_team_place, rate, team_lines
from scoring.wording import bar_text, entry_name, not_graded_text

CHINESE = "zh-hans"
DRAFT = "未公布，仅供核对"


@override(CHINESE)
def team_letter(
    result: YearResult, team: TeamResult, *, grade: GradeInForce, earlier: Earlier | None, occasion: Occasion
) -> Letter:
    """To a leadership team (班子)."""
    standings = team_lines(result, team, occasion.year)
    totals = [other.total for other in result.teams]
    change = words.change(earlier, year=occasion.year, rate=rate(team.total, team.out_of), rank=team.standing)
    parts = [
        ("得分和位次", (_team_score(team) + _one_more(next_team_place(result, team)),), ()),
        ("各项得分", (TABLE,), _table(standings, team.total, team.out_of, totals)),
        ("强项和弱项", _strong_and_weak(standings), ()),
        ("与上年度相比", (change,), ()),
        ("考评档次", _team_grade(result, team, grade, occasion), ()),
    ]
    return _letter(
        occasion,
        file_name=f"{occasion.year}年度反馈书-{team.input.code}{team.input.name}",
        kind="领导班子",
        addressee=f"{team.input.name}领导班子：",
        opening=f"按照县委关于年度考评工作的部署，现将你们领导班子{occasion.year}年度考评结果反馈如下。",
        parts=parts,
    )


@override(CHINESE)
def cadre_letter(
    result: YearResult, cadre: CadreResult, *, grade: GradeInForce, earlier: Earlier | None, occasion: Occasion
) -> Letter:
    """To a leading cadre; who is not graded is told why, and no score (RULES C3)."""
    parts = _graded_parts(result, cadre, grade, earlier, occasion) if cadre.graded else [_not_graded(cadre, occasion)]
    person = cadre.input
    posts = "、".join(term(post) for post in (person.post, person.second_post) if post)
    return _letter(
        occasion,
        file_name=f"{occasion.year}年度反馈书-{person.number}{person.name}",
        kind="领导干部",
        reference=f"（工号：{person.number}）",
        addressee=f"{township_name(result, person.township)}{posts}{person.name}同志：",
        opening=f"按照县委关于年度考评工作的部署，现将你{occasion.year}年度考评结果反馈如下。",
        parts=parts,
    )


Part = tuple[str, tuple[str, ...], tuple[LetterLine, ...]]
"""Heading without its number, paragraphs, table."""

TABLE = "下表列出各项得分与全县中位数。得分率为得分占满分的比例。"


def _graded_parts(
    result: YearResult, cadre: CadreResult, grade: GradeInForce, earlier: Earlier | None, occasion: Occasion
) -> list[Part]:
    standings = cadre_lines(result, cadre, occasion.year)
    totals = [other.total for other in result.cadres]
    change = words.change(earlier, year=occasion.year, rate=rate(cadre.total, cadre.out_of), rank=cadre.in_county)
    return [
        ("得分和位次", (_cadre_score(cadre) + _one_more(next_cadre_place(result, cadre), "综合位次"),), ()),
        ("各项得分", (TABLE,), _table(standings, cadre.total, cadre.out_of, totals)),
        ("强项和弱项", _strong_and_weak(standings), ()),
        ("与上年度相比", (change,), ()),
        ("考评档次", _cadre_grade(result, cadre, grade, occasion), ()),
    ]


def _letter(
    occasion: Occasion,
    *,
    file_name: str,
    kind: str,
    addressee: str,
    opening: str,
    parts: list[Part],
    reference: str = "",
) -> Letter:
    *sections, closing = _numbered([*parts, ("申请复核", (words.appeal_text(occasion),), ())])
    return Letter(
        file_name=file_name,
        mark="" if occasion.published else DRAFT,
        title=f"{occasion.year}年度{kind}考评结果反馈书",
        reference=reference,
        addressee=addressee,
        opening=opening,
        sections=tuple(sections),
        closing=closing,
        sender=occasion.sender,
        dated=words.day(occasion.dated),
    )


def _numbered(parts: Iterable[Part]) -> tuple[Section, ...]:
    return tuple(
        Section(f"{words.NUMERALS[position]}、{heading}", paragraphs, lines)
        for position, (heading, paragraphs, lines) in enumerate(parts)
    )


def _score(total: Decimal | None, out_of: Fraction) -> str:
    return f"得分{points(total)}分（满分{number_text(out_of)}分），得分率{percent(rate(total, out_of))}"


def _team_score(team: TeamResult) -> str:
    place = f"，在全县乡镇领导班子中居{words.place_of(team.standing, '个班子')}" if team.standing else ""
    return f"{_score(team.total, team.out_of)}{place}。"


def _cadre_score(cadre: CadreResult) -> str:
    post = term(cadre.input.post)
    held: tuple[tuple[str, str, Rank | None], ...] = (
        ("同级位次", "本乡镇副职", cadre.in_township),
        ("同职位次", f"全县{post}", cadre.in_post),
        ("综合位次", "全县参加考评的领导干部", cadre.in_county),
    )
    places = [f"{name}（{among}）居{words.place_of(rank, '人')}" for name, among, rank in held if rank]
    return f"{_score(cadre.total, cadre.out_of)}。{'；'.join(places)}。"


def _one_more(text: str, ranking: str = "") -> str:
    """What one more place needs; nothing at the first place."""
    return f"{f'按{ranking}，' if ranking else ''}{text.replace(' ', '')}" if text else ""


def _table(
    standings: Sequence[LineStanding], total: Decimal | None, out_of: Fraction, totals: Iterable[Decimal | None]
) -> tuple[LetterLine, ...]:
    rows = [_row(found.name, found.line.points, found.line.out_of, words.shown(found.median)) for found in standings]
    known = [other for other in totals if other is not None]
    middle = words.shown(Decimal(median(known))) if known else None
    return (*rows, _row("合计", total, out_of, middle, is_total=True))


def _row(
    name: str, scored: Decimal | None, out_of: Fraction, middle: Decimal | None, *, is_total: bool = False
) -> LetterLine:
    difference = "" if scored is None or middle is None else words.signed(scored - middle)
    return LetterLine(
        name=name,
        points=points(scored),
        out_of=number_text(out_of),
        rate=percent(rate(scored, out_of)),
        median=points(middle),
        difference=difference,
        is_total=is_total,
    )


def _strong_and_weak(standings: Sequence[LineStanding]) -> tuple[str, ...]:
    return (
        words.lines_named("强项（高于全县中位数）", words.strongest(standings), "没有高于全县中位数的项目。"),
        words.lines_named("弱项（低于全县中位数）", words.weakest(standings), "没有低于全县中位数的项目。"),
    )


def _team_grade(result: YearResult, team: TeamResult, grade: GradeInForce, occasion: Occasion) -> tuple[str, ...]:
    decided = grade.decision is not None or occasion.confirmed
    said = words.grade_text(grade.grade, decided=decided, whom=f"你们领导班子{occasion.year}年度")
    vetoes = "、".join(entry_name(result.scheme, code) for code in team.input.vetoes)
    return (said, f"本年度有一票否决：{vetoes}。按照考评办法，不得评为实绩突出。") if vetoes else (said,)


def _cadre_grade(result: YearResult, cadre: CadreResult, grade: GradeInForce, occasion: Occasion) -> tuple[str, ...]:
    decided = grade.decision is not None or occasion.confirmed
    said = words.grade_text(grade.grade, decided=decided, whom=f"你{occasion.year}年度")
    bars = "；".join(bar_text(bar, result.scheme).rstrip(words.FULL_STOP) for bar in cadre.bars)
    return (said, f"按照考评办法，有下列情形不得评为优秀：{bars}。") if bars else (said,)


def _not_graded(cadre: CadreResult, occasion: Occasion) -> Part:
    code, _space, reason = not_graded_text(cadre.input.not_graded).partition(" ")
    text = (
        f"经审核，你{occasion.year}年度属于“{reason}”情形（登记代码{code}），按照考评办法不定等次，"
        "不计分，不参加位次排列。"
    )
    return "不定等次的情况", (text,), ()
