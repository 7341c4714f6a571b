from django.http import HttpResponse
from django.shortcuts import render

from cadres.access import AccountRequest, may
from cadres.home import home_cards


@may("cadres.view_home")
def home(request: AccountRequest) -> HttpResponse:
    cards = home_cards(request.user)
    waiting = sum(line.waiting for card in cards for line in card.lines)
    return render(request, "cadres/home.html", {"cards": cards, "waiting": waiting})
