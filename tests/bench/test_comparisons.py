"""Checks that the benchmarks compare equal results; nothing here measures time."""
import sqlite3

import pytest

from app import create_app
from bench.against.bare import Bare
from bench.against.bare_staff import BareStaff
from bench.against.plain_import import plain_import
from bench.measures import against
from bench.measures.dashboard import PARTIAL, TOKEN, WHOLE
from bench.measures.ecalcura import staff_list
from bench.measures.register_import import TABLES
from bench.tools import builds, old_register, pattern, registers, staff
from bench.tools.servers import ROOT
from models import database, names
from models.accounts import roles
from models.accounts.accounts import Account
from models.accounts.sessions import Session
from models.arbeidszorg.deletion import kept_rows
from models.arbeidszorg.register import clients, questionnaire
from models.arbeidszorg.register.dashboard import ListedClient, Listing
from models.arbeidszorg.transfer.importing import import_register
from models.arbeidszorg.transfer.report_files import Report
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people.employees import Employee
from models.ecalcura.staff.listing import Listing as StaffListing
from models.organisations import Organisation


@pytest.fixture
def closing():
    """The shipped questionnaire, which the benchmarks are about; the database is closed afterwards."""
    questionnaire.use(questionnaire.load())
    yield
    database.database.close()
    names.use(None)


def asked(app, token, headers):
    """The dashboard's HTML for a signed-in browser, without its CSRF token."""
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["_user_id"] = token
    return TOKEN.sub(b"", browser.get("/dashboard", headers=headers).data).decode()


@pytest.mark.usefixtures("closing")
def test_the_bare_function_sends_the_same_page_and_list_as_loket(tmp_path):
    register = registers.make(tmp_path, 6_000)
    folder = {"DATA_DIR": register.database.parent, "KEY_DIR": register.key_dir}
    app = create_app({**folder, "TESTING": True, "TRUSTED_HOSTS": ["localhost"]})
    bare = None
    for organisation_id in (registers.OF_200, registers.ALSO_OF_200):
        organisation = Organisation.get_by_id(organisation_id)
        token = Session.start(Account.of(organisation).get())
        whole, partial = asked(app, token, WHOLE), asked(app, token, PARTIAL)
        if bare is None:
            # The patterns are made from the first organisation's list and must fit the other's too.
            listing = Listing(organisation_id)
            rows = [ListedClient(*row) for row in listing.rows]
            bare = Bare(register.database, register.key_dir, {
                "whole": pattern.of(whole, rows, listing.counts, organisation.name),
                "partial": pattern.of(partial, rows, listing.counts)})
        for html, kind in ((whole, "full"), (partial, "partial")):
            environ = {"HTTP_COOKIE": f"token={token}", "HTTP_HX_REQUEST_TYPE": kind}
            assert b"".join(bare(environ, lambda *_: None)).decode() == html
    bare.local.connection.close()


@pytest.mark.usefixtures("closing")
def test_the_import_and_plain_sqlite_write_the_same_rows(tmp_path):
    source, ours, plain = tmp_path / "old.csv", tmp_path / "ours.db", tmp_path / "plain.db"
    old_register.write(source, 400)
    for path in (plain, ours):
        database.connect(f"sqlite:///{path}")
        database.migrate()
        roles.store()
        clients.apply_questionnaire(questionnaire.current(), kept_rows.options_in_use)
        database.database.close()
    with Report(source, tmp_path) as report:
        assert import_register(source, report).refused == 0
    plain_import(source, plain)

    one, other = sqlite3.connect(ours), sqlite3.connect(plain)
    for name, query in TABLES.items():
        rows = one.execute(query).fetchall()
        assert len(rows) >= 180
        assert rows == other.execute(query).fetchall(), name
    one.close()
    other.close()


@pytest.mark.usefixtures("closing")
def test_each_request_that_is_measured_beside_an_earlier_build_is_answered(tmp_path):
    register = registers.make(tmp_path, 6_000)
    build = builds.Build(ROOT, register, tmp_path / "log")
    assert [asked.name for asked in against.requests(register) if not build.ask(asked.request)] == []
    # The worker ends at an answer that is no page, and says so by not answering.
    assert build.ask(builds.Request(registers.email_of(registers.OF_50), "/no-page")) is None
    build.end()


@pytest.mark.usefixtures("closing")
def test_the_bare_function_sends_the_same_list_of_staff_as_loket(tmp_path):
    register = staff.make(tmp_path, len(staff.SIZES))
    (_, token), = staff.sign_in(register, staff.OF_400)
    folder = {"DATA_DIR": register.database.parent, "KEY_DIR": register.key_dir, "WINGS": ["ecalcura"]}
    app = create_app({**folder, "TESTING": True, "TRUSTED_HOSTS": ["localhost"]})
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["_user_id"] = token
    facility = Facility.by_hco(staff.hco_of(staff.OF_400))
    rows = StaffListing(facility).rows

    def sent(headers):
        return TOKEN.sub(b"", browser.get(staff_list.path_of(staff.OF_400), headers=headers).data).decode()

    bare = BareStaff(register.database, register.key_dir, {
        kind: staff_list.pattern(sent(headers), rows, facility.name)
        for kind, headers in (("whole", WHOLE), ("partial", PARTIAL))})
    # The patterns are made from the first answer and must fit other values too.
    Employee.update(open_checks=2, step=None).where(Employee.id == rows[3].id).execute()
    for kind, headers in (("full", WHOLE), ("partial", PARTIAL)):
        environ = {"HTTP_COOKIE": f"token={token}", "HTTP_HX_REQUEST_TYPE": kind}
        assert b"".join(bare(environ, lambda *_: None)).decode() == sent(headers)
    assert "2 te controleren" in sent(PARTIAL)
