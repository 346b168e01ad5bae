"""A browser in which a dossier manager is signed in."""
import pytest


@pytest.fixture
def dossier(page, home, desk):
    """A `Page`, signed in as a dossier manager."""
    page.sign_in(desk.dossier)
    return page
