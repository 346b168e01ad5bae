"""The rules of facilities and their roles hold in the database itself, round the models."""
import datetime
import threading

import peewee
import pytest

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.database import database, now, transaction
from models.ecalcura.facilities import colleagues
from models.ecalcura.facilities.facilities import Facility, RehabAgreement
from models.ecalcura.facilities.kinds import FacilityKind
from models.ecalcura.roles import ACCESS, FINANCIAL, PRIVACY
from models.errors import Refused
from models.tenants import Tenant
from tests.models.ecalcura.cast import KBO, facility, manager, newcomer

pytestmark = pytest.mark.usefixtures("register", "mailing")


@pytest.fixture
def home(register):
    return facility()


def refuses(piece, statement, *values):
    """Whether the database refuses this statement with this piece in its message."""
    with pytest.raises(peewee.IntegrityError) as error, transaction():
        database.execute_sql(statement.replace("?", database.param), values)
    assert piece in str(error.value), error.value


def insert(**values):
    row = {"id": Tenant.new("facility").id, "hco": "990009", "kbo": KBO, "kind": "woonzorgcentrum", "under": "",
           "name": "X", "created_at": now(), "changed_at": now(), "agreements": False, **values}
    return Facility.insert(row)


@pytest.mark.parametrize(("values", "piece"), [
    ({"hco": "990001"}, ""),
    ({"hco": ""}, ""),
    ({"name": ""}, ""),
    ({"kbo": "0000000295"}, "FOREIGN KEY"),
    ({"kind": "ziekenhuis"}, "FOREIGN KEY"),
    ({"under": "woonzorgcentrum", "parent_id": 1}, "FOREIGN KEY"),
    ({"kind": "kortverblijf", "under": "woonzorgcentrum"}, "facility_parent"),
    ({"kind": "kortverblijf", "under": ""}, "FOREIGN KEY"),
    ({"agreement": "R-1", "agreement_place": 1}, "facility_agreement"),
    ({"agreements": True}, "FOREIGN KEY"),
    ({"kind": "revalidatie", "agreements": True, "agreement": "R-1"}, "facility_agreement_place"),
    ({"kind": "revalidatie", "agreements": True, "agreement": "R-1", "agreement_place": 3}, ""),
    ({"since": "2026-01-02", "until": "2026-01-01"}, "facility_days"),
    ({"merged_on": "2026-01-01"}, "facility_merged"),
    ({"successor_id": 1}, "facility_merged"),
])
def test_a_facility_that_breaks_a_rule_is_refused(home, values, piece):
    RehabAgreement.create(number="R-1")
    values = {name: home.id if name in ("parent_id", "successor_id") else value for name, value in values.items()}
    with pytest.raises(peewee.IntegrityError) as error, transaction():
        insert(**values).execute()
    assert piece.casefold() in str(error.value).casefold(), error.value


def test_a_facility_is_a_tenant_of_its_kind(home):
    with pytest.raises(peewee.IntegrityError), transaction():
        insert(id=Tenant.new("organisation").id).execute()
    with pytest.raises(peewee.IntegrityError), transaction():
        insert(id=999_999).execute()


def test_a_parent_is_of_the_kind_under_which_the_facility_falls(home):
    other = facility("990002", "ibw", "De Brug")
    with pytest.raises(peewee.IntegrityError), transaction():
        insert(kind="kortverblijf", under="woonzorgcentrum", parent_id=other.id).execute()
    insert(kind="kortverblijf", under="woonzorgcentrum", parent_id=home.id).execute()


def test_a_facility_keeps_its_number_and_kind_and_is_never_deleted(home):
    refuses("facility_is_kept", "UPDATE facility SET hco = '990002' WHERE id = ?", home.id)
    refuses("facility_is_kept", "UPDATE facility SET kind = 'ibw' WHERE id = ?", home.id)
    refuses("facility_is_kept", "DELETE FROM facility WHERE id = ?", home.id)
    refuses("facility_kind_is_kept", "UPDATE facility_kind SET under = 'ibw' WHERE code = 'pvt'")


def test_a_facility_merges_into_one_with_a_dossier_that_has_not_merged(home):
    part = facility("990002", "kortverblijf", "Kortverblijf", parent_id=home.id)
    gone = facility("990003", successor_id=home.id, merged_on=datetime.date(2026, 1, 1))
    merge = "UPDATE facility SET successor_id = ?, merged_on = '2026-01-01' WHERE id = ?"
    for successor in (part.id, gone.id):
        refuses("facility_successor", merge, successor, home.id)
    refuses("", merge, home.id, home.id)
    undo = "UPDATE facility SET successor_id = NULL, merged_on = NULL WHERE id = ?"
    refuses("facility_merger_is_kept", undo, gone.id)


def test_a_facility_under_another_has_no_roles(home):
    part = facility("990002", "kortverblijf", "Kortverblijf", parent_id=home.id)
    account = newcomer(home)
    with pytest.raises(Refused, match="no_dossier"):
        colleagues.give(part, account.id, PRIVACY)


@pytest.mark.parametrize("giver", ["colleague", "financial", "of another facility", "ended"])
def test_only_an_access_manager_of_the_facility_gives_a_role(home, giver):
    """A5: also with a grant that is put into the table by hand."""
    manager(home)
    other = facility("990002")
    account = manager(other, "Bob Nijs") if giver == "of another facility" else newcomer(home)
    if giver == "financial":
        Grant.give(account.id, FINANCIAL, home)
    if giver == "ended":
        Grant.give(account.id, ACCESS, home, until=now() + datetime.timedelta(hours=1)).end()
    with pytest.raises(peewee.IntegrityError) as error, transaction():
        Grant.create(account_id=account.id, wing="ecalcura", role="privacy", tenant_id=home.id, since=now(),
                     given_by=account.id)
    assert "facility_grant_giver" in str(error.value) or "account_grant_wider" in str(error.value)


def test_the_last_access_manager_stays_until_there_is_a_successor(home):
    first, second = manager(home), newcomer(home)
    own = Grant.of(first.id).get()
    refuses("facility_last_access", "UPDATE account_grant SET until = ? WHERE id = ?", now(), own.id)
    until = now() + datetime.timedelta(days=9)
    Grant.give(second.id, ACCESS, home, until=until)
    refuses("facility_last_access", "UPDATE account_grant SET until = ? WHERE id = ?", now(), own.id)
    third = newcomer(home, "Cas Dok")
    Grant.give(third.id, ACCESS, home)
    assert own.end()


def test_the_last_access_manager_of_another_service_can_end(home):
    """The service that signs them in says itself whether a role has ended."""
    account = Account.create(local=False)
    Grant.give(account.id, ACCESS, home)
    assert Grant.of(account.id).get().end()
    manager(home)
    refuses("facility_last_access", "UPDATE account_grant SET until = ? WHERE account_id <> ?", now(), account.id)


def test_a_blocked_colleague_is_no_successor(home):
    first, second = manager(home), manager(home, "Bob Nijs")
    second.block()
    with pytest.raises(Refused, match="last_access"):
        colleagues.end(home, Grant.of(first.id).get())


def test_of_two_access_managers_who_end_each_other_at_once_one_stays(home):
    people = [manager(home, name) for name in ("Ann Maes", "Bob Nijs")]
    grants = [Grant.of(account.id).get() for account in people]
    start, refused = threading.Barrier(2), []

    def end(grant):
        try:
            start.wait(5)
            colleagues.end(home, grant)
        except Refused as error:
            refused.append(error.code)
        finally:
            database.close()

    threads = [threading.Thread(target=end, args=(grant,)) for grant in grants]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert refused == ["last_access"]
    assert len(Grant.holders(ACCESS, home)) == 1


def test_a_kind_that_is_written_again_stays_as_it_is(home):
    assert FacilityKind.get_by_id("kortverblijf").under == "woonzorgcentrum"
    assert FacilityKind.select().count() == 7
