"""The scenes of withdrawn periods, of one client's whole record, and of clients that are kept longer than the term."""
import datetime

from models.arbeidszorg.deletion.withdrawals import Withdrawal
from tests.factories import client_of, long_ago, period_of
from tests.journeys.tools.showing import Scene, at, sent

PLOEG, ADMINISTRATOR = "login", "administrator"
CLIENT = "/clients/<int:number>"
WITHDRAW = f"{CLIENT}/periods/<int:period_id>/withdraw"
PROVINCE = "/province/clients/<int:number>"
NAME, DELETE = "/retention/<int:due_number>/name", "/retention/<int:due_number>/delete"
# Forms that ask one question and have no field.
QUESTIONS = {WITHDRAW, NAME, DELETE}
WITHDRAWAL_SCENES = [
    Scene("period-withdraw", WITHDRAW, PLOEG, at("/clients/{running.number}/periods/{period.id}/withdraw")),
    Scene("client-withdrawn", CLIENT, PLOEG, at("/clients/{mistaken.number}")),
    Scene("client-record", f"{CLIENT}/record", PLOEG, at("/clients/{mistaken.number}/record")),
    Scene("retention", "/retention", PLOEG, at("/retention")),
    Scene("retention-nameless", "/retention", PLOEG, at("/retention?tab=nameless")),
    Scene("retention-name", NAME, PLOEG, at("/retention/{long_ago.number}/name")),
    Scene("retention-delete", DELETE, PLOEG, at("/retention/{long_ago.number}/delete")),
    Scene("province-client-withdrawn", PROVINCE, ADMINISTRATOR, at("/province/clients/{mistaken.number}")),
    Scene("province-period-withdraw", f"{PROVINCE}/withdraw-period", ADMINISTRATOR,
          at("/province/clients/{mistaken.number}/withdraw-period")),
    Scene("province-period-withdraw-wrong", f"{PROVINCE}/withdraw-period", ADMINISTRATOR,
          sent("/province/clients/{mistaken.number}/withdraw-period", "Verkeerd toegevoegd: terugtrekken"), wrong=True),
]


def withdrawn_of(login):
    """Add a client with a withdrawn period to this login, and clients of long ago; returns those that scenes name."""
    mistaken = client_of(login, "Lut Wouters")
    period_of(mistaken, login)
    Withdrawal.make(period_of(mistaken, login, datetime.date(2019, 3, 4), datetime.date(2021, 6, 30)), login.account)
    ended = client_of(login, "Griet Willems")
    period_of(ended, login, datetime.date(2004, 2, 2), datetime.date(2008, 12, 31))
    return {"mistaken": mistaken, "long_ago": long_ago(client_of(login, "Piet Jacobs")), "ended": ended}
