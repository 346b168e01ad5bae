"""The mail address of somebody whom another service signs in: for mails, and nothing else."""
import pytest

from models.accounts.accounts import Account
from tests.hall import mails
from tests.tools.provider import CLAIMS
from tests.views.hall.outside.conftest import person


@pytest.fixture
def mapping():
    """A table that names the claim of the address."""
    return CLAIMS.replace("[ecalcura]\n", '[ecalcura]\nemail = "email"\n')


@pytest.mark.parametrize(("sent", "kept"), [
    ("Piet@Voorbeeld.be", "piet@voorbeeld.be"), ("ploeg@voorbeeld.be", "ploeg@voorbeeld.be"), ("geen", None),
    (["a@voorbeeld.be"], "a@voorbeeld.be"), (None, None), ("a@voorbeeld.be\r\nBcc: b@voorbeeld.be", None)])
def test_an_address_is_kept_for_mails_and_opens_no_login(visitor, page, provider, cast, sent, kept):
    """Also that of somebody else's login, whose password stays theirs."""
    provider.of_claims = lambda claims: {**claims, "email": sent}
    visitor.sign_in()
    assert (person().email, person().local, person().password_hash) == (kept, False, None)
    assert Account.by_email("ploeg@voorbeeld.be") == cast.ploeg.account
    page.forget()
    page.post("/login", {"email": kept or "piet@voorbeeld.be", "password": "x" * 20}, 422)
    page.post("/password/new", {"email": kept or "piet@voorbeeld.be"})
    assert {address for address, *_ in mails()} <= {"ploeg@voorbeeld.be"}


def test_an_address_that_is_no_longer_sent_is_forgotten(visitor, page, provider):
    provider.of_claims = lambda claims: {**claims, "email": "piet@voorbeeld.be"}
    visitor.sign_in()
    page.forget()
    provider.tell_the_truth()
    visitor.sign_in()
    assert person().email is None
