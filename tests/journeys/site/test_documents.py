"""An editor adds a document and replaces it; a visitor opens the one, then the other, under the same title."""
from pathlib import Path

import pytest
from playwright.sync_api import expect

from models.site.roles import EDITOR
from tests.factories import account_with
from tests.journeys.tools.hands import Keyboard, Mouse
from tests.journeys.tools.steps import heading, notice
from tests.models.documents import files

FIRST, SECOND = files.GOOD["docx"], files.GOOD["ods"]


def choose(page, content, name):
    """Choose a file, whose name says nothing."""
    page.get_by_label("Bestand").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content})


def add(window, hands, title):
    """Add a template."""
    page = window.page
    window.go("/site")
    hands.press(page.get_by_role("navigation").get_by_role("link", name="Documenten"))
    hands.press(page.get_by_role("link", name="+ Document toevoegen"))
    hands.fill(page.get_by_label("Titel"), title)
    hands.choose(page.get_by_label("Soort document"), "template")
    hands.fill(page.get_by_label("Omschrijving"), "Om samen in te vullen.")
    choose(page, FIRST, "x.bin")
    hands.press(page.get_by_role("button", name="Opslaan"))
    expect(notice(page)).to_contain_text("Het document is toegevoegd.")


def replace(page, hands):
    """Add a version to the document of this page; a program is refused first."""
    hands.press(page.get_by_role("link", name="+ Nieuwe versie"))
    heading(page, "Nieuwe versie")
    choose(page, b"MZ a program", "sjabloon.docx")
    hands.press(page.get_by_role("button", name="Vervangen"))
    expect(page.locator("#file-error")).to_contain_text("Dit is geen PDF")
    choose(page, SECOND, "sjabloon.docx")
    hands.press(page.get_by_role("button", name="Vervangen"))
    expect(notice(page)).to_contain_text("De nieuwe versie is toegevoegd.")


def saved(hands, page, link):
    """Press the link to a file; the content of what the browser saves, its name and its address."""
    address = link.get_attribute("href")
    with page.expect_download() as download:
        hands.press(link)
    return Path(download.value.path()).read_bytes(), download.value.suggested_filename, address


@pytest.mark.parametrize(("hands", "javascript", "width"), [(Mouse, True, 1280), (Keyboard, False, 375)],
                         ids=["mouse", "keyboard, without JavaScript, narrow"])
def test_a_document_is_replaced_under_the_same_title(new_window, password_hash, hands, javascript, width):
    title = f"Sjabloon afspraken {width}"
    editor = account_with(EDITOR, None, email=f"documenten{width}@voorbeeld.be", password_hash=password_hash)
    window = new_window(editor, java_script_enabled=javascript, viewport={"width": width, "height": 800})
    visitor = new_window(java_script_enabled=javascript, viewport={"width": width, "height": 800})
    page, hand, visitors = window.page, hands(window.page), hands(visitor.page)
    link = visitor.page.get_by_role("link", name=title)

    add(window, hand, title)
    visitor.go("/documenten")
    heading(visitor.page, "Documenten en tools")
    expect(visitor.page.get_by_role("listitem").filter(has=link)).to_contain_text("Om samen in te vullen.")
    content, name, before = saved(visitors, visitor.page, link)
    assert (content, name) == (FIRST, f"sjabloon-afspraken-{width}.docx")

    replace(page, hand)
    visitor.page.reload()
    expect(link).to_have_count(1)
    content, name, after = saved(visitors, visitor.page, link)
    assert (content, name) == (SECOND, f"sjabloon-afspraken-{width}.ods")
    assert after != before
    # Somebody kept the first address.
    assert visitor.context.request.get(before).body() == SECOND
    # The former version stays for the editor, below the new one.
    versions = page.get_by_role("table", name="Versies").get_by_role("link")
    assert [saved(hand, page, versions.nth(place))[0] for place in (0, 1)] == [SECOND, FIRST]
