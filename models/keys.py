"""The two key files, and sealing with AES-256-GCM.

`names.key` wraps the organisations' data keys; `app.key` is for cookies and for what is kept sealed outside the names.
They are made for a database that has no slots yet, and never over data: a new key could not open what is there.
"""
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.errors import Code, Refused, Unreadable

LENGTH = 32
VERSION = b"\x01"
NONCE_LENGTH = 12


@dataclass
class Keys:
    """The keys that could be read; one that could not is None, and `problems` says why."""

    app: bytes | None = None
    names: bytes | None = None
    problems: list[str] = field(default_factory=list)

    @classmethod
    def load_or_make(cls, key_dir, database_has_slots):
        """The keys of this folder, made where they are missing and the database holds no slots yet."""
        keys = cls()
        for name in ("app", "names"):
            path = Path(key_dir) / f"{name}.key"
            if not path.exists() and not database_has_slots:
                _make(path)
            setattr(keys, name, _load(path, keys.problems))
        half_way = _new_names_key(key_dir)
        if half_way.exists():
            keys.problems.append(f"{half_way}: a rotation was cut off. Run: flask --app app names rotate")
        return keys


def replace_names_key(key_dir, opens, rewrap):
    """Make a new names.key and hand it to `rewrap`; the old one stays beside it as names.key.old.

    The new key is on the disk before anything is wrapped by it. Cut off at any point, the same again finishes:
    `opens(key)` tells whether the slots are wrapped by the new one already.
    """
    current, new = Path(key_dir) / "names.key", _new_names_key(key_dir)
    if not new.exists():
        _make(new)
    problems = []
    key = _load(new, problems)
    if key is None:
        raise Refused(Code.NEW_KEY, problem=problems[0])
    if not opens(key):
        rewrap(key)
    if current.exists():
        current.replace(current.with_name("names.key.old"))
    new.replace(current)


def _new_names_key(key_dir):
    return Path(key_dir) / "names.key.new"


def _make(path):
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written whole under another name first; `link` refuses a name that exists, so no key is ever overwritten.
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(LENGTH) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass  # another process made it just now: that one counts
    finally:
        draft.unlink()


def _load(path, problems):
    try:
        key = bytes.fromhex(path.read_text("ascii"))
        mode = path.stat().st_mode
    except FileNotFoundError:
        problems.append(f"{path} is missing. Put the key back from where it is kept: no new one is made over data.")
        return None
    except OSError as error:
        problems.append(f"{path} cannot be read: {error.strerror}.")
        return None
    except ValueError:
        key = b""
    if len(key) != LENGTH:
        problems.append(f"{path} does not hold a key: 64 hexadecimal digits are expected.")
        return None
    if mode & 0o077:
        problems.append(f"{path} can be read by others. Run: chmod 600 {path}")
    return key


def derive(key, purpose):
    """A key of its own for each purpose, so that what leaks of one says nothing about another."""
    return hmac.digest(key, purpose.encode(), hashlib.sha256)


def seal(key, plaintext, context):
    """version ‖ nonce ‖ ciphertext ‖ tag; it opens only with the same `context`."""
    nonce = os.urandom(NONCE_LENGTH)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, plaintext, context)


def unseal(key, sealed, context):
    """What was sealed; raises `Unreadable` when it was altered, moved, or sealed under another key."""
    if sealed[:1] != VERSION or len(sealed) < 1 + NONCE_LENGTH + 16:
        raise Unreadable("the sealed value does not open under this key, in this place")
    try:
        return AESGCM(key).decrypt(sealed[1:1 + NONCE_LENGTH], sealed[1 + NONCE_LENGTH:], context)
    except InvalidTag:
        raise Unreadable("the sealed value does not open under this key, in this place") from None
