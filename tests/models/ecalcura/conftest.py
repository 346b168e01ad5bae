"""Fixtures for the models of ecalcura."""
import pytest

from models.ecalcura.people import registers as asked
from tests.models.ecalcura.cast import FakeRegisters, facility


@pytest.fixture
def registers():
    """Registers that answer what a test tells them; nobody is in them yet."""
    fake = FakeRegisters()
    asked.use(fake)
    yield fake
    asked.use(None)


@pytest.fixture
def home(register):
    """A woonzorgcentrum."""
    return facility()
