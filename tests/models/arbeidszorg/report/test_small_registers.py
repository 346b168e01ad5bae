"""A register of one province, or of a few hundred clients, is as safe as a large one and tells what it can."""
import datetime
from collections import Counter

import pytest

from disclosure.cycles import Cycles
from disclosure.means import means_to_show
from disclosure.suppression import Cover, hide
from disclosure.tables import Tables
from models.arbeidszorg.report.counting import figures
from models.arbeidszorg.report.report import FLANDERS, Report
from models.arbeidszorg.transfer import demonstration
from models.database import today
from tests.disclosure.made_up import BANDS, of_one_province, register
from tests.disclosure.reader import TOTAL, Reader, with_totals
from tests.disclosure.test_suppression import reader_of

SEEDS = range(8)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_register_of_one_province_tells_how_many_clients_there_are_and_no_count_of_1_to_4(seed):
    counts, ages = of_one_province(seed)
    hidden = hide(counts)
    assert not hidden.is_hidden((TOTAL, TOTAL, TOTAL, TOTAL))
    reader = reader_of(counts, ages, hidden.is_hidden, means_to_show(hidden, counts, ages, BANDS))
    assert len(reader.small) > 5
    assert list(reader.ruled_out()) == []


def test_in_one_province_all_that_need_not_be_hidden_is_shown_of_rows_and_columns():
    """Each hidden total of a category is of 1 to 4, or needed by such a one: hardly more than there are of these."""
    small = larger = 0
    for seed in SEEDS:
        counts, _ = of_one_province(seed)
        hidden, cells = hide(counts), with_totals(counts)
        rows = [cell for cell in cells if cell[0] and cell[1] is cell[3] is TOTAL]
        small += sum(0 < cells[cell] < 5 for cell in rows)
        larger += sum(cells[cell] >= 5 and hidden.is_hidden(cell) for cell in rows)
    assert larger < 0.6 * small


def test_without_cycles_a_register_of_one_province_loses_more(monkeypatch):
    counts, _ = of_one_province(3)

    def lost():
        hidden = hide(counts)
        return sum(count > 4 and hidden.is_hidden(cell) for cell, count in with_totals(counts).items())

    with_cycles = lost()
    monkeypatch.setattr(Cycles, "cheapest", lambda *_: None)
    assert lost() > with_cycles


@pytest.mark.parametrize("seed", range(20))
def test_every_step_of_a_walk_keeps_every_total_and_changes_the_count_that_it_is_for(seed):
    """Whatever finds them: here of registers of several provinces, where cycles are the last resort."""
    counts, _ = register(seed, clients=30 + 10 * seed, variables=2, provinces=1 + seed % 4, situations=3)
    cover = Cover(Tables(counts))
    cover.protect_all()
    reader = Reader(with_totals(counts), cover.outcome().is_hidden)
    for cell, walks in cover.walks.items():
        for walk in walks.values():
            assert [world[cell] for world in walk.worlds()] == [
                *range(1, 5 - cover.tables.counts[cell]), *range(-1, -cover.tables.counts[cell], -1)]
    for known, changes in cover.outcome().worlds():
        if known is None:
            reader.learn_of_changes(changes)


def test_rather_two_situations_are_hidden_than_the_number_of_all_clients():
    """To hide that number would take one cell here, for of what is beneath it all that is needed is hidden already."""
    rows = {("gender", "missing"): (3, 0, 0), ("gender", "other"): (97, 30, 3),
            ("income", "missing"): (0, 3, 0), ("income", "other"): (100, 27, 3)}
    counts = {(variable, "province", category, situation): count for (variable, category), numbers in rows.items()
              for situation, count in zip(("active", "same", "lower"), numbers, strict=True) if count}
    hidden = hide(counts)
    assert [hidden.is_hidden((TOTAL, TOTAL, TOTAL, situation)) for situation in ("active", "same", "lower", TOTAL)] == [
        False, True, True, False]


def nobody_elsewhere(*rows):
    return {("gender", "here", f"category {row}"): count for row, count in enumerate(rows)}


def test_of_a_count_that_is_hidden_no_nought_of_another_province_says_that_it_is_a_larger_one():
    hidden = hide(nobody_elsewhere(3, 7, 20))
    for category in ("category 0", "category 1", "category 2"):
        there, here = ([hidden.is_hidden(("gender", place, category)) for place in places]
                       for places in (["elsewhere"], ["here", TOTAL]))
        assert {*there, *here} == {category != "category 2"}
    assert not hidden.is_hidden((TOTAL, "elsewhere", TOTAL))
    assert not hidden.is_hidden((TOTAL, TOTAL, TOTAL))


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
