"""What was decided and done about one proposal, and how that stands on a day (RULES U2, U3)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rewards.deadlines import REMIND_DAYS
from rewards.models import (
    Measure,
    MeasureDecision,
    MeasureOutcome,
    MeasureReview,
    MeasureTalk,
    Taken,
    Verdict,
)

TALKS = (Taken.ADMONITION, Taken.COLLECTIVE_TALK)
"""Measures that are carried out by a talk."""


class MeasureState(models.TextChoices):
    """Where a proposal stands; what somebody has to act on comes first."""

    OVERDUE = "overdue", _("overdue")
    DUE = "due", _("due soon")
    FOR_DECISION = "for_decision", _("for decision: are the years consecutive?")
    PROPOSED = "proposed", _("proposed, not decided")
    ACCEPTED = "accepted", pgettext_lazy("measure", "accepted")
    CHANGED = "changed", pgettext_lazy("measure", "changed")
    TALK_HELD = "talk_held", _("talk held")
    EXTENDED = "extended", _("deadline extended")
    NOT_MET = "not_met", _("reviewed: not mended")
    MET = "met", _("reviewed: mended")
    DECLINED = "declined", pgettext_lazy("measure", "declined")


@dataclass(frozen=True)
class MeasureCourse:
    """The rows of one measure, the earliest first; none where nobody has decided."""

    decisions: tuple[MeasureDecision, ...] = ()
    talks: tuple[MeasureTalk, ...] = ()
    reviews: tuple[MeasureReview, ...] = ()

    @property
    def decision(self) -> MeasureDecision | None:
        """The one in force: the latest."""
        return self.decisions[-1] if self.decisions else None

    @property
    def taken(self) -> MeasureDecision | None:
        """The decision in force, where it takes a measure."""
        return self.decision if self.decision and self.decision.verdict != Verdict.DECLINED else None

    @property
    def talk(self) -> MeasureTalk | None:
        """The latest that stands."""
        return next((talk for talk in reversed(self.talks) if talk.stands), None)

    @property
    def review(self) -> MeasureReview | None:
        """The latest that stands of those since the decision in force: a new decision opens the matter anew."""
        since = self.decision.entered_at if self.decision else None
        valid = (review for review in reversed(self.reviews) if review.stands and since and review.entered_at >= since)
        return next(valid, None)

    @property
    def deadline(self) -> date | None:
        """The decision's, or that of an extension."""
        if self.taken is None:
            return None
        return self.review.deadline if self.review and self.review.deadline else self.taken.deadline

    @property
    def settled(self) -> bool:
        """Reviewed to the end."""
        return self.review is not None and self.review.outcome != MeasureOutcome.EXTENDED

    @property
    def awaits_talk(self) -> bool:
        return self.taken is not None and self.taken.taken in TALKS and self.talk is None and not self.settled

    @property
    def awaits_review(self) -> bool:
        return self.deadline is not None and not self.settled

    def state(self, today: date) -> MeasureState:
        """Of a proposal of the rules."""
        if self.decision is None:
            return MeasureState.PROPOSED
        if self.taken is None:
            return MeasureState.DECLINED
        if self.review and self.settled:
            return MeasureState(self.review.outcome)
        return self._under_way(today)

    def _under_way(self, today: date) -> MeasureState:
        if self.deadline and self.deadline < today:
            return MeasureState.OVERDUE
        if self.deadline and self.deadline <= today + timedelta(days=REMIND_DAYS):
            return MeasureState.DUE
        if self.review:
            return MeasureState.EXTENDED
        if self.talk:
            return MeasureState.TALK_HELD
        return (
            MeasureState.CHANGED
            if self.decision and self.decision.verdict == Verdict.CHANGED
            else MeasureState.ACCEPTED
        )


def course_of(measure: Measure) -> MeasureCourse:
    """Of one of `measures_stored`: no query."""
    return MeasureCourse(tuple(measure.decisions.all()), tuple(measure.talks.all()), tuple(measure.reviews.all()))


def measures_stored() -> QuerySet[Measure]:
    """With everything a course needs: four queries."""
    related = (
        Prefetch("decisions", MeasureDecision.objects.select_related("entered_by").order_by("number")),
        Prefetch("talks", _withdrawable(MeasureTalk.objects.all())),
        Prefetch("reviews", _withdrawable(MeasureReview.objects.all())),
    )
    return Measure.objects.select_related("year", "township", "cadre").prefetch_related(*related)


def _withdrawable(rows: QuerySet) -> QuerySet:
    return rows.select_related("entered_by", "withdrawn_by").order_by("held_on", "id")
