from django.urls import path

from rewards.views import bonus

app_name = "rewards"

urlpatterns = [
    path("years/<int:year>/bonus/", bonus.bonus, name="bonus"),
    path("years/<int:year>/bonus/remedy/", bonus.bonus_remedy, name="bonus_remedy"),
    path("years/<int:year>/bonus/confirm/", bonus.bonus_confirm_page, name="bonus_confirm"),
]
