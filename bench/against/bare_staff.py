"""The rival of the list of staff: a bare WSGI function with the same statements, decryptions and HTML, as bare.py is
that of the dashboard. It shows the first page of one facility, whose patterns it is given.
"""
import datetime
import functools
import json
import os
from html import escape
from pathlib import Path

from bench.against.bare import Bare, context, day
from models.database import BRUSSELS

# As Loket ran them in November 2026 on SQLite; frozen, as in statements.py.
FACILITY_ID = 'SELECT "t1"."id" FROM "facility" AS "t1" WHERE ("t1"."hco" = ?)'
FACILITY = (
    'SELECT "t1"."id", "t1"."hco", "t1"."riziv", "t1"."kbo", "t1"."kind", "t1"."under", "t1"."agreements",'
    ' "t1"."parent_id", "t1"."name", "t1"."street", "t1"."postcode", "t1"."town", "t1"."province", "t1"."email",'
    ' "t1"."telephone", "t1"."places", "t1"."since", "t1"."until", "t1"."agreement", "t1"."agreement_place",'
    ' "t1"."successor_id", "t1"."merged_on", "t1"."created_at", "t1"."changed_at"'
    ' FROM "facility" AS "t1" WHERE ("t1"."hco" = ?)')
COUNT = 'SELECT COUNT(*) FROM "employee" AS "t1" WHERE ("t1"."facility_id" = ?)'
PAGE = (
    'SELECT "t1"."id" FROM "employee" AS "t1" WHERE ("t1"."facility_id" = ?) ORDER BY "t1"."id" DESC LIMIT 25 OFFSET 0')
EMPLOYEES = (
    'SELECT "t1"."id", "t1"."sealed", "t1"."register_state", "t1"."step", "t1"."open_checks" FROM "employee" AS "t1"'
    ' WHERE (("t1"."facility_id" = ?) AND ("t1"."id" IN (SELECT value FROM json_each(?))))')
CONTRACTS = (
    'SELECT "t1"."employee_id", "t1"."role", "t1"."qualification", "t1"."start", "t1"."until" FROM "contract" AS "t1"'
    ' WHERE ("t1"."employee_id" IN (SELECT value FROM json_each(?))) ORDER BY "t1"."start"')
# The one that only the whole page runs.
FROM_RAAS = (
    'SELECT "t1"."id" FROM "raas_row" AS "t1" WHERE (("t1"."facility_id" = ?) AND ("t1"."file" = ?)) LIMIT 1')
ROLES = {"entitled": "gerechtigde", "replacement": "vervanger"}
QUALIFICATIONS = {"VPK": "verpleegkundige"}


class BareStaff(Bare):
    """The WSGI function. `patterns` are those of the `partial` and of the `whole` page."""

    def whole(self, database_, signed_in):
        """The whole page."""
        assert not database_.execute(FROM_RAAS, (signed_in[12], "contracts")).fetchall(), "there is no pattern for RaaS"
        return self.html(database_, signed_in[12], self.patterns["whole"])

    def html(self, database_, organisation_id, pattern, name=None):
        """The first page of the list, within a pattern."""
        hco = pattern["hco"]
        (facility_id,), = database_.execute(FACILITY_ID, (hco,))
        assert facility_id == organisation_id, "the login is of another facility"
        facility, = database_.execute(FACILITY, (hco,))
        (total,), = database_.execute(COUNT, (facility_id,))
        ids = [key for key, in database_.execute(PAGE, (facility_id,))]
        found = {row[0]: row for row in database_.execute(EMPLOYEES, (facility_id, str(ids)))}
        contracts, today = {}, str(datetime.datetime.now(BRUSSELS).date())
        for one in database_.execute(CONTRACTS, (str(ids),)):
            contracts.setdefault(one[0], {})[one[1:3]] = one
        rows = pattern["between"].join([
            self.employee(pattern["row"], facility_id, found[key], contracts.get(key, {}), today) for key in ids])
        values = {"total": total, "name": escape(facility[8])}
        return pattern["head"].format(**values) + rows + pattern["tail"].format(**values)

    def employee(self, pattern, facility_id, employee, contracts, today):
        """One row of the table."""
        key, sealed, _, step, checks = employee
        data_key = self.data_keys.get(facility_id) or self.data_key(facility_id)
        plain = data_key.decrypt(sealed[1:13], sealed[13:], context(sealed[0], facility_id, key))
        number, family, first, *_ = json.loads(plain[2:2 + int.from_bytes(plain[:2], "big")])
        return pattern.format(
            id=key, name=escape(f"{first} {family}"), number=f"••.••.••-•••.{number[-2:]}",
            contracts="<br>".join([_contract(one, today) for one in contracts.values()]) or "geen contract",
            step=f"{step} jaar" if step else "–",
            checks=f'<span class="badge">{checks} te controleren</span>' if checks
            else '<span class="state done">in orde</span>')


def _contract(contract, today):
    _, role, qualification, start, until = contract
    when = f"tot {day(until)}" if until and until < today else f"vanaf {day(start)}" if start > today else ""
    return f"{ROLES[role]}, {QUALIFICATIONS[qualification]}" + (f' <span class="muted">({when})</span>' if when else "")


@functools.cache
def _bare():
    patterns = json.loads(Path(os.environ["BARE_PATTERNS"]).read_text(encoding="utf-8"))
    return BareStaff(os.environ["BARE_DATABASE"], os.environ["BARE_KEYS"], patterns)


def application(environ, start_response):
    """The WSGI application for Granian."""
    return _bare()(environ, start_response)
