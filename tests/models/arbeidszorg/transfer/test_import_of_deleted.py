"""Deleted and moved clients and withdrawn periods do not come back by an import."""
import pytest

from models.arbeidszorg.deletion.purge import purge
from models.arbeidszorg.deletion.trash import KEPT, Deletion
from models.arbeidszorg.deletion.withdrawals import Withdrawal
from models.arbeidszorg.moving.moves import ClientMove
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.transfer.exporting import Export
from models.database import today
from models.organisations import Organisation
from tests.factories import client_of, deleted, period_of
from tests.models.arbeidszorg.doubles.merges import merged
from tests.old_register import row
from tests.tables import rows_of


@pytest.fixture
def purged(tmp_path):
    """Purges everything that is in the trash."""
    def purged():
        for deletion in Deletion.select().where(Deletion.kept_rows.is_null(False)):
            Deletion.update(deleted_at=deletion.deleted_at - KEPT).where(Deletion.id == deletion.id).execute()
        assert purge(tmp_path / "purged.csv").purged

    return purged


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_client_in_the_trash_is_refused_with_the_day(run, dry_run):
    run(row(old_number="17"), row(old_number="18"))
    gone = Client.get(Client.old_number == "17")
    deletion = deleted(gone)
    again = [row(old_number="17"), row(old_number="17", start_date="01/02/2020"), row(old_number="18")]
    result = run(*again, dry_run=dry_run)
    assert (result.clients, result.refused, result.known) == (0, 2, 1)
    assert [(refusal.line, refusal.column, refusal.value) for refusal in result.refusals] == [
        (2, "Volgnummer", "17"), (3, "Volgnummer", "17")]
    assert f"verwijderd op {today():%d/%m/%Y}" in result.refusals[0].reason
    deletion.restore()
    assert run(row(old_number="17")).known == 1


def test_a_client_that_moved_is_refused_at_the_organisation_that_it_left(run):
    run(row(old_number="17"), row(old_number="18"), row(old_number="17", organisation="Het Atelier"))
    moved = Client.get(Client.old_number == "17")
    receiver = Organisation.get(Organisation.name == "Het Atelier")
    ClientMove.move_at_once(moved.number, moved.organisation, receiver)
    assert Client.get_by_id(moved.number).old_number == "17 – De Ploeg"
    result = run(row(old_number="17"), row(old_number="18"), row(old_number="17", organisation="Het Atelier"))
    assert (result.clients, result.refused, result.known) == (0, 1, 2)
    assert "verhuisd" in result.refusals[0].reason


def away(client, cast):
    """Move a client of De Ploeg to Het Atelier."""
    ClientMove.move_at_once(client.number, cast.ploeg.organisation, cast.outsider.organisation)
    return Client.get_by_id(client.number)


def merged_and_deleted(client, other, cast):
    merged(client, other)
    deleted(client)


def merged_and_moved(client, other, cast):
    merged(client, other)
    away(client, cast)


def moved_and_deleted(client, other, cast):
    deleted(away(client, cast))
    deleted(other)


def moved_and_merged(client, other, cast):
    merged(client_of(cast.outsider), away(client, cast))
    away(other, cast)


@pytest.mark.parametrize("act", [merged_and_deleted, merged_and_moved, moved_and_deleted, moved_and_merged])
def test_clients_in_an_earlier_export_do_not_come_back_after_two_such_acts(run, ploeg, cast, tmp_path, act):
    client, other = client_of(ploeg), client_of(ploeg)
    path = tmp_path / "eigen.csv"
    path.write_bytes(Export.of(ploeg.organisation.id, "csv", by=ploeg.account).csv())
    act(client, other, cast)
    before = rows_of("client")
    result = run(path=path)
    assert (result.clients, result.refused) == (0, 2)
    assert rows_of("client") == before


def test_a_withdrawn_period_is_refused_while_it_can_be_restored(run):
    rows = row(old_number="17"), row(old_number="17", start_date="01/02/2017", end_date="30/06/2017")
    run(*rows)
    withdrawal = Withdrawal.make(Period.get(Period.start_date == "2017-02-01"))
    result = run(*rows)
    assert (result.periods, result.refused, result.known) == (0, 1, 1)
    assert "teruggetrokken" in result.refusals[0].reason
    withdrawal.restore()
    assert run(*rows).known == 2


def test_another_organisation_may_use_the_old_number_of_a_deleted_client(run):
    run(row(old_number="17"))
    deleted(Client.get())
    assert run(row(old_number="17", organisation="Het Atelier")).clients == 1


def test_a_purged_client_is_imported_as_a_new_one(run, purged):
    run(row(old_number="17"))
    number = Client.get().number
    deleted(Client.get())
    purged()
    assert run(row(old_number="17")).clients == 1
    assert Client.get().number == number + 1


@pytest.mark.parametrize("has_key", [True, False])
def test_a_client_in_the_trash_is_recognised_in_lokets_own_file_too(run, purged, ploeg, tmp_path, has_key):
    """By its mark: the key of its form, or for an imported client its number and moment of registration."""
    client = client_of(ploeg, "Roos Peeters")
    if not has_key:
        Client.update(form_key=None).execute()
    period_of(client_of(ploeg, "Ward Claes"), ploeg)
    path = tmp_path / "eigen.csv"
    path.write_bytes(Export.of(Organisation.by_name("oost-vlaanderen", "De Ploeg").id, "csv", by=ploeg.account).csv())
    deleted(client)
    before = rows_of("client")
    result = run(path=path)
    assert (result.clients, result.refused) == (0, 1)
    assert [refusal.column for refusal in result.refusals] == ["Nummer"]
    assert rows_of("client") == before
    purged()
    result = run(path=path)
    assert (result.clients, result.refused) == (1, 0)
    assert client.number not in [one.number for one in Client.select()]


def test_no_number_is_given_again_after_every_client_was_deleted(run, purged, ploeg, tmp_path):
    """It may look like an empty installation, the only one that keeps the numbers of a file."""
    client = client_of(ploeg, "Roos Peeters")
    path = tmp_path / "eigen.csv"
    path.write_bytes(Export.of(ploeg.organisation.id, "csv", by=ploeg.account).csv())
    deleted(client)
    purged()
    assert Client.select().count() == 0
    assert run(path=path).clients == 1
    assert Client.get().number == client.number + 1
