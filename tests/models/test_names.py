"""Clients' names: sealed under a data key of each organisation, which the names' key wraps."""
import os
import random

import pytest

from models import names
from models.arbeidszorg.register.clients import Client
from models.audit import AuditEntry
from models.database import transaction
from models.errors import Refused
from models.names import UNREADABLE, NameKey
from models.organisations import Organisation

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
NONCE = slice(1, 13)


@pytest.fixture
def organisation(register):
    return Organisation.create_new("De Ploeg", "oost-vlaanderen").id


def opened(organisation, *pairs):
    return names.open_names(organisation, pairs)


def test_a_sealed_name_opens_and_an_absent_name_stays_absent(organisation):
    sealed = names.seal(organisation, 7, "Zoë van den Berg")
    long = names.seal(organisation, 9, "naam " * 60)
    assert opened(organisation, (7, sealed), (8, None), (9, long)) == ["Zoë van den Berg", None, "naam " * 60]
    assert "Zoë".encode() not in sealed


def test_initials_and_a_full_name_are_sealed_to_the_same_length(organisation):
    lengths = {len(names.seal(organisation, 1, name)) for name in ("", "J", "J.P.", "Jan Peeters", "x" * 60)}
    assert lengths == {1 + 12 + 128 + 16}
    assert len(names.seal(organisation, 1, "\U0001f600" * 60)) == 1 + 12 + 256 + 16


def test_a_name_that_was_moved_or_altered_does_not_open(organisation):
    """ASVS 11.3.2, 11.3.3: 1,000 swaps between rows and tenants, and every byte changed once."""
    neighbour = Organisation.create_new("Het Atelier", "oost-vlaanderen").id
    rows = [(own, number, names.seal(own, number, f"naam {number}"))
            for own in (organisation, neighbour) for number in range(1, 51)]
    swaps = 0
    while swaps < 1000:
        (own, number, _), (_, _, sealed) = random.sample(rows, 2)
        assert opened(own, (number, sealed)) == [UNREADABLE]
        swaps += 1
    own, number, sealed = rows[0]
    for place in range(len(sealed)):
        altered = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1:]
        assert opened(own, (number, altered)) == [UNREADABLE]
    for short in (b"", b"\x01", sealed[:13], sealed[:-1], sealed + b"\x00"):
        assert opened(own, (number, short)) == [UNREADABLE]


def test_a_name_that_does_not_open_leaves_the_others_readable(organisation):
    sealed = {number: names.seal(organisation, number, f"naam {number}") for number in (1, 2, 3)}
    rows = [(1, sealed[1]), (2, sealed[3]), (3, sealed[3]), (4, None), (5, b"")]
    assert opened(organisation, *rows) == ["naam 1", UNREADABLE, "naam 3", None, UNREADABLE]


def test_each_nonce_is_used_once(organisation):
    assert len({names.seal(organisation, 1, "J")[NONCE] for _ in range(100_000)}) == 100_000


def test_each_organisation_has_its_own_data_key_from_its_first_name_on(organisation):
    neighbour = Organisation.create_new("Het Atelier", "oost-vlaanderen").id
    assert NameKey.select().count() == 0
    names.seal(organisation, 1, "Jan")
    names.seal(organisation, 2, "Piet")
    assert [slot.tenant_id for slot in NameKey.select()] == [organisation]
    names.seal(neighbour, 3, "Mia")
    first, second = NameKey.select().order_by(NameKey.tenant_id)
    assert names._unwrap(KEY, first) != names._unwrap(KEY, second)
    slot_of_the_neighbour = NameKey(tenant_id=neighbour, wrapped=first.wrapped)
    assert names._unwrap(KEY, slot_of_the_neighbour) is None


def test_a_data_key_that_was_rolled_back_is_not_used(organisation):
    with transaction() as undone:
        names.seal(organisation, 1, "Jan")
        undone.rollback()
    sealed = names.seal(organisation, 1, "Piet")
    names.use(KEY)
    assert opened(organisation, (1, sealed)) == ["Piet"]


def test_without_the_names_key_names_are_unreadable_and_cannot_be_saved(cast):
    ploeg, sealed = cast.ploeg.organisation, names.seal(cast.ploeg.organisation.id, 1, "Jan")
    for key in (None, OTHER):
        names.use(key)
        assert opened(ploeg.id, (1, sealed), (2, None)) == [UNREADABLE, None]
        for organisation in (ploeg, cast.outsider.organisation):
            with pytest.raises(Refused, match="names_key"):
                Client.register(organisation, {}, "Mia", None, None)
    assert Client.select().count() == 0
    assert NameKey.select().count() == 1
    assert Client.register(ploeg, {}, "", None, None).name is None


def test_a_names_key_is_compared_with_the_slots(organisation):
    assert names.opens(KEY) is None
    names.seal(organisation, 1, "Jan")
    assert names.opens(KEY) is True
    assert names.opens(OTHER) is False
    assert names.opens(None) is False


def test_rotation_rewraps_the_slots_and_keeps_the_names(cast):
    """ASVS 11.2.2."""
    clients = [Client.register(one.organisation, {}, "Jan", None, one.account) for one in (cast.ploeg, cast.elsewhere)]
    before = [bytes(client.sealed_name) for client in clients]
    names.rewrap(OTHER)
    # Work goes on under the new key: with existing names, and with the first name of an organisation.
    clients.append(Client.register(cast.outsider.organisation, {}, "Jan", None, cast.outsider.account))
    before.append(bytes(clients[-1].sealed_name))
    assert names.opens(OTHER) is True
    assert names.opens(KEY) is False
    for key, expected in ((OTHER, "Jan"), (KEY, UNREADABLE)):
        names.use(key)
        assert [client.name for client in Client.select()] == [expected] * 3
    assert [bytes(client.sealed_name) for client in Client.select().order_by(Client.number)] == before
    assert AuditEntry.select().where(AuditEntry.event == "names-rotated").get().details == {"slots": 2}


def test_rotation_with_the_wrong_key_changes_nothing(organisation):
    sealed = names.seal(organisation, 1, "Jan")
    other = Organisation.create_new("Het Atelier", "limburg").id
    NameKey.insert(tenant_id=other, kind="server", wrapped=os.urandom(61)).execute()
    with pytest.raises(Refused, match="names_key"):
        names.rewrap(OTHER)
    names.use(KEY)
    assert opened(organisation, (1, sealed)) == ["Jan"]


def test_bytes_open_only_in_their_own_row_tenant_and_kind(cast):
    own = cast.ploeg.organisation.id
    sealed = names.seal_bytes(own, 7, "file", b"Roos Peeters")
    assert b"Roos" not in sealed
    assert names.open_bytes(own, 7, "file", sealed) == b"Roos Peeters"
    other = cast.outsider.organisation.id
    names.seal(other, 1, "Jan")
    for tenant, number, kind in ((other, 7, "file"), (own, 8, "file"), (own, 7, "outcome")):
        with pytest.raises(Refused):
            names.open_bytes(tenant, number, kind, sealed)


def test_a_name_and_a_file_are_never_taken_for_each_other(cast):
    own = cast.ploeg.organisation.id
    sealed = names.seal(own, 7, "Roos Peeters")
    with pytest.raises(Refused):
        names.open_bytes(own, 7, "file", sealed)
    assert names.open_names(own, [(7, names.seal_bytes(own, 7, "file", bytes(128)))]) == [names.UNREADABLE]


def test_bytes_do_not_open_without_the_key(cast):
    own = cast.ploeg.organisation.id
    sealed = names.seal_bytes(own, 7, "file", b"Roos")
    names.use(None)
    with pytest.raises(Refused):
        names.open_bytes(own, 7, "file", sealed)
    with pytest.raises(Refused):
        names.seal_bytes(own, 7, "file", b"Roos")


def test_a_keyed_hash_is_the_same_after_a_rotation_and_another_for_each_tenant(cast):
    own, other = cast.ploeg.organisation.id, cast.outsider.organisation.id
    before = names.keyed_hash(own, "85073003328")
    assert len(before) == 32
    assert names.keyed_hash(own, "85073003328") == before
    assert names.keyed_hash(own, "85073003329") != before
    assert names.keyed_hash(other, "85073003328") != before
    names.rewrap(OTHER)
    names.use(OTHER)
    assert names.keyed_hash(own, "85073003328") == before


def test_without_the_names_key_nothing_is_hashed(cast):
    own = cast.ploeg.organisation.id
    names.keyed_hash(own, "85073003328")
    for key in (None, OTHER):
        names.use(key)
        for tenant in (own, cast.outsider.organisation.id):
            with pytest.raises(Refused, match="names_key"):
                names.keyed_hash(tenant, "85073003328")


def test_a_hash_is_never_made_under_a_key_that_was_rolled_back(organisation):
    with transaction() as undone:
        first = names.keyed_hash(organisation, "85073003328")
        undone.rollback()
    second = names.keyed_hash(organisation, "85073003328")
    assert second != first
    names.use(KEY)
    assert names.keyed_hash(organisation, "85073003328") == second
