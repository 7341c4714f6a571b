"""Which measures the committee may take on a proposal (RULES U2, U3)."""

from rewards.models import Taken, Verdict
from rewards.rules import MeasureKind

ACCEPTED: dict[MeasureKind, tuple[Taken, ...]] = {
    MeasureKind.ADMONITION: (Taken.ADMONITION,),
    MeasureKind.YELLOW_CARD: (Taken.YELLOW_CARD,),
    MeasureKind.ORGANISATIONAL: (Taken.RESIGNATION, Taken.DEMOTION, Taken.REMOVAL),
    MeasureKind.COLLECTIVE_TALK: (Taken.COLLECTIVE_TALK,),
    MeasureKind.RECTIFICATION: (Taken.RECTIFICATION,),
}
"""What accepting a proposal means; of several the decision names one."""

OF_TEAMS = (Taken.COLLECTIVE_TALK, Taken.RECTIFICATION, Taken.TEAM_ADJUSTMENT)
OF_CADRES = tuple(taken for taken in Taken if taken not in (Taken.COLLECTIVE_TALK, Taken.TEAM_ADJUSTMENT))


def taken_choices(*, kind: MeasureKind, of_team: bool, verdict: Verdict) -> tuple[Taken, ...]:
    """Accepting takes what is proposed, changing anything else that fits a team or a cadre, declining nothing."""
    if verdict == Verdict.DECLINED:
        return ()
    if verdict == Verdict.ACCEPTED:
        return ACCEPTED[kind]
    return tuple(taken for taken in (OF_TEAMS if of_team else OF_CADRES) if taken not in ACCEPTED[kind])


def taken_alone(kind: MeasureKind) -> Taken | None:
    """The one measure that accepting means; None where the decision has to name it."""
    return ACCEPTED[kind][0] if len(ACCEPTED[kind]) == 1 else None
