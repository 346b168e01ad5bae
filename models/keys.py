"""The two key files, and sealing with AES-256-GCM.

`names.key` wraps the organisations' data keys; `app.key` signs cookies and seals everything but the names. Both are
made for a database without slots, and never for one that has data: a new key could not open what is there.
"""
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
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
    """The two keys. A key that cannot be used is None, and `problems` has a line for the operator that says why."""

    app: bytes | None = None
    names: bytes | None = None
    problems: list[str] = field(default_factory=list)

    @classmethod
    def load_or_make(cls, key_dir: str | Path, database_has_slots: bool) -> "Keys":
        """Read the keys in this folder; make a missing one, if the database has no slots yet."""
        keys = cls()
        for name in ("app", "names"):
            path = Path(key_dir) / f"{name}.key"
            if not path.exists() and not database_has_slots:
                _make(path)
            setattr(keys, name, _load(path, keys.problems))
        unfinished = _new_names_key(key_dir)
        if unfinished.exists():
            keys.problems.append(f"{unfinished}: a rotation was interrupted. Run: flask --app app names rotate")
        return keys


def replace_names_key(key_dir: str | Path, opens: Callable[[bytes], bool | None],
                      rewrap: Callable[[bytes], None]) -> None:
    """Make a new names.key, wrap every data key again with `rewrap(key)`, and keep the old one as names.key.old.

    The new key is on the disk before anything is wrapped by it. If this is interrupted at any point, calling it again
    finishes the work: `opens(key)` says whether the slots are already wrapped by the new key. Raises `Refused` if the
    new key cannot be used.
    """
    current, new = Path(key_dir) / "names.key", _new_names_key(key_dir)
    if not new.exists():
        _make(new)
    problems: list[str] = []
    key = _load(new, problems)
    if key is None:
        raise Refused(Code.NEW_KEY, problem=problems[0])
    if not opens(key):
        rewrap(key)
    if current.exists():
        current.replace(current.with_name("names.key.old"))
    new.replace(current)


def _new_names_key(key_dir: str | Path) -> Path:
    return Path(key_dir) / "names.key.new"


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The whole file is written under a temporary name first; `link` refuses a name that exists, so that no key is
    # ever overwritten.
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(LENGTH) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass  # another process made it at the same time: its key is used
    finally:
        draft.unlink()


def _load(path: Path, problems: list[str]) -> bytes | None:
    """Return the key in this file; if it cannot be used, add the reason to `problems` and return None."""
    try:
        key = bytes.fromhex(path.read_text("ascii"))
        mode = path.stat().st_mode
    except FileNotFoundError:
        problems.append(f"{path} is missing. Put your copy back: no new key is made for a database that has data.")
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


def derive(key: bytes, purpose: str) -> bytes:
    """Derive a key for one purpose, so that a leaked key says nothing about the keys for other purposes."""
    return hmac.digest(key, purpose.encode(), hashlib.sha256)


def seal(key: bytes, plaintext: bytes, context: bytes) -> bytes:
    """Encrypt with AES-256-GCM: version ‖ nonce ‖ ciphertext ‖ tag. It opens only with the same key and `context`."""
    nonce = os.urandom(NONCE_LENGTH)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, plaintext, context)


def unseal(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """Decrypt what `seal` made; raises `Unreadable` if it was altered, moved, or sealed under another key."""
    if sealed[:1] != VERSION or len(sealed) < 1 + NONCE_LENGTH + 16:
        raise Unreadable("the sealed value does not open under this key, in this place")
    try:
        return AESGCM(key).decrypt(sealed[1:1 + NONCE_LENGTH], sealed[1 + NONCE_LENGTH:], context)
    except InvalidTag:
        raise Unreadable("the sealed value does not open under this key, in this place") from None
