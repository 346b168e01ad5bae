"""A facility for sheltered living and somebody who enters its data."""
from types import SimpleNamespace

import pytest

from models.ecalcura.roles import FINANCIAL, PRIVACY
from tests.models.ecalcura.cast import facility, somebody


@pytest.fixture
def ibw(app, cast, clock):
    """A facility for sheltered living with 20 recognised places, on 29 November 2026."""
    made = facility("990003", kind="ibw", name="Beschut Wonen De Brug", places=20)
    return SimpleNamespace(facility=made, privacy=somebody(made, PRIVACY, "Lies Dok"),
                           financial=somebody(made, FINANCIAL, "Bo Sels"))
