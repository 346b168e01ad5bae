"""Names, encrypted under a data key of each tenant's own. No other module touches these keys.

A name is stored as version ‖ nonce ‖ ciphertext ‖ tag (AES-256-GCM). The ids of the tenant and the row are
authenticated with it, so that a name that is moved to another row or tenant does not open. The text is preceded
by its length and padded to a multiple of 128 bytes, because its length would tell initials from a full name.
Files that hold names are sealed under the same data key, with the kind of their row authenticated too.
A data key is stored in a slot, wrapped by `names.key`; it is made when a tenant saves its first name.

A keyed hash of a text, for finding its row, is made under a key that is derived from a data key.
"""
import hmac
import os
import struct
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

import peewee
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models import keys
from models.audit import Event, record
from models.database import BaseModel, database, locked, transaction
from models.errors import Code, Refused, Unreadable

UNREADABLE = "naam niet leesbaar"

VERSION = 1
BLOCK = 128
SERVER = "server"

_context = struct.Struct(">BQQ").pack
_length = struct.Struct(">H")


class NameKey(BaseModel):
    """A slot: a tenant's data key, wrapped by the key that `kind` names ('server' is names.key)."""

    tenant_id = peewee.IntegerField()
    kind = peewee.TextField()
    wrapped = peewee.BlobField()
    parameters = peewee.TextField(default="{}")
    version = peewee.IntegerField(default=1)

    class Meta:
        table_name = "name_key"
        primary_key = peewee.CompositeKey("tenant_id", "kind")


class _State:
    key: bytes | None = None
    opened: ClassVar[dict[int, AESGCM]] = {}  # the tenant's id -> its data key
    hashing: ClassVar[dict[int, bytes]] = {}  # the tenant's id -> the key for hashes that is derived from it


def use(key: bytes | None) -> None:
    """Use this names' key in the running application; None if it is absent."""
    _State.key, _State.opened, _State.hashing = key, {}, {}


def seal(tenant_id: int, number: int, name: str) -> bytes:
    """Encrypt the name in row `number`; raises `Refused` without the names' key that opens the slots."""
    return seal_all(tenant_id, [(number, name)])[0]


def seal_all(tenant_id: int, pairs: Iterable[tuple[int, str]]) -> list[bytes]:
    """Encrypt the names in [(number of its row, name)]; raises `Refused` as `seal` does."""
    data_key = _data_key(tenant_id) or _new_data_key(tenant_id)
    return [_sealed(data_key, tenant_id, number, name) for number, name in pairs]


def make_ready(tenant_id: int) -> None:
    """Make the tenant's data key if it lacks one, and keep it at hand for a transaction that seals many names.

    Call it outside a transaction: a key that is made within one is not kept. Raises `Refused` as `seal` does.
    """
    if _data_key(tenant_id) is None:
        _new_data_key(tenant_id)
        _data_key(tenant_id)


def check_sealable(tenant_id: int) -> None:
    """Raise `Refused` if a name of this tenant, which may not exist yet, could not be sealed now."""
    slot = _slot(tenant_id) or _first_slot().first()
    if _State.key is None or (slot is not None and _unwrap(_State.key, slot) is None):
        raise Refused(Code.NAMES_KEY)


def _sealed(data_key: AESGCM, tenant_id: int, number: int, name: str) -> bytes:
    text = name.encode()
    nonce = os.urandom(12)
    plain = _length.pack(len(text)) + text
    plain += bytes(-len(plain) % BLOCK)
    return bytes([VERSION]) + nonce + data_key.encrypt(nonce, plain, _context(VERSION, tenant_id, number))


def open_names(tenant_id: int, pairs: Sequence[tuple[Any, ...]]) -> list[str | None]:
    """Decrypt the names in [(number of its row, sealed name)]: None without one, `UNREADABLE` if it does not open."""
    if all(sealed is None for _, sealed in pairs):
        return [None] * len(pairs)
    data_key = _data_key(tenant_id)
    if data_key is None:
        return [None if sealed is None else UNREADABLE for _, sealed in pairs]
    try:
        return _open(data_key, tenant_id, pairs)
    except _UNOPENED:
        # One at least does not open: find out which.
        return [name for pair in pairs for name in _open_or_mark(data_key, tenant_id, pair)]


_UNOPENED = (InvalidTag, ValueError, IndexError)


def _open(data_key: AESGCM, tenant_id: int, pairs: Sequence[tuple[Any, ...]]) -> list[str | None]:
    # An organisation's search by name comes here with thousands: no call for each but the decryption itself.
    decrypt = data_key.decrypt
    opened = [None if sealed is None else
              decrypt(sealed[1:13], sealed[13:], _context(sealed[0], tenant_id, number)) for number, sealed in pairs]
    return [None if plain is None else plain[2:2 + (plain[0] << 8 | plain[1])].decode() for plain in opened]


def _open_or_mark(data_key: AESGCM, tenant_id: int, pair: tuple[Any, ...]) -> list[str | None]:
    try:
        return _open(data_key, tenant_id, [pair])
    except _UNOPENED:
        return [UNREADABLE]


def forget_keys(tenant_ids: Iterable[int]) -> None:
    """Remove the data keys of these tenants, who are gone with all their names."""
    gone = list(tenant_ids)
    NameKey.delete().where(NameKey.tenant_id.in_(gone)).execute()
    for tenant_id in gone:
        _State.opened.pop(tenant_id, None)
        _State.hashing.pop(tenant_id, None)


def seal_bytes(tenant_id: int, number: int, kind: str, content: bytes) -> bytes:
    """Encrypt bytes that may hold names, such as a file, for row `number` of the table that `kind` names.

    Raises `Refused` without the names' key that opens the slots.
    """
    data_key = _data_key(tenant_id) or _new_data_key(tenant_id)
    nonce = os.urandom(12)
    return bytes([VERSION]) + nonce + data_key.encrypt(nonce, content, _bytes_context(tenant_id, number, kind))


def open_bytes(tenant_id: int, number: int, kind: str, sealed: bytes) -> bytes:
    """Decrypt what `seal_bytes` returned; raises `Refused` if it does not open."""
    data_key = _data_key(tenant_id)
    if data_key is None:
        raise Refused(Code.NAMES_KEY)
    try:
        return data_key.decrypt(sealed[1:13], sealed[13:], _bytes_context(tenant_id, number, kind))
    except _UNOPENED as error:
        raise Refused(Code.NAMES_KEY) from error


def _bytes_context(tenant_id: int, number: int, kind: str) -> bytes:
    # Longer than the context of a name, so that neither is ever taken for the other.
    return _context(VERSION, tenant_id, number) + kind.encode()


def keyed_hash(tenant_id: int, text: str) -> bytes:
    """Hash a text (HMAC-SHA256) under the tenant's data key; raises `Refused` as `seal` does.

    The same text has the same hash for as long as the data key lives: a rotation only wraps that key again.
    """
    return hmac.digest(_State.hashing.get(tenant_id) or _hashing_key(tenant_id), text.encode(), "sha256")


def _hashing_key(tenant_id: int) -> bytes:
    if _data_key(tenant_id) is None:
        _new_data_key(tenant_id)
    slot = _slot(tenant_id)
    opened = _unwrap(_State.key, slot) if slot else None
    if opened is None:
        raise Refused(Code.NAMES_KEY)
    key = keys.derive(opened, "keyed hash")
    # As in `_data_key`.
    if not database.in_transaction():
        _State.hashing[tenant_id] = key
    return key


def has_slots() -> bool:
    """Say whether there are slots; also of a database whose migrations are pending, which lacks the other columns."""
    return NameKey.select(NameKey.kind).where(NameKey.kind == SERVER).exists()


def opens(key: bytes | None) -> bool | None:
    """Say whether this key opens the slots; None if there are no slots yet."""
    slot = _first_slot().first()
    return None if slot is None else _unwrap(key, slot) is not None


def rewrap(new_key: bytes) -> None:
    """Wrap every data key by a new names' key, and record it; the names stay as they are.

    Raises `Refused`, and changes nothing, if a slot does not open under the names' key in use.
    """
    with transaction():
        # A new slot locks the first one too, so that no slot is made under the old key meanwhile.
        locked(_first_slot()).first()
        slots = list(NameKey.select().where(NameKey.kind == SERVER))
        for slot in slots:
            data_key = _unwrap(_State.key, slot)
            if data_key is None:
                raise Refused(Code.NAMES_KEY)
            (NameKey
             .update(wrapped=keys.seal(new_key, data_key, _slot_context(slot.tenant_id)))
             .where(NameKey.tenant_id == slot.tenant_id, NameKey.kind == SERVER)
             .execute())
        record(Event.NAMES_ROTATED, slots=len(slots))
    _State.key = new_key


def _first_slot() -> "peewee.ModelSelect[NameKey]":
    return NameKey.select().where(NameKey.kind == SERVER).order_by(NameKey.tenant_id).limit(1)


def _slot(tenant_id: int) -> NameKey | None:
    return NameKey.get_or_none(NameKey.tenant_id == tenant_id, NameKey.kind == SERVER)


def _slot_context(tenant_id: int) -> bytes:
    return f"name-key {SERVER} {tenant_id}".encode()


def _unwrap(key: bytes | None, slot: NameKey) -> bytes | None:
    """Return the data key in this slot, or None if this key does not open it."""
    if key is None:
        return None
    try:
        return keys.unseal(key, bytes(slot.wrapped), _slot_context(slot.tenant_id))
    except Unreadable:
        return None


def _data_key(tenant_id: int) -> AESGCM | None:
    """Return the tenant's data key, or None if it has no key or a key that does not open."""
    if tenant_id in _State.opened:
        return _State.opened[tenant_id]
    slot = _slot(tenant_id) if _State.key else None
    opened = _unwrap(_State.key, slot) if slot else None
    if opened is None:
        return None
    data_key = AESGCM(opened)
    # A slot that was made in this transaction may still be rolled back.
    if not database.in_transaction():
        _State.opened[tenant_id] = data_key
    return data_key


def _new_data_key(tenant_id: int) -> AESGCM:
    if _State.key is None or _slot(tenant_id) is not None:
        raise Refused(Code.NAMES_KEY)
    with transaction():
        first = locked(_first_slot()).first()
        if first is not None and _unwrap(_State.key, first) is None:
            raise Refused(Code.NAMES_KEY)
        wrapped = keys.seal(_State.key, AESGCM.generate_key(256), _slot_context(tenant_id))
        (NameKey
         .insert(tenant_id=tenant_id, kind=SERVER, wrapped=wrapped)
         .on_conflict(action="NOTHING", conflict_target=[NameKey.tenant_id, NameKey.kind])
         .execute())
        # Read back instead of using the key above: a colleague may have made one first.
        data_key = _data_key(tenant_id)
        if data_key is None:
            raise Refused(Code.NAMES_KEY)
        return data_key
