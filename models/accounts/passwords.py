"""Passwords: hashed with Argon2id, and refused if they are easily guessed."""
import functools
import importlib
import re
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import argon2

from models.errors import Code

WORDS = Path(__file__).parent / "common_words.txt"
LONGEST = 256
# zxcvbn becomes very slow on long text; the characters after the first 72 only make a password stronger.
SCORED = 72
# zxcvbn scores from 0 to 4; 3 takes more than 10^8 guesses.
SAFE = 3
SHORTEST_PART = 3
# Characters that stand for a letter: W3lk0m.
LEET = str.maketrans("013457@$!", "oieastasi")

_hasher = argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# A hash with the same parameters, to verify against for an account without a password. It is a constant, so that the
# first unknown address does not take longer than the next.
NOBODYS_HASH = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
# Each takes 19 MiB: with more at once, a flood of sign-ins would take all memory of the server.
_at_once = threading.BoundedSemaphore(4)
# zxcvbn stores `user_inputs` in a table that all threads share.
_scoring = threading.Lock()


def hash_password(password: str) -> str:
    """Hash a password with Argon2id."""
    with _at_once:
        return _hasher.hash(password)


def verify(password: str, password_hash: str | None) -> bool:
    """Say whether the hash is of this password; takes as long when there is no hash."""
    with _at_once:
        try:
            return _hasher.verify(password_hash or NOBODYS_HASH, password) and password_hash is not None
        except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
            return False


def outdated(password_hash: str) -> bool:
    """Say whether a hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


def weakness(password: str, shortest: int, words: Iterable[str] = ()) -> Code | None:
    """Return the code for which this password is refused, or None if it is strong enough.

    `words` are words that an attacker would try for this account, such as the organisation's name and its address.
    """
    if len(password) < shortest:
        return Code.PASSWORD_SHORT
    if len(password) > LONGEST:
        return Code.PASSWORD_LONG
    expected = [*_parts(words), *_common_words()]
    start = password[:SCORED]
    rest = _without(expected, start)
    safe = all(_score(part, expected) >= SAFE for part in {start, rest})
    return None if safe else Code.PASSWORD_WEAK


def _without(words: list[str], password: str) -> str:
    """Return the password without the expected words. zxcvbn by itself accepts 'Welkom2026!!'."""
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    found = re.finditer(pattern, password.lower().translate(LEET))
    kept = list(password)
    for match in found:
        kept[match.start():match.end()] = [""] * len(match[0])
    return "".join(kept)


def _score(password: str, words: list[str]) -> int:
    if not password:
        return 0
    with _scoring:
        return _zxcvbn()(password, user_inputs=words)["score"]


def _parts(words: Iterable[str]) -> list[str]:
    """Return each name whole, without spaces, and in parts: 'De Ploeg' as 'de ploeg', 'deploeg' and 'ploeg'."""
    parts: list[str] = []
    for word in words:
        pieces = [piece for piece in re.split(r"[\W_]+", word.lower()) if piece]
        parts += [word.lower(), "".join(pieces), *pieces]
    return [part for part in dict.fromkeys(parts) if len(part) >= SHORTEST_PART]


@functools.cache
def _common_words() -> list[str]:
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@functools.cache
def _zxcvbn() -> Callable[..., Any]:
    # Takes 14 MB and a fifth of a second: imported only in a process where somebody chooses a password.
    return importlib.import_module("zxcvbn").zxcvbn
