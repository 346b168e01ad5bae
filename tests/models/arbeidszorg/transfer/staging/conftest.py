"""Fixtures for the tests of taking an import back."""
import datetime

import pytest

from models.arbeidszorg.register.clients import Client
from tests.factories import period_of
from tests.old_register import row


@pytest.fixture
def lived(run, cast):
    """De Ploeg with clients of an import, two of which were given more by hand."""
    run(row(gender="", home_postcode=""), row(old_number="2", birth_date=""), row(old_number="3"))
    period_of(Client.get_by_id(2), cast.ploeg, datetime.date(2022, 1, 1))
    client = Client.get_by_id(1)
    client.change({"income": "pension"}, "Roos", client.version)
    return cast.ploeg
