"""The pages of deciding and following up in the demo county, for tests/browser/test_pages.py."""

from rewards.models import (
    Appeal,
    AppealItem,
    Certificate,
    FeedbackRecord,
    MeasureTalk,
    PromotionCandidate,
    PromotionCheck,
)
from scoring.models import SchemeDraft
from workbook.demo.reviews import MISREAD

FOLLOWING = {
    "office": (
        "/years/2025/grades/teams/",
        "/years/2025/grades/teams/T01/history/",
        "/years/2025/grades/cadres/",
        "/years/2025/grades/cadres/001204/history/",
        "/years/2025/grades/list/",
        "/years/2025/bonus/sheet/",
        "/years/2025/versions/",
        "/years/2025/versions/1/",
        "/years/2025/versions/1/cadres/",
        "/years/2025/versions/differences/",
        "/years/2025/feedback/",
        "/years/2025/feedback/new/",
        "/years/2025/feedback/{feedback}/withdraw/",
        "/years/2025/talks/",
        "/years/2025/talks/T01/",
        "/years/2025/bulletin/edit/",
        "/years/2025/letters/",
        "/years/2025/letters/teams/T01/",
        "/years/2025/letters/cadres/001088/",
        "/years/2025/commendations/",
        "/years/2025/commendations/new/",
        "/measures/due/",
        "/years/2025/measures/",
        "/years/2025/measures/accept/yellow-card/",
        "/years/2025/measures/cadre/001088/rectification/",
        "/years/2025/measures/cadre/001088/rectification/decide/",
        "/years/2025/measures/cadre/001088/rectification/talks/new/",
        "/years/2025/measures/team/T14/rectification/reviews/new/",
        "/years/2025/measures/talks/{talk}/",
        "/years/2025/appeals/",
        "/years/2025/appeals/new/",
        "/years/2025/appeals/{appeal}/",
        "/years/2025/appeals/{appeal}/letter/",
        "/years/2025/appeals/{appeal}/items/{item}/",
        "/history/",
        "/cadres/001088/record/",
        "/cadres/001088/record/new/",
        "/years/2025/promotion/",
        "/years/2025/promotion/new/",
        "/years/2025/promotion/{check}/",
        "/years/2025/promotion/certificates/issue/{candidate}/",
        "/years/2025/promotion/certificates/{certificate}/",
        "/discipline/",
        "/cadres/001130/discipline/",
        "/cadres/001130/discipline/new/",
        "/years/2024/grades/teams/",
    ),
    "leader": (
        "/years/2025/grades/teams/",
        "/years/2025/grades/cadres/",
        "/years/2025/measures/",
        "/years/2025/versions/",
        "/years/2025/promotion/{check}/",
        "/cadres/001088/record/",
        "/years/2025/feedback/",
        "/years/2025/talks/T01/",
        "/years/2025/commendations/",
    ),
}
"""By account; what stands in braces depends on what the database holds: `address`."""


def address(path: str) -> str:
    """The path of this database."""
    if "{" not in path:
        return path
    appeal = Appeal.objects.get(township__code=MISREAD)
    certificate = Certificate.objects.order_by("serial")[0]
    draft, left_out = sorted(SchemeDraft.objects.all(), key=lambda kept: len(kept.without))
    return path.format(
        appeal=appeal.pk,
        item=AppealItem.objects.get(appeal=appeal).pk,
        certificate=certificate.pk,
        number=certificate.number,
        code=certificate.code,
        candidate=PromotionCandidate.objects.filter(certificates=None)[0].pk,
        check=PromotionCheck.objects.get().pk,
        feedback=FeedbackRecord.objects.all()[0].pk,
        talk=MeasureTalk.objects.filter(measure__year__number=2025)[0].pk,
        draft=draft.pk,
        left_out=left_out.pk,
    )
