"""Words of promotion checks and certificates."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models.base import Model
from django.utils.translation import gettext as _

from cadres.templatetags.labels import term
from rewards.models import Certificate, PromotionCandidate
from rewards.rules import Obstacle, ObstacleCode
from rewards.selectors.promotion import CandidateContent, content_from
from scoring.wording import not_graded_text


@dataclass(frozen=True)
class CandidateRow:
    """A candidate as shown: `reasons` with their clause, `warnings` that bar nobody."""

    candidate: PromotionCandidate
    content: CandidateContent
    tied: bool
    reasons: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    certificates: tuple[Certificate, ...]

    @property
    def certificate(self) -> Certificate | None:
        """The one that holds."""
        return next((one for one in self.certificates if not is_revoked(one)), None)


def obstacle_text(obstacle: Obstacle) -> str:
    """“2024: not graded, 5A on probation”."""
    values = {"year": obstacle.year, "value": obstacle.value}
    if obstacle.code == ObstacleCode.NOT_GRADED:
        values["value"] = not_graded_text(obstacle.value)
        return _("%(year)s: not graded, %(value)s") % values
    if obstacle.code == ObstacleCode.LOW_GRADE:
        values["value"] = term(obstacle.value)
        return _("%(year)s: the grade is %(value)s") % values
    return _("%(year)s: there is no annual grade") % values


def candidate_rows(
    candidates: Iterable[PromotionCandidate], certificates: dict[int, list[Certificate]]
) -> list[CandidateRow]:
    """In the order given."""
    found = list(candidates)
    orders = [candidate.order for candidate in found if candidate.order]
    return [
        _row(candidate, orders.count(candidate.order or 0) > 1, certificates.get(candidate.pk, []))
        for candidate in found
    ]


def warning_texts(content: CandidateContent) -> tuple[str, ...]:
    """What whoever decides should know beside U1."""
    texts = []
    if content.suggested:
        years = "、".join(map(str, content.suggested))
        texts.append(_("%(years)s: the grade is only suggested, nobody has decided it.") % {"years": years})
    if content.documents:
        texts.append(_("A disciplinary record is in force: %(record)s.") % {"record": content.documents})
    texts += [_("A review of %(year)s is not decided yet.") % {"year": year} for year in content.appeals]
    return tuple(texts)


def is_revoked(certificate: Certificate) -> bool:
    return related_or_none(certificate, "revocation") is not None


def related_or_none(row: Model, name: str) -> Any:
    """The other end of a one-to-one relation, None where there is none."""
    return getattr(row, name, None)


def _row(candidate: PromotionCandidate, tied: bool, certificates: list[Certificate]) -> CandidateRow:
    content = content_from(candidate.content)
    return CandidateRow(
        candidate=candidate,
        content=content,
        tied=tied,
        reasons=tuple((obstacle_text(one), one.clause) for one in content.obstacles),
        warnings=warning_texts(content),
        certificates=tuple(certificates),
    )
