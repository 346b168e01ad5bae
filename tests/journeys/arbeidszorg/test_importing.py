"""'Importeren' in a browser: with the keyboard alone, without JavaScript, and with a file that is too large."""
import re
import time

import pytest
from playwright.sync_api import expect

from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.transfer.uploads.uploads import ImportUpload
from tests.journeys.tools.hands import Keyboard, Mouse
from tests.journeys.tools.steps import heading
from tests.models.arbeidszorg.transfer.lists import OPEN, table
from views.arbeidszorg.organisation.files.imports import MEGABYTES

CANARY = "Kanarievogel"


def chosen(content, name="lijst.csv"):
    """A file that the browser sends."""
    return {"name": name, "mimeType": "text/csv", "buffer": content}


@pytest.mark.parametrize(("hands", "javascript"), [(Keyboard, True), (Mouse, False)],
                         ids=["with the keyboard", "without JavaScript"])
def test_a_list_is_checked_and_imported(site, new_window, ploeg, hands, javascript):
    window = new_window(ploeg.account, java_script_enabled=javascript)
    page, hand = window.page, hands(window.page)
    window.go("/dashboard")
    hand.press(page.get_by_role("link", name="Importeren"))
    heading(page, "Importeren")
    page.get_by_label("Bestand").set_input_files(chosen(table({"name": f"{CANARY} A", **OPEN}, {"gender": "Veel"})))
    hand.press(page.get_by_role("button", name="Controleren"))
    heading(page, "Controleren")
    expect(page.get_by_text("Er is nog niets opgeslagen")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Geslacht"))).to_be_visible()
    assert not Client.of(ploeg.organisation).exists()
    hand.press(page.get_by_role("button", name="Importeer", exact=True))
    # The page of an import that runs asks again by itself.
    expect(page.get_by_text("De import is klaar.")).to_be_visible(timeout=20_000)
    assert [client.name for client in Client.of(ploeg.organisation)] == [f"{CANARY} A"]
    window.go("/dashboard")
    expect(page.locator("tbody tr")).to_have_count(1)
    assert not any(CANARY in address for address in window.addresses)


def test_a_large_list_leaves_no_name_on_the_disk_and_is_imported_after_the_window_is_closed(
        site, new_window, ploeg):
    window = new_window(ploeg.account)
    content = table(*[{"name": f"{CANARY} {number}"} for number in range(5000)])
    assert len(content) > 500_000
    window.go("/imports")
    window.page.get_by_label("Bestand").set_input_files(chosen(content))
    window.page.get_by_role("button", name="Controleren").click()
    window.page.get_by_role("button", name="Importeer", exact=True).click(timeout=60_000)
    heading(window.page, re.compile("Bezig met importeren|Import van"))
    other = new_window(ploeg.account)
    window.page.close()
    until = time.monotonic() + 60
    while ImportUpload.get(ImportUpload.organisation == ploeg.organisation).state == "running":
        assert time.monotonic() < until
        time.sleep(0.2)
    other.go("/imports")
    expect(other.page.get_by_role("row", name=re.compile("5.000 nieuwe cliënten"))).to_be_visible()
    found = [path.name for path in site.folder.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    assert found == []


def test_the_page_says_that_a_file_is_too_large(window):
    window.expected.add(413)
    window.go("/imports")
    window.page.get_by_label("Bestand").set_input_files(chosen(bytes((MEGABYTES + 4) * 2**20)))
    window.page.get_by_role("button", name="Controleren").click()
    expect(window.page.get_by_text("mag hoogstens 5 MB zijn")).to_be_visible()
