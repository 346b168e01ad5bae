"""People who manage the money of a facility."""
import pytest

from models.ecalcura.roles import FINANCIAL
from tests.models.ecalcura.cast import somebody


@pytest.fixture
def luc(home):
    """A second colleague with the financial role."""
    return somebody(home.facility, FINANCIAL, "Luc Vos")
