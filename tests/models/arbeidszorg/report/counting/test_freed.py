"""A count frees its rows as soon as it has the figures; it does not wait for Python's collector."""
import datetime
import gc

import pytest

from models.arbeidszorg.report.counting.figures import compared
from models.arbeidszorg.report.counting.groups import Groups
from models.arbeidszorg.report.counting.tally import Tally
from models.arbeidszorg.report.report import FLANDERS
from models.arbeidszorg.report.rows import AnonymousRows, Combinations

TODAY = datetime.date(2026, 6, 15)


@pytest.fixture
def without_collector():
    """No garbage is looked for while the test runs."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("count", [
    lambda: compared(2025, TODAY), lambda: AnonymousRows.make(2025, FLANDERS, TODAY)], ids=["figures", "rows"])
def test_a_count_leaves_nothing_behind(enrol, without_collector, count):
    for day in range(1, 9):
        enrol((datetime.date(2024, 1, day), None))
    assert count()
    kinds = Groups, Tally, Combinations
    assert [one for one in gc.get_objects() if type(one) in kinds] == []
