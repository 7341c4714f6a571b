"""Generated counties for hypothesis: small numbers, so that ties, empty groups and lines of every kind are frequent."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from assessment.scheme import (
    Bands,
    BlockCode,
    BonusTerms,
    CadreGrading,
    Direct,
    Direction,
    EmptyGroup,
    Forfeited,
    Groups,
    Line,
    Linear,
    RankRule,
    RatioToBest,
    Scheme,
    StepPercent,
    StepPoints,
    TeamGrading,
    TieRule,
    VoteRule,
    WeightedShare,
    default_scheme,
)
from rewards.rules import BonusCadre, BonusPost, BonusTeam
from scoring.engine import NOT_APPLICABLE, CadreGrade, CadreInput, Counts, TeamGrade, TeamInput, Value, YearInput

SHARES = st.sampled_from([Fraction(n, 20) for n in range(21)] + [Fraction(1, 3), Fraction(2, 3)])
SMALL = st.sampled_from([Fraction(n, 50) for n in range(6)])
GROUPS = ("甲", "乙", "丙")
POSTS = ("党委书记", "乡镇长", "人大主席", "副乡镇长")


@st.composite
def rank_rules(draw: st.DrawFn) -> RankRule:
    """Any of the five rules of 1.1."""
    kind = draw(st.sampled_from([StepPercent, StepPoints, Linear, RatioToBest, Direct]))
    if kind is StepPercent:
        return StepPercent(draw(SMALL), draw(SHARES))
    if kind is StepPoints:
        return StepPoints(draw(SMALL) * 10, draw(SHARES))
    if kind is Linear:
        top, bottom = sorted([draw(SHARES), draw(SHARES)], reverse=True)
        return Linear(top, bottom)
    return RatioToBest() if kind is RatioToBest else Direct()


@st.composite
def vote_rules(draw: st.DrawFn) -> VoteRule:
    """E1 with coefficients of either sign, or E2 with and without an override and a row at 0."""
    if draw(st.booleans()):
        numbers = st.sampled_from([Fraction(n, 5) for n in range(-5, 7)])
        return WeightedShare((Fraction(1), draw(numbers), draw(numbers), draw(numbers)))
    minimums = sorted(draw(st.sets(SHARES, min_size=1, max_size=4)), reverse=True)
    override = draw(st.one_of(st.none(), st.tuples(SHARES, SHARES)))
    return Bands(tuple((minimum, draw(SHARES)) for minimum in minimums), override)


@st.composite
def voter_groups(draw: st.DrawFn) -> Groups:
    """No weights, or two or three groups that sum to 1, one of them sometimes 0."""
    kind = draw(st.sampled_from(["one", "one", "two", "three"]))
    if kind == "one":
        return ()
    first = draw(SHARES)
    if kind == "two":
        return (("甲", first), ("乙", 1 - first))
    return (("甲", first), ("乙", (1 - first) / 3), ("丙", (1 - first) * 2 / 3))


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """A scheme that T2 accepts, with one to three lines a block."""
    lines = tuple(
        Line(
            code=f"{block.name[0]}{index}",
            target="目标",
            name=f"{block}{index}",
            block=block,
            points=Fraction(draw(st.sampled_from([3, 5, 12]))),
            direction=draw(st.sampled_from(Direction)),
            rule=draw(rank_rules()),
            ties=draw(st.sampled_from(TieRule)),
        )
        for block in BlockCode
        for index in range(1, draw(st.integers(1, 3)) + 1)
    )
    default = default_scheme()
    blocks = tuple((block, sum((x.points for x in lines if x.block is block), Fraction(0))) for block in BlockCode)
    target = sum((points for _, points in blocks), Fraction(0))
    three = sorted([draw(SHARES), draw(SHARES), draw(SHARES)], reverse=True)
    excellent, competent, basic = (100 * mark for mark in sorted([draw(SHARES) for _ in range(3)], reverse=True))
    codes = [entry.code for entry in replace(default, lines=lines).entries]
    return replace(
        default,
        blocks=blocks,
        lines=lines,
        evaluations=tuple(replace(entry, groups=draw(voter_groups())) for entry in default.evaluations),
        cadre_items=tuple(
            item if item.is_work else replace(item, groups=draw(voter_groups())) for item in default.cadre_items
        ),
        target_points=target,
        team_points=target + default.evaluation_points,
        team_votes=draw(vote_rules()),
        cadre_votes=draw(vote_rules()),
        empty_group=draw(st.sampled_from(EmptyGroup)),
        deputy_team_share=draw(SHARES),
        team_grading=TeamGrading(draw(SHARES), *three),
        cadre_grading=CadreGrading(draw(SHARES), excellent, competent, basic, draw(SHARES), draw(SHARES), "C1"),
        tie_break=tuple(draw(st.lists(st.sampled_from(codes), max_size=3, unique=True))),
    )


COUNTS = st.builds(
    lambda grades, abstain: Counts(grades, abstain),
    st.sampled_from([(0, 0, 0, 0), (3, 0, 0, 0), (3, 1, 0, 0), (2, 2, 1, 0), (1, 1, 1, 1), (9, 1, 0, 0), (4, 0, 1, 2)])
    | st.tuples(*[st.integers(0, 6)] * 4),
    st.integers(0, 3),
)


@st.composite
def boxes(draw: st.DrawFn, groups: Groups, complete: bool) -> dict[str, Counts]:
    """The tallies of one evaluation; complete ones hold a valid vote for every group."""
    if complete:
        names = [name for name, _ in groups] or draw(st.sampled_from([[""], ["甲", "乙"]]))
        return {name: draw(COUNTS.filter(lambda counts: counts.valid > 0)) for name in names}
    return {name: draw(COUNTS) for name in draw(st.lists(st.sampled_from(["", *GROUPS]), unique=True, max_size=4))}


VALUES: st.SearchStrategy[Value] = st.sampled_from([Fraction(n, 2) for n in range(1, 6)])
ODD_VALUES: st.SearchStrategy[Value] = VALUES | st.sampled_from(
    [Fraction(-1), Fraction(0), Fraction(99), Fraction(1, 3)]
)


@st.composite
def team_inputs(draw: st.DrawFn, scheme: Scheme, code: str, complete: bool) -> TeamInput:
    """A team; now and then not applicable, without a value, or with a value that its rule refuses."""
    values: dict[str, Value] = {}
    for line in scheme.lines:
        value = draw((VALUES if complete else ODD_VALUES) | st.just(NOT_APPLICABLE))
        if complete or draw(st.integers(0, 9)):
            values[line.code] = value
    tallies = {entry.code: draw(boxes(entry.groups, complete or draw(st.booleans()))) for entry in scheme.evaluations}
    vetoes = draw(st.lists(st.sampled_from([line.code for line in scheme.lines]), max_size=1))
    return TeamInput(code, code, 0, values, tallies, tuple(vetoes) if draw(st.booleans()) else ())


@st.composite
def cadre_inputs(draw: st.DrawFn, scheme: Scheme, number: str, teams: list[str], complete: bool) -> CadreInput:
    """A cadre; often tied with another, for all counts are small."""
    lines = [line.code for line in scheme.lines]
    known = st.sampled_from(lines if complete else [*lines, "X9"])
    post = draw(st.sampled_from(POSTS))
    return CadreInput(
        number=number,
        name=number,
        township=draw(st.sampled_from(teams if complete else [*teams, "nowhere"])),
        post=post,
        principal=post in POSTS[:2],
        in_charge=tuple(draw(st.lists(known, max_size=3))),
        not_graded=draw(st.sampled_from(["", "", "", "", "5A"])),
        tallies={
            item.code: draw(boxes(item.groups, complete or draw(st.booleans())))
            for item in scheme.cadre_items
            if not item.is_work
        },
        disciplinary=draw(st.sampled_from(["", "", "", "记过"])),
    )


@st.composite
def years(draw: st.DrawFn) -> YearInput:
    """A county of one to six teams and up to ten cadres; half of them with everything there."""
    scheme = draw(schemes())
    complete = draw(st.booleans())
    codes = [f"T{index}" for index in range(1, draw(st.integers(1, 6)) + 1)]
    teams = tuple(draw(team_inputs(scheme, code, complete)) for code in codes)
    count = draw(st.integers(0, 10))
    cadres = tuple(draw(cadre_inputs(scheme, f"{index:03}", codes, complete)) for index in range(count))
    return YearInput(scheme, teams, cadres)


@st.composite
def bonuses(draw: st.DrawFn) -> tuple[BonusTerms, list[BonusTeam], list[BonusCadre], list[BonusPost]]:
    """Teams and cadres for the bonus: vacant posts, double posts, several holders, low grades, posts outside."""
    principal = draw(st.sampled_from([Fraction(1, 5), Fraction(1, 4), Fraction(1, 7)]))
    terms = BonusTerms(
        pool=Fraction(draw(st.sampled_from([1000, 250000]))),
        first=Fraction(draw(st.integers(0, 5000000)), 100),
        decrement=Fraction(draw(st.integers(0, 2000000)), 100),
        principal_share=principal,
        deputy_share=draw(st.sampled_from([1 - 2 * principal, Fraction(1, 3), Fraction(0)])),
        forfeited=draw(st.sampled_from(Forfeited)),
    )
    posts = [BonusPost(POSTS[0], True), BonusPost(POSTS[1], True), BonusPost(POSTS[2], False)]
    posts.append(BonusPost(POSTS[3], False, in_bonus=draw(st.booleans())))
    codes = [f"T{index}" for index in range(draw(st.integers(1, 5)))]
    grades = st.sampled_from([TeamGrade.OUTSTANDING, TeamGrade.OUTSTANDING, TeamGrade.GOOD])
    teams = [BonusTeam(code, draw(st.integers(1, 5)), draw(grades), draw(st.integers(0, 4)) == 0) for code in codes]
    cadres = [
        BonusCadre(
            number=str(index),
            township=draw(st.sampled_from(codes)),
            post=draw(st.sampled_from([*POSTS, "顾问"])),
            grade=draw(st.sampled_from([None, *CadreGrade, CadreGrade.COMPETENT, CadreGrade.COMPETENT])),
            second_post=draw(st.sampled_from(["", "", "", *POSTS])),
        )
        for index in range(draw(st.integers(0, 14)))
    ]
    return terms, teams, cadres, posts
