"""Names of clients, encrypted under each organisation's own data key. Nothing else touches these keys.

A name is kept as version ‖ nonce ‖ ciphertext ‖ tag (AES-256-GCM). The organisation's and the client's number are
authenticated with it, so that a name moved to another row or organisation is refused; the text is preceded by its
length and filled up to a multiple of 128 bytes, because a length tells initials from a full name.
A data key is kept wrapped by `names.key` in a slot, and is made when an organisation saves its first name.
"""
import os
import struct

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
NONCE = slice(1, 13)
SEALED = slice(13, None)
SERVER = "server"

_context = struct.Struct(">BQQ").pack
_length = struct.Struct(">H")


class NameKey(BaseModel):
    """A slot: an organisation's data key, wrapped by what its kind says ('server' is names.key)."""

    organisation_id = peewee.IntegerField()
    kind = peewee.TextField()
    wrapped = peewee.BlobField()
    parameters = peewee.TextField(default="{}")
    version = peewee.IntegerField(default=1)

    class Meta:
        table_name = "name_key"
        primary_key = peewee.CompositeKey("organisation_id", "kind")


class _State:
    key = None
    opened = {}  # organisation's id → its data key, ready to use


def use(key):
    """Make this the names' key of the running application; None when it is absent."""
    _State.key, _State.opened = key, {}


def seal(organisation_id, number, name):
    """The name of client `number`, encrypted; `Refused('names_key')` without the key that fits the slots."""
    data_key = _data_key(organisation_id) or _new_data_key(organisation_id)
    text = name.encode()
    nonce = os.urandom(12)
    plain = _length.pack(len(text)) + text
    plain += bytes(-len(plain) % BLOCK)
    return bytes([VERSION]) + nonce + data_key.encrypt(nonce, plain, _context(VERSION, organisation_id, number))


def open_names(organisation_id, pairs):
    """The names of [(number, sealed)]: None where there is none, `UNREADABLE` where it cannot be opened."""
    data_key = None
    names = []
    for number, sealed in pairs:
        if sealed is None:
            names.append(None)
            continue
        data_key = data_key or _data_key(organisation_id)
        names.append(_open(data_key, organisation_id, number, sealed) if data_key else UNREADABLE)
    return names


def _open(data_key, organisation_id, number, sealed):
    try:
        plain = data_key.decrypt(sealed[NONCE], sealed[SEALED], _context(sealed[0], organisation_id, number))
    except (InvalidTag, ValueError, IndexError):
        return UNREADABLE
    return plain[2:2 + _length.unpack_from(plain)[0]].decode()


def opens(key):
    """Whether this key opens the slots that there are; None when there are none yet."""
    slot = _first_slot().first()
    return None if slot is None else _unwrap(key, slot) is not None


def rewrap(new_key):
    """Wrap every data key anew; the names themselves stay as they are. All slots, or none and `Refused`."""
    with transaction():
        # Whoever makes a slot locks the first one too: none is made under the old key meanwhile.
        locked(_first_slot()).first()
        slots = list(NameKey.select().where(NameKey.kind == SERVER))
        for slot in slots:
            data_key = _unwrap(_State.key, slot)
            if data_key is None:
                raise Refused(Code.NAMES_KEY)
            (NameKey
             .update(wrapped=keys.seal(new_key, data_key, _slot_context(slot.organisation_id)))
             .where(NameKey.organisation_id == slot.organisation_id, NameKey.kind == SERVER)
             .execute())
        record(Event.NAMES_ROTATED, slots=len(slots))
    _State.key = new_key


def _first_slot():
    return NameKey.select().where(NameKey.kind == SERVER).order_by(NameKey.organisation_id).limit(1)


def _slot(organisation_id):
    return NameKey.get_or_none(NameKey.organisation_id == organisation_id, NameKey.kind == SERVER)


def _slot_context(organisation_id):
    return f"name-key {SERVER} {organisation_id}".encode()


def _unwrap(key, slot):
    try:
        return key and keys.unseal(key, bytes(slot.wrapped), _slot_context(slot.organisation_id))
    except Unreadable:
        return None


def _data_key(organisation_id):
    """An organisation's data key, or None when it has none or it cannot be opened."""
    if organisation_id in _State.opened:
        return _State.opened[organisation_id]
    slot = _slot(organisation_id) if _State.key else None
    opened = _unwrap(_State.key, slot) if slot else None
    if opened is None:
        return None
    data_key = AESGCM(opened)
    # A slot that is made in a transaction may yet be rolled back.
    if not database.in_transaction():
        _State.opened[organisation_id] = data_key
    return data_key


def _new_data_key(organisation_id):
    if _State.key is None or _slot(organisation_id) is not None:
        raise Refused(Code.NAMES_KEY)
    with transaction():
        first = locked(_first_slot()).first()
        if first is not None and _unwrap(_State.key, first) is None:
            raise Refused(Code.NAMES_KEY)
        wrapped = keys.seal(_State.key, AESGCM.generate_key(256), _slot_context(organisation_id))
        (NameKey
         .insert(organisation_id=organisation_id, kind=SERVER, wrapped=wrapped)
         .on_conflict(action="NOTHING", conflict_target=[NameKey.organisation_id, NameKey.kind])
         .execute())
        # Not the one just made: a colleague may have been first.
        return _data_key(organisation_id)
