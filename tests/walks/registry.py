"""Reads from the folder of each part, the hall and each wing, its routes, its rows and its forms.

A wing is walked over once it has a folder here. Its routes.py says which routes each of its grants opens, rows.py makes
the accounts of these grants and a row for each id in an address (and, in SEE_NAMES, which roles that reach further than
one tenant see names), forms.py fills in its forms, and names.py, if it keeps
names, makes rows with given names.
"""
import importlib
import importlib.util
from types import SimpleNamespace

import pytest

from app import WINGS
from models.accounts import roles
from models.accounts.accounts import Account
from models.accounts.roles import TENANT
from tests.walks.hall import forms as hall_forms
from tests.walks.hall import routes as hall_routes
from tests.walks.hall import rows as hall_rows

# The status of each route of a wing for a grant of another wing; a route that is open to anyone answers all alike.
OF_ANOTHER_WING, SIGN_IN = 403, 303


def _of_wings(module):
    """Wing → its module of this name, of the wings that have one."""
    names = {wing: f"tests.walks.{wing}.{module}" for wing in WINGS}
    return {wing: importlib.import_module(name) for wing, name in names.items()
            if importlib.util.find_spec(name) is not None}


ROUTES = _of_wings("routes")
# Wing → the function that makes its rows in the own tenant.
ROWS = {"hall": hall_rows.rows_for, **{wing: rows.rows_for for wing, rows in _of_wings("rows").items()}}
PEOPLE = {"hall": hall_rows.people, **{wing: rows.people for wing, rows in _of_wings("rows").items()}}
# The roles that reach further than one tenant and still see names.
SEE_NAMES = {role for rows in _of_wings("rows").values() for role in getattr(rows, "SEE_NAMES", ())}
FORMS = [hall_forms, *_of_wings("forms").values()]
NAMES = _of_wings("names")
# (role, whose) of each grant that is walked over.
COLUMNS = hall_routes.COLUMNS + tuple(column for routes in ROUTES.values() for column in routes.COLUMNS)
GRANTS = tuple(column for column in COLUMNS if column not in hall_routes.COLUMNS)


def expected():
    """The whole table: (endpoint, method) → column → status."""
    table = {key: dict(zip(hall_routes.COLUMNS, statuses, strict=True))
             for key, statuses in hall_routes.EXPECTED.items()}
    for routes in ROUTES.values():
        for key, statuses in routes.HALL.items():
            table[key] |= dict(zip(routes.COLUMNS, statuses, strict=True))
    for routes in ROUTES.values():
        for key, statuses in routes.EXPECTED.items():
            other = OF_ANOTHER_WING if statuses[0] == SIGN_IN else statuses[0]
            table[key] = dict.fromkeys(GRANTS, other) | dict(
                zip(hall_routes.COLUMNS + routes.COLUMNS, statuses, strict=True)) | getattr(
                routes, "OF_OTHERS", {}).get(key, {})
    return table


def _name_of(column):
    return " ".join(column).strip()


each_column = pytest.mark.parametrize("column", COLUMNS, ids=_name_of)
each_grant = pytest.mark.parametrize("column", GRANTS, ids=_name_of)


def make(cast):
    """Make everything: `.people`, column → account or None, and `.rows`, argument of an address → id."""
    people = {column: account for make in PEOPLE.values() for column, account in make(cast).items()}
    rows = {argument: row for make in ROWS.values() for argument, row in make(cast).items()}
    return SimpleNamespace(people=people, rows=rows)


def again(made):
    """The same, for a copy of the register: its accounts are read again."""
    people = {column: account and Account.get_by_id(account.id) for column, account in made.people.items()}
    return SimpleNamespace(people=people, rows=dict(made.rows))


def own(people):
    """The account of the own scope for each role: the grants whose rows are in the addresses."""
    return [account for (_, whose), account in people.items() if whose == "own"]


def without_names(people):
    """Column → account of each role that reaches further than one tenant, and so may meet no name."""
    return {column: account for column, account in people.items()
            if (role := roles.of(column[0])) and role.scope != TENANT and role.code not in SEE_NAMES}
