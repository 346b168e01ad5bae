"""The accounts of the grants of bikes. No address of bikes has an id, so that there are no rows."""
from models.bikes.bikes import Bike
from models.bikes.roles import KEEPER
from models.tenants import Tenant
from tests.factories import account_with


def people(cast):
    """The account of each column of routes.py: the keepers of two sheds."""
    return {("bikes:keeper", whose): _keeper(number, cast.administrator.password_hash)
            for number, whose in enumerate(("own", "other"), 1)}


def rows_for(_cast):
    """Argument of an address → id."""
    return {}


def _keeper(number, password_hash):
    shed = Tenant.get_by_id(Bike.add(number).tenant_id)
    return account_with(KEEPER, shed, email=f"stalling{number}@voorbeeld.be", password_hash=password_hash)
