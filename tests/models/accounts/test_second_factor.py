"""The second factor of an administrator: which codes are right, that each works once, and how a device is replaced."""
import base64
import datetime
import threading
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from models.accounts import second_factor
from models.accounts.recovery_codes import RecoveryCode
from models.accounts.second_factor import Candidate, SecondFactor
from models.accounts.sessions import Session
from models.audit import AuditEntry
from models.database import database, now
from models.errors import Refused
from models.mail import outbox
from tests.conftest import PASSWORD
from tests.hall import events, mails, refusal
from tests.phones import STEP, Phone, check, factor_of

pytestmark = pytest.mark.usefixtures("mailing")


@pytest.mark.parametrize(("seconds", "code"), [
    (59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")])
def test_codes_equal_those_of_the_standard(clock, seconds, code):
    """RFC 6238, appendix B: the last six of its eight digits."""
    clock(datetime.datetime.fromtimestamp(seconds, datetime.UTC))
    phone = Phone(base64.b32encode(b"12345678901234567890").decode())
    assert phone.code() == code
    assert second_factor._step_of(phone.secret, code) == seconds // 30


# Setting up

def test_a_second_factor_is_stored_once_its_code_was_typed(administrator, clock):
    clock(datetime.datetime(2026, 3, 2, 10, 0, 12, tzinfo=datetime.UTC))
    candidate = Candidate.draw(administrator)
    phone = Phone(candidate.text)
    assert refusal(SecondFactor.set_up, administrator, candidate.sealed, phone.wrong()) == "new_code"
    assert SecondFactor.of(administrator) is None
    codes = SecondFactor.set_up(administrator, candidate.sealed, phone.code())
    assert len(set(codes)) == 10
    assert SecondFactor.of(administrator).created_at == now()
    assert events() == ["factor-set"]
    (recipient, subject, body), = mails()
    assert (recipient, subject) == (administrator.email, "Je codes voor Loket zijn ingesteld")
    assert not any(code in body for code in codes)


def test_the_secret_has_160_bits_is_new_each_time_and_is_stored_sealed(administrator):
    candidate, other = Candidate.draw(administrator), Candidate.draw(administrator)
    assert candidate.secret != other.secret
    assert len(candidate.secret) == 20
    SecondFactor.set_up(administrator, candidate.sealed, Phone(candidate.text).code())
    for sealed in (bytes(SecondFactor.get().sealed_secret), base64.urlsafe_b64decode(candidate.sealed)):
        assert candidate.secret not in sealed


def test_the_qr_code_names_the_account(administrator):
    candidate = Candidate.draw(administrator)
    address = urlsplit(candidate.address(administrator.email))
    query = {name: value for name, (value,) in parse_qs(address.query).items()}
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert unquote(address.path) == f"/Loket:{administrator.email}"
    assert query == {"secret": candidate.text.replace(" ", ""), "issuer": "Loket", "algorithm": "SHA1", "digits": "6",
                     "period": "30"}


def test_an_altered_or_foreign_secret_is_not_set_up(cast):
    candidate = Candidate.draw(cast.administrator)
    code = Phone(candidate.text).code()
    for account, sealed in [(cast.other_administrator, candidate.sealed), (cast.administrator, ""),
                            (cast.administrator, "x"), (cast.administrator, "é" + candidate.sealed[2:]),
                            (cast.administrator, candidate.sealed[:-4] + "AAAA")]:
        assert refusal(SecondFactor.set_up, account, sealed, code) == "candidate"
    assert SecondFactor.select().count() == 0


def test_a_stored_secret_does_not_open_for_another_account_or_as_a_candidate(cast, factor):
    sealed = SecondFactor.get().sealed_secret
    as_candidate = base64.urlsafe_b64encode(bytes(sealed)).decode()
    assert refusal(Candidate.open, cast.administrator, as_candidate) == "candidate"
    SecondFactor.insert(
        account_id=cast.other_administrator.id, sealed_secret=sealed, last_step=0, created_at=now()).execute()
    assert refusal(check, cast.other_administrator, factor.phone.code()) == "factor_key"
    assert SecondFactor.unreadable() == 1


def test_a_password_alone_does_not_replace_the_second_factor(administrator, factor):
    """ASVS 6.3.3: not even for a sign-in that began before the factor was set up."""
    candidate = Candidate.draw(administrator)
    code = Phone(candidate.text).code()
    assert refusal(SecondFactor.set_up, administrator, candidate.sealed, code) == "factor_there"
    check(administrator, factor.phone.code())
    assert RecoveryCode.left(administrator) == 10
    assert mails() == []


def test_the_code_that_set_up_a_factor_does_not_sign_in(administrator):
    candidate = Candidate.draw(administrator)
    phone = Phone(candidate.text)
    SecondFactor.set_up(administrator, candidate.sealed, phone.code())
    assert refusal(check, administrator, phone.code()) == "code"


# Checking

@pytest.mark.parametrize(("steps", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_is_accepted_one_step_early_or_late(administrator, factor, start, steps, right):
    code = factor.phone.code(steps)
    if right:
        check(administrator, f" {code[:3]} {code[3:]} ")
    else:
        assert refusal(check, administrator, code) == "code"


def test_a_code_works_once_and_ends_earlier_codes(administrator, factor, start):
    """ASVS 6.5.1."""
    check(administrator, factor.phone.code())
    for steps in (0, -1):
        assert refusal(check, administrator, factor.phone.code(steps)) == "code"
    check(administrator, factor.phone.code(1))


@pytest.mark.parametrize("kind", ["code", "recovery_code"])
def test_a_code_that_is_typed_twice_at_once_works_once(administrator, factor, start, kind):
    typed = factor.phone.code() if kind == "code" else factor.codes[0]
    use = SecondFactor._use_code if kind == "code" else SecondFactor._use_recovery_code
    gate, found = threading.Barrier(4), []

    def work():
        gate.wait(10)
        try:
            found.append(use(administrator, typed))
        except Refused as refused:
            found.append(refused.code)
        database.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, found)) == sorted(["None", kind, kind, kind])


@pytest.mark.parametrize("typed", ["", "x", "12345", "1234567", "٣٣٣٣٣٣", "\x00", "000000000000", "a" * 5000])
def test_text_that_is_not_a_code_is_wrong(administrator, factor, typed):
    assert refusal(check, administrator, typed) in ("code", "recovery_code")
    assert events()[-1] == "factor-failed"


def test_an_account_without_a_factor_has_no_right_code(administrator):
    assert refusal(check, administrator, "123456") == "code"


def test_the_code_of_another_administrator_is_wrong(cast, factor):
    other = factor_of(cast.other_administrator)
    assert refusal(check, cast.administrator, other.phone.code()) == "code"
    assert refusal(check, cast.administrator, other.codes[0]) == "recovery_code"
    assert RecoveryCode.left(cast.other_administrator) == 10


def test_the_sixth_code_within_15_minutes_is_refused_unchecked(cast, factor, clock, start):
    for typed in [factor.phone.wrong()] * 3 + ["AAAA-BBBB"] * 2:
        refusal(check, cast.administrator, typed)
    for typed in (factor.phone.code(), factor.codes[0]):
        assert refusal(check, cast.administrator, typed) == "too_many_codes"
    assert events()[1:] == ["factor-failed"] * 5 + ["sign-in-limited"] * 2
    check(cast.other_administrator, factor_of(cast.other_administrator).phone.code())
    clock(start + datetime.timedelta(minutes=14, seconds=59))
    assert refusal(check, cast.administrator, factor.phone.code()) == "too_many_codes"
    clock(start + datetime.timedelta(minutes=15, seconds=1))
    check(cast.administrator, factor.phone.code())


def test_a_right_code_clears_the_wrong_ones_before_it(administrator, factor, clock, start):
    for number in range(3):
        clock(start + number * STEP)
        for _ in range(4):
            assert refusal(check, administrator, factor.phone.wrong()) == "code"
        check(administrator, factor.phone.code())


def test_right_codes_do_not_count_as_attempts(administrator, factor, clock, start):
    for number in range(7):
        clock(start + number * STEP)
        check(administrator, factor.phone.code())
    assert events() == ["factor-set"]


def test_a_refusal_for_another_reason_does_not_use_a_code_up(administrator, factor, start):
    waiting = Session.find_waiting(Session.start(administrator, awaits_factor=True))
    Session.end_all(administrator)
    for typed in (factor.phone.code(), factor.codes[0]):
        assert refusal(SecondFactor.sign_in, waiting, typed) == "waited_too_long"
        check(administrator, typed)


# A new device, no device, and no key

def test_a_new_device_needs_the_password_and_a_code_and_ends_the_other_sessions(administrator, factor):
    here, elsewhere, half = Session.start(administrator), Session.start(administrator), Session.start(
        administrator, awaits_factor=True)
    candidate = Candidate.draw(administrator)
    phone = Phone(candidate.text)

    def replace(password, code, new_code):
        return SecondFactor.replace_device(administrator, password, code, candidate.sealed, new_code,
                                           keep_session=Session.find(here).session_id)

    assert refusal(replace, "fout", factor.phone.code(), phone.code()) == "password_wrong"
    assert refusal(replace, PASSWORD, factor.phone.wrong(), phone.code()) == "code"
    assert refusal(replace, PASSWORD, factor.phone.code(), phone.wrong()) == "new_code"
    assert Session.find(elsewhere)
    assert mails() == []
    codes = replace(PASSWORD, factor.phone.code(), phone.code())
    assert (bool(Session.find(here)), Session.find(elsewhere), Session.find_waiting(half)) == (True, None, None)
    assert refusal(check, administrator, factor.phone.code(1)) == "code"
    assert refusal(check, administrator, factor.codes[0]) == "recovery_code"
    check(administrator, phone.code(1))
    check(administrator, codes[0])
    assert mails()[0][1] == "Een ander toestel voor Loket"
    assert events().count("factor-set") == 2


def test_a_recovery_code_can_replace_a_lost_device(administrator, factor):
    candidate = Candidate.draw(administrator)
    new_code = Phone(candidate.text).code()
    SecondFactor.replace_device(administrator, PASSWORD, factor.codes[3], candidate.sealed, new_code, None)
    assert RecoveryCode.left(administrator) == 10


def test_the_operator_removes_a_second_factor(cast, factor):
    administrator = cast.administrator
    session, kept = Session.start(administrator), factor_of(cast.other_administrator)
    mails()
    SecondFactor.remove(administrator)
    assert SecondFactor.of(administrator) is None
    assert RecoveryCode.left(administrator) == 0
    assert Session.find(session) is None
    (recipient, subject, _), = mails()
    assert (recipient, subject) == (administrator.email, "Je codes voor Loket zijn weggenomen")
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).get()
    assert (entry.event, entry.actor, entry.province) == ("factor-removed", "operator", "oost-vlaanderen")
    assert entry.details == {"account": administrator.id}
    assert refusal(SecondFactor.remove, administrator) == "no_factor"
    check(cast.other_administrator, kept.phone.code())


def test_without_the_key_no_code_can_be_checked_and_a_recovery_code_can(administrator, factor):
    for use in (second_factor.use, outbox.use):
        use(None)
    assert not SecondFactor.readable()
    for _ in range(7):
        assert refusal(check, administrator, factor.phone.code()) == "factor_key"
    assert refusal(Candidate.draw, administrator) == "factor_key"
    check(administrator, factor.codes[0])
    assert refusal(check, administrator, factor.codes[0]) == "recovery_code"
    assert events()[1:] == ["recovery-code-used", "factor-failed"]


def test_another_key_does_not_open_any_second_factor(administrator, factor):
    assert SecondFactor.unreadable() == 0
    second_factor.use(bytes(range(32)))
    assert SecondFactor.unreadable() == 1
    assert refusal(check, administrator, factor.phone.code()) == "factor_key"
