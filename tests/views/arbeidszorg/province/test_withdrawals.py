"""An administrator withdraws a period, chosen by its order and years, and restores it."""
import datetime

import pytest

from models.arbeidszorg.deletion.withdrawals import Withdrawal
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.audit import AuditEntry
from tests.factories import client_of, period_of
from tests.page import text_of
from tests.tables import contents

BORN = datetime.date(1985, 7, 14)


@pytest.fixture
def client(ploeg):
    """A client with an old number and two periods."""
    client = client_of(ploeg, "Roos Peeters", birth_date=BORN)
    Client.update(old_number="KANARIE", old_number_rank=1).where(Client.number == client.number).execute()
    period_of(client, ploeg, datetime.date(2019, 3, 4), datetime.date(2021, 6, 30))
    period_of(client, ploeg, datetime.date(2024, 1, 8))
    return client


def path_of(client):
    return f"/province/clients/{client.number}/withdraw-period"


def choices(soup):
    return {option.get_text(): option["value"] for option in soup.select("#period option")}


def restore(page, client, withdrawal):
    page.post(f"/province/clients/{client.number}/withdrawals/{withdrawal.id}/restore",
              form=f"/province/clients/{client.number}")
    return page.follow()


def test_a_period_is_chosen_by_its_order_and_years(administration, client, cast):
    link = administration.get(f"/province/clients/{client.number}").find("a", string="Periode terugtrekken")
    offered = choices(administration.get(link["href"]))
    assert list(offered) == ["Kies …", "Periode 1, 2019–2021", "Periode 2, 2024–nu"]
    administration.post(path_of(client), {"period": offered["Periode 2, 2024–nu"]})
    soup = administration.follow()
    assert "Periode van 08/01/2024 zonder einddatum" in text_of(soup.select_one("section[aria-labelledby=withdrawn]"))
    assert [one.start_date.year for one in Period.select()] == [2019]
    entry = AuditEntry.select().where(AuditEntry.event == "period-withdrawn").get()
    assert (entry.account_id, entry.subject) == (cast.administrator.id, str(client.number))
    log = text_of(administration.get("/province/log").main)
    assert f"Begeleidingsperiode van cliënt {client.number} teruggetrokken: verkeerd toegevoegd" in log
    assert "De periode is teruggezet" in text_of(restore(administration, client, Withdrawal.get()).main)
    assert Period.select().count() == 2


def test_without_a_choice_nothing_is_withdrawn(administration, client):
    soup = administration.post(path_of(client), {"period": ""}, 422)
    assert "Kies een periode." in text_of(soup.main)
    assert Period.select().count() == 2


def test_a_second_click_gets_a_message(administration, client):
    fields = {**administration.form_of(path_of(client)), "period": str(Period.get().id)}
    for words in ("De periode is teruggetrokken.", "Deze periode was al teruggetrokken."):
        administration.post(path_of(client), fields, token=False)
        assert words in text_of(administration.follow().main)
    assert Withdrawal.select().count() == 1


def test_neither_name_nor_old_number_nor_birth_date_is_shown(administration, client):
    pages = [administration.get(path_of(client))]
    administration.post(path_of(client), {"period": str(Period.get(start_date=datetime.date(2019, 3, 4)).id)})
    pages.append(administration.follow())
    Client.update(birth_date=datetime.date(2020, 5, 9)).execute()
    pages.append(restore(administration, client, Withdrawal.get()))
    assert "ze begint vóór de geboortedatum van de cliënt" in text_of(pages[-1].main)
    for soup in pages:
        for secret in ("Roos", "Peeters", "KANARIE", "14/07/1985", "09/05/2020"):
            assert secret not in soup.get_text()


def test_a_client_of_another_province_and_a_deleted_one_are_not_there(administration, client, cast):
    foreign = client_of(cast.elsewhere)
    withdrawal = Withdrawal.make(period_of(foreign, cast.elsewhere))
    token = administration.form_of(path_of(client))
    before = contents()
    administration.get(path_of(foreign), 404)
    for number in (foreign.number, client.number):
        administration.post(f"/province/clients/{number}/withdrawals/{withdrawal.id}/restore", token, 404, token=False)
    assert contents() == before
