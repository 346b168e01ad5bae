"""The sums that are kept of each facility and trimester."""
import datetime
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import names
from models.audit import record
from models.database import database, transaction
from models.ecalcura.checks import dossiers
from models.ecalcura.contracts import lists
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.deliveries.residents import PLACES, TOTAL, save_residents
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import changes
from models.ecalcura.people.registers import Answer
from models.ecalcura.people.retries import store
from models.ecalcura.progress import sums
from models.ecalcura.progress.sums import FileSums
from models.ecalcura.roles import PRIVACY
from models.ecalcura.trimesters import reopening
from models.ecalcura.trimesters.calendar import Place, Trimester
from models.ecalcura.trimesters.files import TrimesterFile
from models.errors import Refused
from tests.conftest import NAMES_KEY
from tests.models.ecalcura.cast import at_desk, contract, employee, exempt, facility, opened, somebody, submitted

AUTUMN = (2026, 2)
at = datetime.datetime.fromisoformat


@pytest.fixture
def home(register, clock):
    clock(at("2026-11-29 12:00:00"))
    lists.store()
    changes.follow(sums.mark)
    yield facility()
    changes._State.followers.remove(sums.mark)


def of(made, place=AUTUMN):
    """The sums of a facility in a trimester, as they are kept."""
    return FileSums.get_or_none(
        FileSums.facility_id == made.id, FileSums.trimester_id == Trimester.get_or_make(*place).id)


def counted(made, place=AUTUMN):
    """The same, counted from the rows now."""
    trimester = Trimester.get_or_make(*place)
    return sums.count(made, dossiers.load(made, trimester), trimester)


def kept(made, place=AUTUMN):
    row = of(made, place)
    return sums.Sums(*(getattr(row, name) for name in sums.Sums._fields))


def test_the_chore_counts_staff_contracts_hours_and_open_checks(home):
    opened(*AUTUMN)
    nurse = employee(home)
    contract(nurse, hours=1900)
    exempt(nurse)
    replacing = contract(employee(home), role="replacement", qualification="ZKD", hours=100)
    Replacement.add(replacing, None, 100, datetime.date(2026, 11, 16))
    contract(employee(home), until=datetime.date(2026, 9, 30))
    assert sums.refresh() == 2
    # V14 for two steps, V12 for two contracts, V19 for the replacement, which has 46 of the 92 days.
    assert kept(home) == sums.Sums(2, 2, 5, Fraction(20), Fraction(1), Fraction(1, 2))
    assert of(home).counted_at == at("2026-11-29 12:00:00")
    assert sums.refresh() == 0


def test_a_change_makes_the_open_trimesters_stale_and_no_submitted_one(home):
    opened(*AUTUMN)
    submitted(home)
    nurse = employee(home)
    sums.refresh()
    contract(nurse, datetime.date(2026, 10, 1))
    assert [of(home, place).stale for place in ((2026, 1), AUTUMN)] == [False, True]
    sums.refresh()
    assert kept(home).contracts == 1
    TrimesterFile.at(home, Trimester.get_or_make(2026, 1)).move("reopened", reopen_reason="Uren vergeten")
    changes.tell([nurse.id])
    assert of(home, (2026, 1)).stale


def test_reopening_counts_what_changed_while_the_trimester_was_submitted(home):
    opened(*AUTUMN)
    nurse = employee(home)
    contract(nurse)
    sums.refresh()
    submitted(home, *AUTUMN)
    store(nurse, Answer("deceased", nurse.person.number, "Test", "Tweede", datetime.date(1970, 3, 14),
                        datetime.date(2026, 9, 1)))
    assert sums.refresh() == 1
    reopening.reopen(home, Place(*AUTUMN), "Kijk de einddatum na")
    assert kept(home) != counted(home)
    assert sums.refresh() == 1
    assert kept(home) == counted(home)


def test_resident_data_that_block_submitting_are_an_open_check(home):
    opened(*AUTUMN)
    sums.refresh()
    assert kept(home).open_checks == 0
    trimester = Trimester.get_or_make(*AUTUMN)
    save_residents(home, trimester, {(TOTAL, PLACES): 5}, 1)
    assert sums.refresh() == 1
    assert kept(home).open_checks == 1
    save_residents(home, trimester, {}, 2)
    sums.refresh()
    assert kept(home).open_checks == 0


def test_a_facility_has_a_row_for_each_trimester_opened_for_its_kind_before_it_merged(home):
    merged = facility("990003", successor_id=home.id, merged_on=datetime.date(2026, 10, 1))
    facility("990004", kind="kortverblijf", parent_id=home.id)
    opened()
    opened(*AUTUMN, kinds=["woonzorgcentrum"])
    opened(2026, 3, entry_from=datetime.date(2027, 1, 1), submit_from=None)
    ibw = facility("990005", kind="ibw")
    sums.refresh()
    found = {(row.facility_id, row.trimester_id) for row in FileSums.select()}
    summer, autumn = (Trimester.get_or_make(2026, number).id for number in (1, 2))
    assert found == {(home.id, summer), (home.id, autumn), (merged.id, summer), (ibw.id, summer)}


def test_each_day_the_open_trimesters_are_counted_again_for_steps_begin_by_themselves(home, clock):
    opened(*AUTUMN)
    young = employee(home, born=datetime.date(1981, 12, 20))
    contract(young)
    clock(at("2026-11-30 12:00:00"))
    sums.refresh()
    before = of(home).counted_at
    clock(at("2026-12-01 00:30:00"))
    assert sums.refresh() == 2
    assert of(home).counted_at > before
    assert sums.refresh() == 0


def test_the_last_activity_is_that_of_the_privacy_role_and_not_of_a_register_or_the_desk(home, clock):
    opened(*AUTUMN)
    officer = somebody(home, PRIVACY, "Lies Dok")
    nurse = employee(home, by=officer)
    sums.refresh()
    assert of(home).last_activity == at("2026-11-29 12:00:00")
    clock(at("2026-11-29 15:00:00"))
    store(nurse, Answer("found", nurse.person.number, "Test", "Tweede", datetime.date(1970, 3, 14)))
    with transaction():
        record(EcalcuraEvent.NUMBER_SHOWN, by=at_desk(), tenant_id=home.id, subject=nurse.id)
    assert of(home).stale
    sums.refresh()
    assert of(home).last_activity == at("2026-11-29 12:00:00")


def test_without_the_key_of_the_names_the_sums_wait(home):
    opened(*AUTUMN)
    contract(employee(home))
    names.use(None)
    assert sums.refresh() == 0
    assert of(home).stale
    names.use(NAMES_KEY)
    assert sums.refresh() == 2


# Steps of work on the facility's rows; a refused one changes nothing.
def _add(home, day, hours):
    contract(employee(home), day, hours=hours)


def _replace(home, day, hours):
    Replacement.add(contract(employee(home), day, role="replacement", qualification="ZKD", hours=hours), None, hours,
                    day)


def _choose(home, day, _hours):
    for one in Contract.select().where(Contract.role == "entitled"):
        exempt(_owner(one), since=day)


def _change_hours(home, day, hours):
    for one in Contract.select().limit(1):
        one.change_hours(day, hours, 3800, one.version)


def _end(home, day, _hours):
    for one in Contract.select().order_by(Contract.id.desc()).limit(1):
        one.end(day, one.version)


def _remove(home, _day, _hours):
    for one in Choice.select().limit(1):
        one.remove(one.version)


def _submit(home, _day, _hours):
    if TrimesterFile.at(home, Trimester.get_or_make(*AUTUMN)).state in ("empty", "entry"):
        submitted(home, *AUTUMN)


def _count(_home, _day, _hours):
    sums.refresh()


def _owner(one):
    return next(found for found, _ in dossiers_of(one.facility_id) if found.id == one.employee_id)


def dossiers_of(facility_id):
    return [(one.employee, one.person) for one in dossiers.load(Facility.get_by_id(facility_id))]


WORK = st.lists(st.tuples(
    st.sampled_from([_add, _add, _replace, _choose, _change_hours, _end, _remove, _submit, _count]),
    st.dates(datetime.date(2026, 6, 1), datetime.date(2027, 1, 31)), st.integers(1, 3800)), min_size=3, max_size=8)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(work=WORK)
def test_after_any_work_the_sums_are_those_that_a_recount_gives(home, work):
    with database.atomic() as undone:
        opened()
        opened(*AUTUMN)
        sums.refresh()
        for step, day, hours in work:
            try:
                with database.atomic():
                    step(home, day, hours)
            except Refused:
                continue
        sums.refresh()
        for place in ((2026, 1), AUTUMN):
            assert kept(home, place) == counted(home, place)
        undone.rollback()
        sums._State.prepared = None
