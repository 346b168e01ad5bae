"""Signing in: its success, its refusals, and the number of attempts that are allowed."""
import contextlib
import datetime
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from models.accounts import passwords
from models.accounts.accounts import Account
from models.accounts.attempts import Attempt
from models.database import connect, database
from models.errors import Refused
from tests.conftest import PASSWORD
from tests.hall import entries, refusal

ROOT = Path(__file__).parents[3]
SECOND = datetime.timedelta(seconds=1)
pytestmark = pytest.mark.usefixtures("mailing")


def test_address_and_password_sign_in_however_the_address_is_written(ploeg):
    assert Account.sign_in(" Ploeg@Voorbeeld.be ", PASSWORD) == ploeg.account


def test_an_administrator_signs_in_the_same_way(cast):
    assert Account.sign_in("beheer.limburg@voorbeeld.be", PASSWORD).role == "arbeidszorg:administrator"


def test_wrong_unknown_blocked_and_invited_logins_get_the_same_refusal(cast):
    Account.update(blocked=True).where(Account.id == cast.outsider.account.id).execute()
    Account.update(password_hash=None).where(Account.id == cast.elsewhere.account.id).execute()
    for email, password in [("ploeg@voorbeeld.be", "fout"), ("niemand@voorbeeld.be", PASSWORD),
                            ("atelier@voorbeeld.be", PASSWORD), ("winning@voorbeeld.be", PASSWORD)]:
        assert refusal(Account.sign_in, email, password) == "unknown"
    ploeg, atelier, winning = cast.ploeg, cast.outsider, cast.elsewhere
    assert entries() == [
        ("sign-in-failed", "nobody", ploeg.account.id, ploeg.organisation.id),
        ("sign-in-failed", "nobody", None, None),
        ("sign-in-failed", "nobody", atelier.account.id, atelier.organisation.id),
        ("sign-in-failed", "nobody", winning.account.id, winning.organisation.id),
    ]


def test_an_unknown_address_is_stored_nowhere_in_clear(ploeg):
    refusal(Account.sign_in, "niemand@voorbeeld.be", "fout")
    Account.request_password("niemand@voorbeeld.be")
    for table in database.get_tables():
        assert "niemand" not in str(database.execute_sql(f'SELECT * FROM "{table}"').fetchall()), table


@pytest.mark.parametrize("email", ["ploeg@voorbeeld.be", "niemand@voorbeeld.be"])
def test_the_sixth_attempt_within_a_minute_is_refused_unchecked(cast, clock, start, monkeypatch, email):
    for second in range(5):
        clock(start + second * SECOND)
        assert refusal(Account.sign_in, email, "fout") == "unknown"
    monkeypatch.setattr(passwords, "verify", lambda *_: pytest.fail("the password was checked"))
    for second in (5, 60):
        clock(start + second * SECOND)
        assert refusal(Account.sign_in, email.upper(), PASSWORD) == "too_many"
    assert entries()[-1][0] == "sign-in-limited"
    monkeypatch.undo()
    clock(start + 61 * SECOND)
    if email.startswith("ploeg"):
        assert Account.sign_in(email, PASSWORD)
    else:
        assert refusal(Account.sign_in, email, PASSWORD) == "unknown"


def test_attempts_at_one_account_do_not_affect_another(cast):
    for _ in range(6):
        refusal(Account.sign_in, "ploeg@voorbeeld.be", "fout")
    assert Account.sign_in("atelier@voorbeeld.be", PASSWORD) == cast.outsider.account


def test_successful_sign_ins_do_not_use_up_the_attempts(ploeg):
    for _ in range(7):
        assert Account.sign_in("ploeg@voorbeeld.be", PASSWORD)


def test_a_right_password_does_not_clear_the_wrong_ones(ploeg):
    for _ in range(4):
        refusal(Account.sign_in, "ploeg@voorbeeld.be", "fout")
    Account.sign_in("ploeg@voorbeeld.be", PASSWORD)
    refusal(Account.sign_in, "ploeg@voorbeeld.be", "fout")
    assert refusal(Account.sign_in, "ploeg@voorbeeld.be", PASSWORD) == "too_many"


def test_of_simultaneous_attempts_no_more_than_five_get_through(register):
    through, start = [], threading.Barrier(8)

    def work():
        start.wait(10)
        for _ in range(3):
            with contextlib.suppress(Refused):
                through.append(Attempt.count("sign-in", "ploeg@voorbeeld.be"))
        database.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= len(through) <= 5


def test_attempts_stamped_a_second_later_count(register, clock, start):
    clock(start + datetime.timedelta(seconds=1))
    for _ in range(5):
        Attempt.count("sign-in", "ploeg@voorbeeld.be")
    clock(start)
    assert refusal(Attempt.count, "sign-in", "ploeg@voorbeeld.be") == "too_many"


def test_attempts_are_forgotten_after_an_hour(register, clock, start):
    Attempt.count("sign-in", "ploeg@voorbeeld.be")
    clock(start + datetime.timedelta(hours=1, seconds=1))
    Attempt.count("sign-in", "atelier@voorbeeld.be")
    assert Attempt.select().count() == 1


def test_a_password_with_older_hash_parameters_is_hashed_again(ploeg, monkeypatch):
    monkeypatch.setattr(passwords, "outdated", lambda _hash: True)
    before = ploeg.account.password_hash
    Account.sign_in("ploeg@voorbeeld.be", PASSWORD)
    assert Account.get_by_id(ploeg.account.id).password_hash != before
    assert Account.sign_in("ploeg@voorbeeld.be", PASSWORD)


def test_every_refused_sign_in_does_the_same_work(cast, monkeypatch):
    """ASVS 6.3.8: one password is verified and the same statements run: equal work takes equal time."""
    Account.update(blocked=True).where(Account.id == cast.outsider.account.id).execute()
    Account.update(password_hash=None).where(Account.id == cast.elsewhere.account.id).execute()
    real_sql, real_verify, done = type(database.obj).execute_sql, passwords._hasher.verify, {}
    for email in ("ploeg@voorbeeld.be", "niemand@voorbeeld.be", "atelier@voorbeeld.be", "winning@voorbeeld.be"):
        work = done[email] = []

        class Counting:
            def verify(self, password_hash, password, work=work):
                work.append(password_hash[:30])
                return real_verify(password_hash, password)

        def execute_sql(self, sql, params=None, work=work):
            work.append(sql)
            return real_sql(self, sql, params)

        monkeypatch.setattr(passwords, "_hasher", Counting())
        monkeypatch.setattr(type(database.obj), "execute_sql", execute_sql)
        assert refusal(Account.sign_in, email, "fout") == "unknown"
        monkeypatch.undo()
    first, *others = done.values()
    assert "$argon2id" in str(first)
    assert others == [first] * 3


def test_attempts_count_across_processes_and_restarts(cast, database_url):
    """ASVS 6.3.1: two attempts in this process, three in another, and then the connection is opened again."""
    email = "ploeg@voorbeeld.be"
    for _ in range(2):
        assert refusal(Account.sign_in, email, "fout") == "unknown"
    program = ("import sys; from models.database import connect; connect(sys.argv[1]); "
               "from models.accounts.attempts import Attempt; "
               "[Attempt.count('sign-in', sys.argv[2]) for _ in range(3)]")
    subprocess.run([sys.executable, "-c", program, database_url, email], cwd=ROOT, check=True)
    database.close()
    connect(database_url)
    assert refusal(Account.sign_in, email, PASSWORD) == "too_many"
    assert Account.sign_in("atelier@voorbeeld.be", PASSWORD)


def test_setting_the_clock_back_extends_a_limit_only_by_that_shift(cast, clock, start):
    for _ in range(5):
        refusal(Account.sign_in, "ploeg@voorbeeld.be", "fout")
    clock(start - datetime.timedelta(hours=1))
    for _ in range(5):
        assert refusal(Account.sign_in, "ploeg@voorbeeld.be", "fout") == "unknown"
    assert refusal(Account.sign_in, "ploeg@voorbeeld.be", PASSWORD) == "too_many"
    clock(start)
    assert refusal(Account.sign_in, "ploeg@voorbeeld.be", PASSWORD) == "too_many"
