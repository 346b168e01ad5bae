"""The strict limits at the desk: 15 minutes idle, 8 hours in all, 15 characters, and a second factor."""
import datetime

import pytest

from models.database import clock as moment
from models.ecalcura.desk import accounts
from models.ecalcura.roles import DOSSIER
from tests.hall import link_in, mails
from tests.page import text_of
from tests.views.hall.second_step import phone_of, send

LIST = "/ecalcura/desk/facilities"


@pytest.fixture
def later(clock):
    """Let some minutes pass."""
    start, passed = moment(), 0

    def pass_(minutes):
        nonlocal passed
        passed += minutes
        clock(start + datetime.timedelta(minutes=passed))

    return pass_


def test_a_session_at_the_desk_ends_after_a_quarter_of_an_hour_without_a_request(dossier, later):
    later(14)
    dossier.get(LIST)
    later(14)
    dossier.get(LIST)
    later(16)
    dossier.get(LIST, 303)
    assert dossier.response.location.startswith("/login")


def test_a_session_at_the_desk_ends_after_eight_hours_whatever_was_done(dossier, later):
    for _ in range(47):
        later(10)
        dossier.get(LIST)
    later(11)
    dossier.get(LIST, 303)


def test_somebody_at_the_desk_chooses_fifteen_characters_and_a_second_factor(page, home):
    accounts.give(DOSSIER, "els@voorbeeld.be")
    [(_, _, body)] = mails()
    path, _ = link_in(body, "invitation")
    short, right = "kwal-bord-rood", "kwal-bord-rood-9"
    assert (len(short), len(right)) == (14, 16)
    assert "15 tekens" in text_of(page.post(path, {"password": short, "repeat_password": short}, 422))
    page.post(path, {"password": right, "repeat_password": right})
    page.post("/login", {"email": "els@voorbeeld.be", "password": right})
    soup = page.follow()
    assert "Stel" in text_of(soup.h1)
    # Nothing is open before the second factor.
    page.get(LIST, 303)
    send(page, soup, code=phone_of(soup).code())
    page.get(LIST)
