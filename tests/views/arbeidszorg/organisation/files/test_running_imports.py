"""An import that was started: it goes on without its browser, is done once, and can be taken back."""
import datetime
import time

import pytest

from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.transfer.uploads.uploads import KEPT, RUNNING, SILENT, ImportUpload
from models.database import now
from tests.models.arbeidszorg.transfer.lists import table
from tests.page import text_of
from tests.views.arbeidszorg.organisation.files.uploading import checked, inline, press, stored
from views.arbeidszorg.organisation.files.running import BEAT

__all__ = ["inline"]
TIMEOUT = 20


def test_a_second_click_imports_nothing_more(signed_in, inline):
    soup = checked(signed_in, table({}))
    press(signed_in, soup, "Importeer")
    press(signed_in, soup, "Importeer")
    assert "De import is klaar." in text_of(signed_in.follow().main)
    assert Client.select().count() == 1


def test_the_import_goes_on_when_the_browser_is_closed(signed_in, ploeg):
    press(signed_in, checked(signed_in, table({"name": "Roos"})), "Importeer")
    signed_in.forget()
    until = time.monotonic() + TIMEOUT
    while ImportUpload.get().state == RUNNING and time.monotonic() < until:
        time.sleep(0.05)
    assert [client.name for client in Client.of(ploeg.organisation)] == ["Roos"]


def test_the_dashboard_tells_the_browser_that_started_an_import_of_its_end_once(signed_in, inline):
    action = press(signed_in, checked(signed_in, table({})), "Importeer")
    notice = signed_in.get("/dashboard").select_one("main .notice.info")
    assert "is klaar: 1 nieuwe cliënt, 1 nieuwe periode." in text_of(notice)
    signed_in.get(notice.a["href"])
    assert notice.a["href"] == action.removesuffix("/start")
    assert signed_in.get("/dashboard").select_one("main .notice.info") is None


@pytest.fixture
def running(signed_in):
    """An import that was started, and of which nothing happens."""
    upload = ImportUpload.get_by_id(stored(signed_in, table({})))
    upload.start()
    return upload


def test_while_it_runs_the_page_tells_how_far_it_is_and_asks_again_by_itself(signed_in, running):
    running.beat(2, 0)
    soup = signed_in.get(f"/imports/{running.id}")
    assert "je bent de tweede in de rij" in text_of(soup.main)
    assert signed_in.response.headers["Refresh"] == "3"
    running.beat(0, 40)
    assert signed_in.get(f"/imports/{running.id}").progress["value"] == "40"
    assert "bezig" in text_of(signed_in.get("/imports").table)


def test_an_import_of_which_the_server_stopped_reads_as_broken_off(signed_in, running):
    ImportUpload.update(alive_at=now() - SILENT - datetime.timedelta(seconds=1)).execute()
    soup = signed_in.get(f"/imports/{running.id}")
    assert "afgebroken: er is niets gewijzigd" in text_of(soup.main)
    assert "Refresh" not in signed_in.response.headers
    assert datetime.timedelta(seconds=10 * BEAT) < SILENT


def test_a_second_import_of_the_organisation_waits_for_the_first(signed_in, running):
    press(signed_in, checked(signed_in, table({})), "Importeer")
    assert "Er loopt al een import van je organisatie." in text_of(signed_in.follow().main)


def test_an_expired_file_has_to_be_chosen_again(signed_in):
    soup = checked(signed_in, table({}))
    ImportUpload.update(uploaded_at=now() - KEPT - datetime.timedelta(seconds=1)).execute()
    press(signed_in, soup, "Importeer")
    signed_in.follow(status=303)
    assert "Kies het opnieuw" in text_of(signed_in.follow().main)
    assert not Client.select().exists()


@pytest.fixture
def imported(signed_in, inline):
    """The address at which an import of one client is taken back."""
    press(signed_in, checked(signed_in, table({"name": "Roos"})), "Importeer")
    [link] = [one for one in signed_in.get("/imports").select("td a") if one.get_text() == "Terugdraaien"]
    return link["href"]


def test_an_import_can_be_taken_back(signed_in, imported):
    signed_in.get(imported)
    signed_in.post(imported)
    assert "is teruggedraaid." in text_of(signed_in.follow().main)
    assert not Client.select().exists()
    table_of_imports = signed_in.get("/imports").table
    assert "teruggedraaid" in text_of(table_of_imports)
    assert "Terugdraaien" not in text_of(table_of_imports)
    assert signed_in.get(imported, 303) is None
    soup = signed_in.get(imported.removesuffix("/undo"))
    assert "Deze import is teruggedraaid." in text_of(soup.main)


def test_an_import_of_which_something_changed_is_not_taken_back_and_the_page_says_what(signed_in, ploeg, imported):
    client = Client.get()
    client.change({"income": "pension"}, None, client.version, by=ploeg.account)
    soup = signed_in.post(imported, status=422)
    said = text_of(soup.select_one(".error:not([hidden])"))
    assert f"gewijzigd bij 1 van zijn cliënten (de eerste: {client.number})" in said
    assert Client.select().exists()


def test_an_import_can_be_taken_back_for_thirty_days(signed_in, imported):
    ImportUpload.update(ended_at=now() - datetime.timedelta(days=31)).execute()
    assert "Terugdraaien" not in signed_in.get("/imports").text
    assert signed_in.get(imported, 303) is None
