"""A personnel officer on 29 November 2026."""
import datetime

import pytest


@pytest.fixture
def officer(page, home, clock):
    """A page, signed in with the privacy role."""
    clock(datetime.datetime.fromisoformat("2026-11-29 12:00:00"))
    page.sign_in(home.privacy)
    return page
