"""Passwords: hashed with Argon2id, and refused when they are easily guessed."""
import functools
import importlib
import re
import threading
from pathlib import Path

import argon2

from models.errors import Code

WORDS = Path(__file__).parent / "common_words.txt"
SHORTEST = {"organisation": 12, "administrator": 15}
LONGEST = 256
# zxcvbn becomes very slow on long text; what comes after the first 72 characters only makes a password better.
SCORED = 72
# Of zxcvbn's 0 to 4: 3 is more than 10^8 guesses.
SAFE = 3
CONTEXT_LENGTH = 3
# As people write letters otherwise: W3lk0m.
LEET = str.maketrans("013457@$!", "oieastasi")

_hasher = argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Verified where there is no hash, of the same parameters. Ready made: the first unknown address takes no longer either.
NOBODYS_HASH = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
# 19 MiB each: with more at once a flood of sign-ins would take the server's memory.
_at_once = threading.BoundedSemaphore(4)
# zxcvbn keeps the words of the one who asks in a table that all threads share.
_scoring = threading.Lock()


def hash_password(password):
    with _at_once:
        return _hasher.hash(password)


def verify(password, password_hash):
    """Whether this is the password; takes as long where there is none (`password_hash` None)."""
    with _at_once:
        try:
            return _hasher.verify(password_hash or NOBODYS_HASH, password) and password_hash is not None
        except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
            return False


def outdated(password_hash):
    """Whether it was hashed with other parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


def weakness(password, role, words=()):
    """The code for which this password is refused; None when it is good.

    `words` is what an attacker would try for this account: the organisation's name, its address.
    """
    if len(password) < SHORTEST[role]:
        return Code.PASSWORD_SHORT
    if len(password) > LONGEST:
        return Code.PASSWORD_LONG
    words = [*_context(words), *_common_words()]
    start = password[:SCORED]
    rest = _without(words, start)
    safe = all(_score(part, words) >= SAFE for part in {start, rest})
    return None if safe else Code.PASSWORD_WEAK


def _without(words, password):
    """What is left of it without the expected words. zxcvbn alone is content with 'Welkom2026!!'."""
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    found = re.finditer(pattern, password.lower().translate(LEET))
    kept = list(password)
    for match in found:
        kept[match.start():match.end()] = [""] * len(match[0])
    return "".join(kept)


def _score(password, words):
    if not password:
        return 0
    with _scoring:
        return _zxcvbn()(password, user_inputs=words)["score"]


def _context(words):
    """Each name whole, without its spaces, and its parts: 'De Ploeg' is tried as 'de ploeg', 'deploeg' and 'ploeg'."""
    parts = []
    for word in words:
        pieces = [piece for piece in re.split(r"[\W_]+", word.lower()) if piece]
        parts += [word.lower(), "".join(pieces), *pieces]
    return [part for part in dict.fromkeys(parts) if len(part) >= CONTEXT_LENGTH]


@functools.cache
def _common_words():
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@functools.cache
def _zxcvbn():
    # 14 MB and a fifth of a second: only a process where somebody chooses a password needs it.
    return importlib.import_module("zxcvbn").zxcvbn
