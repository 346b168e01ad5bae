"""Checks on every form: typed values come back escaped, and a list refuses a value outside its options."""
import re
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup

from models.accounts.sessions import Session
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.register.clients import Client
from models.organisations import Organisation
from tests.factories import client_of, days, period_of, typed
from tests.page import values_of
from tests.walks import registry
from views.shell.messages import REQUIRED

PAYLOAD = "<script>alert(1)</script>\"'><img src=x>"
TEXTS = "input[type=text], input[type=search], input[type=email], input:not([type]), textarea"


@pytest.fixture
def addresses(app, rows):
    """The addresses of all pages; those that are added later are found by themselves."""
    with app.test_request_context():
        return [
            rule.build(rows)[1] for rule in app.url_map.iter_rules()
            if "GET" in rule.methods and rule.arguments <= set(rows)
        ]


def forms(page, address):
    """(action, values, form) of each POST form on a page."""
    answer = page.browser.get(address)
    if answer.mimetype != "text/html" or answer.status_code != 200:
        return
    for form in BeautifulSoup(answer.text, "html.parser").select("form[method=post]"):
        yield form.get("action") or address, values_of(form), form


def shown_in(answer):
    """The text of an answer that is a page; a file, such as the ZIP of a facility, shows nothing."""
    return answer.text if answer.mimetype == "text/html" else ""


def test_a_value_typed_in_any_field_comes_back_escaped(page, people, addresses):
    """ASVS 1.2.1."""
    tried = 0
    for account in (None, *registry.own(people)):
        for address in addresses:
            page.forget()
            if account:
                page.sign_in(account)
            for action, values, form in forms(page, address):
                fields = [field["name"] for field in form.select(TEXTS) if field.get("name")]
                for name in fields:
                    answer = page.browser.post(action, data={**values, name: PAYLOAD}, follow_redirects=True)
                    assert answer.status_code < 500, (action, name)
                    assert "<script>alert" not in shown_in(answer), (action, name)
                    assert "<img src=x" not in shown_in(answer), (action, name)
                    tried += 1
    assert tried > 20


def test_stored_values_are_escaped_on_every_page(page, cast, people, addresses):
    """ASVS 1.2.1: also values that another page shows, and values from an import."""
    ploeg = cast.ploeg
    client_of(ploeg, PAYLOAD)
    for tab in (True, False):
        client = client_of(ploeg, PAYLOAD)
        Client.update(old_number=f"{PAYLOAD}{client.number}", old_number_rank=1).where(
            Client.number == client.number).execute()
        period_of(client, ploeg, days(-9), None if tab else days(-2))
        DeletionRequest.ask(client, "other", "", ploeg.account)
        # No form would accept this remark, because it holds words of the name.
        DeletionRequest.update(remark=PAYLOAD).execute()
        addresses = [*addresses, *(re.sub(r"clients/\d+", f"clients/{client.number}", one) for one in addresses)]
    Organisation.update(name=PAYLOAD, address=PAYLOAD, telephone=PAYLOAD, website=PAYLOAD).where(
        Organisation.id == ploeg.organisation.id).execute()
    Session.start(ploeg.account, PAYLOAD)
    shown = 0
    for account in registry.own(people):
        page.sign_in(account)
        for address in {*addresses, "/dashboard?tab=inactive", f"/dashboard?q={quote(PAYLOAD)}"}:
            answer = page.browser.get(address)
            text = shown_in(answer)
            assert "<script>alert" not in text, address
            assert "<img src=x" not in text, address
            shown += "&lt;script&gt;alert" in text
    assert shown > 8


def test_control_characters_and_overlong_values_give_no_exception(page, people, addresses):
    """Hidden fields and overlong texts too: refused or ignored, never an exception."""
    for account in registry.own(people):
        for address in addresses:
            page.sign_in(account)
            for action, values, form in forms(page, address):
                for field in form.select("input[name], textarea[name]"):
                    _send_nonsense(page, action, values, field)


def _send_nonsense(page, action, values, field):
    name = field["name"]
    for nonsense in ("\x00\x1b\ud800".encode("utf-8", "surrogatepass"), b"x" * 5000, b"-1", b"\xff"):
        answer = page.browser.post(action, data={**values, name: nonsense})
        assert answer.status_code < 500, (action, name, nonsense[:9])
        assert "\x00" not in shown_in(answer) or field.get("type") in ("hidden", "checkbox"), (action, name)


def test_a_name_is_shown_exactly_as_it_was_typed(page, cast):
    page.sign_in(cast.ploeg.account)
    page.post("/clients/new", {**typed(), "name": PAYLOAD})
    page.follow()
    soup = page.get(page.response.request.path.removesuffix("/periods/new"))
    assert PAYLOAD in soup.get_text()


def test_a_choice_outside_its_list_is_refused_by_every_form(page, people, addresses):
    """ASVS 2.2.1 and 2.2.2."""
    tried = 0
    for account in registry.own(people):
        page.sign_in(account)
        for address in addresses:
            for action, values, form in forms(page, address):
                for select in form.select("select[name]"):
                    answer = page.browser.post(action, data={**values, select["name"]: "geen keuze"})
                    assert answer.status_code == 422, (action, select["name"])
                    wrong = BeautifulSoup(answer.text, "html.parser").select_one(f"#{select['id']}-error")
                    assert wrong is not None, (action, select["name"])
                    tried += 1
    assert tried > 20


def test_a_field_of_ecalcura_that_is_left_empty_says_what_to_type(page, people, addresses):
    """'Vul dit in.' in a summary of errors does not say what is absent."""
    empty = set()
    for account in registry.own(people):
        page.sign_in(account)
        for address in (address for address in addresses if address.startswith("/ecalcura")):
            for action, values, form in forms(page, address):
                texts = {field["name"]: "" for field in form.select(TEXTS) if field.get("name")}
                if texts and (answer := page.browser.post(action, data={**values, **texts})).status_code == 422:
                    empty.add(action)
                    assert REQUIRED not in answer.text, action
    assert len(empty) > 10
