"""'Documenten': the desk adds and withdraws them, a facility reads those for its kind, everybody the public ones."""
import io

import pytest

from models import patience
from models.audit import AuditEntry
from models.database import database
from models.documents import documents
from models.documents.documents import Document
from models.documents.versions import DocumentVersion
from tests.locks import held
from tests.models.documents import files
from tests.models.ecalcura.cast import facility, number_of

DESK, PUBLIC = "/ecalcura/desk/documents", "/ecalcura/documents"
TYPED = {"title": "Handleiding eCalcura", "category": "manual", "day": "03/06/2026", "reference": "TFO/2023/16",
         "sentence": "Hoe je begint."}
LINK = "https://video.voorbeeld.be/opname"


def own(home):
    return f"/ecalcura/{home.facility.hco}/documents"


def file(content, name="eender welke naam"):
    return io.BytesIO(content), name


def posted(page, desk, path=f"{DESK}/new", status=303, **fields):
    page.sign_in(desk.dossier)
    return page.post(path, fields, status, content_type="multipart/form-data")


def added(page, desk, content=files.PDF, **fields):
    posted(page, desk, **{**TYPED, "file": file(content), **fields})
    return Document.select().order_by(Document.id.desc()).first()


def read(page, path):
    """The address of the first file or link in a list."""
    return page.get(path).select_one("table.documents a")["href"]


def test_the_desk_adds_a_document_that_its_facilities_read(page, desk, home):
    one = added(page, desk, audience=["woonzorgcentrum"])
    assert "Het document is toegevoegd." in page.follow().get_text()
    assert page.get("/ecalcura/desk/oversight").select_one(f"a[href='{DESK}']")
    assert one.details.audience == ("woonzorgcentrum",)
    row = page.get(DESK).select_one("tbody tr").get_text(" ", strip=True)
    assert row == "Handleiding eCalcura Hoe je begint. TFO/2023/16 03/06/2026 PDF,\u00a01\u00a0kB Woonzorgcentrum"
    for account in (home.privacy, home.financial, home.ann):
        page.sign_in(account)
        soup = page.get(own(home))
        assert [h2.get_text() for h2 in soup.select("main h2")] == ["Handleidingen"]
        answer = page.browser.get(soup.select_one("table.documents a")["href"])
        assert (answer.status_code, answer.data) == (200, files.PDF)
    assert answer.headers["Content-Disposition"] == f'inline; filename="document-{one.id}-1.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", [name for name in files.GOOD if name != "pdf"])
def test_a_file_that_is_no_pdf_is_saved_under_a_name_of_loket(page, desk, name):
    one = added(page, desk, files.GOOD[name], file=file(files.GOOD[name], "../../etc/passwd"))
    answer = page.browser.get(f"{DESK}/{one.id}/{one.versions[0].digest}")
    assert answer.data == files.GOOD[name]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="document-{one.id}-1.{name}"'


@pytest.mark.parametrize("name", files.REFUSED)
def test_a_wrong_or_harmful_file_is_refused_at_its_field_and_nothing_is_stored(page, desk, name):
    soup = posted(page, desk, status=422, **TYPED, file=file(files.REFUSED[name][0], "handleiding.pdf"))
    assert soup.select_one("#file-error")
    assert soup.select_one("[name=title]")["value"] == TYPED["title"]
    assert not Document.select().exists()
    assert not DocumentVersion.select().exists()


def test_a_body_beyond_the_bound_is_refused_whole(page, desk):
    page.sign_in(desk.dossier)
    answer = page.browser.post(f"{DESK}/new", data={"file": file(b"%PDF-" + b"a" * 26 * files.MEGABYTE)},
                               content_type="multipart/form-data")
    assert answer.status_code == 413
    assert not Document.select().exists()


def test_each_mistake_is_named_at_its_field_and_a_file_has_to_be_chosen_again(page, desk):
    soup = posted(page, desk, status=422, title=number_of(), day="31/02/2026", link="", file=file(files.PDF))
    assert {name: soup.select_one(f"#{name}-error").get_text() for name in ("title", "category", "day", "file")} == {
        "title": "Fout: " + soup.select_one("#title-error").get_text().removeprefix("Fout: "),
        "category": "Fout: Kies de soort document.",
        "day": "Fout: De dag 31/02/2026 bestaat niet. Kijk dag en maand na.",
        "file": "Fout: Kies ook het bestand opnieuw."}
    assert "rijksregisternummer" in soup.select_one("#title-error").get_text()
    soup = posted(page, desk, status=422, **TYPED, link="http://voorbeeld.be")
    assert soup.select_one("#link-error").get_text() == "Fout: Typ een volledig adres dat met https:// begint."
    assert soup.select_one("[name=link]")["value"] == "http://voorbeeld.be"
    soup = posted(page, desk, status=422, **TYPED, link="https://voorbeeld.be", audience="raket")
    assert soup.select_one("#audience-error").get_text() == "Fout: Kies een antwoord uit de lijst."
    assert not Document.select().exists()


@pytest.mark.parametrize("action", ["new", "version"])
def test_while_loket_is_busy_the_file_has_to_be_chosen_again_and_the_rest_stays(page, desk, action, database_url):
    path = f"{DESK}/new" if action == "new" else f"{DESK}/{added(page, desk).id}/version"
    page.sign_in(desk.dossier)
    values = page.form_of(path)
    before = DocumentVersion.select().count()
    patience.for_requests(2, seconds=0.01)
    # PostgreSQL learns on a new connection how long to wait.
    database.close()
    with held(database_url):
        soup = page.post(path, {**values, **TYPED, "file": file(files.CSV)}, 503, token=False)
    assert "Kies het bestand zo dadelijk opnieuw." in soup.select_one("#file-error").get_text()
    assert int(page.response.headers["Retry-After"]) > 0
    assert DocumentVersion.select().count() == before
    if action == "new":
        assert soup.select_one("[name=title]")["value"] == TYPED["title"]
    with held(database_url):
        kept = page.post(path, {**values, **TYPED, "link": LINK}, 503, token=False)
    assert kept.h1.get_text() == "Even bezet"


def test_a_link_is_shown_as_it_is(page, desk, home):
    added(page, desk, link=LINK, file=file(b"", ""))
    page.sign_in(home.privacy)
    assert read(page, own(home)) == LINK
    assert "link" in page.get(own(home)).select_one("tbody tr").get_text()


def test_a_facility_of_another_kind_sees_nothing_of_it(page, desk, home):
    one = added(page, desk, audience=["ibw"])
    page.sign_in(home.privacy)
    assert "Er zijn nog geen documenten" in page.get(own(home)).get_text()
    page.get(f"{own(home)}/{one.id}/{one.versions[0].digest}", 404)
    page.get(f"/ecalcura/{facility(hco='990077').hco}/documents", 404)
    page.sign_in(home.jan)
    page.get(own(home), 403)


def test_a_public_document_is_read_without_signing_in_and_without_a_cookie(page, desk):
    hidden = added(page, desk, title="Niet openbaar")
    public = added(page, desk, public="y")
    page.forget()
    assert page.get("/login").select_one(f"a[href='{PUBLIC}']")
    page.forget()
    soup = page.get(PUBLIC)
    assert "Niet openbaar" not in soup.get_text()
    assert "Set-Cookie" not in page.response.headers
    answer = page.browser.get(soup.select_one("table.documents a")["href"])
    assert answer.data == files.PDF
    assert "Set-Cookie" not in answer.headers
    page.get(f"{PUBLIC}/{hidden.id}/{hidden.versions[0].digest}", 404)
    documents.withdraw_document(public, 1)
    page.get(f"{PUBLIC}/{public.id}/{public.versions[0].digest}", 404)
    assert "Er zijn nog geen openbare documenten." in page.get(PUBLIC).get_text()
    assert not page.get("/login").select_one(f"a[href='{PUBLIC}']")


def test_the_address_of_a_file_changes_with_its_content(page, desk, home):
    one = added(page, desk)
    page.sign_in(home.privacy)
    before = read(page, own(home))
    posted(page, desk, f"{DESK}/{one.id}/version", file=file(files.CSV))
    assert "De nieuwe versie is toegevoegd." in page.follow().get_text()
    assert [row.get_text(" ", strip=True)[0] for row in page.get(f"{DESK}/{one.id}").select("tbody tr")] == ["2", "1"]
    assert page.browser.get(f"{DESK}/{one.id}/{before.rpartition('/')[2]}").data == files.PDF
    page.sign_in(home.privacy)
    after = read(page, own(home))
    assert after != before
    assert page.browser.get(after).data == files.CSV
    page.get(before, 303)
    assert page.response.location == own(home)
    page.get(f"{own(home)}/{one.id}/{'0' * 16}", 404)


def test_a_file_that_the_browser_has_already_is_not_sent_again(page, desk):
    one = added(page, desk, public="y")
    page.forget()
    path = f"{PUBLIC}/{one.id}/{one.versions[0].digest}"
    first = page.browser.get(path)
    again = page.browser.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers.getlist("Cache-Control") == ["no-cache"]
    page.sign_in(desk.dossier)
    hidden = page.browser.get(f"{DESK}/{one.id}/{one.versions[0].digest}")
    assert hidden.headers.getlist("Cache-Control") == ["no-store"]


def test_an_older_form_shows_both_and_loses_nothing(page, desk):
    one = added(page, desk)
    values = page.form_of(f"{DESK}/{one.id}/edit")
    documents.change_document(one, one.details._replace(title="Van een collega"), 1)
    soup = page.post(f"{DESK}/{one.id}/edit", {**values, "reference": "TFO/2026/1"}, 409, token=False)
    assert "Van een collega" in soup.select_one("[name=title]")["value"]
    assert soup.select_one("[name=reference]")["value"] == "TFO/2026/1"
    version = page.form_of(f"{DESK}/{one.id}/version")
    page.post(f"{DESK}/{one.id}/version", {**version, "version": "1", "link": LINK}, 409, token=False)
    page.post(f"{DESK}/{one.id}/withdraw", {"version": "1"}, 409)
    assert Document.get().withdrawn_at is None


def test_a_second_click_adds_and_withdraws_once(page, desk):
    one = added(page, desk)
    values = page.form_of(f"{DESK}/{one.id}/withdraw")
    for _ in range(2):
        page.post(f"{DESK}/{one.id}/withdraw", values, token=False)
    assert "Ingetrokken op" in page.follow().get_text()
    assert "Ingetrokken (1)" in page.get(DESK).get_text()
    page.post(f"{DESK}/{one.id}/edit", {**TYPED, "title": "Anders"})
    assert "Dit document is intussen ingetrokken." in page.follow().get_text()
    page.post(f"{DESK}/{one.id}/version", {"link": LINK})
    events = [entry.event for entry in AuditEntry.select().where(AuditEntry.event.startswith("document-"))]
    assert events == ["document-added", "document-withdrawn"]


def test_the_log_of_the_desk_names_the_document_by_its_number(page, desk):
    one = added(page, desk)
    page.post(f"{DESK}/{one.id}/edit", {"title": "Anders", "public": "y"})
    text = page.get("/ecalcura/desk/log").get_text(" ", strip=True)
    assert f"Document {one.id} toegevoegd" in text
    assert f"Document {one.id} gewijzigd: Titel, Openbaar" in text


def test_the_calculator_and_a_facility_never_come_at_the_desks_pages(page, desk, home):
    for account in (desk.calculator, home.privacy):
        page.sign_in(account)
        page.get(DESK, 403)
        page.get(f"{DESK}/new", 403)
