"""The addresses of evaluation sheets. An own sheet has no account in its address: nobody can ask for another's."""

from django.urls import path

from assessment.views import recusal, sheet, sheet_round

YEAR = "years/<int:year>/"
OWN = f"{YEAR}sheet/"
ROUNDS = f"{YEAR}sheets/"
ROUND = f"{ROUNDS}<str:kind>/"
ACCOUNT = f"{ROUND}accounts/<str:account>/"
RECUSALS = f"{YEAR}recusals/"

sheet_urls = [
    path(OWN, sheet.sheet, name="sheet"),
    path(f"{OWN}change/", sheet.sheet_change, name="sheet_change"),
    path(f"{OWN}sign/", sheet.sheet_signing, name="sheet_sign"),
    path(f"{OWN}versions/<int:version>/", sheet.sheet_version, name="sheet_version"),
    path(f"{OWN}recusals/", recusal.sheet_recusal, name="sheet_recusal"),
    path(f"{OWN}recusals/<int:recusal>/withdraw/", recusal.sheet_recusal_end, name="sheet_recusal_withdraw"),
    path(ROUNDS, sheet_round.sheets, name="sheets"),
    path(ROUND, sheet_round.sheet_round, name="sheet_round"),
    path(f"{ROUND}open/", sheet_round.sheet_round_begin, name="sheet_round_open"),
    path(f"{ROUND}close/", sheet_round.sheet_round_end, name="sheet_round_close"),
    path(f"{ROUND}reopen/", sheet_round.sheet_round_again, name="sheet_round_reopen"),
    path(f"{ACCOUNT}versions/<int:version>/", sheet_round.sheet_signed, name="sheet_signed"),
    path(f"{ACCOUNT}return/", sheet_round.sheet_back, name="sheet_return"),
    path(RECUSALS, recusal.recusals, name="recusals"),
    path(f"{RECUSALS}new/", recusal.recusal_new, name="recusal_new"),
    path(f"{RECUSALS}<int:recusal>/withdraw/", recusal.recusal_end, name="recusal_withdraw"),
]
