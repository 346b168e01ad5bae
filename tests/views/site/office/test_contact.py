"""'Publiek contact', and the page where visitors read it."""
import pytest

from models.accounts.accounts import Account
from models.site import contacts
from models.site.contacts import Ticks
from models.site.roles import EDITOR
from tests.factories import account_with
from tests.page import text_of


@pytest.fixture
def lies(cast):
    """The administrator of De Ploeg's province, whose contact details are filled in."""
    cast.administrator.save_values(
        contact_name="Lies Verhaegen", contact_telephone="+32 (0)9 000 00 10", contact_email="lies@voorbeeld.be")
    return cast.administrator


def section(page, heading):
    """The text of the section with this heading on /contact."""
    soup = page.get("/contact")
    return text_of(next(one for one in soup.select("main section") if one.h2.get_text() == heading))


def test_visitors_read_what_an_administrator_ticked(page, lies):
    assert "Hier staat nog niemand" in section(page, "Oost-Vlaanderen")
    page.sign_in(lies)
    assert [text_of(box) for box in page.get("/site/contact").select("label.box")] == [
        "Naam", "Telefoon", "E-mailadres"]
    page.post("/site/contact", {"shows_telephone": "y"}, 303)
    page.forget()
    assert section(page, "Oost-Vlaanderen") == "Oost-Vlaanderen Beheerder van de provincie +32 (0)9 000 00 10"
    assert page.get("/contact").select_one("main a[href^='tel:']")["href"] == "tel:+3290000010"
    assert "Hier staat nog niemand" in section(page, "Limburg")


def test_a_name_alone_is_refused_at_its_box(page, lies):
    page.sign_in(lies)
    soup = page.post("/site/contact", {"shows_name": "y"}, 422)
    assert "niemand je bereiken" in soup.select_one("#shows_name-error").get_text()
    assert contacts.ticks_of(lies.id) == Ticks()


def test_an_administrator_without_contact_details_is_led_to_them(page, cast):
    page.sign_in(cast.administrator)
    soup = page.get("/site/contact")
    assert not soup.select("main form")
    assert soup.select("main a[href='/province/contact']")
    assert page.get("/province/contact").select("main a[href='/site/contact']")


def test_an_editor_types_the_details_for_flanders(page, cast):
    editor = account_with(EDITOR, None, email="redactie@voorbeeld.be", password_hash=cast.administrator.password_hash)
    page.sign_in(editor)
    soup = page.post("/site/contact", {"name": "Redactie Arbeidszorg", "email": "redactie@voorbeeld.be",
                                       "shows_name": "y", "shows_email": "y"}, 422)
    assert "meldt iemand zich aan" in soup.select_one("#shows_email-error").get_text()
    assert Account.get_by_id(editor.id).contact_name == ""
    page.post("/site/contact", {"name": "Redactie Arbeidszorg", "telephone": "02 000 00 10",
                                "shows_name": "y", "shows_telephone": "y"}, 303)
    assert "Redactie Arbeidszorg 02 000 00 10" in section(page, "Vlaanderen")


def test_somebody_without_a_login_reads_how_to_get_one(page):
    link = page.get("/login").select_one("main a[href='/contact']")
    assert "Contact" in link.get_text()
    assert "stuurt je een uitnodiging" in section(page, "Nog geen login?")
