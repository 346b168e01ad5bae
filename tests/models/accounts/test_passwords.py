"""Passwords: hashed whole with Argon2id, and refused if somebody who knows the organisation would guess them."""
import threading

import pytest

from models.accounts import passwords
from models.accounts.passwords import hash_password, outdated, verify, weakness

WORDS = ["ploeg@voorbeeld.be", "De Ploeg"]


def test_a_password_is_hashed_with_argon2id_in_19_mib():
    assert hash_password("paarse fiets zonder bel").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_only_the_password_itself_is_accepted():
    hashed = hash_password("Paarse fiets zonder bel")
    assert verify("Paarse fiets zonder bel", hashed)
    assert not verify("paarse fiets zonder bel", hashed)
    assert not verify("", hashed)
    assert not verify("Paarse fiets zonder bel", None)
    assert not verify("Paarse fiets zonder bel", "no hash at all")


def test_a_long_password_is_hashed_whole():
    hashed = hash_password("x" * 256)
    assert verify("x" * 256, hashed)
    assert not verify("x" * 255, hashed)


def test_the_hash_for_unknown_addresses_is_a_constant_with_the_same_parameters(monkeypatch):
    """ASVS 6.3.8: a hash that is made at the first use would make that sign-in take twice the time."""
    assert not outdated(passwords.NOBODYS_HASH)
    monkeypatch.setattr(passwords, "hash_password", lambda _: pytest.fail("it was hashed"))
    assert not verify("", None)


def test_verifying_without_a_hash_computes_as_much(monkeypatch):
    computed = []
    real = passwords._hasher

    class Counting:
        hash = real.hash

        def verify(self, password_hash, password):
            computed.append(password_hash[:30])
            return real.verify(password_hash, password)

    hashed = hash_password("paarse fiets zonder bel")
    monkeypatch.setattr(passwords, "_hasher", Counting())
    verify("x", hashed)
    verify("x", None)
    assert len(computed) == 2
    assert computed[0] == computed[1]


def test_a_hash_with_other_parameters_is_outdated():
    assert outdated("$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQxMjM0NTY$Y29tcHV0ZWRoYXNoMTIzNDU2Nzg5MDEyMzQ1Njc4OTA")
    assert not outdated(hash_password("paarse fiets zonder bel"))


def test_at_most_four_passwords_are_hashed_at_once(monkeypatch):
    running, most, lock = 0, 0, threading.Lock()
    too_many = threading.Event()

    class Slow:
        def hash(self, _password):
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
                if running > 4:
                    too_many.set()
            too_many.wait(0.2)
            with lock:
                running -= 1

    monkeypatch.setattr(passwords, "_hasher", Slow())
    threads = [threading.Thread(target=hash_password, args=("x",)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 4


@pytest.mark.parametrize("shortest", [12, 15])
def test_a_password_has_a_minimum_length(shortest):
    password = "kT7#wq9!pLz2vR5"
    assert weakness(password[:shortest], shortest) is None
    assert weakness(password[:shortest - 1], shortest) == "password_short"


def test_a_password_has_at_most_256_characters():
    assert weakness("paarse fiets zonder bel".ljust(256, "."), 12) is None
    assert weakness("paarse fiets zonder bel".ljust(257, "."), 12) == "password_long"


@pytest.mark.parametrize("password", [
    "password1234", "Welkom2026!!", "welkomwelkom2026", "W3lk0m2026!?", "W@chtw00rd2026", "azertyuiop123",
    "arbeidszorg2026", "Arbeidszorg2026!", "ArbeidszorgGent2026!", "arbeidszorg-is-leuk", "arbeidszorg arbeidszorg",
    "ArbeidszorgVlaanderen", "Augustus2026!!", "Zomer2026Zomer", "loket-arbeidszorg-2026", "Welkom bij arbeidszorg",
    "DePloeg2026!!", "De Ploeg Gent 2026", "ploeg@voorbeeld.be1", "aaaaaaaaaaaaaaaaa", "123456789012345",
])
def test_an_easily_guessed_password_is_refused(password):
    assert weakness(password, 12, WORDS) == "password_weak"


def test_a_short_and_common_password_is_refused_too():
    assert weakness("Welkom2026!", 12, WORDS) == "password_short"


@pytest.mark.parametrize("password", [
    "paarse fiets zonder bel", "mijn hond eet graag soep", "graag-vijf-groene-lantaarns", "kT7#wq9!pLz2",
    "zondag soep en brood bij oma", "correct horse battery staple", "только кириллица здесь",
])
def test_a_password_needs_no_capitals_digits_or_symbols(password):
    assert weakness(password, 12, WORDS) is None


def test_the_words_of_one_account_do_not_count_for_another():
    assert weakness("zeepaardje-bolhoed", 12, ["Zeepaardje Bolhoed"]) == "password_weak"
    assert weakness("zeepaardje-bolhoed", 12, WORDS) is None


def test_only_the_first_72_characters_are_scored(monkeypatch):
    scored = []
    real = passwords._zxcvbn()
    monkeypatch.setattr(passwords, "_zxcvbn", lambda: lambda text, **more: scored.append(text) or real(text, **more))
    weakness("aZ9" * 85, 12)
    assert {len(text) for text in scored} == {72}
