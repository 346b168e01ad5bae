"""An import of which something was changed since is not taken back, and nothing is changed."""
import datetime
from decimal import Decimal

import pytest

from models.accounts.accounts import Account
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.deletion.withdrawals import Withdrawal
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.moving.moves import ClientMove
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.transfer.undoing import RegisterImport, undo
from models.audit import AuditEntry
from models.database import now
from models.errors import Refused
from models.organisations import Organisation
from tests.factories import client_of, days, period_of
from tests.models.arbeidszorg.doubles.merges import merged
from tests.models.arbeidszorg.transfer.staging.registers import NEXT, register_rows
from tests.old_register import counts, row

CHANGES = {
    "an answer": lambda client, _: client.change({"income": "pension"}, None, client.version),
    "a name": lambda client, _: client.change({}, "Roos", client.version),
    "a period": lambda client, cast: period_of(client, cast.ploeg, days(-90)),
    "hours": lambda client, cast: Period.of(client).get().change(
        Decimal(20), datetime.date(2019, 6, 3), datetime.date(2020, 6, 30), "move", "same", 1, cast.ploeg.account,
        datetime.date(2020, 1, 1)),
    "a request": lambda client, cast: DeletionRequest.ask(client, "other", "", cast.ploeg.account),
    "a withdrawn period": lambda client, cast: Withdrawal.make(Period.of(client).get(), cast.ploeg.account),
    "a deletion": lambda client, _: Deletion.make(client, "other"),
    "a deletion that was restored": lambda client, _: Deletion.make(client, "other").restore(),
    "a merge": lambda client, cast: merged(client, client_of(cast.ploeg), cast.ploeg.account),
    "a merge into another": lambda client, cast: merged(client_of(cast.ploeg), client, cast.ploeg.account),
    "a move": lambda client, cast: ClientMove.propose(
        client.number, cast.outsider.organisation.id, "", cast.administrator),
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_import_of_which_a_client_was_changed_is_not_taken_back(run, cast, change):
    result = run(row(), row(old_number="2"))
    CHANGES[change](Client.get_by_id(2), cast)
    before = register_rows()
    with pytest.raises(Refused) as refused:
        undo(result.import_id)
    assert refused.value.code == ArbeidszorgCode.IMPORT_CHANGED
    assert (refused.value.context["clients"], refused.value.context["numbers"]) == (1, "2")
    assert register_rows() == before
    assert RegisterImport.get().undone_at is None


def test_a_change_of_a_client_that_was_completed_keeps_the_import(run, lived):
    result = run(row(income="", **NEXT))
    client = Client.get_by_id(1)
    client.change({"income": "none"}, None, client.version)
    with pytest.raises(Refused, match="import_changed"):
        undo(result.import_id)
    assert lived.organisation.id == client.organisation_id


def test_another_client_may_be_changed(run, ploeg):
    other = client_of(ploeg)
    result = run(row())
    other.change({"income": "pension"}, "Roos", other.version)
    client_of(ploeg)
    undo(result.import_id)
    assert Client.select().count() == 2


@pytest.mark.parametrize("change", [
    lambda made: Account.invite(made, "nieuw@voorbeeld.be"),
    lambda made: made.change({"name": "De Brug", "sector": "other"}, 1),
    lambda made: Client.register(made, {}),
])
def test_an_import_of_which_an_organisation_was_changed_is_not_taken_back(run, change, mailing, monkeypatch):
    monkeypatch.setattr("models.arbeidszorg.register.clients.check_answers", lambda answers, *_: dict(answers))
    result = run(row())
    change(Organisation.get())
    with pytest.raises(Refused) as refused:
        undo(result.import_id)
    assert (refused.value.code, refused.value.context["organisations"]) == (ArbeidszorgCode.IMPORT_CHANGED, 1)
    assert counts()[1] >= 1


def test_looking_at_clients_changes_nothing(run, ploeg):
    result = run(row())
    AuditEntry.create(made_at=now(), event=ArbeidszorgEvent.CLIENT_VIEWED, actor="operator", subject="1",
                      tenant_id=ploeg.organisation.id)
    undo(result.import_id)
    assert Client.select().count() == 0


def test_a_later_import_of_the_same_clients_is_taken_back_first(run):
    first = run(row(gender=""))
    second = run(row(**NEXT))
    with pytest.raises(Refused) as refused:
        undo(first.import_id)
    assert (refused.value.code, refused.value.context["later"]) == (ArbeidszorgCode.IMPORT_LATER, second.import_id)
    undo(second.import_id)
    undo(first.import_id)
    assert counts() == (0, 0, 0, 0)


@pytest.mark.usefixtures("lived")
def test_a_later_import_that_completed_the_same_client_is_taken_back_first(run):
    first = run(row(income="", start_date="01/07/2021", end_date="01/08/2021"))
    second = run(row(income="", start_date="01/07/2022", end_date="01/08/2022"))
    with pytest.raises(Refused, match="import_later"):
        undo(first.import_id)
    undo(second.import_id)
    undo(first.import_id)
    assert Period.of(Client.get_by_id(1)).count() == 1


def test_a_later_import_into_an_organisation_of_the_first_is_taken_back_first(run):
    first, second = run(row()), run(row(old_number="2"))
    with pytest.raises(Refused, match="import_later"):
        undo(first.import_id)
    undo(second.import_id)
    undo(first.import_id)
    assert counts() == (0, 0, 0, 0)


def test_a_later_import_of_other_clients_stays(run, ploeg):
    first, second = run(row()), run(row(old_number="2"))
    undo(first.import_id)
    assert [client.old_number for client in Client.select()] == ["2"]
    assert RegisterImport.get_by_id(second.import_id).undone_at is None
    assert ploeg.organisation.name == "De Ploeg"
