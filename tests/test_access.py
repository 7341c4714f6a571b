"""Who may open what: one row an address, one column a role. An address without a row fails.

Add a row with your address; the world it is asked in is at the end of this file. `GET` is what a page answers;
whoever gets 403 there is refused by POST too, with an entry in the audit trail. Rows that begin with a phase
(draft, announced, collecting, closed) are asked in that phase; without one the year is collecting. A row may stand once
for each phase. 405: allowed, but the address only takes POST.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from assessment.models import (
    AssessmentTeam,
    AssessmentYear,
    Box,
    BoxState,
    DailyNote,
    Electorate,
    Evidence,
    Interview,
    Phase,
    SolicitedOpinion,
    Vacancy,
    ValueEntry,
    Veto,
)
from assessment.services.evidence import evidence_add
from assessment.services.roster import RosterRow, roster_save
from assessment.services.tally import TallyCounts, cadre_tallies_save, team_tallies_save
from assessment.services.value import values_save
from assessment.services.year import year_create
from cadres.models import AuditEntry, Cadre, DisciplinaryRecord, Post, Role, Township
from rewards.models import (
    Appeal,
    AppealItem,
    Bulletin,
    Certificate,
    Commendation,
    FeedbackRecord,
    LetterBatch,
    Measure,
    MeasureDecision,
    MeasureReview,
    MeasureTalk,
    PastResult,
    PromotionCandidate,
    PromotionCheck,
)
from scoring.models import SchemeDraft
from tests.assessment.sheets import signed_sheet
from tests.county import year_in_phase
from tests.factories import AppointmentFactory, CadreFactory, DepartmentFactory, TownshipFactory, account
from tests.workbook.books import book_of
from workbook.services.upload import upload_store

OUR_APPS = ("cadres", "assessment", "scoring", "rewards", "workbook")

TABLE = """
#                                      anonymous office department township assessor leader auditor administrator
cadres:home                                  302    200        200      200      200    200     200           200
cadres:sign_in                               200    302        302      302      302    302     302           302
cadres:sign_out                              405    405        405      405      405    405     405           405
cadres:password_change                       302    200        200      200      200    200     200           200
cadres:accounts                              302    403        403      403      403    403     403           200
cadres:account_create                        302    403        403      403      403    403     403           200
cadres:account                               302    403        403      403      403    403     403           200
cadres:account_password                      302    403        403      403      403    403     403           200
cadres:account_deactivate                    302    403        403      403      403    403     403           200
cadres:account_activate                      302    403        403      403      403    403     403           200
cadres:townships                             302    200        200      200      200    200     200           200
cadres:township_create                       302    200        403      403      403    403     403           403
cadres:township                              302    200        403      403      403    403     403           403
cadres:departments                           302    200        200      200      200    200     200           200
cadres:department_create                     302    200        403      403      403    403     403           403
cadres:department                            302    200        403      403      403    403     403           403
cadres:posts                                 302    200        200      200      200    200     200           200
cadres:post_create                           302    200        403      403      403    403     403           403
cadres:post                                  302    200        403      403      403    403     403           403
cadres:post_shift                            302    405        403      403      403    403     403           403
cadres:cadres                                302    200        403      403      403    200     403           403
cadres:cadre_create                          302    200        403      403      403    403     403           403
cadres:cadre_update                          302    200        403      403      403    403     403           403
cadres:cadre_move                            302    200        403      403      403    403     403           403
cadres:cadre_leave                           302    200        403      403      403    403     403           403
cadres:appointment                           302    200        403      403      403    403     403           403
cadres:disciplines                           302    200        403      403      403    200     403           403
cadres:discipline                            302    200        403      403      403    200     403           403
cadres:discipline_new                        302    200        403      403      403    403     403           403
cadres:discipline_revoke                     302    200        403      403      403    403     403           403
cadres:audit                                 302    403        403      403      403    403     200           403
cadres:audit_verify                          302    403        403      403      403    403     200           403
assessment:vote                              200    200        200      200      200    200     200           200
assessment:vote_privacy                      200    200        200      200      200    200     200           200
assessment:years                             302    200        200      200      200    200     200           200
assessment:year_new                          302    200        403      403      403    403     403           403
assessment:year                              302    200        200      200      200    200     200           200
assessment:year_announce                     302    200        403      403      403    403     403           403
assessment:year_collect                      302    200        403      403      403    403     403           403
assessment:year_close                        302    200        403      403      403    403     403           403
assessment:year_confirm                      302    200        403      403      403    403     403           403
assessment:year_publish                      302    200        403      403      403    403     403           403
assessment:year_archive                      302    200        403      403      403    403     403           403
assessment:year_back                         302    200        403      403      403    403     403           403
assessment:year_townships                    302    200        403      403      403    403     403           403
draft assessment:scheme                      302    200        403      403      403    403     403           403
announced assessment:scheme                  302    200        200      200      200    200     200           200
draft assessment:scheme_edit                 302    200        403      403      403    403     403           403
assessment:scheme_edit                       302    302        403      403      403    403     403           403
assessment:scheme_check                      302    200        403      403      403    403     403           403
assessment:scheme_versions                   302    200        403      403      403    403     403           403
draft assessment:roster                      302    200        403      403      403    403     403           403
assessment:roster                            302    200        403      403      403    200     403           403
assessment:roster_add                        302    200        403      403      403    403     403           403
assessment:roster_entry                      302    200        403      403      403    403     403           403
assessment:roster_transfer                   302    200        403      403      403    403     403           403
assessment:roster_remove                     302    200        403      403      403    403     403           403
assessment:vacancies                         302    200        403      403      403    403     403           403
assessment:vacancy_withdraw                  302    405        403      403      403    403     403           403
assessment:values                            302    200        200      403      403    403     403           403
closed assessment:values                     302    200        200      403      403    200     403           403
announced assessment:values                  302    200        200      403      403    403     403           403
assessment:values_confirm                    302    200        403      403      403    403     403           403
closed assessment:values_confirm             302    200        403      403      403    403     403           403
assessment:value_withdraw                    302    200        403      403      403    403     403           403
assessment:value_line                        302    200        403      403      403    403     403           403
closed assessment:value_line                 302    200        403      403      403    403     403           403
assessment:evidence_new                      302    200        403      403      403    403     403           403
assessment:evidence_file                     302    200        403      403      403    403     403           403
closed assessment:evidence_file              302    200        403      403      403    403     403           403
assessment:evidence_withdraw                 302    200        403      403      403    403     403           403
assessment:notice                            200    200        200      200      200    200     200           200
announced assessment:notice                  200    200        200      200      200    200     200           200
draft assessment:notice                      404    404        404      404      404    404     404           404
assessment:notice_edit                       302    200        403      403      403    403     403           403
assessment:teams                             302    200        403      403      403    403     403           403
assessment:team_new                          302    200        403      403      403    403     403           403
assessment:teams_copy                        302    405        403      403      403    403     403           403
assessment:team                              302    200        403      403      403    403     403           403
assessment:team_remove                       302    200        403      403      403    403     403           403
assessment:board                             302    200        403      403      403    403     403           403
assessment:vetoes                            302    200        403      403      403    403     403           403
closed assessment:vetoes                     302    200        403      403      403    200     403           403
assessment:veto_new                          302    200        403      403      403    403     403           403
assessment:veto_correct                      302    200        403      403      403    403     403           403
assessment:veto_revoke                       302    200        403      403      403    403     403           403
assessment:paper                             302    200        403      403      403    403     403           403
assessment:paper_keying                      302    200        403      403      403    403     403           403
assessment:paper_differences                 302    200        403      403      403    403     403           403
assessment:paper_deciding                    302    200        403      403      403    403     403           403
assessment:paper_again                       302    200        403      403      403    403     403           403
assessment:paper_history                     302    200        403      403      403    403     403           403
assessment:boxes                             302    200        403      403      403    403     403           403
assessment:boxes_prepare                     302    200        403      403      403    403     403           403
assessment:box_new                           302    200        403      403      403    403     403           403
assessment:box                               302    200        403      403      403    403     403           403
assessment:box_edit                          302    302        403      403      403    403     403           403
assessment:box_numbers                       302    200        403      403      403    403     403           403
assessment:box_open                          302    200        403      403      403    403     403           403
assessment:box_present                       302    302        403      403      403    403     403           403
assessment:box_close                         302    200        403      403      403    403     403           403
assessment:box_void                          302    200        403      403      403    403     403           403
assessment:box_clear                         302    200        403      403      403    403     403           403
assessment:box_opinions                      302    200        403      403      403    403     403           403
assessment:box_ballot                        302    200        403      403      403    403     403           403
assessment:box_sign_in                       302    200        403      403      403    403     403           403
assessment:box_protocol                      302    200        403      403      403    403     403           403
assessment:slips                             302    200        403      403      403    403     403           403
assessment:slip_void                         302    200        403      403      403    403     403           403
assessment:tallies                           302    200        403      403      403    403     403           403
assessment:tallies_team                      302    200        403      403      403    403     403           403
assessment:tallies_cadre                     302    200        403      403      403    403     403           403
assessment:interviews                        302    200        403      403      200    403     403           403
closed assessment:interviews                 302    200        403      403      200    200     403           403
assessment:interview_people                  302    200        403      403      403    403     403           403
assessment:interview_records                 302    200        403      403      200    403     403           403
closed assessment:interview_records          302    200        403      403      200    403     403           403
assessment:interview_new                     302    200        403      403      403    403     403           403
assessment:interview_correct                 302    200        403      403      403    403     403           403
assessment:interview_withdraw                302    200        403      403      403    403     403           403
draft assessment:opinions                    302    200        403      403      403    403     403           403
assessment:opinions                          302    200        403      403      200    403     403           403
closed assessment:opinions                   302    200        403      403      200    403     403           403
assessment:opinion_new                       302    200        403      403      403    403     403           403
assessment:opinion_correct                   302    200        403      403      403    403     403           403
assessment:opinion_withdraw                  302    200        403      403      403    403     403           403
draft assessment:notes                       302    200        403      403      200    403     403           403
closed assessment:notes                      302    200        403      403      200    403     403           403
assessment:note_new                          302    200        403      403      403    403     403           403
assessment:note_correct                      302    200        403      403      403    403     403           403
assessment:note_withdraw                     302    200        403      403      403    403     403           403
closed assessment:tallies                    302    200        403      403      403    403     403           403
assessment:sheet                             302    403        200      200      200    200     403           403
assessment:sheet_change                      302    403        405      405      405    405     403           403
assessment:sheet_sign                        302    403        302      302      302    302     403           403
assessment:sheet_version                     302    403        404      404      404    200     403           403
assessment:sheet_recusal                     302    403        405      405      405    405     403           403
assessment:sheet_recusal_withdraw            302    403        405      405      405    405     403           403
assessment:sheets                            302    200        403      403      403    403     403           403
assessment:sheet_round                       302    200        403      403      403    403     403           403
closed assessment:sheet_round                302    200        403      403      403    403     403           403
assessment:sheet_round_open                  302    200        403      403      403    403     403           403
assessment:sheet_round_close                 302    200        403      403      403    403     403           403
assessment:sheet_round_reopen                302    200        403      403      403    403     403           403
assessment:sheet_signed                      302    200        403      403      403    403     403           403
assessment:sheet_return                      302    200        403      403      403    403     403           403
assessment:recusals                          302    200        403      403      403    403     403           403
assessment:recusal_new                       302    200        403      403      403    403     403           403
assessment:recusal_withdraw                  302    200        403      403      403    403     403           403
rewards:team_grades                          302    200        403      403      403    403     403           403
closed rewards:team_grades                   302    200        403      403      403    200     403           403
confirmed rewards:team_grades                302    200        403      403      403    200     403           403
rewards:team_grades_adopt                    302    200        403      403      403    403     403           403
closed rewards:team_grades_adopt             302    200        403      403      403    403     403           403
rewards:team_grade_history                   302    200        403      403      403    403     403           403
closed rewards:team_grade_history            302    200        403      403      403    200     403           403
rewards:cadre_grades                         302    200        403      403      403    403     403           403
closed rewards:cadre_grades                  302    200        403      403      403    200     403           403
confirmed rewards:cadre_grades               302    200        403      403      403    200     403           403
rewards:cadre_grades_adopt                   302    200        403      403      403    403     403           403
closed rewards:cadre_grades_adopt            302    200        403      403      403    403     403           403
rewards:cadre_grade_history                  302    200        403      403      403    403     403           403
closed rewards:cadre_grade_history           302    200        403      403      403    200     403           403
rewards:grade_list                           302    200        403      403      403    403     403           403
closed rewards:grade_list                    302    200        403      403      403    403     403           403
rewards:history                              302    200        403      403      403    200     403           403
rewards:person                               302    200        403      403      403    200     403           403
rewards:past_result_new                      302    200        403      403      403    403     403           403
rewards:past_result                          302    200        403      403      403    403     403           403
rewards:promotion                            302    200        403      403      403    403     403           403
closed rewards:promotion                     302    200        403      403      403    200     403           403
rewards:promotion_check                      302    200        403      403      403    403     403           403
closed rewards:promotion_check               302    200        403      403      403    200     403           403
rewards:certificate                          302    200        403      403      403    403     403           403
closed rewards:certificate                   302    200        403      403      403    200     403           403
rewards:certificate_word                     302    200        403      403      403    403     403           403
closed rewards:certificate_word              302    200        403      403      403    200     403           403
rewards:promotion_new                        302    200        403      403      403    403     403           403
closed rewards:promotion_new                 302    200        403      403      403    403     403           403
rewards:certificate_issue                    302    200        403      403      403    403     403           403
closed rewards:certificate_issue             302    200        403      403      403    403     403           403
rewards:certificate_revoke                   302    200        403      403      403    403     403           403
closed rewards:certificate_revoke            302    200        403      403      403    403     403           403
rewards:certificate_check                    200    200        200      200      200    200     200           200
rewards:letters                              302    200        403      403      403    403     403           403
closed rewards:letters                       302    200        403      403      403    403     403           403
rewards:letters_file                         302    200        403      403      403    403     403           403
published rewards:letters_file               302    200        403      403      403    403     403           403
rewards:letter_team                          302    200        403      403      403    403     403           403
closed rewards:letter_team                   302    200        403      403      403    200     403           403
published rewards:letter_team                302    200        403      200      403    200     403           403
rewards:letter_team_word                     302    302        403      403      403    403     403           403
closed rewards:letter_team_word              302    200        403      403      403    200     403           403
published rewards:letter_team_word           302    200        403      200      403    200     403           403
rewards:letter_cadre                         302    200        403      403      403    403     403           403
closed rewards:letter_cadre                  302    200        403      403      403    200     403           403
published rewards:letter_cadre               302    200        403      403      403    200     403           403
rewards:letter_cadre_word                    302    302        403      403      403    403     403           403
published rewards:letter_cadre_word          302    200        403      403      403    200     403           403
rewards:team_grades                          302    200        403      403      403    403     403           403
closed rewards:team_grades                   302    200        403      403      403    200     403           403
confirmed rewards:team_grades                302    200        403      403      403    200     403           403
rewards:team_grades_adopt                    302    200        403      403      403    403     403           403
closed rewards:team_grades_adopt             302    200        403      403      403    403     403           403
rewards:team_grade_history                   302    200        403      403      403    403     403           403
closed rewards:team_grade_history            302    200        403      403      403    200     403           403
rewards:cadre_grades                         302    200        403      403      403    403     403           403
closed rewards:cadre_grades                  302    200        403      403      403    200     403           403
confirmed rewards:cadre_grades               302    200        403      403      403    200     403           403
rewards:cadre_grades_adopt                   302    200        403      403      403    403     403           403
closed rewards:cadre_grades_adopt            302    200        403      403      403    403     403           403
rewards:cadre_grade_history                  302    200        403      403      403    403     403           403
closed rewards:cadre_grade_history           302    200        403      403      403    200     403           403
rewards:grade_list                           302    200        403      403      403    403     403           403
closed rewards:grade_list                    302    200        403      403      403    403     403           403
rewards:bonus                                302    200        403      403      403    403     403           403
closed rewards:bonus                         302    200        403      403      403    200     403           403
rewards:bonus_remedy                         302    200        403      403      403    403     403           403
rewards:bonus_confirm                        302    200        403      403      403    403     403           403
rewards:bonus_sheet                          302    200        403      403      403    403     403           403
closed rewards:bonus_sheet                   302    200        403      403      403    200     403           403
workbook:bonus_sheet                         302    302        403      403      403    403     403           403
closed workbook:bonus_sheet                  302    302        403      403      403    403     403           403
rewards:feedback                             302    200        403      403      403    403     403           403
closed rewards:feedback                      302    200        403      403      403    200     403           403
rewards:feedback_new                         302    200        403      403      403    403     403           403
rewards:feedback_withdraw                    302    200        403      403      403    403     403           403
closed rewards:talk_sheets                   302    200        403      403      403    200     403           403
closed rewards:talk_sheet                    302    200        403      403      403    200     403           403
closed rewards:talk_sheet_word               302    200        403      403      403    200     403           403
rewards:talk_sheets                          302    200        403      403      403    403     403           403
rewards:talk_sheet                           302    200        403      403      403    403     403           403
rewards:talk_sheet_word                      302    200        403      403      403    403     403           403
rewards:bulletin                             404    404        404      404      404    404     404           404
closed rewards:bulletin                      404    404        404      404      404    404     404           404
published rewards:bulletin                   200    200        200      200      200    200     200           200
rewards:bulletin_edit                        302    200        403      403      403    403     403           403
rewards:bulletin_preview                     302    200        403      403      403    403     403           403
rewards:bulletin_withdraw                    302    200        403      403      403    403     403           403
rewards:commendations                        302    200        403      403      403    403     403           403
closed rewards:commendations                 302    200        403      403      403    200     403           403
rewards:commendation_new                     302    200        403      403      403    403     403           403
rewards:commendation_withdraw                302    200        403      403      403    403     403           403
published rewards:appeals                    302    200        403      403      403    403     403           403
closed rewards:appeals                       302    200        403      403      403    403     403           403
published rewards:appeal_new                 302    200        403      403      403    403     403           403
closed rewards:appeal_new                    302    200        403      403      403    403     403           403
published rewards:appeal                     302    200        403      403      403    403     403           403
published rewards:appeal_reading             302    200        403      403      403    403     403           403
published rewards:appeal_decide              302    200        403      403      403    403     403           403
published rewards:appeal_letter              302    200        403      403      403    403     403           403
rewards:measures                             302    200        403      403      403    403     403           403
rewards:measures_due                         302    200        403      403      403    403     403           403
rewards:measures_accept                      302    200        403      403      403    403     403           403
rewards:measure                              302    200        403      403      403    403     403           403
rewards:measure_decide                       302    200        403      403      403    403     403           403
rewards:measure_talk_new                     302    200        403      403      403    403     403           403
rewards:measure_talk                         302    200        403      403      403    403     403           403
rewards:measure_talk_withdraw                302    200        403      403      403    403     403           403
rewards:measure_review_new                   302    200        403      403      403    403     403           403
rewards:measure_review_withdraw              302    200        403      403      403    403     403           403
closed rewards:measures                      302    200        403      403      403    200     403           403
closed rewards:measure                       302    200        403      403      403    200     403           403
closed rewards:measure_talk                  302    200        403      403      403    200     403           403
closed rewards:measures_due                  302    200        403      403      403    403     403           403
closed rewards:measure_decide                302    200        403      403      403    403     403           403
closed rewards:measures_accept               302    200        403      403      403    403     403           403
closed rewards:measure_talk_new              302    200        403      403      403    403     403           403
closed rewards:measure_talk_withdraw         302    200        403      403      403    403     403           403
workbook:seals                               302    200        403      403      403    403     200           403
workbook:archive                             302    200        403      403      403    403     403           403
closed workbook:archive                      302    200        403      403      403    200     403           403
workbook:archive_file                        302    200        403      403      403    403     403           403
closed workbook:archive_file                 302    200        403      403      403    200     403           403
workbook:record_file                         302    200        403      403      403    403     403           403
closed workbook:record_file                  302    200        403      403      403    200     403           403
workbook:workbook                            302    200        403      403      403    403     403           403
closed workbook:workbook                     302    200        403      403      403    403     403           403
workbook:template                            302    200        403      403      403    403     403           403
workbook:workbook_new                        302    200        403      403      403    403     403           403
workbook:template_new                        302    200        403      403      403    403     403           403
workbook:upload                              302    200        403      403      403    403     403           403
workbook:upload_apply                        302    405        403      403      403    403     403           403
workbook:upload_marked                       302    200        403      403      403    403     403           403
draft scoring:home                           302    200        403      403      403    403     403           403
announced scoring:home                       302    200        403      403      403    200     403           403
scoring:home                                 302    200        403      403      403    200     403           403
closed scoring:home                          302    200        403      403      403    200     403           403
published scoring:home                       302    200        403      403      403    200     403           403
scoring:teams                                302    200        403      403      403    403     403           403
closed scoring:teams                         302    200        403      403      403    200     403           403
published scoring:teams                      302    200        403      403      403    200     403           403
scoring:ranking                              302    200        403      403      403    403     403           403
closed scoring:ranking                       302    200        403      403      403    200     403           403
published scoring:ranking                    302    200        403      403      403    200     403           403
scoring:missing                              302    200        403      403      403    403     403           403
closed scoring:missing                       302    200        403      403      403    200     403           403
published scoring:missing                    302    200        403      403      403    200     403           403
scoring:stability                            302    200        403      403      403    403     403           403
closed scoring:stability                     302    200        403      403      403    200     403           403
published scoring:stability                  302    200        403      403      403    200     403           403
scoring:stability_team                       302    200        403      403      403    403     403           403
closed scoring:stability_team                302    200        403      403      403    200     403           403
published scoring:stability_team             302    200        403      403      403    200     403           403
scoring:stability_cadre                      302    200        403      403      403    403     403           403
closed scoring:stability_cadre               302    200        403      403      403    200     403           403
published scoring:stability_cadre            302    200        403      403      403    200     403           403
scoring:quality                              302    200        403      403      403    403     403           403
closed scoring:quality                       302    200        403      403      403    200     403           403
published scoring:quality                    302    200        403      403      403    200     403           403
scoring:team                                 302    200        403      403      403    403     403           403
closed scoring:team                          302    200        403      403      403    200     403           403
published scoring:team                       302    200        403      200      403    200     403           403
scoring:team_line                            302    200        403      403      403    403     403           403
closed scoring:team_line                     302    200        403      403      403    200     403           403
published scoring:team_line                  302    200        403      200      403    200     403           403
scoring:team_derivation                      302    200        403      403      403    403     403           403
closed scoring:team_derivation               302    200        403      403      403    200     403           403
published scoring:team_derivation            302    200        403      200      403    200     403           403
scoring:departments                          302    200        403      403      403    403     403           403
closed scoring:departments                   302    200        403      403      403    200     403           403
published scoring:departments                302    200        403      403      403    200     403           403
scoring:department                           302    200        403      403      403    403     403           403
closed scoring:department                    302    200        403      403      403    200     403           403
published scoring:department                 302    200        200      403      403    200     403           403
scoring:cadre                                302    200        403      403      403    403     403           403
closed scoring:cadre                         302    200        403      403      403    200     403           403
published scoring:cadre                      302    200        403      403      403    200     403           403
scoring:cadre_line                           302    200        403      403      403    403     403           403
closed scoring:cadre_line                    302    200        403      403      403    200     403           403
published scoring:cadre_line                 302    200        403      403      403    200     403           403
scoring:cadre_derivation                     302    200        403      403      403    403     403           403
closed scoring:cadre_derivation              302    200        403      403      403    200     403           403
published scoring:cadre_derivation           302    200        403      403      403    200     403           403
scoring:versions                             302    200        403      403      403    403     403           403
closed scoring:versions                      302    200        403      403      403    200     403           403
scoring:version_differences                  302    200        403      403      403    403     403           403
closed scoring:version_differences           302    200        403      403      403    200     403           403
published scoring:version                    302    200        403      403      403    200     403           403
published scoring:version_cadres             302    200        403      403      403    200     403           403
scoring:cadre_years                          302    200        403      403      403    200     403           403
scoring:team_years                           302    200        403      200      403    200     403           403
scoring:compare                              302    302        403      403      403    302     403           403
scoring:compare_cadres                       302    200        403      403      403    200     403           403
scoring:compare_teams                        302    200        403      403      403    200     403           403
draft scoring:scheme_doctor                  302    200        403      403      403    403     403           403
scoring:scheme_doctor                        302    200        403      403      403    403     403           403
scoring:drafts                               302    200        403      403      403    403     403           403
closed scoring:drafts                        302    200        403      403      403    403     403           403
scoring:draft_new                            302    200        403      403      403    403     403           403
scoring:drafts_compare                       302    200        403      403      403    403     403           403
closed scoring:drafts_compare                302    200        403      403      403    403     403           403
scoring:draft                                302    200        403      403      403    403     403           403
closed scoring:draft                         302    200        403      403      403    403     403           403
published scoring:draft                      302    200        403      403      403    403     403           403
scoring:draft_edit                           302    200        403      403      403    403     403           403
scoring:draft_replace                        302    200        403      403      403    403     403           403
scoring:draft_remove                         302    200        403      403      403    403     403           403
scoring:draft_backtest                       302    200        403      403      403    403     403           403
published scoring:draft_backtest             302    200        403      403      403    403     403           403
scoring:draft_adopt                          302    200        403      403      403    403     403           403
published scoring:draft_adopt                302    200        403      403      403    403     403           403
scoring:what_if                              302    200        403      403      403    403     403           403
closed scoring:what_if                       302    200        403      403      403    403     403           403
scoring:what_if_outcome                      302    200        403      403      403    403     403           403
scoring:what_if_doctor                       302    200        403      403      403    403     403           403
scoring:scheme_preview                       302    200        200      200      200    200     200           200
"""


class Row(NamedTuple):
    """One address in one phase, and what each visitor gets."""

    phase: Phase
    name: str
    expected: dict[str, int]

    @property
    def refused(self) -> dict[str, int]:
        return {visitor: status for visitor, status in self.expected.items() if status == 403}

    def __str__(self) -> str:
        return f"{self.phase} {self.name}"


VISITORS = ("anonymous", *(str(role) for role in Role))


def rows() -> Iterator[Row]:
    """The table, read."""
    for line in TABLE.strip().splitlines():
        if line.startswith("#") or not line.strip():
            continue
        words = line.split()
        phase = Phase(words.pop(0)) if words[0] in Phase.values else Phase.COLLECTING
        name, *statuses = words
        assert len(statuses) == len(VISITORS), line
        yield Row(phase, name, dict(zip(VISITORS, map(int, statuses), strict=True)))


ROWS = list(rows())


def addresses() -> set[str]:
    """All url names of our apps."""
    resolver = get_resolver()
    return {
        f"{part.app_name}:{pattern.name}"
        for part in resolver.url_patterns
        if isinstance(part, URLResolver) and part.app_name in OUR_APPS
        for pattern in part.url_patterns
        if isinstance(pattern, URLPattern)
    }


def test_every_address_has_a_row() -> None:
    assert addresses() == {row.name for row in ROWS}


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_page_is_open_to(row: Row) -> None:
    """GET as the table says; whoever is refused is refused a direct POST too, and both are on record."""
    url = world(row)
    QuerySet(AuditEntry).delete()
    browsers = {visitor: sign_in(visitor) for visitor in VISITORS}
    assert {visitor: browser.get(url).status_code for visitor, browser in browsers.items()} == row.expected
    assert {visitor: browsers[visitor].post(url, {}).status_code for visitor in row.refused} == row.refused
    recorded = Counter(AuditEntry.objects.filter(refused=True).values_list("actor_name", flat=True))
    assert recorded == dict.fromkeys(row.refused, 2)


STRANGERS = sorted({row.name for row in ROWS if row.expected["anonymous"] == 302})


@pytest.mark.django_db
@pytest.mark.parametrize("name", STRANGERS)
def test_stranger_is_sent_to_sign_in_and_learns_not_what_exists(name: str) -> None:
    """The county is empty here: nothing that the address names is there."""
    url = reverse(name, kwargs={part: PARTS.get(part, 1) for part in parts_of(name)})
    for answer in (Client().get(url), Client().post(url, {})):
        assert answer["Location"].startswith(reverse("cadres:sign_in") + "?next=")


def sign_in(visitor: str) -> Client:
    """A browser of this visitor; an error in a page fails the test as itself."""
    client = Client()
    if visitor != "anonymous":
        client.force_login(account(Role(visitor)))
    return client


def world(row: Row) -> str:
    """One county with one year in the row's phase; the address of the row in it."""
    account(Role.OFFICE)
    DepartmentFactory(code="01")
    township = TownshipFactory(code="01")
    cadre = CadreFactory(number="0001")
    if not AssessmentYear.objects.exists():
        AppointmentFactory(pk=1, cadre=cadre, township=township, post="党委书记")
        year_of_the_world(year_create(number=2025, by=None), township)
    year_in_phase(AssessmentYear.objects.get(), row.phase)
    return reverse(row.name, kwargs={part: PARTS[part] for part in parts_of(row.name)})


def year_of_the_world(year: AssessmentYear, township: Township) -> None:
    """One of everything that has an address of its own."""
    roster_save(year=year, rows=[RosterRow("0001", "王伟", township.code, "党委书记")], by=None)
    complete(year, township)
    Vacancy.objects.create(pk=1, year=year, township=township, post=Post.objects.get(name="乡镇长"), reason="待任")
    veto = {"fact": "越级上访", "decided_by": "县委", "decided_on": date(2025, 6, 30), "recorded_at": timezone.now()}
    Veto.objects.create(pk=1, line=year.lines.get(code="V2"), township=township, **veto)
    AssessmentTeam.objects.create(pk=1, year=year, name="考评一组")
    sanction = {"kind": "warning", "document": "县监〔2024〕1号", "decided_by": "县监委", "start": date(2024, 6, 1)}
    cadre = year.roster.get().cadre
    DisciplinaryRecord.objects.create(pk=1, cadre=cadre, recorded_at=timezone.now(), end=date(2024, 12, 1), **sanction)
    promotion_of_the_world(year, cadre)
    written = {"year": year, "township": township, "recorded_by": account(Role.OFFICE), "recorded_at": timezone.now()}
    Interview.objects.create(pk=1, group="middle", person="张三", held_on=date(2025, 12, 1), **written)
    SolicitedOpinion.objects.create(pk=1, source="leader", direction="down", dated=date(2025, 12, 1), **written)
    DailyNote.objects.create(pk=1, occasion="survey", dated=date(2025, 6, 1), **written)
    line = year.lines.get(code="K1")
    entered = {"entered_by": account(Role.OFFICE), "entered_at": timezone.now()}
    ValueEntry.objects.create(pk=1, line=line, township=township, value=1, **entered)
    evidence = evidence_add(line=line, file_name="a.pdf", content=b"%PDF-", by=account(Role.OFFICE))
    Evidence.objects.filter(pk=evidence.pk).update(id=1)
    box = Box.objects.create(pk=1, year=year, township=township, state=BoxState.CLOSED)
    Electorate.objects.create(pk=1, box=box)
    signed_sheet(year, account(Role.LEADER))
    FeedbackRecord.objects.create(pk=1, township=township, year=year, given_on=date(2025, 12, 31), **entered)
    Commendation.objects.create(pk=1, township=township, year=year, decided_on=date(2025, 12, 31), **entered)
    later = {**entered, "entered_at": timezone.now() + timedelta(days=1)}  # than the results are confirmed
    Bulletin.objects.create(pk=1, year=year, title="通报", published_on=date(2025, 12, 31), **later)
    measure_of_the_world(year, township, entered)
    contested = {"received_on": date(2026, 2, 1), "due_on": date(2026, 3, 3), "applicant": "王伟", "grounds": "有误"}
    appeal = Appeal.objects.create(pk=1, year=year, township=township, **contested, **entered)
    AppealItem.objects.create(pk=1, appeal=appeal, line="K1", **entered)
    SchemeDraft.objects.create(pk=1, year=year, name="步长 3%", settings={"步长": "3%"})
    started = {"started_at": timezone.now(), "touched_at": timezone.now(), "is_draft": True}
    LetterBatch.objects.create(pk=1, year=year, kind="teams", total=1, state="ready", file=b"PK", **started)
    upload = upload_store(data=book_of({"县直单位": [["编码", "名称"]]}), file_name="a.xlsx", number=2025, by=None)
    PARTS["upload"] = upload.pk


def measure_of_the_world(year: AssessmentYear, township: Township, entered: dict[str, Any]) -> None:
    """集体谈话 of the team, decided, with a talk and a review."""
    measure = Measure.objects.create(
        pk=1, year=year, township=township, kind="集体谈话", clause="U3", evidence=[2025], **entered
    )
    taken = {"verdict": "accepted", "taken": "collective_talk", "decided_by": "县委", "deadline": date(2026, 6, 30)}
    MeasureDecision.objects.create(measure=measure, number=1, decided_on=date(2025, 12, 31), **taken, **entered)
    MeasureTalk.objects.create(pk=1, measure=measure, held_on=date(2025, 12, 31), **entered)
    extended = {"outcome": "extended", "deadline": date(2026, 9, 30)}
    MeasureReview.objects.create(pk=1, measure=measure, held_on=date(2026, 6, 30), **extended, **entered)


def promotion_of_the_world(year: AssessmentYear, cadre: Cadre) -> None:
    """A checked shortlist with a certificate, and a result of an earlier year."""
    entered = {"entered_by": account(Role.OFFICE), "entered_at": timezone.now()}
    PastResult.objects.create(cadre=cadre, year=2024, grade="称职")
    check = PromotionCheck.objects.create(pk=1, year=year, purpose="换届", **entered)
    content = {"township": "", "post": "", "years": [], "obstacles": [], "documents": "", "appeals": []}
    candidate = PromotionCandidate.objects.create(
        pk=1, check_of=check, cadre=cadre, eligible=True, order=1, content=content
    )
    paper = {"county": "", "name": cadre.name, "township": "", "post": "", "years": [], "eligible": True}
    Certificate.objects.create(
        pk=1, candidate=candidate, issued_on=date(2026, 3, 1), serial=1, number="1", code="A", content=paper, **entered
    )


def complete(year: AssessmentYear, township: Township) -> None:
    """Everything a score needs, so that the year can be confirmed and published."""
    counts = TallyCounts((20, 0, 0, 0))
    values_save(year=year, cells={(township.code, line.code): Fraction(1) for line in year.lines.all()}, by=None)
    team_tallies_save(year=year, tallies={(township.code, f"E{n}", ""): counts for n in range(1, 5)}, by=None)
    cadre_tallies_save(year=year, tallies={("0001", code, ""): counts for code in ("C1", "C3", "C4")}, by=None)


PARTS: dict[str, Any] = {
    "kind": "leader",  # a round of sheets, with the leader's signed one
    "account": "leader",
    "version": 1,
    "recusal": 1,
    "year": 2025,
    "number": "0001",
    "code": "01",  # a township's and a department's
    "username": "office",
    "appointment": 1,
    "line": "K1",
    "post": 1,
    "evaluation": "E1",
    "vacancy": 1,
    "veto": 1,
    "box": 1,
    "electorate": 1,
    "entry": 1,
    "evidence": 1,
    "interview": 1,
    "opinion": 1,
    "note": 1,
    "team": 1,
    "item": "C1",
    "batch": 1,
    "ranking": "county",
    "past": 2024,
    "check": 1,
    "candidate": 1,
    "certificate": 1,
    "record": 1,
    "appeal": 1,
    "contested": 1,
    "draft": 1,
    "bulletin": 1,
    "scope": "team",
    "measure": "collective-talk",
    "talk": 1,
    "review": 1,
}
"""Address part → its value in the world."""


def parts_of(name: str) -> list[str]:
    """The names of an address's parts."""
    app, view = name.split(":")
    patterns: Any = get_resolver().namespace_dict[app][1].reverse_dict
    return list(patterns[view][0][0][1])
