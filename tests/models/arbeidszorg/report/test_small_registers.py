"""The demonstration, a register of one province with some hundreds of clients, shows what it can."""
import datetime
from collections import Counter

import pytest

from models.arbeidszorg.report.counting import figures
from models.arbeidszorg.report.report import FLANDERS, Report
from models.arbeidszorg.transfer import demonstration
from models.database import today


@pytest.fixture
def shown_of_the_demonstration(register, clock):
    """The demonstration's report of Flanders."""
    clock(datetime.datetime(2026, 6, 15, 12))  # noqa: DTZ001 - it is UTC
    demonstration.fill()
    return Report.make(2025, FLANDERS, today())


def test_a_register_of_one_province_with_some_hundreds_of_clients_shows_how_many_there_are(shown_of_the_demonstration):
    report = shown_of_the_demonstration
    year = figures.figures(2025, today())
    assert report.clients.now.count == sum(year.clients_in.values()) > 150
    assert report.closings.now.count == sum(year.closings_in.values()) > 20
    assert report.mean_age.now
    counts = Counter()
    for (variable, _, category, _), count in year.clients.items():
        counts[variable, category] += count
    rows = {name: report.table(f"2-{name[0]}").cell(name[1], "count") for name in counts}
    larger = [cell for name, cell in rows.items() if counts[name] >= 5]
    assert all(cell.hidden for name, cell in rows.items() if counts[name] < 5)
    assert sum(cell.hidden for cell in larger) < 0.15 * len(larger)
