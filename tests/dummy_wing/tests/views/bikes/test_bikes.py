"""The page of a shed: for its keeper, and for nobody else."""
import pytest

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.bikes.bikes import Bike
from models.bikes.roles import KEEPER
from models.tenants import Tenant
from tests.conftest import PASSWORD
from tests.page import text_of


@pytest.fixture
def pages(app, page):
    """A `Page` on a database that `flask init` made ready for bikes."""
    assert app.test_cli_runner().invoke(args=["init"]).exit_code == 0
    return page


@pytest.fixture
def keeper(pages, password_hash):
    """Makes the keeper of a new shed with this bike."""
    def keeper(number):
        shed = Tenant.get_by_id(Bike.add(number).tenant_id)
        return Account.new(KEEPER, shed, email=f"fiets{number}@voorbeeld.be", password_hash=password_hash)

    return keeper


def test_a_keeper_begins_at_the_bikes_and_the_events_of_the_own_shed(pages, keeper):
    own, _ = keeper(7), keeper(8)
    Bike.add(9, own.tenant_id, own)
    pages.sign_in(own)
    pages.get("/", 303)
    text = text_of(pages.follow())
    assert "Fiets 7 Fiets 9" in text
    assert "de helpdesk van Loket: Fiets 7 toegevoegd" in text
    assert "fiets7@voorbeeld.be: Fiets 9 toegevoegd" in text
    assert "fiets7@voorbeeld.be: Aangemeld" in text
    assert "Fiets 8" not in text


def test_somebody_else_gets_no_bikes(pages, cast):
    pages.get("/bikes", 303)
    assert pages.response.location == "/login?next=/bikes"
    for account in (cast.ploeg.account, cast.administrator):
        pages.sign_in(account)
        pages.get("/bikes", 403)


@pytest.mark.parametrize("address", ["/dashboard", "/organisation", "/province/log", "/account"])
def test_a_keeper_gets_no_page_of_another_role(pages, keeper, address):
    pages.sign_in(keeper(7))
    pages.get(address, 403)


def test_a_keeper_changes_the_own_password_which_is_as_long_as_the_role_asks(pages, keeper):
    pages.sign_in(keeper(7))
    assert "14 tekens" in text_of(pages.get("/account/password"))


def test_a_login_with_roles_in_two_wings_chooses_one_and_switches(pages, cast, keeper):
    Grant.give(cast.ploeg.account.id, KEEPER, Tenant.get_by_id(keeper(7).tenant_id))
    pages.post("/login", {"email": "ploeg@voorbeeld.be", "password": PASSWORD})
    pages.get("/", 303)
    choices = [text_of(button) for button in pages.follow().select("main button")]
    assert choices == ["Arbeidszorg: De Ploeg", "Fietsen"]
    organisation, bikes = Grant.of(cast.ploeg.account.id)
    pages.post(f"/account/roles/{bikes.id}", form="/account/roles")
    assert "de helpdesk van Loket: Rol gegeven: ploeg@voorbeeld.be" in text_of(pages.get("/bikes"))
    pages.get("/dashboard", 403)
    pages.post(f"/account/roles/{organisation.id}", form="/account/roles")
    pages.get("/dashboard")
    pages.get("/bikes", 403)


def test_a_grant_that_ends_counts_at_the_next_request(pages, keeper):
    own = keeper(7)
    pages.sign_in(own)
    pages.get("/bikes")
    Grant.of(own.id)[0].end()
    pages.get("/bikes", 303)
