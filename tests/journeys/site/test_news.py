"""An editor plans, publishes and withdraws a news item, and a visitor reads it."""
import re

import pytest
from playwright.sync_api import expect

from models.database import today
from models.days import local
from models.site.news.news import News
from models.site.roles import EDITOR
from tests.factories import account_with
from tests.journeys.tools.hands import Keyboard, Mouse
from tests.journeys.tools.steps import heading, notice
from tests.models.site.news.made import moment
from tests.models.site.pictures import files
from tests.models.site.pictures.made import WORDS

LATER = moment(2099, 3, 2, 8)


def write(window, hands, title):
    """Add a concept with a picture."""
    page = window.page
    window.go("/site/news")
    hands.press(page.get_by_role("link", name="+ Bericht toevoegen"))
    heading(page, "Bericht toevoegen")
    hands.fill(page.get_by_label("Titel"), title)
    hands.fill(page.get_by_label("Tekst"), "Kom **kijken**.")
    page.get_by_label("Bestand").set_input_files(
        {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": files.JPEG})
    hands.fill(page.get_by_label("Wat is er op de foto te zien?"), WORDS)
    page.get_by_label("Wie herkenbaar op de foto staat, gaf toestemming.").check()
    hands.press(page.get_by_role("button", name="Opslaan"))
    heading(page, title)


@pytest.mark.parametrize(("hands", "javascript", "width"), [(Mouse, True, 1280), (Keyboard, False, 375)],
                         ids=["mouse", "keyboard, without JavaScript, narrow"])
def test_a_news_item_is_planned_published_and_withdrawn(new_window, password_hash, hands, javascript, width):
    title = f"Open dag in de moestuin {width}"
    editor = account_with(EDITOR, None, email=f"redactie{width}@voorbeeld.be", password_hash=password_hash)
    window = new_window(editor, java_script_enabled=javascript, viewport={"width": width, "height": 800})
    visitor = new_window(java_script_enabled=javascript, viewport={"width": width, "height": 800})
    page, hands = window.page, hands(window.page)

    write(window, hands, title)
    hands.press(page.get_by_role("link", name="Publiceren"))
    page.get_by_label("Op een later moment").check()
    hands.fill(page.get_by_label("Dag"), f"{local(LATER):%d/%m/%Y}")
    hands.fill(page.get_by_label("Uur"), "9:00")
    hands.press(page.get_by_role("button", name="Publiceren"))
    expect(notice(page)).to_contain_text("verschijnt vanzelf op 02/03/2099 09:00")
    visitor.go("/nieuws")
    expect(visitor.page.get_by_role("link", name=title)).to_have_count(0)

    # Its moment passes, and nobody does anything.
    News.update(published_at=News.select(News.created_at).where(News.title == title), year=2026).where(
        News.title == title).execute()
    visitor.go("/nieuws")
    visitor.page.get_by_role("link", name=title).click()
    heading(visitor.page, title)
    expect(visitor.page.get_by_role("img", name=WORDS)).to_be_visible()
    address = visitor.path
    assert re.fullmatch(rf"/nieuws/{today().year}/open-dag-in-de-moestuin-{width}", address)

    page.reload()
    hands.press(page.get_by_role("link", name="Intrekken"))
    hands.press(page.get_by_role("button", name="Intrekken"))
    expect(notice(page)).to_contain_text("ingetrokken")
    visitor.expected.add(410)
    visitor.go(address)
    heading(visitor.page, "Dit bericht is ingetrokken")
