"""What the demo county's office considers for the next scheme: two drafts tried on the latest published year."""

from assessment.models import AssessmentYear
from cadres.models import Account
from scoring.services.draft import draft_create
from scoring.variation import Variation

DRAFTS = (
    ("步长 3%", Variation({"步长": "3%"}), "常委会讨论考评办法修订时提出：名次之间适当拉开差距。"),
    ("不计领导评价", Variation({}, ("E3", "C3")), "看一看领导评价对位次的影响，供研究分值时参考。"),
)
"""Name, what it changes, note."""


def drafts_build(year: AssessmentYear, *, by: Account | None) -> None:
    """Kept as the office keeps them from the page."""
    for name, variation, note in DRAFTS:
        draft_create(year=year, name=name, variation=variation, note=note, by=by)
