"""Each verb of the models that writes in the audit: when that fails, nothing else has changed either (ASVS 2.3.3)."""
import ast
import contextlib
import datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from models.accounts import Account
from models.arbeidszorg.clients import Client
from models.arbeidszorg.deletions import DeletionRequest
from models.arbeidszorg.periods import Period
from models.arbeidszorg.register_export import Export
from models.arbeidszorg.register_import import import_register
from models.arbeidszorg.register_report import Report
from models.audit import AuditEntry
from models.database import Refused
from models.links import OneTimeLink
from models.names import rewrap
from models.organisations import Organisation
from models.sessions import Session
from tests.conftest import PASSWORD
from tests.factories import ANSWERS, client_of, period_of
from tests.old_register import row, write
from tests.tables import contents, entries

MODELS = Path(__file__).parents[2] / "models"
NEW = "een groene lantaarn op zolder"
DAY = datetime.date(2019, 6, 3)

# Who calls `record` → that verb (or those that lead to it), on the rows of `there`.
VERBS = {
    "Account.sign_in": [
        lambda there: Account.sign_in(there.account.email, "fout"),
        lambda there: [Account.sign_in("niemand@voorbeeld.be", "fout") for _ in range(6)]],
    "Account.check_password": [lambda there: there.account.check_password("fout")],
    "Account.invite": [
        lambda there: Account.invite(there.without_login, "nieuw@voorbeeld.be"),
        lambda there: Account.invite("limburg", "beheer@voorbeeld.be")],
    "Account.request_password": [lambda there: Account.request_password(there.account.email)],
    "Account._store_password": [
        lambda there: there.account.change_password(PASSWORD, NEW),
        lambda there: Account.set_password_by_link("password", there.password_link, NEW)],
    "Account.request_email": [lambda there: there.account.request_email("nieuw@voorbeeld.be", PASSWORD)],
    "Account.confirm_email": [lambda there: Account.confirm_email(there.email_link)],
    "Session.start": [lambda there: Session.start(there.account)],
    "Session.end": [lambda there: Session.end(there.token)],
    "Session.end_one": [lambda there: Session.end_one(there.account, Session.find(there.token).session_id)],
    "Session.end_all": [lambda there: Session.end_all(there.account)],
    "Organisation.create_new": [lambda there: Organisation.create_new("De Kring", "limburg")],
    "Organisation.update_contact": [
        lambda there: there.organisation.update_contact("Dorp 1", "", "", 1, there.account)],
    "rewrap": [lambda there: rewrap(bytes(reversed(range(32))))],
    "Client._insert": [
        lambda there: Client.register(there.organisation, ANSWERS, "Ward", "sleutel", there.account),
        lambda there: Client.register(there.outsider.organisation, ANSWERS, "Jan", "x", there.outsider.account)],
    "Client.change": [
        lambda there: there.client.change({"income": "pension"}, None, 1, by=there.account),
        lambda there: there.client.change({}, "Ward", 1, by=there.account)],
    "DeletionRequest.ask": [lambda there: DeletionRequest.ask(there.client, "double", "", there.account)],
    "Period.add": [lambda there: Period.add(there.client, Decimal(8), DAY, DAY, "health", "same", "x", there.account)],
    "Period.change": [
        lambda there: there.period.change(Decimal(8), DAY, None, None, None, 1, there.account),
        lambda there: there.period.change(Decimal(8), DAY, DAY, "health", "same", 1, there.account)],
    "Export.of": [lambda there: Export.of(there.organisation.id, "csv", by=there.account)],
    "import_register": [lambda there: import_register(there.file, there.report)],
}


def recorders():
    """Every function of models/ that calls `record`, by its name."""
    for path in sorted(MODELS.rglob("*.py")):
        for owner in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(owner, (ast.ClassDef, ast.Module)):
                continue
            for function in owner.body:
                called = {node.func.id for node in ast.walk(function)
                          if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
                if isinstance(function, ast.FunctionDef) and "record" in called:
                    yield f"{owner.name}.{function.name}" if isinstance(owner, ast.ClassDef) else function.name


@pytest.fixture
def there(cast, mailing, tmp_path):
    """Rows of De Ploeg for each verb."""
    client = client_of(cast.ploeg, "Roos")
    path = write(tmp_path, row(organisation="De Nieuwe"))
    with Report(path, tmp_path) as report:
        yield SimpleNamespace(
            account=cast.ploeg.account, organisation=cast.ploeg.organisation, outsider=cast.outsider, client=client,
            period=period_of(client, cast.ploeg), token=Session.start(cast.ploeg.account),
            without_login=Organisation.create_new("De Brug", "limburg"), file=path, report=report,
            password_link=OneTimeLink.make(cast.ploeg.account, "password"),
            email_link=OneTimeLink.make(cast.ploeg.account, "email", "nieuw@voorbeeld.be"))


def test_every_function_that_writes_in_the_audit_is_tried():
    assert set(recorders()) == set(VERBS)


@pytest.mark.parametrize(("name", "verb"), [(name, verb) for name, verbs in VERBS.items() for verb in verbs])
def test_without_its_audit_row_there_is_no_change(there, monkeypatch, name, verb):
    before, written = contents(), entries()

    def full(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(AuditEntry, "insert", full)
    with pytest.raises(ZeroDivisionError):
        verb(there)
    assert contents() == before
    monkeypatch.undo()
    with contextlib.suppress(Refused):
        verb(there)
    assert entries() > written
