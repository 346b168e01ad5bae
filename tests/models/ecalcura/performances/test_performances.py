"""Which contracts need prestaties, and saving them: by row, with its version, with its entry in the log."""
import datetime
import threading

import peewee
import pytest

from models.audit import AuditEntry
from models.database import database, today
from models.ecalcura.contracts import lists
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.people import changes
from models.ecalcura.performances.grid import rows_of
from models.ecalcura.performances.performances import (
    Performance,
    PerformanceRow,
    Stored,
    Typed,
    save_row,
    save_rows,
    stored,
)
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.files import TrimesterFile
from models.errors import Refused, Stale
from tests.models.ecalcura.cast import employee, facility, opened, submitted
from tests.models.ecalcura.with_hours import (
    choice,
    contract,
    nurse_with_premium,
    replacement,
    trimester,
)

OCTOBER, DECEMBER = datetime.date(2026, 10, 1), datetime.date(2026, 12, 31)
# 38 hours a week on 92 days: 38 × 92 / 7 = 499,43.
MOST = 49943


@pytest.fixture
def made(register):
    lists.store()
    return facility()


@pytest.fixture
def told(monkeypatch):
    """The employees with which the followers of changes were called."""
    told = []
    monkeypatch.setattr(changes._State, "followers", [told.extend])
    return told


def names_of(rows):
    return [(row.person.family, row.need.is_needed) for row in rows]


def test_premium_and_replacement_need_prestaties_and_exemption_does_not(made):
    """A14 and V22; sorted by name."""
    nurse_with_premium(made, "Vandamme")
    exempt = employee(made, family="Maes")
    choice(exempt, "exemption")
    contract(exempt)
    replacement(made, "Okonjo", replaces=exempt)
    replacement(made, "Aerts")
    contract(employee(made, family="Zonder"))
    rows = rows_of(made, trimester())
    assert names_of(rows) == [("Aerts", True), ("Okonjo", True), ("Vandamme", True)]
    assert [[person.family for person in row.replaces] for row in rows] == [[], ["Maes"], []]
    assert [row.need.step for row in rows] == [None, None, 45]
    assert all(row.is_missing for row in rows)


@pytest.mark.parametrize(("since", "until", "needed"), [
    (datetime.date(2020, 1, 1), datetime.date(2026, 9, 30), False),
    (datetime.date(2020, 1, 1), OCTOBER, True),
    (DECEMBER, None, True),
    (datetime.date(2027, 1, 1), None, False)])
def test_a_premium_on_one_day_of_the_trimester_is_enough(made, since, until, needed):
    row = employee(made)
    contract(row)
    choice(row, since=since, until=until)
    assert bool(rows_of(made, trimester())) is needed


def test_a_premium_counts_on_the_days_of_the_contract_only(made):
    row = employee(made)
    contract(row, until=datetime.date(2026, 10, 31))
    choice(row, since=datetime.date(2026, 11, 1))
    later = employee(made)
    contract(later, start=datetime.date(2026, 11, 1))
    choice(later, until=datetime.date(2026, 10, 31))
    assert rows_of(made, trimester()) == []


def test_a_nurse_of_56_with_premium_for_45_and_exemption_for_50_needs_prestaties(made):
    row = employee(made)
    contract(row)
    choice(row, "premium", 45)
    choice(row, "exemption", 50)
    [grid_row] = rows_of(made, trimester())
    assert grid_row.need.step == 45


def test_hours_a_week_and_fte_are_means_over_the_trimester(made):
    nurse_with_premium(made, hours=1900, terms=[(datetime.date(2026, 11, 16), 3800)])
    [row] = rows_of(made, trimester())
    assert row.need.mean(92) == 2850
    assert float(row.need.full_time_part(92)) == 0.75
    assert row.need.most == 37458


def test_a_row_is_saved_and_changed_with_its_version(made, told):
    one, quarter = nurse_with_premium(made), trimester()
    told.clear()
    assert save_row(made, quarter, one.id, {"worked": 45600, "equated": 1200}, 0) == 1
    assert stored(made, quarter.id) == {one.id: Stored(1, {"worked": 45600, "equated": 1200})}
    assert save_row(made, quarter, one.id, {"worked": 45000, "equated": None}, 1) == 2
    assert stored(made, quarter.id) == {one.id: Stored(2, {"worked": 45000})}
    assert save_row(made, quarter, one.id, {"worked": None, "equated": None}, 2) == 3
    assert stored(made, quarter.id) == {one.id: Stored(3, {})}
    assert told == [one.employee_id] * 3
    [entry, *_] = AuditEntry.of_tenant(made.id)
    assert (entry.event, entry.subject) == ("performances-changed", "2026/2")
    assert entry.details == {"fields": ["worked"], "contract": one.id}


def test_a_row_that_stays_the_same_changes_nothing(made, told):
    one = nurse_with_premium(made)
    save_row(made, trimester(), one.id, {"worked": 45600}, 0)
    entries = AuditEntry.select().count()
    told.clear()
    assert save_row(made, trimester(), one.id, {"worked": 45600, "equated": None}, 0) == 1
    assert (AuditEntry.select().count(), told) == (entries, [])


def test_a_row_that_a_colleague_changed_is_not_overwritten(made):
    """V32."""
    one = nurse_with_premium(made)
    save_row(made, trimester(), one.id, {"worked": 45600}, 0)
    with pytest.raises(Stale) as stale:
        save_row(made, trimester(), one.id, {"worked": 40000}, 0)
    assert stale.value.current == Stored(1, {"worked": 45600})
    assert stored(made, trimester().id)[one.id].hours == {"worked": 45600}


def test_prestaties_for_exemption_are_refused(made):
    """V22."""
    row = employee(made)
    choice(row, "exemption")
    one = contract(row)
    with pytest.raises(Refused) as refused:
        save_row(made, trimester(), one.id, {"worked": 100}, 0)
    assert refused.value.code == EcalcuraCode.PERFORMANCE_NOT_NEEDED
    assert PerformanceRow.select().count() == 0


def test_above_120_percent_of_the_contract_nothing_is_saved_and_above_100_it_is_marked(made):
    """V23."""
    one = nurse_with_premium(made)
    assert MOST * 120 // 100 == 59931
    with pytest.raises(Refused) as refused:
        save_row(made, trimester(), one.id, {"worked": 50000, "equated": 9932}, 0)
    assert (refused.value.code, refused.value.context) == (EcalcuraCode.PERFORMANCE_HOURS, {"maximum": MOST})
    save_row(made, trimester(), one.id, {"worked": 50000, "equated": 9931}, 0)
    assert [row.is_above for row in rows_of(made, trimester())] == [True]
    save_row(made, trimester(), one.id, {"worked": MOST}, 1)
    assert [row.is_above for row in rows_of(made, trimester())] == [False]


def test_of_a_block_each_row_that_can_be_saved_is_saved(made):
    """Forty cells pasted over a row that a colleague changed: that row is left, the others are saved."""
    quarter = trimester()
    contracts = [nurse_with_premium(made, f"Naam{number:02}") for number in range(20)]
    save_row(made, quarter, contracts[7].id, {"worked": 111}, 0)
    typed = [Typed(one.id, {"worked": 40000 + place, "equated": place}, 0) for place, one in enumerate(contracts)]
    found = save_rows(made, quarter, typed)
    assert [contract_id for contract_id, result in found.items() if isinstance(result, Refused)] == [contracts[7].id]
    assert Performance.select().where(Performance.hours >= 40000).count() == 19
    assert stored(made, quarter.id)[contracts[7].id].hours == {"worked": 111}


def test_together_means_all_or_nothing(made):
    one, two = nurse_with_premium(made), nurse_with_premium(made, "Maes")
    found = save_rows(made, trimester(), [Typed(one.id, {"worked": 100}, 0), Typed(two.id, {"worked": 60000}, 0)],
                      together=True)
    assert (found[one.id], found[two.id].code) == (0, EcalcuraCode.PERFORMANCE_HOURS)
    assert PerformanceRow.select().count() == 0


def test_the_contract_of_another_facility_is_not_there(made):
    elsewhere = facility("990002", name="De Brug")
    for other in (nurse_with_premium(elsewhere), replacement(elsewhere)):
        with pytest.raises(Refused) as refused:
            save_row(made, trimester(), other.id, {"worked": 100}, 0)
        assert refused.value.code == EcalcuraCode.PERFORMANCE_NOT_NEEDED
    assert rows_of(made, trimester()) == []
    assert PerformanceRow.select().count() == 0


def test_hours_of_a_contract_that_no_longer_needs_them_can_only_be_taken_away(made):
    one = nurse_with_premium(made)
    save_row(made, trimester(), one.id, {"worked": 100}, 0)
    Choice.update(kind="exemption").execute()
    assert names_of(rows_of(made, trimester())) == [("Vandamme", False)]
    with pytest.raises(Refused):
        save_row(made, trimester(), one.id, {"worked": 200}, 1)
    save_row(made, trimester(), one.id, {"worked": None}, 1)
    assert rows_of(made, trimester()) == []


def test_each_trimester_has_hours_of_its_own(made):
    one = nurse_with_premium(made)
    save_row(made, trimester(2026, 2), one.id, {"worked": 100}, 0)
    save_row(made, trimester(2026, 3), one.id, {"worked": 200}, 0)
    assert [rows_of(made, trimester(2026, number))[0].total for number in (1, 2, 3)] == [0, 100, 200]




def test_before_the_trimester_is_open_nothing_is_saved(made):
    """A15."""
    one = nurse_with_premium(made)
    later = opened(2026, 3, entry_from=today() + datetime.timedelta(days=9), submit_from=None)
    for place, code in ((later, EcalcuraCode.ENTRY_EARLY),
                        (Trimester.get_or_make(2026, 4), EcalcuraCode.TRIMESTER_UNOPENED)):
        with pytest.raises(Refused) as refused:
            save_row(made, place, one.id, {"worked": 100}, 0)
        assert refused.value.code == code
    assert PerformanceRow.select().count() == 0


def test_saving_works_while_submitting_is_not_open_yet(made):
    """A15."""
    one = nurse_with_premium(made)
    save_row(made, opened(2026, 2, submit_from=None), one.id, {"worked": 100}, 0)
    assert [file.state for file in TrimesterFile.of(made)] == ["entry"]


def test_the_prestaties_of_a_submitted_trimester_stay(made):
    """V33."""
    one = nurse_with_premium(made)
    file = submitted(made, 2026, 2)
    with pytest.raises(Refused) as refused:
        save_row(made, file.trimester, one.id, {"worked": 100}, 0)
    assert refused.value.code == EcalcuraCode.TRIMESTER_SUBMITTED
    save_row(made, trimester(2026, 3), one.id, {"worked": 100}, 0)


@pytest.mark.parametrize("statement", [
    "UPDATE performance SET hours = -1", "UPDATE performance SET hours = 1000001",
    "UPDATE performance SET kind = 'other'", "UPDATE performance SET trimester_id = 99",
    "DELETE FROM performance_row", "DELETE FROM contract"])
def test_the_database_refuses_wrong_rows_that_go_round_the_application(made, statement):
    one = nurse_with_premium(made)
    save_row(made, trimester(), one.id, {"worked": 100}, 0)
    with pytest.raises(peewee.IntegrityError), database.atomic():
        database.execute_sql(statement)


def test_the_row_of_another_facility_s_contract_is_refused_by_the_database(made):
    other = nurse_with_premium(facility("990002", name="De Brug"))
    with pytest.raises(peewee.IntegrityError), database.atomic():
        PerformanceRow.insert(contract_id=other.id, facility_id=made.id, trimester_id=trimester().id).execute()
    assert Contract.get_by_id(other.id)


def test_of_two_colleagues_who_save_one_row_at_once_one_sees_the_other_s_hours(made):
    one, quarter = nurse_with_premium(made), trimester()
    start, stale = threading.Barrier(2), []

    def save(hours):
        try:
            start.wait(5)
            save_row(made, quarter, one.id, {"worked": hours}, 0)
        except Stale as error:
            stale.append(error.current.hours["worked"])
        finally:
            database.close()

    threads = [threading.Thread(target=save, args=(hours,)) for hours in (100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert stale == [stored(made, quarter.id)[one.id].hours["worked"]]
