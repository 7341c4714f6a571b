from django.urls import path

from rewards.views import (
    appeal,
    bonus,
    bulletin,
    certificate,
    commendation,
    feedback,
    grade,
    grade_list,
    history,
    letter,
    measure,
    measure_course,
    promotion,
    talk_sheet,
)

app_name = "rewards"

APPEALS = "years/<int:year>/appeals/"
MEASURES = "years/<int:year>/measures/"
MEASURE = f"{MEASURES}<str:scope>/<str:code>/<slug:measure>/"

urlpatterns = [
    # grades
    path("years/<int:year>/grades/teams/", grade.team_grades, name="team_grades"),
    path("years/<int:year>/grades/teams/adopt/", grade.team_grades_adopt, name="team_grades_adopt"),
    path("years/<int:year>/grades/teams/<str:code>/history/", grade.team_grade_history, name="team_grade_history"),
    path("years/<int:year>/grades/cadres/", grade.cadre_grades, name="cadre_grades"),
    path("years/<int:year>/grades/cadres/adopt/", grade.cadre_grades_adopt, name="cadre_grades_adopt"),
    path("years/<int:year>/grades/cadres/<str:number>/history/", grade.cadre_grade_history, name="cadre_grade_history"),
    path("years/<int:year>/grades/list/", grade_list.grade_list, name="grade_list"),
    path("years/<int:year>/bonus/", bonus.bonus, name="bonus"),
    path("years/<int:year>/bonus/remedy/", bonus.bonus_remedy, name="bonus_remedy"),
    path("years/<int:year>/bonus/confirm/", bonus.bonus_confirm_page, name="bonus_confirm"),
    path("years/<int:year>/bonus/sheet/", bonus.bonus_sheet_page, name="bonus_sheet"),
    # feedback
    path("years/<int:year>/feedback/", feedback.feedback, name="feedback"),
    path("years/<int:year>/feedback/new/", feedback.feedback_new, name="feedback_new"),
    path("years/<int:year>/feedback/<int:record>/withdraw/", feedback.feedback_end, name="feedback_withdraw"),
    # collective talks
    path("years/<int:year>/talks/", talk_sheet.talk_sheets, name="talk_sheets"),
    path("years/<int:year>/talks/<str:code>/", talk_sheet.talk_sheet_page, name="talk_sheet"),
    path("years/<int:year>/talks/<str:code>/word/", talk_sheet.talk_sheet_word, name="talk_sheet_word"),
    # bulletin
    path("years/<int:year>/bulletin/", bulletin.bulletin, name="bulletin"),
    path("years/<int:year>/bulletin/edit/", bulletin.bulletin_edit, name="bulletin_edit"),
    path("years/<int:year>/bulletin/preview/", bulletin.bulletin_preview, name="bulletin_preview"),
    path("years/<int:year>/bulletin/<int:bulletin>/withdraw/", bulletin.bulletin_end, name="bulletin_withdraw"),
    # letters
    path("years/<int:year>/letters/", letter.letters, name="letters"),
    path("years/<int:year>/letters/files/<int:batch>/", letter.letters_file, name="letters_file"),
    path("years/<int:year>/letters/teams/<str:code>/", letter.letter_team, name="letter_team"),
    path("years/<int:year>/letters/teams/<str:code>/word/", letter.letter_team_word, name="letter_team_word"),
    path("years/<int:year>/letters/cadres/<str:number>/", letter.letter_cadre, name="letter_cadre"),
    path("years/<int:year>/letters/cadres/<str:number>/word/", letter.letter_cadre_word, name="letter_cadre_word"),
    # commendations
    path("years/<int:year>/commendations/", commendation.commendations, name="commendations"),
    path("years/<int:year>/commendations/new/", commendation.commendation_new, name="commendation_new"),
    path(
        "years/<int:year>/commendations/<int:record>/withdraw/",
        commendation.commendation_end,
        name="commendation_withdraw",
    ),
    # measures
    path("measures/due/", measure.measures_due, name="measures_due"),
    path(MEASURES, measure.measures, name="measures"),
    path(f"{MEASURES}accept/<slug:measure>/", measure.measures_acceptance, name="measures_accept"),
    path(f"{MEASURES}talks/<int:talk>/", measure_course.measure_talk, name="measure_talk"),
    path(f"{MEASURES}talks/<int:talk>/withdraw/", measure_course.measure_talk_end, name="measure_talk_withdraw"),
    path(
        f"{MEASURES}reviews/<int:review>/withdraw/", measure_course.measure_review_end, name="measure_review_withdraw"
    ),
    path(MEASURE, measure.measure, name="measure"),
    path(f"{MEASURE}decide/", measure.measure_decision, name="measure_decide"),
    path(f"{MEASURE}talks/new/", measure_course.measure_talk_new, name="measure_talk_new"),
    path(f"{MEASURE}reviews/new/", measure_course.measure_review_new, name="measure_review_new"),
    # appeals
    path(APPEALS, appeal.appeals, name="appeals"),
    path(f"{APPEALS}new/", appeal.appeal_new, name="appeal_new"),
    path(f"{APPEALS}<int:appeal>/", appeal.appeal, name="appeal"),
    path(f"{APPEALS}<int:appeal>/items/<int:contested>/", appeal.appeal_reading, name="appeal_reading"),
    path(f"{APPEALS}<int:appeal>/decide/", appeal.appeal_decide_page, name="appeal_decide"),
    path(f"{APPEALS}<int:appeal>/letter/", appeal.appeal_letter, name="appeal_letter"),
    # the cadres over the years
    path("history/", history.history, name="history"),
    path("cadres/<str:number>/record/", history.person, name="person"),
    path("cadres/<str:number>/record/new/", history.past_result_new, name="past_result_new"),
    path("cadres/<str:number>/record/<int:past>/", history.past_result, name="past_result"),
    # promotion
    path("years/<int:year>/promotion/", promotion.promotion, name="promotion"),
    path("years/<int:year>/promotion/new/", promotion.promotion_new, name="promotion_new"),
    path("years/<int:year>/promotion/<int:check>/", promotion.promotion_check_page, name="promotion_check"),
    # certificates
    path("certificates/", certificate.certificate_check, name="certificate_check"),
    path(
        "years/<int:year>/promotion/certificates/issue/<int:candidate>/",
        certificate.certificate_issue_page,
        name="certificate_issue",
    ),
    path(
        "years/<int:year>/promotion/certificates/<int:certificate>/", certificate.certificate_page, name="certificate"
    ),
    path(
        "years/<int:year>/promotion/certificates/<int:certificate>/word/",
        certificate.certificate_word_file,
        name="certificate_word",
    ),
    path(
        "years/<int:year>/promotion/certificates/<int:certificate>/revoke/",
        certificate.certificate_revoke_page,
        name="certificate_revoke",
    ),
]
