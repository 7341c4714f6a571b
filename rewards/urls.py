from django.urls import path

from rewards.views import bonus, bulletin, commendation, feedback

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
    # commendations
    path("years/<int:year>/commendations/", commendation.commendations, name="commendations"),
    path("years/<int:year>/commendations/new/", commendation.commendation_new, name="commendation_new"),
    path(
        "years/<int:year>/commendations/<int:record>/withdraw/",
        commendation.commendation_end,
        name="commendation_withdraw",
    ),
]
