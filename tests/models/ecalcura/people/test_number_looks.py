"""Each look at a number is kept, and never changes."""
import peewee
import pytest

from models.audit import AuditEntry
from models.database import database, is_sqlite, now, transaction
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.people.number_looks import NumberLook, show_number, show_to_desk
from models.ecalcura.people.numbers import written
from models.ecalcura.roles import PRIVACY
from models.errors import Refused
from tests.models.ecalcura.cast import at_desk, employee, facility, number_of, somebody

NUMBER = number_of()
REASON = "Controle van het visum"

pytestmark = pytest.mark.usefixtures("register")


def looks():
    return [(one.employee_id, one.account_id, one.by_desk, one.reason) for one in NumberLook.select().order_by(
        NumberLook.id)]


def test_a_whole_number_is_shown_with_one_look_and_one_row_in_the_log(home):
    """A24, the model's half."""
    made, officer, els = employee(home, NUMBER), somebody(home, PRIVACY, "Piet Roels"), at_desk()
    shown = f"70.03.14-000.{NUMBER[-2:]}"
    assert show_number(made, officer) == shown
    assert show_to_desk(made, f" {REASON} ", els) == shown
    assert looks() == [(made.id, officer.id, False, ""), (made.id, els.id, True, REASON)]
    entries = [(one.subject, one.account_id, one.tenant_id, one.detail) for one in AuditEntry.select().where(
        AuditEntry.event == "number-shown").order_by(AuditEntry.id)]
    # The reason is not in the log, which the facility reads.
    assert entries == [(str(made.id), officer.id, home.id, "{}"), (str(made.id), els.id, home.id, "{}")]


@pytest.mark.parametrize(("reason", "code"), [
    ("", EcalcuraCode.LOOK_REASON), ("ja  !", EcalcuraCode.LOOK_REASON), ("x" * 201, EcalcuraCode.LOOK_REASON),
    ("een\0teken", EcalcuraCode.LOOK_REASON), (f"Nummer {NUMBER} nakijken", EcalcuraCode.TEXT_NUMBER),
    (f"Nummer {written(NUMBER)} nakijken", EcalcuraCode.TEXT_NUMBER)])
def test_without_a_reason_the_desk_sees_no_number(home, reason, code):
    made, els = employee(home, NUMBER), at_desk()
    with pytest.raises(Refused) as refused:
        show_to_desk(made, reason, els)
    assert refused.value.code == code
    assert looks() == []
    show_to_desk(made, "vijf!", els)


def test_the_database_refuses_a_look_that_breaks_a_rule(home):
    made, other, els = employee(home), facility("990002"), at_desk()
    row = {"facility_id": home.id, "employee_id": made.id, "account_id": els.id, "made_at": now()}
    for wrong in ({"by_desk": True}, {"by_desk": True, "reason": "kort"}, {"reason": REASON}, {"reason": "x"},
                  {"by_desk": True, "reason": "x" * 201}, {"facility_id": other.id}, {"account_id": 10**6}):
        with pytest.raises(peewee.IntegrityError), transaction():
            NumberLook.insert(row | wrong).execute()
    assert looks() == []


def test_a_look_is_never_changed_or_deleted_round_the_application(home):
    made = employee(home)
    show_to_desk(made, REASON, at_desk())
    kept = looks()
    statements = ["UPDATE number_look SET reason = 'iets anders'", "DELETE FROM number_look"]
    if is_sqlite():
        statements.append("INSERT OR REPLACE INTO number_look SELECT id, facility_id, employee_id, account_id, 0, '', "
                          "made_at FROM number_look")
    else:
        statements.append("TRUNCATE number_look")
    for statement in statements:
        with pytest.raises(peewee.IntegrityError, match="number_look_is_kept"), transaction():
            database.execute_sql(statement)
    assert looks() == kept
