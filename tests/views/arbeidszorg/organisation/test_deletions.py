"""An organisation cannot delete a client; it requests the deletion, with a reason."""
import pytest

from models.accounts.accounts import Account
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.register.clients import Client
from tests.factories import ANSWERS, changed, client_of, deleted, period_of
from tests.models.arbeidszorg.doubles.merges import with_old_number
from tests.page import text_of


def test_help_says_that_a_client_cannot_be_deleted(signed_in, ploeg):
    client = client_of(ploeg)
    words = text_of(signed_in.get(f"/clients/{client.number}").select_one(".help"))
    assert "niet verwijderen" in words
    assert "Verwijdering aanvragen" in words


def test_help_names_the_operator_if_the_province_has_no_administrator(signed_in, cast, ploeg, app):
    app.config["OPERATOR_CONTACT"] = "helpdesk@voorbeeld.be"
    number = client_of(ploeg).number
    paths = (f"/clients/{number}", f"/clients/{number}/deletion-request", "/organisation")
    for path in paths:
        assert "de beheerder van je provincie" in text_of(signed_in.get(path).main)
    Account.update(password_hash=None).where(Account.id == cast.administrator.id).execute()
    for path in paths:
        words = text_of(signed_in.get(path).main)
        assert "de helpdesk van Loket (helpdesk@voorbeeld.be)" in words
        assert "beheerder van je provincie" not in words


def test_a_deletion_is_requested_with_a_reason(signed_in, ploeg):
    client = client_of(ploeg)
    path = f"/clients/{client.number}/deletion-request"
    signed_in.post(path, {"reason": ""}, 422)
    other = client_of(ploeg)
    signed_in.post(path, {"reason": "double", "other": str(other.number), "remark": "Zelfde als cliënt 3"})
    assert "is aangevraagd" in text_of(signed_in.follow().select_one(".help"))
    request = DeletionRequest.get()
    assert (request.client_number, request.reason, request.other_number) == (client.number, "double", other.number)
    assert signed_in.get(path).select_one("main select") is None


def test_a_double_is_requested_with_the_other_number_or_merged_instead(signed_in, ploeg, cast):
    client = with_old_number(client_of(ploeg), "17")
    other, foreign = with_old_number(client_of(ploeg), "21"), client_of(cast.outsider)
    path = f"/clients/{client.number}/deletion-request"
    link = signed_in.get(path).find("a", string="Samenvoegen kan je zelf")
    assert link["href"] == f"/clients/{client.number}/doubles"
    soup = signed_in.post(path, {"reason": "double"}, 422)
    assert "Typ het volgnummer van de andere registratie" in text_of(soup.select_one("#other-error"))
    for number in (str(client.number), "17", str(foreign.number), "99"):
        soup = signed_in.post(path, {"reason": "double", "other": number}, 422)
        assert "geen andere cliënt met dit volgnummer" in text_of(soup.select_one("#other-error"))
    signed_in.post(path, {"reason": "double", "other": "21"})
    assert DeletionRequest.get().other_number == other.number


def test_for_another_reason_no_other_number_is_kept(signed_in, ploeg):
    client, other = client_of(ploeg), client_of(ploeg)
    signed_in.post(f"/clients/{client.number}/deletion-request", {"reason": "other", "other": str(other.number)})
    assert DeletionRequest.get().other_number is None


def test_a_remark_with_a_national_number_is_refused(signed_in, ploeg):
    client = client_of(ploeg)
    signed_in.post(f"/clients/{client.number}/deletion-request", {"reason": "other", "remark": "85.07.30-033.28"}, 422)
    assert DeletionRequest.select().count() == 0


@pytest.mark.parametrize("method", ["delete", "put", "patch"])
def test_no_http_method_on_a_client_deletes_it(signed_in, ploeg, method):
    client = client_of(ploeg)
    assert getattr(signed_in.browser, method)(f"/clients/{client.number}").status_code == 405
    assert signed_in.browser.post(f"/clients/{client.number}").status_code == 405
    assert Client.select().count() == 1


def test_a_remark_with_the_client_s_name_is_refused_and_stays_in_the_box(signed_in, ploeg):
    client = client_of(ploeg, "Roos Peeters")
    path = f"/clients/{client.number}/deletion-request"
    soup = signed_in.post(path, {"reason": "other", "remark": "Is dezelfde als ROOS P."}, 422)
    assert "‘ROOS’ staat ook in de naam" in text_of(soup.select_one("#remark-error"))
    assert "ROOS P." in soup.select_one("#remark").get_text()
    assert DeletionRequest.select().count() == 0
    signed_in.post(path, {"reason": "other", "remark": "Is dezelfde als cliënt 3"})


def test_a_pending_request_can_be_withdrawn_and_made_again(signed_in, ploeg):
    client = client_of(ploeg)
    page, path = f"/clients/{client.number}", f"/clients/{client.number}/deletion-request"
    signed_in.post(path, {"reason": "not-guided"})
    for where in (page, path):
        form = next(form for form in signed_in.get(where).select("main form") if "withdraw" in form.get("action", ""))
        assert text_of(form) == "Aanvraag intrekken"
    signed_in.post(form["action"], form=page)
    soup = signed_in.follow()
    assert "is ingetrokken" in text_of(soup.select_one(".notice"))
    assert "Verwijdering aanvragen" in text_of(soup.select_one(".help"))
    signed_in.post(form["action"], form=page)
    assert "was al ingetrokken" in text_of(signed_in.follow().select_one(".notice"))
    signed_in.post(path, {"reason": "other"})
    assert [request.status for request in DeletionRequest.select().order_by(DeletionRequest.id)] == [
        "withdrawn", "pending"]


def test_withdrawing_says_so_when_there_is_no_pending_request(signed_in, ploeg, cast):
    client = client_of(ploeg)
    page, path = f"/clients/{client.number}", f"/clients/{client.number}/deletion-request/withdraw"
    signed_in.post(path, form=page)
    assert "geen aanvraag" in text_of(signed_in.follow().select_one(".notice"))
    DeletionRequest.ask(client, "double", "", ploeg.account).refuse("Neen.", cast.administrator)
    signed_in.post(path, form=page)
    assert "intussen geweigerd" in text_of(signed_in.follow().select_one(".notice"))


def test_saving_a_client_that_was_deleted_meanwhile_is_a_404(signed_in, ploeg, monkeypatch):
    """An administrator deletes it between the look-up and the saving."""
    client = client_of(ploeg, "Roos Peeters")
    period = period_of(client, ploeg)
    page = f"/clients/{client.number}"
    forms = {path: signed_in.form_of(path) for path in (
        f"{page}/edit", f"{page}/periods/new", f"{page}/periods/{period.id}", f"{page}/deletion-request")}
    deleted(client)
    monkeypatch.setattr("models.arbeidszorg.register.clients.Client.one", lambda *_: client)
    monkeypatch.setattr("models.arbeidszorg.register.periods.Period.one", lambda *_: period)
    monkeypatch.setattr(client, "answers", lambda: ANSWERS)
    more = {**changed(income="pension"), "hours": "8", "start_date": "03/06/2019", "reason": "other"}
    for path, form in forms.items():
        signed_in.post(path, {**form, **more}, 404, token=False)
