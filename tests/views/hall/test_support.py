"""The contacts that the help texts of an organisation's pages show."""
import pytest

from models import names
from models.accounts import administrators
from models.accounts.accounts import Account
from models.arbeidszorg.roles import ADMINISTRATOR
from tests.factories import client_of, typed
from tests.hall import mails
from tests.page import text_of


@pytest.fixture
def paths(ploeg):
    """The pages with a help text that refers to the administrator."""
    client = client_of(ploeg)
    return [f"/clients/{client.number}", f"/clients/{client.number}/deletion-request", "/organisation"]


def contacts(soup):
    return [text_of(contact) for contact in soup.select(".contacts li")]


def test_the_contact_details_of_the_own_province_s_administrators_are_shown(signed_in, cast, paths):
    colleague = Account.new(ADMINISTRATOR, "oost-vlaanderen", email="collega@voorbeeld.be",
                               password_hash=cast.administrator.password_hash)
    for account, name, telephone, email in (
            (cast.administrator, "Lies <b>Maes", "+32 (0)9 123.45.67<b>", ""),
            (colleague, "An Aerts", "09/765 43 21", "an+loket@voorbeeld.be"),
            (cast.other_administrator, "Piet Limburg", "011 1", "")):
        administrators.change_contact(account, name, telephone, email, account)
    for path in paths:
        soup = signed_in.get(path)
        assert "de beheerder van je provincie" in text_of(soup.main)
        assert contacts(soup) == ["An Aerts 09/765 43 21 an+loket@voorbeeld.be", "Lies <b>Maes +32 (0)9 123.45.67<b>"]
        assert [link["href"] for link in soup.select(".contacts a")] == [
            "tel:097654321", "mailto:an%2Bloket@voorbeeld.be", "tel:+3291234567"]


def test_a_page_queries_the_contacts_once(signed_in, paths, monkeypatch):
    queried, contacts_of = [], administrators.contacts
    monkeypatch.setattr(administrators, "contacts", lambda province: queried.append(province) or contacts_of(province))
    signed_in.get(paths[0])
    assert queried == ["oost-vlaanderen"]


def test_without_contact_details_the_addresses_of_the_logins_are_shown(signed_in, cast, paths):
    for path in paths:
        assert contacts(signed_in.get(path)) == [cast.administrator.email]


def test_a_province_without_administrators_is_sent_to_the_operator(signed_in, app, cast, paths):
    app.config["OPERATOR_CONTACT"] = "helpdesk@voorbeeld.be"
    cast.administrator.block()
    for path in paths:
        soup = signed_in.get(path)
        assert "de helpdesk van Loket (helpdesk@voorbeeld.be)" in text_of(soup.main)
        assert contacts(soup) == []


def test_a_mail_that_refers_to_the_administrator_names_the_contact(app, cast):
    administrators.change_contact(cast.administrator, "Lies Maes", "09 1", "", cast.administrator)
    cast.ploeg.account.block(cast.administrator)
    cast.administrator.block()
    (_, _, organisations), (_, _, administrator) = mails()
    assert "Vraag het aan de beheerder van je provincie:\n\n    Lies Maes, 09 1\n" in organisations
    assert "Vraag het aan de helpdesk van Loket." in administrator


def test_a_message_that_refers_to_the_operator_says_how_to_reach_them(signed_in, app, ploeg):
    app.config["OPERATOR_CONTACT"] = "helpdesk@voorbeeld.be"
    client_of(ploeg, "Roos Peeters")
    names.use(None)
    signed_in.post("/dashboard/name", {"name": "roos"}, 200, form="/dashboard")
    assert "Verwittig de helpdesk van Loket (helpdesk@voorbeeld.be)." in signed_in.response.text
    signed_in.get("/export.csv", 303)
    assert "Verwittig de helpdesk van Loket (helpdesk@voorbeeld.be)." in text_of(signed_in.follow().main)
    soup = signed_in.post("/clients/new", {**typed(), "birth_date": "01/02/1990", "name": "Ward"}, 422)
    assert "of verwittig de helpdesk van Loket (helpdesk@voorbeeld.be)." in text_of(soup.select_one("#name-error"))
