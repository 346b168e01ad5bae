"""People who manage the money of a facility, and one of the desk."""
import pytest

from models.ecalcura.roles import FINANCIAL
from tests.models.ecalcura.cast import at_desk, somebody


@pytest.fixture
def fien(home):
    return somebody(home, FINANCIAL, "Fien Boon")


@pytest.fixture
def luc(home, fien):
    return somebody(home, FINANCIAL, "Luc Vos")


@pytest.fixture
def dossier(home):
    return at_desk()
