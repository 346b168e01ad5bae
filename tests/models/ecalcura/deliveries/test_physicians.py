"""The coordinating and advising physician: by number, one at a time, with a warning for days without one."""
import datetime

import peewee
import pytest

from models.audit import AuditEntry
from models.database import transaction
from models.ecalcura.checks import checks
from models.ecalcura.deliveries import physicians
from models.ecalcura.deliveries.physicians import UNREADABLE, CraContract, add_physician
from models.ecalcura.people.lookups import Lookup
from tests.hall import refusal
from tests.models.ecalcura.cast import number_of, opened
from tests.models.ecalcura.physicians import physician, silent_physician

DAY = datetime.date
JANUARY = DAY(2026, 1, 1)
NUMBER = number_of(DAY(1961, 6, 6))


def add(home, since=JANUARY, until=None, number=NUMBER, riziv="", form_key=None):
    return add_physician(home, number, riziv, since, until, None, form_key)


def test_the_name_comes_from_the_register_and_is_sealed(home, registers):
    registers.has(NUMBER, "Vera", "Arts")
    made = add(home, riziv="10000475001")
    found = CraContract.one(home, made.id)
    assert (found.physician.name, found.physician.number, found.physician.riziv) == (
        "Vera Arts", NUMBER, "10000475001")
    assert b"Arts" not in bytes(found.sealed)
    assert Lookup.get().id == found.lookup_id
    assert [entry.event for entry in AuditEntry.of_tenant(home.id)] == ["cra-added"]


def test_a_form_that_is_sent_twice_adds_one(home, registers):
    registers.has(NUMBER)
    assert add(home, form_key="k1").id == add(home, form_key="k1").id
    assert len(registers.asked) == 1


@pytest.mark.parametrize(("values", "code"), [
    ({"number": "123"}, "number_invalid"), ({"until": DAY(2025, 12, 31)}, "days_order"),
    ({"number": number_of(DAY(1962, 7, 7))}, "person_unknown"), ({"since": DAY(2020, 6, 1)}, "cra_overlap")])
def test_a_contract_that_cannot_be_is_refused_and_nothing_is_added(home, registers, values, code):
    registers.has(NUMBER)
    physician(home, until=DAY(2025, 12, 31))
    assert refusal(lambda: add(home, **values)) == code
    assert CraContract.select().count() == 1


def test_two_contracts_never_overlap_also_round_the_application(home):
    first = physician(home, DAY(2024, 1, 1), DAY(2024, 12, 31))
    second = physician(home, DAY(2025, 1, 1))
    for change in (CraContract.update(until=DAY(2025, 1, 1)).where(CraContract.id == first.id),
                   CraContract.update(since=DAY(2024, 12, 31)).where(CraContract.id == second.id)):
        with pytest.raises(peewee.IntegrityError, match="cra_contract_overlap"), transaction():
            change.execute()
    with pytest.raises(peewee.IntegrityError, match="cra_contract_overlap"), transaction():
        physician(home, DAY(2030, 1, 1))


def test_the_name_follows_when_the_register_answers_again(home, registers):
    registers.has(NUMBER, "Vera", "Arts")
    registers.silent = True
    made = add(home)
    assert made.physician.name == ""
    assert physicians.ask_again(made) is False
    registers.silent = False
    assert physicians.ask_again(CraContract.get()) is True
    assert CraContract.get().physician.name == "Vera Arts"
    assert refusal(physicians.ask_again, silent_physician(home)) == "person_unknown"


def test_days_are_changed_from_the_version_that_is_stored(home):
    made = physician(home)
    physicians.change_physician(made, "10000475001", DAY(2021, 1, 1), None, 1)
    physicians.change_physician(made, "10000475001", DAY(2021, 1, 1), None, 1)
    found = CraContract.get()
    assert (found.since, found.version, found.physician.riziv) == (DAY(2021, 1, 1), 2, "10000475001")
    assert refusal(physicians.change_physician, made, "", DAY(2021, 1, 1), None, 1) == "stale"
    physicians.remove_physician(made)
    physicians.remove_physician(made)
    assert [entry.event for entry in AuditEntry.of_tenant(home.id)].count("cra-removed") == 1
    assert refusal(physicians.change_physician, made, "", DAY(2021, 1, 1), None, 2) == "stale"


def test_days_between_two_contracts_are_a_warning_in_their_trimester(home):
    """V30."""
    summer, autumn = opened(), opened(number=2)
    physician(home, DAY(2026, 1, 1), DAY(2026, 8, 31))
    physician(home, DAY(2026, 9, 2), DAY(2026, 10, 31))
    physician(home, DAY(2026, 11, 1))
    assert [check.values for check in checks.of_facility(home, summer) if check.code == "V30"] == [
        {"first": DAY(2026, 9, 1), "last": DAY(2026, 9, 1)}]
    assert [check for check in checks.of_facility(home, autumn) if check.code == "V30"] == []


def test_a_physician_that_cannot_be_read_is_shown_so_and_never_overwritten(home):
    made = physician(home)
    other = physician(home, DAY(2019, 1, 1), DAY(2019, 12, 31))
    CraContract.update(sealed=other.sealed).where(CraContract.id == made.id).execute()
    found = CraContract.one(home, made.id)
    assert found.physician == UNREADABLE
    assert refusal(physicians.change_physician, found, "", DAY(2021, 1, 1), None, 1) == "names_key"


@pytest.mark.parametrize(("typed", "read"), [
    ("1-00004-75-001", "10000475001"), ("", ""), (" 10000475001 ", "10000475001")])
def test_a_riziv_number_is_read_as_people_type_it(typed, read):
    assert physicians.parse_riziv(typed) == read


def test_a_riziv_number_has_eleven_digits_and_its_check_digits_only_warn():
    assert refusal(physicians.parse_riziv, "1234") == "riziv_typed"
    assert [physicians.is_usual_riziv(f"100004{97 - 100004 % 97:02}001"), physicians.is_usual_riziv("10000400001")] == [
        True, False]
