from django.http import HttpResponse
from django.shortcuts import render

from cadres.access import AccountRequest, may
from cadres.home import home_cards


@may("cadres.view_home")
def home(request: AccountRequest) -> HttpResponse:
    return render(request, "cadres/home.html", {"cards": home_cards(request.user)})
