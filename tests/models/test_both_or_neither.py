"""Each function of the models that writes to the audit: if writing fails, nothing else is changed (ASVS 2.3.3)."""
import ast
import contextlib
import datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from models.accounts import addresses, administrators
from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.identities import Identity
from models.accounts.links import OneTimeLink
from models.accounts.logins import offer_password
from models.accounts.moves import WAIT, LoginMove
from models.accounts.second_factor import Candidate, SecondFactor
from models.accounts.sessions import Session
from models.arbeidszorg.deletion import retention
from models.arbeidszorg.deletion.purge import purge
from models.arbeidszorg.deletion.purged_file import Purged, PurgedFile, PurgedPeriod
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.deletion.trash import KEPT, Deletion
from models.arbeidszorg.deletion.withdrawals import Withdrawal
from models.arbeidszorg.doubles.undoing import undo
from models.arbeidszorg.moving.moves import ClientMove
from models.arbeidszorg.register.answers import PastAnswer
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.corrections import remove_past_answer, remove_past_hours
from models.arbeidszorg.register.hours import PastHours
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.report.rows import AnonymousRows
from models.arbeidszorg.roles import ORGANISATION
from models.arbeidszorg.transfer import undoing
from models.arbeidszorg.transfer.client_record import ClientRecord
from models.arbeidszorg.transfer.exporting import Export
from models.arbeidszorg.transfer.importing import import_register
from models.arbeidszorg.transfer.report_files import Report
from models.arbeidszorg.without_names.client import ClientWithoutName
from models.arbeidszorg.without_names.export import ExportWithoutNames
from models.arbeidszorg.without_names.listing import Filters
from models.audit import AuditEntry
from models.database import now, today
from models.documents import documents
from models.documents.versions import body_of
from models.errors import Refused
from models.names import rewrap
from models.organisations import Organisation
from models.upkeep.purged_lines import Register
from tests.conftest import PASSWORD
from tests.factories import ANSWERS, client_of, days, deleted, long_ago, period_of
from tests.models.arbeidszorg.doubles.merges import merged
from tests.models.arbeidszorg.report import recorders as recorders_of_editions
from tests.models.documents.made import MANUAL, OTHER_LINK, a_document
from tests.models.ecalcura import recorders as recorders_of_ecalcura
from tests.models.site import recorders as recorders_of_site
from tests.old_register import row, write
from tests.phones import Phone, factor_of
from tests.tables import contents, entries

MODELS = Path(__file__).parents[2] / "models"
NEW = "een groene lantaarn op zolder"
DAY = datetime.date(2019, 6, 3)

# The function that calls `record` -> calls that lead to it, on the rows of `there`.
VERBS = {
    "Account.sign_in": [
        lambda there: Account.sign_in(there.account.email, "fout"),
        lambda there: [Account.sign_in("niemand@voorbeeld.be", "fout") for _ in range(6)]],
    "Account.check_password": [lambda there: there.account.check_password("fout")],
    "Account.invite": [
        lambda there: Account.invite(there.without_login, "nieuw@voorbeeld.be"),
        lambda there: Account.invite("limburg", "beheer@voorbeeld.be")],
    **recorders_of_ecalcura.VERBS,
    **recorders_of_site.VERBS,
    **recorders_of_editions.VERBS,
    "Account.request_password": [lambda there: Account.request_password(there.account.email)],
    "Account._store_password": [
        lambda there: there.account.change_password(PASSWORD, NEW),
        lambda there: Account.set_password_by_link("password", there.password_link, NEW)],
    "request": [lambda there: addresses.request(there.account, "nieuw@voorbeeld.be", PASSWORD)],
    "confirm": [lambda there: addresses.confirm(there.email_link)],
    "Account.block": [lambda there: there.account.block()],
    "Account.unblock": [lambda there: there.blocked.unblock()],
    "offer_password": [lambda there: offer_password(there.outsider.account)],
    "LoginMove._record": [
        lambda there: LoginMove.ask(there.account, "nieuw@voorbeeld.be"),
        lambda there: there.moving.cancel(),
        lambda there: LoginMove.carry_out()],
    "Grant.give": [lambda there: Grant.give(there.blocked.id, ORGANISATION, there.without_login)],
    "Grant.end": [lambda there: there.account.grants[0].end()],
    "Identity.add": [lambda there: Identity.add(there.account, "https://aanmelden.voorbeeld.be", "a1")],
    "Session.start": [lambda there: Session.start(there.account)],
    "Session.choose": [lambda there: Session.choose(there.choosing, there.other_grant.id)],
    "Session.end": [lambda there: Session.end(there.token)],
    "Session.end_one": [lambda there: Session.end_one(there.account, Session.find(there.token).session_id)],
    "Session.end_all": [lambda there: Session.end_all(there.account)],
    "SecondFactor.set_up": [lambda there: SecondFactor.set_up(there.administrator, *there.first)],
    "SecondFactor.replace_device": [
        lambda there: SecondFactor.replace_device(there.guarded, PASSWORD, there.factor.phone.code(), *there.newer, 0)],
    "SecondFactor.renew_codes": [
        lambda there: SecondFactor.renew_codes(there.guarded, PASSWORD, there.factor.phone.code())],
    "SecondFactor.remove": [lambda there: SecondFactor.remove(there.guarded)],
    "SecondFactor.shown": [
        lambda there: SecondFactor.sign_in(there.waiting, there.factor.phone.wrong()),
        lambda there: SecondFactor.sign_in(there.waiting, there.factor.phone.code())],
    "SecondFactor._use_recovery_code": [lambda there: SecondFactor.sign_in(there.waiting, there.factor.codes[0])],
    "Organisation.create_new": [lambda there: Organisation.create_new("De Cirkel", "limburg")],
    "Organisation._change": [
        lambda there: there.organisation.update_contact("Dorp 1", "", "", 1, there.account),
        lambda there: there.organisation.change({"name": "De Brug"}, 1, there.account)],
    "change_contact": [lambda there: administrators.change_contact(
        there.administrator, "Lies", "09 1", "", by=there.administrator)],
    "add_document": [lambda there: a_document()],
    "change_document": [lambda there: documents.change_document(there.document, MANUAL._replace(title="Anders"), 1)],
    "add_version": [lambda there: documents.add_version(there.document, body_of(None, OTHER_LINK), 1)],
    "withdraw_document": [lambda there: documents.withdraw_document(there.document, 1)],
    "rewrap": [lambda there: rewrap(bytes(reversed(range(32))))],
    "Client._insert": [
        lambda there: Client.register(there.organisation, ANSWERS, "Ward", "sleutel", there.account),
        lambda there: Client.register(there.outsider.organisation, ANSWERS, "Jan", "x", there.outsider.account)],
    "Client.change": [
        lambda there: there.client.change({"income": "pension"}, None, 1, by=there.account),
        lambda there: there.client.change({}, "Ward", 1, by=there.account)],
    "remove_past_answer": [lambda there: remove_past_answer(there.client, there.past.id, there.account)],
    "remove_past_hours": [lambda there: remove_past_hours(there.period, there.hours.id, there.account)],
    "Merge.make": [lambda there: merged(there.client, there.asked_before, there.account)],
    "undo": [lambda there: undo(there.merge, there.account), lambda there: undoing.undo(there.imported)],
    "DeletionRequest.ask": [lambda there: DeletionRequest.ask(there.client, "double", "", there.account)],
    "DeletionRequest.withdraw": [lambda there: there.request.withdraw(there.account)],
    "DeletionRequest.refuse": [lambda there: there.request.refuse("Neen.")],
    "Deletion.take_out": [
        lambda there: Deletion.make(there.client, "double"),
        lambda there: Deletion.make(there.asked, "double", request=there.request),
        lambda there: retention.delete(there.organisation, there.long_ago.number, there.account)],
    "Deletion.restore": [lambda there: there.deletion.restore()],
    "forget_name": [lambda there: retention.forget_name(there.organisation, there.long_ago.number, there.account)],
    "Withdrawal.make": [lambda there: Withdrawal.make(there.period, there.account)],
    "Withdrawal.restore": [lambda there: there.withdrawal.restore(there.account)],
    "ClientRecord.read": [lambda there: ClientRecord.read(there.client, there.account)],
    "purge_periods": [lambda there: purge(there.purged_file)],
    "repeat_periods": [lambda there: purge(listed_period(there.period, there.purged_file))],
    "_purge_due": [lambda there: purge(there.purged_file)],
    "_repeat": [lambda there: purge(listed(there.asked, there.purged_file))],
    "ClientMove._record": [
        lambda there: ClientMove.propose(there.client.number, there.outsider.organisation.id, "", there.administrator),
        lambda there: there.move.agree(there.account),
        lambda there: there.move.refuse("Neen.", there.account),
        lambda there: there.move.cancel(there.administrator),
        lambda there: there.agreed_move.refuse("Neen.", there.outsider.account),
        lambda there: there.agreed_move.accept(there.outsider.account)],
    "ClientMove.shown_to_receiver": [lambda there: there.agreed_move.shown_to_receiver(there.outsider.account)],
    "Period.add": [lambda there: Period.add(there.client, Decimal(8), DAY, DAY, "health", "same", "x", there.account)],
    "Period._save": [
        lambda there: there.period.change(Decimal("12.5"), DAY, None, None, None, 1, there.account),
        lambda there: there.period.change(Decimal("12.5"), DAY, DAY, "health", "same", 1, there.account),
        lambda there: there.period.change(
            Decimal(8), there.period.start_date, None, None, None, 1, there.account, days(-1)),
        lambda there: Period.add(there.client, Decimal(8), days(1), by=there.account, continues=True)],
    "ClientWithoutName.view": [lambda there: ClientWithoutName.view(there.client.number, there.administrator)],
    "ExportWithoutNames.__init__": [
        lambda there: ExportWithoutNames(Filters("oost-vlaanderen", {}), "csv", there.administrator)],
    "AnonymousRows.taken": [
        lambda there: AnonymousRows.make(today().year, "oost-vlaanderen", today()).taken("csv", there.administrator)],
    "Export.of": [lambda there: Export.of(there.organisation.id, "csv", by=there.account)],
    "_move": [lambda there: import_register(there.file, there.report)],
}


def listed(client, path):
    """Write a list of purged clients that contains this one, as after a backup was restored."""
    with PurgedFile(path).open() as file:
        file.append([Purged(
            Register.get().id, client.number, client.organisation_id, client.created_at, None, None, "double",
            client.created_at, client.created_at)])
    return path


def listed_period(period, path):
    """Write a list of purged periods that contains this one, as after a backup was restored."""
    with PurgedFile(path).open() as file:
        file.append([PurgedPeriod(
            Register.get().id, period.id, period.client_number, 1, period.created_at, 2019, None, period.created_at,
            period.created_at)])
    return path


def withdrawals(client, login):
    """Withdraw a period of this client now, and another more than 30 days ago."""
    old, new = (Withdrawal.make(period_of(client, login, days(-start), days(1 - start))) for start in (90, 80))
    Withdrawal.update(withdrawn_at=old.withdrawn_at - KEPT).where(Withdrawal.id == old.id).execute()
    return new


def due(client):
    """Delete this client more than 30 days ago, so that it is due to be purged."""
    deletion = deleted(client)
    Deletion.update(deleted_at=deletion.deleted_at - KEPT).where(Deletion.id == deletion.id).execute()


def moved_logins(cast):
    """Create a blocked login, and a move that is due."""
    other = Organisation.create_new("De Kring", "limburg")
    blocked = Account.new(ORGANISATION, other, email="dicht@voorbeeld.be", blocked=True)
    moving = LoginMove.create(account=cast.elsewhere.account, old_email=cast.elsewhere.account.email,
                              new_email="elders@voorbeeld.be", created_at=now() - WAIT, effective_at=now())
    return {"blocked": blocked, "moving": moving}


def moves(cast):
    """Propose to move two clients to Het Atelier; De Ploeg agreed to the second."""
    proposed, agreed = (
        ClientMove.propose(client_of(cast.ploeg, name).number, cast.outsider.organisation.id, "", cast.administrator)
        for name in ("Bo", "Jef"))
    agreed.agree(cast.ploeg.account)
    return {"move": proposed, "agreed_move": agreed}


def choices(cast):
    """Give Het Atelier's login a second grant, and start a session that acts by the first."""
    token = Session.start(cast.outsider.account)
    return {"choosing": token, "other_grant": Grant.give(
        cast.outsider.account.id, ORGANISATION, Organisation.create_new("De Bende", "limburg"))}


def recorders():
    """Yield the name of every function in models/ that calls `record` or `record_reading`."""
    for path in sorted(MODELS.rglob("*.py")):
        for owner in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(owner, (ast.ClassDef, ast.Module)):
                continue
            for function in owner.body:
                called = {node.func.id for node in ast.walk(function)
                          if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
                if isinstance(function, ast.FunctionDef) and called & {"record", "record_reading"}:
                    yield f"{owner.name}.{function.name}" if isinstance(owner, ast.ClassDef) else function.name


def second_factors(cast):
    """Give an administrator a second factor, a session that waits for it, and secrets to set up: (sealed, code)."""
    def candidate(account):
        drawn = Candidate.draw(account)
        return drawn.sealed, Phone(drawn.text).code()

    waiting = Session.find_waiting(Session.start(cast.other_administrator, awaits_factor=True))
    return {"guarded": cast.other_administrator, "waiting": waiting, "factor": factor_of(cast.other_administrator),
            "first": candidate(cast.administrator), "newer": candidate(cast.other_administrator)}


@pytest.fixture
def there(cast, mailing, tmp_path):
    """Rows of De Ploeg for every call in VERBS."""
    client, asked = client_of(cast.ploeg, "Roos"), client_of(cast.ploeg, "Ward")
    due(client_of(cast.ploeg))
    period = period_of(client, cast.ploeg)
    path = write(tmp_path, row(organisation="De Oude"))
    with Report(path, tmp_path) as report:
        imported = import_register(path, report).import_id
        write(tmp_path, row(organisation="De Nieuwe"))
        yield SimpleNamespace(
            **second_factors(cast), **moved_logins(cast), **choices(cast), **moves(cast), account=cast.ploeg.account,
            **recorders_of_ecalcura.rows(tmp_path), **recorders_of_site.rows(), document=a_document(),
            organisation=cast.ploeg.organisation, outsider=cast.outsider, client=client,
            past=PastAnswer.create(client_number=client.number, question="income", option="pension", until=days(-1)),
            administrator=cast.administrator,
            period=period,
            hours=PastHours.create(period_id=period.id, hours=Decimal(20), until=days(-9)),
            token=Session.start(cast.ploeg.account),
            withdrawal=withdrawals(client, cast.ploeg), long_ago=long_ago(client_of(cast.ploeg, "Jan")),
            asked_before=client_of(cast.ploeg), merge=merged(client_of(cast.ploeg), client_of(cast.ploeg)),
            asked=asked, request=DeletionRequest.ask(asked, "double", "", cast.ploeg.account),
            deletion=deleted(client_of(cast.ploeg)), purged_file=tmp_path / "purged.csv",
            without_login=Organisation.create_new("De Brug", "limburg"), file=path, report=report,
            imported=imported, **recorders_of_editions.rows(cast),
            password_link=OneTimeLink.make(cast.ploeg.account, "password"),
            email_link=OneTimeLink.make(cast.ploeg.account, "email", "nieuw@voorbeeld.be"))


def test_every_function_that_writes_to_the_audit_is_tried():
    assert set(recorders()) == set(VERBS)


@pytest.mark.parametrize(("name", "verb"), [(name, verb) for name, verbs in VERBS.items() for verb in verbs])
def test_a_change_is_undone_when_its_audit_row_cannot_be_written(there, monkeypatch, name, verb):
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
