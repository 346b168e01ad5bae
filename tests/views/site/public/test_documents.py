"""'Documenten en tools' as visitors read it."""
import datetime

import pytest

from models.documents import documents
from models.documents.versions import body_of
from tests.models.documents import files
from tests.models.documents import made as of_another_wing
from tests.models.documents.made import DAY, LINK, OTHER_LINK
from tests.models.documents.made import a_document_of_site as a_document
from tests.models.site.news.made import moment
from tests.page import text_of

LIST = "/documenten"


def listed(page):
    """The titles below each heading."""
    return {text_of(section.h2): [text_of(title) for title in section.select("h3")]
            for section in page.get(LIST).main.select("section")}


def address(page, title="Handleiding Loket"):
    """The address of the document with this title."""
    return next(link for link in page.get(LIST).select(".documents h3 a") if text_of(link) == title)["href"]


def test_documents_are_listed_by_category_the_newest_first(page, register):
    a_document(title="Wie telt mee?", category="law")
    a_document(title="Oud", day=DAY - datetime.timedelta(days=1))
    a_document(title="Nieuw")
    assert listed(page) == {"Handleidingen": ["Nieuw", "Oud"], "Wetgeving": ["Wie telt mee?"]}
    assert page.get(LIST).select_one("header nav a[aria-current]").get_text() == "Documenten"


def test_a_document_shows_its_sentence_date_format_and_size(page, register):
    a_document(sentence="Stap voor stap.")
    a_document(title="Opname", link=LINK, sentence="", day=DAY - datetime.timedelta(days=1))
    assert [text_of(item) for item in page.get(LIST).select(".documents li")] == [
        "Handleiding Loket Stap voor stap. 03/06/2026 · PDF, 1 kB", "Opname 02/06/2026 · op video.voorbeeld.be"]
    assert page.get(LIST).select_one("time")["datetime"] == "2026-06-03"
    assert address(page, "Opname") == LINK


def test_a_document_that_was_replaced_says_when(page, register, clock):
    clock(moment(2026, 9, 30, 22, 30))
    one, other = a_document(), a_document(title="Van oktober", day=datetime.date(2026, 10, 1))
    for document in (one, other):
        documents.add_version(document, body_of(files.CSV, ""), 1)
    assert [text_of(day) for day in page.get(LIST).select(".documents .when")] == [
        "01/10/2026 · CSV, 1 kB", "03/06/2026 · bijgewerkt op 01/10/2026 · CSV, 1 kB"]


def test_without_documents_the_page_says_so(page, register):
    of_another_wing.a_document(public=True)
    assert listed(page) == {}
    assert "nog geen documenten" in page.get(LIST).main.get_text()


@pytest.mark.parametrize("name", files.GOOD)
def test_a_file_comes_under_the_words_of_its_title_and_only_a_pdf_opens_in_the_browser(page, register, name):
    a_document(title="Sjabloon: ‘Begeleidingsplan’ 2026", content=files.GOOD[name])
    answer = page.browser.get(address(page, "Sjabloon: ‘Begeleidingsplan’ 2026"))
    assert (answer.status_code, answer.data) == (200, files.GOOD[name])
    assert answer.headers["Content-Disposition"] == (
        f'{"inline" if name == "pdf" else "attachment"}; filename="sjabloon-begeleidingsplan-2026.{name}"')
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


def test_a_title_without_a_letter_still_gives_a_name(page, register):
    a_document(title="…")
    assert 'filename="document.pdf"' in page.browser.get(address(page, "…")).headers["Content-Disposition"]


def test_a_browser_keeps_a_file_and_asks_each_time_whether_it_is_still_there(page, register):
    one = a_document()
    path = address(page)
    first = page.browser.get(path)
    assert first.headers["Cache-Control"] == "no-cache"
    for name, value in (("If-None-Match", first.headers["ETag"]),
                        ("If-Modified-Since", first.headers["Last-Modified"])):
        again = page.browser.get(path, headers={name: value})
        assert (again.status_code, again.data) == (304, b"")
    documents.withdraw_document(one, one.version)
    assert page.browser.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 410


def test_the_list_is_another_one_as_soon_as_a_document_changes(page, register):
    one = a_document()
    tag = page.browser.get(LIST).headers["ETag"]
    for change in (lambda: documents.change_document(one, one.details._replace(title="Beter"), 1),
                   lambda: documents.add_version(one, body_of(files.CSV, ""), 2),
                   lambda: documents.withdraw_document(one, 3)):
        change()
        answer = page.browser.get(LIST, headers={"If-None-Match": tag})
        assert answer.status_code == 200
        tag = answer.headers["ETag"]


def test_the_address_of_a_replaced_file_leads_to_the_new_one(page, register):
    one = a_document()
    before = address(page)
    documents.add_version(one, body_of(files.CSV, ""), 1)
    after = address(page)
    assert after != before
    page.get(before, 303)
    assert page.response.location == after
    assert page.browser.get(after).data == files.CSV


def test_the_address_of_a_file_that_a_link_replaced_leads_to_its_place_in_the_list(page, register):
    one = a_document()
    before = address(page)
    documents.add_version(one, body_of(None, OTHER_LINK), 1)
    page.get(before, 303)
    assert page.response.location == f"{LIST}#document-{one.id}"
    assert page.get(LIST).select_one(f"#document-{one.id} a")["href"] == OTHER_LINK


def test_a_withdrawn_document_says_so_at_each_of_its_addresses(page, register):
    one = a_document()
    first = address(page)
    documents.add_version(one, body_of(files.CSV, ""), 1)
    second = address(page)
    documents.withdraw_document(one, 2)
    for path in (first, second):
        soup = page.get(path, 410)
        assert text_of(soup.h1) == "Dit document is ingetrokken"
        assert soup.select_one("meta[name=robots]")["content"] == "noindex"
        assert soup.main.select_one(f"a[href='{LIST}']")
    assert listed(page) == {}


def test_nothing_else_has_an_address(page, register):
    of_ecalcura, linked = of_another_wing.a_document(public=True), a_document(link=LINK)
    page.get(f"{LIST}/{of_ecalcura.id}/{of_ecalcura.versions[0].digest}", 404)
    page.get(f"{LIST}/{linked.id}/{linked.versions[0].digest}", 404)
    page.get(f"{LIST}/{a_document().id}/{'0' * 16}", 404)
    page.get(f"{LIST}/9999/{'0' * 16}", 404)
