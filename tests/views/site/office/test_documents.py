"""'Documenten' for an editor."""
import io

import pytest

from models import patience
from models.audit import AuditEntry
from models.database import database, today
from models.documents import documents
from models.documents.documents import Document
from models.documents.versions import DocumentVersion, body_of
from models.site.roles import EDITOR
from tests.factories import account_with
from tests.locks import held
from tests.models.documents import files
from tests.models.documents import made as of_another_wing
from tests.models.documents.made import LINK, OTHER_LINK
from tests.models.documents.made import a_document_of_site as a_document
from tests.page import text_of
from views.shell import filters

OFFICE, LIST = "/site/documents", "/documenten"
TYPED = {"title": "Sjabloon begeleidingsplan", "category": "template", "day": "03/06/2026",
         "sentence": "Twee bladzijden, om samen in te vullen."}


@pytest.fixture(autouse=True)
def editor(page, cast):
    """An editor, who is signed in."""
    editor = account_with(EDITOR, None, email="redactie@voorbeeld.be", password_hash=cast.administrator.password_hash)
    page.sign_in(editor)
    return editor


def file(content, name="eender welke naam"):
    """The field of a file as a browser sends it."""
    return {"file": (io.BytesIO(content), name)}


def post(page, path, fields, status=303):
    """Send a form with a file."""
    return page.post(path, fields, status, content_type="multipart/form-data")


def log():
    """The events about documents in the log, and the account of each."""
    return [(entry.event, entry.subject, entry.account_id) for entry in AuditEntry.select().where(
        AuditEntry.event.startswith("document-")).order_by(AuditEntry.id)]


def test_an_editor_adds_a_document_that_visitors_read_at_once(page, editor):
    assert page.get("/site").select_one(f"header a[href='{OFFICE}']").get_text() == "Documenten"
    post(page, f"{OFFICE}/new", TYPED | file(files.office("docx")))
    assert "Het document is toegevoegd." in page.follow().get_text()
    one = Document.get()
    assert (one.wing, one.public) == ("site", True)
    assert log() == [("document-added", str(one.id), editor.id)]
    assert text_of(page.get(OFFICE).tbody) == "Sjabloon begeleidingsplan 03/06/2026 1 DOCX, 1 kB"
    page.forget()
    shown = page.get(LIST).select_one(".documents li")
    assert text_of(shown).startswith("Sjabloon begeleidingsplan Twee bladzijden, om samen in te vullen.")
    assert page.browser.get(shown.a["href"]).data == files.office("docx")


def test_the_date_of_a_new_document_is_today_until_another_is_typed(page):
    assert page.form_of(f"{OFFICE}/new")["day"] == filters.day(today())


def test_a_link_to_https_is_a_document_as_well(page):
    post(page, f"{OFFICE}/new", TYPED | {"link": LINK})
    assert page.get(LIST).select_one(".documents a")["href"] == LINK
    for link in ("http://voorbeeld.be/a", "javascript:alert(1)", "voorbeeld.be", "https://a@voorbeeld.be/", "x" * 600):
        soup = post(page, f"{OFFICE}/new", TYPED | {"link": link}, 422)
        assert soup.select_one("#link-error").get_text() == "Fout: Typ een volledig adres dat met https:// begint."
    assert Document.select().count() == 1


@pytest.mark.parametrize("name", files.REFUSED)
def test_a_wrong_or_harmful_file_is_refused_at_its_field_and_leaves_nothing(page, name, tmp_path):
    before = sorted(tmp_path.rglob("*.*"))
    soup = post(page, f"{OFFICE}/new", TYPED | file(files.REFUSED[name][0], "../../sjabloon.pdf"), 422)
    assert len(text_of(soup.select_one("#file-error"))) > 30
    assert soup.select_one("#title")["value"] == TYPED["title"]
    assert soup.select_one("#category option[selected]")["value"] == "template"
    assert (Document.select().count(), DocumentVersion.select().count()) == (0, 0)
    assert sorted(tmp_path.rglob("*.*")) == before


def test_a_body_beyond_the_bound_is_refused_whole(page):
    answer = page.browser.post(f"{OFFICE}/new", data=file(b"%PDF-" + b"a" * 26 * files.MEGABYTE),
                               content_type="multipart/form-data")
    assert answer.status_code == 413
    assert not Document.select().exists()


def test_each_mistake_is_named_at_its_field_and_a_file_has_to_be_chosen_again(page):
    soup = post(page, f"{OFFICE}/new", {"day": "31/02/2026"} | file(files.PDF), 422)
    assert {one["id"].removesuffix("-error"): text_of(one) for one in soup.select("p.wrong")} == {
        "title": "Fout: Typ de titel van het document.",
        "category": "Fout: Kies de soort document.",
        "day": "Fout: De dag 31/02/2026 bestaat niet. Kijk dag en maand na.",
        "file": "Fout: Kies ook het bestand opnieuw."}
    soup = post(page, f"{OFFICE}/new", TYPED, 422)
    assert "een bestand of vul een link in" in soup.select_one("#file-error").get_text()
    soup = post(page, f"{OFFICE}/new", TYPED | {"category": "raket", "link": LINK}, 422)
    assert soup.select_one("#category-error").get_text() == "Fout: Kies een antwoord uit de lijst."
    assert not Document.select().exists()


def test_while_loket_is_busy_the_file_has_to_be_chosen_again_and_the_rest_stays(page, database_url):
    values = page.form_of(f"{OFFICE}/new")
    patience.for_requests(2, seconds=0.01)
    # PostgreSQL learns on a new connection how long to wait.
    database.close()
    with held(database_url):
        soup = page.post(f"{OFFICE}/new", {**values, **TYPED, **file(files.CSV)}, 503, token=False)
    assert "Kies het bestand zo dadelijk opnieuw." in soup.select_one("#file-error").get_text()
    assert soup.select_one("#title")["value"] == TYPED["title"]


def test_a_new_version_replaces_the_former_one_which_stays_for_editors(page, editor):
    one = a_document()
    first = page.get(LIST).select_one(".documents a")["href"]
    post(page, f"{OFFICE}/{one.id}/version", file(files.CSV))
    assert "De nieuwe versie is toegevoegd." in page.follow().get_text()
    history = page.get(f"{OFFICE}/{one.id}").select("tbody tr")
    assert [text_of(row.th) for row in history] == ["2", "1"]
    assert page.browser.get(history[1].a["href"]).data == files.PDF
    assert page.get(LIST).select_one(".documents a")["href"] != first
    assert log()[1] == ("document-version-added", str(one.id), editor.id)


def test_a_file_may_become_a_link_and_the_same_content_is_refused(page):
    one = a_document()
    post(page, f"{OFFICE}/{one.id}/version", {"link": OTHER_LINK})
    assert page.get(LIST).select_one(".documents a")["href"] == OTHER_LINK
    soup = post(page, f"{OFFICE}/{one.id}/version", {"link": OTHER_LINK}, 422)
    assert "dezelfde inhoud" in soup.select_one("#link-error").get_text()


def test_an_editor_changes_the_details(page, editor):
    one = a_document()
    page.post(f"{OFFICE}/{one.id}/edit", {"title": "Loket in een uur", "category": "law"}, 303)
    section = page.get(LIST).main.section
    assert (text_of(section.h2), text_of(section.h3)) == ("Wetgeving", "Loket in een uur")
    assert log() == [("document-added", str(one.id), None), ("document-changed", str(one.id), editor.id)]
    assert AuditEntry.select().where(AuditEntry.event == "document-changed").get().details == {
        "fields": ["title", "category"]}


def test_a_form_that_a_colleague_overtook_shows_both_and_loses_nothing(page):
    one = a_document()
    values = page.form_of(f"{OFFICE}/{one.id}/edit")
    documents.change_document(one, one.details._replace(title="Van een collega"), 1)
    soup = page.post(f"{OFFICE}/{one.id}/edit", {**values, "sentence": "Van mij."}, 409, token=False)
    assert soup.select_one("#title")["value"] == "Van een collega"
    assert soup.select_one("#sentence")["value"] == "Van mij."
    page.post(f"{OFFICE}/{one.id}/version", {"version": "1", "link": LINK}, 409)
    page.post(f"{OFFICE}/{one.id}/withdraw", {"version": "1"}, 409)
    assert (Document.get().title, Document.get().withdrawn_at) == ("Van een collega", None)
    assert DocumentVersion.select().count() == 1


def test_a_document_is_withdrawn_once_and_stays_for_editors(page):
    one = a_document()
    values = page.form_of(f"{OFFICE}/{one.id}/withdraw")
    for _ in range(2):
        page.post(f"{OFFICE}/{one.id}/withdraw", values, token=False)
    assert "Ingetrokken op" in page.follow().get_text()
    assert "Ingetrokken (1)" in page.get(OFFICE).get_text()
    assert page.browser.get(f"{OFFICE}/{one.id}/{one.versions[0].digest}").data == files.PDF
    post(page, f"{OFFICE}/{one.id}/version", {"link": LINK})
    assert "Dit document is intussen ingetrokken." in page.follow().get_text()
    assert [event for event, _, _ in log()] == ["document-added", "document-withdrawn"]


def test_documents_of_another_wing_are_not_the_editors(page):
    one = of_another_wing.a_document(public=True)
    for path in ("", "/edit", "/version", "/withdraw", f"/{one.versions[0].digest}"):
        page.get(f"{OFFICE}/{one.id}{path}", 404)
    documents.add_version(one, body_of(None, LINK), 1)
    assert "nog geen documenten" in page.get(OFFICE).get_text()
