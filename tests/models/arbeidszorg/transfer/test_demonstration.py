"""The demonstration: a believable database to try Loket with, the same each time, and only in an empty database."""
import pytest

from models import names
from models.accounts import passwords
from models.accounts.accounts import Account
from models.accounts.administrators import contacts
from models.accounts.organisation_list import OrganisationList
from models.accounts.second_factor import SecondFactor
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.register.clients import Client, recount_incomplete
from models.arbeidszorg.register.dashboard import Listing
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.transfer import demonstration
from models.database import today
from models.organisations import Organisation
from tests.factories import ask, client_of


@pytest.fixture
def filled(shipped):
    """Fill the database and return the demonstration's logins."""
    return demonstration.fill()


def people():
    """Return the data of every client that a second demonstration must repeat."""
    return [(client.number, client.old_number, client.name, client.birth_date, client.home_postcode)
            for client in Client.select().order_by(Client.number)]


def test_there_are_seven_organisations_and_three_hundred_clients(filled):
    assert Organisation.select().count() == 7
    assert Client.select().count() == 300
    assert [client.number for client in Client.select().order_by(Client.number)] == list(range(1, 301))


def test_each_organisation_but_one_has_a_login_that_works(filled):
    assert len(filled) == 7
    for description, email, password in filled[:-1]:
        account = Account.sign_in(email, password)
        assert account.organisation.name == description


def test_the_administrator_can_sign_in_and_has_no_second_step_yet(filled):
    description, email, password = filled[-1]
    assert email == "beheer@voorbeeld.be"
    assert "tweede stap" in description
    assert passwords.weakness(password, 15, [email]) is None
    account = Account.sign_in(email, password)
    assert (account.role, account.province) == ("arbeidszorg:administrator", demonstration.PROVINCE)
    assert SecondFactor.of(account) is None


def test_every_page_of_the_administrator_has_something_to_show(filled):
    listed = OrganisationList(demonstration.PROVINCE)
    assert {row.state for row in listed.rows} == {"new", "active"}
    assert len({row.last_sign_in for row in listed.rows}) == 7
    request = DeletionRequest.of_province(demonstration.PROVINCE).get()
    assert request.organisation.name == filled[0][0]
    contact, = contacts(demonstration.PROVINCE)
    assert all(contact)


def test_there_are_clients_of_every_kind(filled):
    periods = list(Period.select())
    assert {"running": any(p.end_date is None and p.start_date <= today() for p in periods),
            "planned": any(p.start_date > today() for p in periods),
            "closed": any(p.end_date and p.end_date < today() for p in periods),
            "ending": any(p.end_date and p.end_date >= today() for p in periods)} == dict.fromkeys(
                ("running", "planned", "closed", "ending"), True)
    clients = list(Client.select())
    opened = [client.name for client in clients]
    assert names.UNREADABLE not in opened
    assert 30 < opened.count(None) < 150
    assert 100 < sum(client.old_number is not None for client in clients) < 200
    assert 5 < sum(client.incomplete for client in clients) < 60
    assert any(not Period.of(client).count() for client in clients)
    for organisation in Organisation.select().where(Organisation.id.in_(Client.select(Client.organisation))):
        counts = Listing(organisation.id).counts
        assert counts["active"] > 5
        assert counts["inactive"] > 3


def test_incomplete_clients_are_marked_as_in_the_register(filled):
    before = {client.number for client in Client.select().where(Client.incomplete)}
    recount_incomplete()
    assert {client.number for client in Client.select().where(Client.incomplete)} == before


def test_the_demonstration_is_the_same_each_time(filled, shipped, start_anew, monkeypatch):
    first = people(), DeletionRequest.get().client_number
    start_anew()
    ask(shipped)
    monkeypatch.setattr(demonstration, "hash_password", lambda _: "not needed here")
    demonstration.fill()
    assert (people(), DeletionRequest.get().client_number) == first


def test_a_database_with_data_is_not_filled(ploeg):
    client_of(ploeg)
    assert demonstration.fill() == []
    assert Client.select().count() == 1


def test_a_second_start_keeps_the_data_and_returns_the_same_logins(filled):
    Client.update(old_number="veranderd").where(Client.number == 1).execute()
    assert demonstration.fill() == filled
    assert Client.get_by_id(1).old_number == "veranderd"
    assert Client.select().count() == 300


def test_the_next_client_gets_the_next_number(filled):
    login = Account.by_email(filled[0][1])
    assert client_of(type("Login", (), {"organisation": login.organisation, "account": login})).number == 301
