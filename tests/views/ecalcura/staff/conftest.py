"""A personnel officer in a facility whose trimester is open."""
import pytest

from tests.models.ecalcura.cast import opened


@pytest.fixture
def officer(page, home, registers):
    """A page, signed in as a personnel officer; the registers know nobody yet."""
    opened()
    page.sign_in(home.privacy)
    return page
