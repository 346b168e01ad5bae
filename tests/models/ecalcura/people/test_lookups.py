"""How often somebody may look people up."""
import datetime

import pytest

from models.ecalcura.people import lookups
from models.ecalcura.people.employees import Employee, ask
from models.ecalcura.people.lookups import Lookup
from models.ecalcura.roles import PRIVACY
from models.errors import Refused
from tests.models.ecalcura.cast import BORN, number_of, somebody

NOON = datetime.datetime(2026, 11, 29, 11, tzinfo=datetime.UTC)  # noon in Flanders
MINUTE = datetime.timedelta(minutes=1)

pytestmark = pytest.mark.usefixtures("register")


@pytest.fixture
def officer(home):
    return somebody(home, PRIVACY, "Piet Roels")


@pytest.fixture(autouse=True)
def limit(clock):
    clock(NOON)
    yield
    lookups.use(lookups.A_DAY)


def numbers():
    return (number_of(BORN + datetime.timedelta(days=day)) for day in range(1000))


def not_found(home, officer, number):
    with pytest.raises(Refused, match="person_unknown"):
        ask(home, number, officer)


def test_five_numbers_in_a_row_that_are_not_found_pause_a_quarter_of_an_hour(home, officer, registers, clock):
    tried = numbers()
    for _ in range(5):
        not_found(home, officer, next(tried))
    right = registers.has(next(tried))
    for later in (0, 14):
        clock(NOON + later * MINUTE)
        with pytest.raises(Refused, match="lookups_paused") as refused:
            ask(home, right, officer)
        assert refused.value.context["hour"] == "12:15"
    assert Lookup.select().count() == 5
    clock(NOON + 15 * MINUTE)
    not_found(home, officer, next(tried))
    ask(home, right, officer)
    for _ in range(4):
        not_found(home, officer, next(tried))
    ask(home, registers.has(next(tried)), officer)


def test_a_pause_is_of_one_account(home, officer, registers):
    tried = numbers()
    for _ in range(5):
        not_found(home, officer, next(tried))
    not_found(home, somebody(home, PRIVACY, "Lies Dok"), next(tried))


def test_a_silent_register_is_no_wrong_number(home, officer, registers):
    tried = numbers()
    registers.silent = True
    for _ in range(6):
        ask(home, next(tried), officer)
    registers.silent = False
    not_found(home, officer, next(tried))


def test_somebody_looks_up_sixty_people_a_day(home, officer, registers, clock):
    lookups.use(3)
    tried = numbers()
    for _ in range(3):
        Employee.enter(home, registers.has(next(tried)), officer)
    right = registers.has(next(tried))
    with pytest.raises(Refused, match="lookups_today"):
        ask(home, right, officer)
    assert len(registers.asked) == 3
    clock(datetime.datetime(2026, 11, 29, 22, 59, tzinfo=datetime.UTC))
    with pytest.raises(Refused, match="lookups_today"):
        ask(home, right, officer)
    # Midnight in Flanders.
    clock(datetime.datetime(2026, 11, 29, 23, 0, tzinfo=datetime.UTC))
    ask(home, right, officer)


def test_a_list_that_is_read_has_a_limit_of_its_own(home, officer, registers):
    lookups.use(1)
    tried = numbers()
    for _ in range(10):
        not_found_in_list(home, officer, next(tried))
    with pytest.raises(Refused, match="lookups_today"):
        ask(home, next(tried), officer, "import")
    ask(home, registers.has(next(tried)), officer)


def not_found_in_list(home, officer, number):
    with pytest.raises(Refused, match="person_unknown"):
        ask(home, number, officer, "import")


def test_the_operator_has_no_limit(home, registers):
    lookups.use(1)
    tried = numbers()
    for _ in range(7):
        not_found(home, None, next(tried))


def test_a_look_up_that_is_cut_off_counts(home, officer, registers, monkeypatch):
    def cut_off(_number):
        raise ZeroDivisionError

    monkeypatch.setattr(registers, "find_person", cut_off)
    with pytest.raises(ZeroDivisionError):
        ask(home, number_of(), officer)
    assert [(one.account_id, one.answer) for one in Lookup.select()] == [(officer.id, "silent")]
