"""Facilities and the people who act for them, beside the fixed cast."""
from types import SimpleNamespace

import pytest

from models.ecalcura.people import registers as asked
from models.ecalcura.roles import FINANCIAL, PRIVACY
from tests.models.ecalcura.cast import FakeRegisters, at_desk, calculator, facility, manager, newcomer, somebody


@pytest.fixture
def home(app, cast):
    """A woonzorgcentrum with somebody in each role, and one colleague without."""
    made = facility()
    return SimpleNamespace(
        facility=made, ann=manager(made), privacy=somebody(made, PRIVACY, "Piet Roels"),
        financial=somebody(made, FINANCIAL, "Fien Boon"), jan=newcomer(made))


@pytest.fixture
def desk(app, cast):
    """The people of the desk."""
    return SimpleNamespace(dossier=at_desk(), calculator=calculator())


@pytest.fixture
def registers(app):
    """Registers that answer what a test tells them; nobody is in them yet."""
    fake = FakeRegisters()
    asked.use(fake)
    yield fake
    asked.use(None)
