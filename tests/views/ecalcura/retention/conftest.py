"""A personnel officer in a facility whose trimester is open, and one of its nurses."""
import datetime

import pytest

from tests.models.ecalcura.cast import BORN, contract, employee, number_of, opened

LONG_SINCE = datetime.date(2010, 9, 1)


@pytest.fixture
def officer(page, home, registers):
    """A page, signed in as a personnel officer; the registers know nobody yet."""
    opened()
    page.sign_in(home.privacy)
    return page


@pytest.fixture
def an(home):
    """A nurse of 56 with a contract of 19 hours since 2010."""
    opened()
    made = employee(home.facility, number_of(BORN), "An", "Zeker")
    contract(made, LONG_SINCE, hours=1900)
    return made


@pytest.fixture
def here(an):
    """The address of her page."""
    return f"/ecalcura/990001/staff/{an.id}"
