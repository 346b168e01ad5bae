"""A second wing, in the database only: a role for each kind of scope, and a kind of tenant."""
import datetime

import peewee

from models.accounts import roles
from models.accounts.roles import PROVINCE, TENANT, WHOLE, Limits, Role
from models.arbeidszorg.roles import ROLES
from models.database import database, is_sqlite
from models.tenants import Tenant

MINUTE = datetime.timedelta(minutes=1)
LIMITS = Limits(MINUTE, 2 * MINUTE, shortest_password=20, second_factor=False)
DESK = Role("andere", "desk", WHOLE, LIMITS)
OFFICE = Role("andere", "office", PROVINCE, LIMITS)
PLACE = Role("andere", "place", TENANT, LIMITS, tenant_kind="plaats")


def plug_in():
    """Add the roles of the second wing, and return a tenant of it."""
    roles.use((*ROLES, DESK, OFFICE, PLACE))
    roles.store()
    return Tenant.new("plaats")


def refused(sql, values=()):
    """The rule of the database that refuses this statement; '' if it is accepted, which is rolled back."""
    with database.atomic() as change:
        try:
            database.execute_sql(sql if is_sqlite() else sql.replace("?", "%s"), values)
        except peewee.DatabaseError as error:
            return str(error).splitlines()[0]
        finally:
            change.rollback()
    return ""
