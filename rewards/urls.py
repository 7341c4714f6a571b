from django.urls import path

from rewards.views import bonus, bulletin, commendation, feedback, letter

app_name = "rewards"

urlpatterns = [
    path("years/<int:year>/bonus/", bonus.bonus, name="bonus"),
    path("years/<int:year>/bonus/remedy/", bonus.bonus_remedy, name="bonus_remedy"),
    path("years/<int:year>/bonus/confirm/", bonus.bonus_confirm_page, name="bonus_confirm"),
    path("years/<int:year>/bonus/sheet/", bonus.bonus_sheet_page, name="bonus_sheet"),
    # feedback
    path("years/<int:year>/feedback/", feedback.feedback, name="feedback"),
    path("years/<int:year>/feedback/new/", feedback.feedback_new, name="feedback_new"),
    path("years/<int:year>/feedback/<int:record>/withdraw/", feedback.feedback_end, name="feedback_withdraw"),
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
]
