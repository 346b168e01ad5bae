"""No token and no claim, other than the name and the roles, is in a log, an address, a page, a mail or the database."""
import json
import logging

from models.accounts.outside.unfinished import UnfinishedSignIn
from models.database import database
from tests.tables import rows_of, tables
from tests.views.hall.outside.conftest import query_of

CANARIES = {
    "rrn": "85073003328", "email": "kanarie@voorbeeld.be", "phone_number": "0470 99 00 11", "vo_id": "kanarie-vo-id",
    "birthdate": "1985-07-30", "address": {"locality": "Kanariedorp"}, "acr": "kanarie-acr",
}


def test_no_token_or_claim_is_left_anywhere(visitor, page, provider, caplog):
    page.app.extensions["outside"][0].asks_userinfo = True
    provider.of_claims = lambda right: {**right, **CANARIES}
    sent = []
    provider.of_token = lambda right: sent.append(right) or right
    caplog.set_level(logging.DEBUG)
    seen, addresses = [], []

    def see():
        seen.append(page.response.text + str(page.response.headers))
        addresses.append(page.response.headers.get("Location", ""))

    start = visitor.go()
    answer = visitor.pick(start)
    page.get(answer, 303)
    see()
    for path in ("/ecalcura/990001", "/account", "/account/roles", "/ecalcura/990001/access"):
        page.browser.get(path)
        page.response = page.browser.get(path)
        see()
    page.post("/logout", form="/account/roles")
    see()
    page.follow()
    see()
    [tokens] = sent
    secrets = [tokens["id_token"], tokens["access_token"], *tokens["id_token"].split("."), "kanarie", "Kanariedorp",
               "85073003328", "0470 99 00 11", "1985-07-30"]
    codes = [query_of(answer)[name] for name in ("code", "state")]
    stored = json.dumps([rows_of(table) for table in tables()], default=str)
    for secret in (*secrets, *codes):
        assert all(secret not in text for text in seen), secret
        assert all(secret not in text for text in addresses), secret
        assert secret not in caplog.text, secret
        assert secret not in stored, secret
    for secret in ("Piet", "Roels", "9f1c-piet"):
        assert secret not in caplog.text
    # Beside the identity, the subject is in no table.
    assert [table for table in tables() if "9f1c-piet" in json.dumps(rows_of(table), default=str)] == ["identity"]
    assert not UnfinishedSignIn.select().exists()


def test_a_refused_sign_in_leaves_nothing_but_its_kind_in_the_log(visitor, page, provider, caplog):
    caplog.set_level(logging.DEBUG)
    provider.of_claims = lambda right: {**right, **CANARIES, "nonce": "kanarie-nonce"}
    visitor.sign_in()
    lines = [record.getMessage() for record in caplog.records if record.name == "loket.outside"]
    assert lines == ["sign-in from outside refused: the provider's answer is wrong (InvalidClaimError: nonce)"]
    assert "kanarie" not in caplog.text
    database.close()
