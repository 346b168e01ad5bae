"""A client moves, as the three logins use it: the administrator, the sending and the receiving organisation."""
import pytest

from models import names
from models.arbeidszorg.moving.moves import ClientMove
from models.arbeidszorg.register.clients import Client
from tests.factories import client_of, period_of
from tests.page import text_of
from tests.tables import contents


@pytest.fixture
def client(ploeg):
    client = client_of(ploeg, "Roos Peeters", income="pension")
    period_of(client, ploeg)
    return client


@pytest.fixture
def proposed(client, cast):
    return ClientMove.propose(client.number, cast.outsider.organisation.id, "Werkt er al", cast.administrator)


@pytest.fixture
def agreed(proposed, cast):
    proposed.agree(cast.ploeg.account)
    return proposed


def propose(page, client, cast, **fields):
    return page.post(f"/province/clients/{client.number}/move",
                     {"to": str(cast.outsider.organisation.id), "remark": "Werkt er al", **fields})


def test_three_logins_move_a_client(administration, client, cast):
    page, number = administration, client.number
    assert page.get(f"/province/clients/{number}").find("a", string="Verhuizen")
    propose(page, client, cast)
    assert f"De verhuizing van cliënt {number} is voorgesteld." in text_of(page.follow().main)

    page.sign_in(cast.ploeg.account)
    assert "Er wacht een verhuizing van een cliënt op je beslissing." in text_of(page.get("/dashboard").main)
    move = ClientMove.get()
    path = f"/moves/{move.id}"
    assert "zou verhuizen naar Het Atelier" in text_of(page.get(f"/clients/{number}").main)
    asked = text_of(page.get(path).main)
    assert "Werkt er al" in asked
    page.post(path, {"decision": "yes"})
    assert "blijft bij jou tot Het Atelier de cliënt aanvaardt" in text_of(page.follow().main)
    assert "verhuizing van een cliënt" not in text_of(page.get("/dashboard").main)

    page.sign_in(cast.outsider.account)
    assert "Er wacht een verhuizing" in text_of(page.get("/dashboard").main)
    page.get(f"/clients/{number}", 404)
    shown = text_of(page.get(path).main)
    assert "Pensioen" in shown
    assert "Overzicht begeleidingsperiodes" in shown
    assert "Roos" not in shown
    page.post(path, {"decision": "yes"})
    landed = text_of(page.follow().main)
    assert f"Cliënt {number} is verhuisd en staat nu bij jou." in landed
    assert "Roos Peeters" in landed
    assert "Pensioen" in landed

    page.sign_in(cast.ploeg.account)
    page.get(f"/clients/{number}", 404)
    assert "Verhuisd op" in text_of(page.get(path).main)


def test_the_log_says_what_the_other_organisation_did(administration, client, agreed, cast, logged):
    page = administration
    page.sign_in(cast.outsider.account)
    page.get(f"/moves/{agreed.id}")
    page.post(f"/moves/{agreed.id}", {"decision": "yes"})
    page.sign_in(cast.ploeg.account)
    lines = text_of(page.get("/organisation/log").main)
    assert f"Het Atelier Cliënt {client.number} bekeken, zonder naam" in lines
    assert f"Het Atelier Cliënt {client.number} verhuisd: van De Ploeg naar Het Atelier" in lines
    assert f"deze login Akkoord met de verhuizing van cliënt {client.number}" in lines
    assert {who for who, said in logged(9) if "verhuisd:" in said} == {"Het Atelier"}


def test_the_administrator_sees_how_far_each_move_is_and_can_cancel_it(administration, proposed, client):
    page = administration
    listed = page.get("/province/moves")
    assert "Wacht op De Ploeg" in text_of(listed.main)
    page.post(f"/province/moves/{proposed.id}/cancel", form="/province/moves")
    assert f"De verhuizing van cliënt {client.number} is geannuleerd." in text_of(page.follow().main)
    page.post(f"/province/moves/{proposed.id}/cancel", form="/province")
    assert "is intussen al beslist" in text_of(page.follow().main)


def test_a_second_proposal_and_an_unchosen_organisation_are_answered(administration, client, cast):
    soup = administration.post(f"/province/clients/{client.number}/move", {"to": ""}, 422)
    assert "Kies een organisatie." in text_of(soup.main)
    soup = administration.post(
        f"/province/clients/{client.number}/move", {"to": str(cast.elsewhere.organisation.id)}, 422)
    assert "uit de lijst" in text_of(soup.main)


def test_another_province_is_the_operators_work_and_the_page_says_so(administration, client):
    page = text_of(administration.get(f"/province/clients/{client.number}/move").main)
    assert "Moet de cliënt naar een andere provincie? Vraag het aan" in page
    assert "De Winning" not in page


def test_a_refusal_is_read_by_the_administrator(administration, proposed, cast):
    page = administration
    page.sign_in(cast.ploeg.account)
    path = f"/moves/{proposed.id}"
    for answer, said in (("", "Typ een antwoord"), ("Roos blijft", "‘Roos’ staat ook in de naam")):
        assert said in text_of(page.post(path, {"decision": "refuse", "answer": answer}, 422).main)
    page.post(path, {"decision": "refuse", "answer": "Blijft bij ons."})
    page.post(path, {"decision": "yes"}, form="/dashboard")
    assert "intussen al beslist" in text_of(page.follow().main)
    page.sign_in(cast.administrator)
    listed = text_of(page.get("/province/moves").main)
    assert "Geweigerd door De Ploeg" in listed
    assert "Blijft bij ons." in listed


def test_another_organisations_move_is_not_there(administration, proposed, cast):
    page = administration
    own = f"/moves/{proposed.id}"
    for account, path in ((cast.outsider.account, own), (cast.elsewhere.account, own),
                          (cast.other_administrator, f"/province/clients/{proposed.client_number}/move")):
        page.sign_in(account)
        page.get(path, 404)
    page.sign_in(cast.other_administrator)
    before = contents()
    page.post(f"/province/moves/{proposed.id}/cancel", status=404, form="/province")
    assert contents() == before


def test_without_the_key_of_the_names_the_page_says_that_nothing_moved(page, agreed, cast):
    page.sign_in(cast.outsider.account)
    form = page.form_of(f"/moves/{agreed.id}")
    names.use(None)
    before = contents()
    page.browser.post(f"/moves/{agreed.id}", data={**form, "decision": "yes"})
    assert contents() == before
    assert "Er is niets verhuisd." in text_of(page.get(f"/moves/{agreed.id}").main)


def test_a_page_of_the_sender_that_was_open_is_not_there_any_more(page, agreed, client, cast):
    page.sign_in(cast.ploeg.account)
    form = page.form_of(f"/clients/{client.number}/edit")
    agreed.accept(cast.outsider.account)
    page.post(f"/clients/{client.number}/edit", form, 404, token=False)
    assert Client.get_by_id(client.number).name == "Roos Peeters"


def test_an_old_number_that_the_receiver_has_too_is_said(page, agreed, client, cast):
    for number in (client.number, client_of(cast.outsider).number):
        Client.update(old_number="17", old_number_rank=0, old_number_key="17").where(Client.number == number).execute()
    page.sign_in(cast.outsider.account)
    page.post(f"/moves/{agreed.id}", {"decision": "yes"})
    landed = text_of(page.follow().main)
    assert "Je had al een cliënt met hetzelfde oude volgnummer" in landed
    assert f"{client.number} (17 – De Ploeg)" in landed


def test_a_deletion_waits_for_the_move(administration, agreed, client):
    administration.post(f"/province/clients/{client.number}/delete", {
        "reason": "double", "number": str(client.number)})
    assert "loopt een verhuizing naar een andere organisatie" in text_of(administration.follow().main)


def test_the_list_of_the_dashboard_does_not_look_for_moves(page, agreed, cast, monkeypatch):
    page.sign_in(cast.outsider.account)
    monkeypatch.setattr("models.arbeidszorg.moving.moves.waiting", lambda _: pytest.fail("counted"))
    page.partial("/dashboard")
