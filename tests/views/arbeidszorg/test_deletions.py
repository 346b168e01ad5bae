"""An organisation deletes no client; it asks for it, with a reason."""
import pytest

from models.accounts import Account
from models.arbeidszorg.clients import Client
from models.arbeidszorg.deletions import DeletionRequest
from tests.factories import client_of
from tests.page import text_of


def test_help_says_that_a_client_cannot_be_deleted(signed_in, ploeg):
    client = client_of(ploeg)
    words = text_of(signed_in.get(f"/clients/{client.number}").select_one(".help"))
    assert "niet verwijderen" in words
    assert "Verwijdering aanvragen" in words


def test_help_names_the_operator_where_the_province_has_no_administrator(signed_in, ploeg, app):
    app.config["OPERATOR_CONTACT"] = "helpdesk@voorbeeld.be"
    number = client_of(ploeg).number
    paths = (f"/clients/{number}", f"/clients/{number}/deletion-request", "/organisation")
    for path in paths:
        assert "de beheerder van je provincie" in text_of(signed_in.get(path).main)
    Account.update(password_hash=None).where(Account.province == "oost-vlaanderen").execute()
    for path in paths:
        words = text_of(signed_in.get(path).main)
        assert "wie Loket beheert (helpdesk@voorbeeld.be)" in words
        assert "beheerder van je provincie" not in words


def test_a_deletion_is_requested_with_a_reason(signed_in, ploeg):
    client = client_of(ploeg)
    path = f"/clients/{client.number}/deletion-request"
    signed_in.post(path, {"reason": ""}, 422)
    signed_in.post(path, {"reason": "double", "remark": "Zelfde als cliënt 3"})
    assert "is aangevraagd" in text_of(signed_in.follow().select_one(".help"))
    request = DeletionRequest.get()
    assert (request.client_number, request.reason) == (client.number, "double")
    assert signed_in.get(path).select_one("main form") is None


def test_a_deletion_request_without_names_or_national_numbers(signed_in, ploeg):
    client = client_of(ploeg)
    signed_in.post(f"/clients/{client.number}/deletion-request", {"reason": "other", "remark": "85.07.30-033.28"}, 422)
    assert DeletionRequest.select().count() == 0


@pytest.mark.parametrize("method", ["delete", "put", "patch"])
def test_a_client_cannot_be_deleted_by_address(signed_in, ploeg, method):
    client = client_of(ploeg)
    assert getattr(signed_in.browser, method)(f"/clients/{client.number}").status_code == 405
    assert signed_in.browser.post(f"/clients/{client.number}").status_code == 405
    assert Client.select().count() == 1
