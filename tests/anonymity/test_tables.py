"""Every table of the database, and why it gives no link between a person and a ballot. A new table fails until it is
declared here: whoever adds one asks themselves what it knows of a vote, and when it learnt it."""

from uuid import uuid4

import pytest
from django.apps import apps

from assessment.models import Ballot, FreeOpinion, Slip
from tests.anonymity.dump import BALLOTS, OPINIONS, SLIPS, rows_of, tables
from tests.anonymity.meeting import Meeting

BEFORE = "written before anybody votes, or when the box is closed"
AFTER_COUNT = "sums of a closed box"
PEOPLE = "who exists; voters have no account"
YEAR = "what is assessed, and how"
PAPER = "sums of paper ballots, as people keyed them"
SIGNED = "answers for what is signed by name; no ballot"
SAID = "said to assessors; no ballot"
VALUES = "what departments report"
RESULTS = "rests on tallies"
FOLLOWS = "what is done about confirmed results"
SIGN_IN = "attempts to sign in; a voter does not"
DJANGO = "Django's own; knows nothing of votes"

DECLARED = {
    SLIPS: "digest, voter group, used or not; empty of a box's slips once it is closed",
    BALLOTS: "random key, voter group, marks; written anew in random order when the box is closed",
    OPINIONS: "random key, box, text; written anew in random order when the box is closed",
    "assessment_box": f"its questions, officers, opening and closing; {BEFORE}",
    "assessment_electorate": f"four numbers of slips a voter group; {BEFORE}",
    "assessment_tally": AFTER_COUNT,
    "assessment_papercount": PAPER,
    "assessment_sheet": SIGNED,
    "assessment_sheetround": SIGNED,
    "assessment_sheetsignature": SIGNED,
    "assessment_recusal": SIGNED,
    "assessment_assessmentteam": SIGNED,
    "assessment_teammember": SIGNED,
    "assessment_team_townships": SIGNED,
    "assessment_dailynote": SAID,
    "assessment_interview": SAID,
    "assessment_interviewtarget": SAID,
    "assessment_solicitedopinion": SAID,
    "assessment_evidence": VALUES,
    "assessment_linevalue": VALUES,
    "assessment_valueentry": VALUES,
    "assessment_veto": VALUES,
    "assessment_assessmentyear": YEAR,
    "assessment_notice": YEAR,
    "assessment_schemeversion": YEAR,
    "assessment_scoredline": YEAR,
    "assessment_year_townships": YEAR,
    "assessment_roster_in_charge": YEAR,
    "assessment_rosterentry": YEAR,
    "assessment_vacancy": YEAR,
    "cadres_account": PEOPLE,
    "cadres_appointment": PEOPLE,
    "cadres_cadre": PEOPLE,
    "cadres_disciplinaryrecord": PEOPLE,
    "cadres_department": PEOPLE,
    "cadres_post": PEOPLE,
    "cadres_township": PEOPLE,
    "cadres_auditchain": "moves with the audit trail, which no vote enters",
    "cadres_auditentry": "no entry for a vote; a refused attempt names the box alone",
    "scoring_schemedraft": "changed parameters of a scheme by name; knows nothing of votes",
    "scoring_resultversion": RESULTS,
    "scoring_frozenteam": RESULTS,
    "scoring_frozencadre": RESULTS,
    "scoring_frozenline": RESULTS,
    "scoring_reopening": RESULTS,
    "rewards_appeal": FOLLOWS,
    "rewards_appealitem": FOLLOWS,
    "rewards_appealreading": "sums of a closed box, as people read them again",
    "rewards_appealdecision": FOLLOWS,
    "rewards_bulletin": FOLLOWS,
    "rewards_certificate": FOLLOWS,
    "rewards_certificaterevocation": FOLLOWS,
    "rewards_commendation": FOLLOWS,
    "rewards_feedbackrecord": FOLLOWS,
    "rewards_letterbatch": FOLLOWS,
    "rewards_measure": FOLLOWS,
    "rewards_measuredecision": FOLLOWS,
    "rewards_measuretalk": FOLLOWS,
    "rewards_measurereview": FOLLOWS,
    "rewards_promotioncheck": FOLLOWS,
    "rewards_promotioncandidate": FOLLOWS,
    "workbook_archiveseal": RESULTS,
    "rewards_bonusaward": RESULTS,
    "rewards_bonusconfirmation": RESULTS,
    "rewards_bonusdecision": RESULTS,
    "rewards_bonuspayment": RESULTS,
    "rewards_gradedecision": RESULTS,
    "rewards_pastresult": RESULTS,
    "workbook_upload": "workbooks that clerks upload",
    "django_session": "who has signed in; voting uses no session",
    "axes_accessattempt": SIGN_IN,
    "axes_accessattemptexpiration": SIGN_IN,
    "axes_accessfailurelog": SIGN_IN,
    "axes_accesslog": SIGN_IN,
    "auth_group": DJANGO,
    "auth_group_permissions": DJANGO,
    "auth_permission": DJANGO,
    "django_content_type": DJANGO,
    "django_migrations": DJANGO,
}

COLUMNS = {
    SLIPS: {"digest", "state", "electorate_id"},
    BALLOTS: {"id", "marks", "electorate_id"},
    OPINIONS: {"id", "text", "box_id"},
}
"""Nothing else is stored of a vote: no time, no number, no address, no account."""


@pytest.mark.django_db
def test_every_table_is_declared() -> None:
    assert set(tables()) == set(DECLARED)


def test_what_a_vote_leaves_has_these_columns_and_no_other(meeting: Meeting) -> None:
    meeting.vote(at_most=1)
    hidden = {"place", "xmin", "cmin"}
    assert {table: set(rows_of(table)[0]) - hidden for table in COLUMNS} == COLUMNS


def test_nothing_points_to_a_slip_a_ballot_or_an_opinion() -> None:
    """Nor do these point to one another, or to an account."""
    pointing = {
        (model._meta.db_table, field.related_model._meta.db_table)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if field.related_model is not None and field.remote_field is not None
    }
    assert {pair for pair in pointing if set(pair) & set(COLUMNS)} == {
        (SLIPS, "assessment_electorate"),
        (BALLOTS, "assessment_electorate"),
        (OPINIONS, "assessment_box"),
    }


def test_keys_are_digests_and_random_numbers() -> None:
    """A counter would number votes in the order in which they came."""
    keys = {model: type(model._meta.pk).__name__ for model in (Slip, Ballot, FreeOpinion)}
    assert keys == {Slip: "CharField", Ballot: "UUIDField", FreeOpinion: "UUIDField"}
    assert {model._meta.pk.default for model in (Ballot, FreeOpinion)} == {uuid4}
