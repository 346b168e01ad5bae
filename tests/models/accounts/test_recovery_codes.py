"""Recovery codes: each works once, for an administrator without the phone."""
import base64

from models.accounts.recovery_codes import RecoveryCode
from models.accounts.second_factor import SecondFactor
from tests.conftest import PASSWORD
from tests.hall import events, mails, refusal
from tests.phones import check


def test_a_recovery_code_works_once_and_its_use_is_mailed(administrator, factor):
    check(administrator, factor.codes[0])
    assert refusal(check, administrator, factor.codes[0]) == "recovery_code"
    assert RecoveryCode.left(administrator) == 9
    assert events()[1:] == ["recovery-code-used", "factor-failed"]
    (_, subject, body), = mails()
    assert subject == "Er is een herstelcode van Loket gebruikt"
    assert "Er zijn er nog 9." in body


def test_a_recovery_code_has_120_bits_and_only_its_hash_is_stored(administrator, factor):
    """ASVS 6.5.2 and 6.5.3."""
    for code in factor.codes:
        assert len(base64.b32decode(code.replace("-", ""))) == 15
        assert code not in str(list(RecoveryCode.select().dicts()))
    assert {len(row.code_hash) for row in RecoveryCode.select()} == {64}


def test_a_misread_recovery_code_is_accepted(administrator, factor):
    check(administrator, factor.codes[0].lower().replace("-", " "))
    check(administrator, factor.codes[1].replace("O", "0").replace("I", "1").replace("B", "8"))


def test_new_recovery_codes_need_the_password_and_a_code_and_replace_the_old_ones(administrator, factor):
    renew = SecondFactor.renew_codes
    assert refusal(renew, administrator, "fout", factor.phone.code()) == "password_wrong"
    assert refusal(renew, administrator, PASSWORD, factor.phone.wrong()) == "code"
    assert mails() == []
    codes = renew(administrator, PASSWORD, factor.phone.code())
    assert refusal(check, administrator, factor.codes[0]) == "recovery_code"
    check(administrator, codes[9])
    assert "recovery-codes-made" in events()
    assert mails()[0][1] == "Nieuwe herstelcodes voor Loket"
