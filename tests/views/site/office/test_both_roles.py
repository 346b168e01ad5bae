"""An administrator who is an editor too: each page opens by the role that it needs, without choosing one."""
import datetime

import pytest

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.sessions import Session
from models.arbeidszorg.roles import ADMINISTRATOR
from models.audit import AuditEntry
from models.site.news.news import News
from models.site.roles import EDITOR
from tests.conftest import PASSWORD
from tests.page import text_of
from tests.phones import factor_of
from tests.views.hall.second_step import send

OWN, SITE, NEW = "/province", "/site", "/site/news/new"


@pytest.fixture
def both(page, cast):
    """The administrator of Oost-Vlaanderen, who became an editor and signed in."""
    Grant.give(cast.administrator.id, EDITOR)
    page.sign_in(Account.get_by_id(cast.administrator.id))
    return cast.administrator


def links(soup):
    return {text_of(link): link["href"] for link in soup.header.select("a")}


def test_nobody_is_asked_for_a_role_and_each_menu_leads_to_the_other(page, both):
    page.get("/", 303)
    assert page.response.location == OWN
    own = links(page.get(OWN))
    assert own["Beheer van de site"] == SITE
    assert "Wissel van rol" not in own
    site = links(page.get(SITE))
    assert (site["Nieuws"], site["Beheer van arbeidszorg"]) == ("/site/news", OWN)
    assert "Cliënten" not in site
    page.get(OWN)


def test_an_act_of_an_editor_is_done_by_that_role_and_the_session_keeps_its_own(page, both):
    page.post(NEW, {"title": "Open dag", "text": "Kom kijken."}, 303)
    assert News.get().title == "Open dag"
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).get()
    assert (entry.event, entry.account_id, entry.province) == ("news-added", both.id, None)
    assert Session.get().grant_id == next(one.id for one in Grant.of(both.id) if one.code == ADMINISTRATOR.code)


def test_a_form_of_an_editor_that_was_sent_too_late_is_saved_after_signing_in(page, both):
    phone = factor_of(both).phone
    form = page.form_of(NEW) | {"title": "Open dag", "text": "Kom kijken."}
    Session.end_all(both)
    soup = page.post(NEW, form, 401, token=False)
    soup = send(page, soup, email=both.email, password=PASSWORD)
    soup = send(page, soup, code=phone.code())
    assert text_of(soup.h1) == "Wat je typte is er nog"
    send(page, soup, 303)
    assert News.get().title == "Open dag"


def test_a_role_that_ended_opens_nothing_more_at_the_next_request(page, both):
    page.get(SITE)
    next(one for one in Grant.of(both.id) if one.code == EDITOR.code).end()
    page.get(SITE, 403)
    assert "Beheer van de site" not in links(page.get(OWN))


def test_a_role_that_was_given_since_opens_its_pages_after_signing_in_again(page, cast, clock):
    page.sign_in(cast.administrator)
    clock(datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=1))
    Grant.give(cast.administrator.id, EDITOR)
    page.get(SITE, 403)
    page.sign_in(Account.get_by_id(cast.administrator.id))
    page.get(SITE)


def test_an_editor_alone_opens_no_page_of_an_administrator(page, cast):
    alone = Account.new(EDITOR, None, email="redactie@voorbeeld.be", password_hash=cast.administrator.password_hash)
    page.sign_in(alone)
    page.get(OWN, 403)
    page.get(SITE)
