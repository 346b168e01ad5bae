"""A mail to the desk when a sign-in from outside takes the role of the last access manager away."""
import pytest

from models.accounts.outside.arriving import arrive
from models.accounts.outside.signing_in import Person
from models.ecalcura.facilities import colleagues
from models.ecalcura.facilities.claims import of_wing
from tests.hall import mails
from tests.models.ecalcura.cast import at_desk, calculator, facility, manager

TABLE = {"name": "naam", "roles": "rol_3d", "numbers": "hco", "role": {"Toegang": "access", "Personeel": "privacy"}}

pytestmark = pytest.mark.usefixtures("mailing")


@pytest.fixture
def home(cast):
    at_desk()
    at_desk(name="geblokkeerd").block()
    calculator()
    mails()
    return facility()


def signs_in(subject, *roles):
    """Somebody signs in from outside with these roles in the facility."""
    sent = {"rol_3d": [f"{role}:990001" for role in roles], "naam": "Ann Maes"}
    return arrive(Person("https://aanmelden.voorbeeld.be", subject, sent, "/"), [of_wing(TABLE)])


def test_the_dossier_managers_are_mailed_when_the_last_one_lost_the_role(home):
    signs_in("a", "Toegang")
    assert mails() == []
    signs_in("a", "Personeel")
    [(recipient, subject, body)] = mails()
    assert (recipient, subject) == ("dossier@voorbeeld.be", "Een voorziening zonder toegangsbeheerder")
    assert "Woonzorgcentrum De Linde (HCO 990001)" in body
    assert "/ecalcura/desk/facilities/990001/access" in body
    assert "Maes" not in body
    # Signing in again takes nothing more away.
    signs_in("a", "Personeel")
    assert mails() == []


def test_losing_every_role_counts_too(home):
    signs_in("a", "Toegang")
    signs_in("a")
    assert [recipient for recipient, *_ in mails()] == ["dossier@voorbeeld.be"]


def test_nobody_is_mailed_while_another_one_can_give_roles(home):
    signs_in("a", "Toegang")
    signs_in("b", "Toegang")
    signs_in("a", "Personeel")
    assert mails() == []
    signs_in("b", "Personeel")
    assert [recipient for recipient, *_ in mails()] == ["dossier@voorbeeld.be"]
    # Somebody who signs in here counts as well.
    manager(home, "Kris Bos")
    signs_in("a", "Toegang")
    signs_in("a")
    assert mails() == []
    assert colleagues.access_managers(home) == ["Kris Bos"]
