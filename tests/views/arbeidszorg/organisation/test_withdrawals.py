"""'Verkeerd toegevoegd', as an organisation does it: asked once, in a list below the periods, and put back."""
import datetime

import pytest

from models.arbeidszorg.deletion.trash import KEPT
from models.arbeidszorg.deletion.withdrawals import Withdrawal
from models.arbeidszorg.register.periods import Period
from models.database import now
from tests.factories import client_of, days, period_of
from tests.page import row_headers, text_of
from tests.tables import contents


@pytest.fixture
def client(ploeg):
    return client_of(ploeg, "Roos Peeters")


@pytest.fixture
def period(client, ploeg):
    return period_of(client, ploeg, datetime.date(2019, 3, 4), datetime.date(2021, 6, 30))


def link(page, client):
    """The address of 'Verkeerd toegevoegd' on the first row of the client's page."""
    soup = page.get(f"/clients/{client.number}")
    return next(one["href"] for one in soup.select("td.does a") if "Verkeerd toegevoegd" in one.get_text())


def withdrawn(soup):
    """The text of each line of the list of withdrawn periods."""
    return [text_of(line) for line in soup.select("section[aria-labelledby=withdrawn] li")]


def restore(page, client):
    page.post(f"/clients/{client.number}/withdrawals/{Withdrawal.get().id}/restore", form=f"/clients/{client.number}")
    return page.follow()


def test_a_period_is_withdrawn_after_one_question_and_put_back(signed_in, client, period):
    path = link(signed_in, client)
    asked = text_of(signed_in.get(path).main)
    assert "04/03/2019" in asked
    assert "30 dagen lang kan je ze terugzetten" in asked
    assert Period.select().count() == 1
    signed_in.post(path)
    soup = signed_in.follow()
    assert "De periode is teruggetrokken. 30 dagen lang kan je ze terugzetten." in text_of(soup.main)
    assert row_headers(soup) == []
    [line] = withdrawn(soup)
    assert line.startswith("Periode van 04/03/2019 tot en met 30/06/2021 teruggetrokken op")
    assert "nog 30 dagen terug te zetten" in line
    soup = restore(signed_in, client)
    assert "De periode is teruggezet, zoals ze was." in text_of(soup.main)
    assert row_headers(soup) == ["04/03/2019"]
    assert withdrawn(soup) == []


def test_a_client_whose_running_period_is_withdrawn_is_no_longer_active(signed_in, client, ploeg):
    period_of(client, ploeg)
    signed_in.post(link(signed_in, client))
    assert row_headers(signed_in.get("/dashboard")) == []
    assert row_headers(signed_in.get("/dashboard?tab=inactive")) == [str(client.number)]


def test_a_second_click_and_a_form_that_was_open_elsewhere_get_a_message(signed_in, client, period):
    path = link(signed_in, client)
    edited = signed_in.form_of(f"/clients/{client.number}/periods/{period.id}")
    signed_in.post(path)
    before = contents()
    for again, fields in ((path, {}), (f"/clients/{client.number}/periods/{period.id}", edited)):
        signed_in.post(again, {"csrf_token": edited["csrf_token"], **fields}, token=False)
        assert "Deze periode was al teruggetrokken." in text_of(signed_in.follow().main)
    signed_in.get(path, status=303)
    assert contents() == before
    restore(signed_in, client)
    signed_in.post(f"/clients/{client.number}/withdrawals/{Withdrawal.get().id}/restore", edited, token=False)
    assert "Deze periode was al teruggezet." in text_of(signed_in.follow().main)


def test_the_period_in_the_way_of_restoring_is_named(signed_in, client, period, ploeg):
    signed_in.post(link(signed_in, client))
    period_of(client, ploeg, datetime.date(2021, 6, 30))
    words = text_of(restore(signed_in, client).main)
    assert "ze valt samen met de periode van 30/06/2021 zonder einddatum." in words
    assert Period.select().count() == 1


def test_after_30_days_a_period_is_shown_until_the_purge_without_a_button(signed_in, client, period):
    signed_in.post(link(signed_in, client))
    Withdrawal.update(withdrawn_at=now() - KEPT).execute()
    soup = signed_in.get(f"/clients/{client.number}")
    assert "niet meer terug te zetten" in withdrawn(soup)[0]
    assert not soup.select("section[aria-labelledby=withdrawn] button")
    token = signed_in.form_of(f"/clients/{client.number}/edit")
    signed_in.post(f"/clients/{client.number}/withdrawals/{Withdrawal.get().id}/restore", token, token=False)
    assert "kan niet meer teruggezet worden" in text_of(signed_in.follow().main)


def test_a_withdrawn_period_of_another_client_is_not_there(signed_in, client, period, ploeg, cast):
    own, foreign = client_of(ploeg), client_of(cast.outsider)
    other = Withdrawal.make(period_of(foreign, cast.outsider, days(-9)))
    token = signed_in.form_of(f"/clients/{own.number}/edit")
    for number, withdrawal in ((foreign.number, other.id), (own.number, other.id)):
        signed_in.post(f"/clients/{number}/withdrawals/{withdrawal}/restore", token, 404, token=False)
    signed_in.get(f"/clients/{own.number}/periods/{period.id}/withdraw", 404)
    signed_in.post(f"/clients/{own.number}/periods/{period.id}/withdraw", token, 404, token=False)
    assert Period.get() == period
