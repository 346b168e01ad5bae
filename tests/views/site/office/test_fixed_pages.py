"""'Vaste pagina's': an editor looks at a text in 'Voorbeeld', saves it, and visitors read it."""
import pytest

from models.site import fixed_pages
from models.site.roles import EDITOR
from tests.factories import account_with
from tests.page import text_of

PRIVACY = "/site/pages/privacy"


@pytest.fixture
def editor(page, cast):
    """An editor, signed in."""
    account = account_with(EDITOR, None, email="redactie@voorbeeld.be", password_hash=cast.administrator.password_hash)
    page.sign_in(account)
    return account


@pytest.mark.parametrize("path", ["/privacy", "/toegankelijkheid"])
def test_the_text_that_ships_is_readable_and_says_whom_to_ask(page, path):
    soup = page.get(path)
    assert len(soup.select("main h2")) >= 4
    assert soup.select("main a[href='/contact']")
    assert "nagekeken op" not in text_of(soup.select_one(".hero"))


def test_a_text_is_looked_at_first_and_then_saved(page, editor):
    soup = page.post(PRIVACY, {"text": "# Kort\n\nWij bewaren <b>niets</b>.", "preview": "1"}, 200)
    shown = str(soup.select_one("section .text"))
    assert "<h2>Kort</h2>" in shown
    assert "&lt;b&gt;niets" in shown
    assert fixed_pages.history("privacy") == []
    page.post(PRIVACY, {"text": "# Kort\n\nWij bewaren <b>niets</b>.", "checked_on": "01/06/2026"}, 303)
    soup = page.get("/privacy")
    assert shown == str(soup.select_one("main .text"))
    assert text_of(soup.select_one(".hero")).endswith("Laatst nagekeken op 01/06/2026.")


def test_the_second_of_two_editors_keeps_the_typed_text_and_sees_the_other_one(page, editor):
    values = page.form_of(PRIVACY)
    page.post(PRIVACY, {"text": "Van een collega.", "checked_on": "01/06/2026"}, 303)
    soup = page.post(PRIVACY, {**values, "text": "Van mij."}, 409)
    assert soup.select_one("textarea").get_text().strip() == "Van mij."
    assert "Van een collega." in text_of(soup.select_one("#newer").parent)
    page.post(PRIVACY, {"text": "Van mij, en van een collega.", "checked_on": "02/06/2026"}, 303)
    assert [one.text for one in fixed_pages.history("privacy")] == ["Van mij, en van een collega.", "Van een collega."]


def test_an_empty_text_and_a_day_that_has_yet_to_come_are_refused_at_their_field(page, editor):
    soup = page.post(PRIVACY, {"text": "", "checked_on": "31/12/2999"}, 422)
    assert soup.select("#text-error")
    soup = page.post(PRIVACY, {"text": "Kort.", "checked_on": "31/12/2999"}, 422)
    assert "moet nog komen" in soup.select_one("#checked_on-error").get_text()


def test_a_page_that_is_not_fixed_is_not_found(page, editor):
    page.get("/site/pages/dashboard", 404)
