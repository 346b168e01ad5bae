"""Parameters: entered by one calculator, confirmed by another, never changed; no value is shipped."""
import datetime

import peewee
import pytest

from models.database import database, now, transaction
from models.ecalcura.calculations import formula, parameters
from models.ecalcura.calculations.parameters import ParameterVersion
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.trimesters.calendar import Trimester
from models.errors import Refused
from tests.models.ecalcura.calculations.made import FIRST, confirmed, entered, recorded, values
from tests.models.ecalcura.cast import calculator

pytestmark = pytest.mark.usefixtures("register")
DAY = datetime.date


@pytest.fixture
def ann():
    return calculator("ann")


def code(call, *arguments, **values):
    with pytest.raises(Refused) as refused:
        call(*arguments, **values)
    return refused.value.code


def test_the_shipped_file_has_no_value():
    text = formula.FILE.read_text(encoding="utf-8")
    assert "value" not in {line.partition("=")[0].strip() for line in text.splitlines() if not line.startswith("#")}
    assert ParameterVersion.of(Trimester.get_or_make(2026, 1)) is None


def test_a_version_is_used_once_another_calculator_confirmed_it(ann):
    trimester = Trimester.get_or_make(2026, 1)
    version = entered(ann)
    assert (version.state, ParameterVersion.of(trimester)) == ("proposed", None)
    bob = calculator("bob")
    assert version.confirm(bob).state == "confirmed"
    assert ParameterVersion.of(trimester).values["wage_cost VPK"] == "1000"
    assert recorded()[-2:] == [
        ("parameters-entered", str(version.id), None), ("parameters-confirmed", str(version.id), None)]


def test_nobody_confirms_what_they_entered_and_a_second_click_confirms_once(ann):
    version = entered(ann)
    assert code(version.confirm, ann) == EcalcuraCode.PARAMETERS_OWN
    bob, carl = calculator("bob"), calculator("carl")
    version.confirm(bob)
    assert version.confirm(carl).confirmer_id == bob.id
    assert code(version.withdraw, ann) == EcalcuraCode.PARAMETERS_DECIDED


def test_a_withdrawn_version_is_never_confirmed(ann):
    version = entered(ann)
    assert version.withdraw(ann).state == "withdrawn"
    assert code(version.confirm, calculator("bob")) == EcalcuraCode.PARAMETERS_DECIDED
    assert ParameterVersion.of(Trimester.get_or_make(2026, 1)) is None


def test_a_form_that_is_sent_twice_makes_one_version(ann):
    made = [ParameterVersion.enter("Besluit", FIRST, None, values(), ann, "sleutel") for _ in range(2)]
    assert made[0].id == made[1].id


def test_the_version_that_was_confirmed_last_holds_for_a_trimester_that_it_covers_whole():
    trimester, later = Trimester.get_or_make(2026, 1), Trimester.get_or_make(2026, 3)
    first = confirmed(until=DAY(2026, 12, 31))
    assert ParameterVersion.of(trimester).id == first.id
    assert ParameterVersion.of(later) is None
    confirmed(since=DAY(2026, 7, 2))
    assert ParameterVersion.of(trimester).id == first.id
    last = confirmed(index="1,02")
    assert ParameterVersion.of(trimester).id == last.id


@pytest.mark.parametrize(("typed", "stored"), [
    ("1,02", "1.02"), ("52000", "52000"), (" 007,50 ", "7.5"), ("1,000000", "1"), ("0,25", "0.25")])
def test_a_value_is_read_with_a_decimal_comma(typed, stored):
    field = next(one for one in formula.fields() if one.name == "index")
    assert parameters.parse(field, typed) == stored


@pytest.mark.parametrize("typed", ["", "0", "0,00", "-1", "1.02", "1,0000001", "1e3", "²", "1000000000000", "NaN"])
def test_another_text_is_refused_at_its_field(ann, typed):
    with pytest.raises(Refused) as refused:
        entered(ann, index=typed)
    assert (refused.value.code, refused.value.context["field"]) == (EcalcuraCode.PARAMETER_VALUE, "index")
    assert not ParameterVersion.select().exists()


def test_a_reference_and_days_in_order_are_needed(ann):
    assert code(ParameterVersion.enter, " ", FIRST, None, values(), ann) == EcalcuraCode.PARAMETER_REFERENCE
    assert code(ParameterVersion.enter, "a" * 201, FIRST, None, values(), ann) == EcalcuraCode.PARAMETER_REFERENCE
    assert code(entered, ann, until=DAY(2026, 6, 30)) == EcalcuraCode.DAYS_ORDER


@pytest.mark.parametrize("statement", [
    "UPDATE parameter_version SET content = '{}'",
    "UPDATE parameter_version SET since = '2020-01-01'",
    "UPDATE parameter_version SET until = '2030-01-01'",
    "UPDATE parameter_version SET reference = 'ander'",
    "UPDATE parameter_version SET confirmer_id = author_id, confirmed_at = entered_at",
    "UPDATE parameter_version SET confirmed_at = entered_at",
    "DELETE FROM parameter_version",
])
def test_the_database_keeps_what_was_entered_and_wants_another_person(ann, statement):
    entered(ann)
    with pytest.raises(peewee.DatabaseError), transaction():
        database.execute_sql(statement)


@pytest.mark.parametrize("statement", [
    "UPDATE parameter_version SET confirmer_id = NULL, confirmed_at = NULL",
    "UPDATE parameter_version SET withdrawn_at = entered_at",
    "UPDATE parameter_version SET confirmed_at = '2020-01-01 00:00:00'",
])
def test_the_database_never_changes_a_confirmed_version(statement):
    confirmed()
    with pytest.raises(peewee.DatabaseError), transaction():
        database.execute_sql(statement)


def test_the_database_refuses_a_version_that_is_confirmed_from_the_start(ann):
    bob = calculator("bob")
    with pytest.raises(peewee.DatabaseError, match="parameter_version_unconfirmed"), transaction():
        ParameterVersion.create(reference="x", since=FIRST, content="{}", sha256="0" * 64, author_id=ann.id,
                                confirmer_id=bob.id, confirmed_at=now())
