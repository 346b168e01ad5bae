"""The index of people: one key for all facilities, which a rotation leaves as it is."""
import peewee
import pytest

from models import names
from models.database import database, transaction
from models.ecalcura.people import index
from models.ecalcura.people.employees import Employee
from models.tenants import Tenant
from tests.models.ecalcura.cast import employee, number_of

pytestmark = pytest.mark.usefixtures("register")


def test_preparing_again_keeps_the_index():
    before = index.hash_of(number_of())
    index.prepare()
    assert Tenant.select().where(Tenant.kind == "person_index").count() == 1
    assert index.hash_of(number_of()) == before


def test_after_a_rotation_a_number_finds_its_employee_still(home):
    there = employee(home, number_of())
    names.rewrap(bytes(range(1, 33)))
    names.use(bytes(range(1, 33)))
    assert Employee.by_number(home, number_of()) == there
    assert there.person.number == number_of()


@pytest.mark.parametrize("statement", [
    "UPDATE person_index SET tenant_id = tenant_id", "DELETE FROM person_index",
    "INSERT INTO person_index (id, tenant_id, kind) SELECT 2, tenant_id, kind FROM person_index",
    "INSERT OR REPLACE INTO person_index (id, tenant_id, kind) SELECT id, tenant_id, kind FROM person_index"])
def test_the_index_never_gets_another_key(statement):
    with pytest.raises((peewee.IntegrityError, peewee.ProgrammingError)), transaction():
        database.execute_sql(statement)
    assert index.PersonIndex.select().count() == 1
