"""'Wie houdt de site bij': editors give their role to administrators, and end it."""
import pytest

from models.accounts.accounts import Account
from models.site.roles import EDITOR
from tests.factories import account_with
from tests.hall import events
from tests.page import row_headers, text_of

EDITORS = "/site/editors"


@pytest.fixture
def editor(page, cast):
    """An editor, signed in."""
    account = account_with(EDITOR, None, email="redactie@voorbeeld.be", password_hash=cast.administrator.password_hash)
    page.sign_in(account)
    return account


def roles_of(account):
    return [grant.code for grant in Account.get_by_id(account.id).grants]


def test_an_administrator_becomes_an_editor_as_well_and_then_no_more(page, cast, editor):
    for _ in range(2):
        page.post(EDITORS, {"email": "Beheer.Oost-Vlaanderen@voorbeeld.be"})
    assert roles_of(cast.administrator) == ["arbeidszorg:administrator", "site:editor"]
    assert row_headers(page.follow()) == ["beheer.oost-vlaanderen@voorbeeld.be", "redactie@voorbeeld.be"]
    for _ in range(2):
        page.post(f"{EDITORS}/{cast.administrator.id}/end", form=EDITORS)
    assert roles_of(cast.administrator) == ["arbeidszorg:administrator"]
    assert row_headers(page.follow()) == ["redactie@voorbeeld.be"]
    assert events() == ["signed-in", "grant-given", "grant-ended"]


@pytest.mark.parametrize("email", ["niemand@voorbeeld.be", "ploeg@voorbeeld.be", "redactie@voorbeeld.be"])
def test_the_address_of_anybody_else_is_refused_alike(page, cast, editor, email):
    soup = page.post(EDITORS, {"email": email}, 422)
    assert "Geen enkele beheerder" in soup.select_one("#email-error").get_text()
    assert roles_of(cast.ploeg.account) == ["arbeidszorg:organisation"]


def test_nobody_ends_the_own_role_so_that_there_is_always_an_editor(page, editor):
    page.post(f"{EDITORS}/{editor.id}/end", form=EDITORS)
    assert "Je eigen rol kan je niet beëindigen" in text_of(page.follow().select_one(".notice.error"))
    assert roles_of(editor) == ["site:editor"]


def test_a_login_that_was_never_an_editor_is_not_found(page, cast, editor):
    page.post(f"{EDITORS}/{cast.ploeg.account.id}/end", form=EDITORS, status=404)
