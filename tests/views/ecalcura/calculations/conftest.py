"""A facility whose trimester is submitted and counted."""
import pytest

from tests.models.ecalcura.calculations import made


@pytest.fixture
def submitted(home):
    """Two exempt hours a week, one of which is replaced."""
    return made.a_half_financed(home.facility)
