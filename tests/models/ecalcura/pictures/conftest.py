"""A second facility beside the own one."""
import pytest

from tests.models.ecalcura.cast import facility


@pytest.fixture
def other(home):
    """A woonzorgcentrum of which the own facility sees nothing."""
    return facility("990002", name="Woonzorgcentrum De Wilg")
