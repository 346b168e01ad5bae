"""The people of the desk sign in at the provider, as those of the demonstration do."""
import pytest

from commands.simulated.provider import Person
from models.accounts.sessions import Session
from models.ecalcura.demonstration import people
from models.ecalcura.roles import DESK_LIMITS
from tests.page import text_of
from tests.tools.provider import Lying, running
from tests.views.hall.outside.conftest import person


@pytest.fixture
def provider():
    """A provider with the people of the demonstration."""
    with running(Lying, [Person(*one) for one in people.people()]) as provider:
        yield provider


@pytest.fixture
def mapping():
    return people.MAPPING.read_text(encoding="utf-8").replace("userinfo = true", "userinfo = false")


def test_a_dossier_manager_arrives_at_the_desk_with_its_strict_limits(visitor, page, homes):
    visitor.sign_in("Lore Maas, dossierbeheerder bij het Departement Zorg")
    page.follow(status=303)
    soup = page.follow()
    assert soup.h1.text == "Voortgang"
    assert "Woonzorgcentrum De Linde" in text_of(page.get("/ecalcura/desk/facilities"))
    account = person("demonstratie-6")
    assert [(grant.code, grant.whole) for grant in account.grants] == [("ecalcura:dossier", True)]
    assert account.limits == DESK_LIMITS
    page.get("/ecalcura/desk/facilities/990001/staff")
    page.get("/ecalcura/990001", 403)


def test_a_calculator_arrives_at_the_desk_and_meets_nobody(visitor, page, homes):
    visitor.sign_in("Wim Daems, rekenaar bij het Departement Zorg")
    page.follow(status=303)
    assert page.follow().h1.text == "Voortgang"
    page.get("/ecalcura/desk/facilities/990001/staff", 403)


def test_a_role_that_is_no_longer_sent_ends_with_its_sessions(visitor, page, provider, homes):
    """A3 at the desk."""
    name = "Lore Maas, dossierbeheerder bij het Departement Zorg"
    visitor.sign_in(name)
    [session] = Session.select()
    [lore] = [one for one in provider.people if one.label == name]
    lore.claims["loket_rol_3d"] = []
    page.forget()
    visitor.sign_in(name)
    assert Session.get_by_id(session.id).ended_at
    page.get("/ecalcura/desk/facilities", 303)
