"""'Op de publieke site tonen': an administrator shows an edition under the documents of the site, or no longer."""
import datetime
import io
import re
from types import SimpleNamespace

import openpyxl
import pytest

from models.arbeidszorg.report.editions import Edition
from models.arbeidszorg.report.public_editions import is_public
from models.arbeidszorg.roles import ORGANISATION
from models.database import today
from models.organisations import Organisation
from tests.factories import account_with, client_of, period_of
from tests.hall import events
from tests.page import text_of
from tests.views.arbeidszorg.report.test_editions import tampered

LAST = today().year - 1
OWN, DOCUMENTS = "oost-vlaanderen", "/documenten"
REMARK = "Kanarie in de opmerking"


@pytest.fixture
def edition(cast):
    """An edition of a province in which three organisations guided people whose names are canaries."""
    kring = Organisation.create_new("De Kring", OWN)
    logins = (cast.ploeg, cast.outsider, SimpleNamespace(
        organisation=kring, account=account_with(ORGANISATION, kring, email="kring@voorbeeld.be")))
    for login, clients in zip(logins, (7, 11, 13), strict=True):
        for number in range(clients):
            period_of(client_of(login, f"Kanarie{number}"), login, datetime.date(LAST, 3, 1))
    return Edition.publish(LAST, OWN, REMARK, cast.administrator, today())


def tick(page, edition, status=303, **fields):
    own = f"/province/editions/{edition.id}"
    return page.post(f"{own}/public", {"shown": "", **fields}, status, form=own)


def listed(page):
    """The link of the report on the public page, and what is said of it."""
    found = page.get(DOCUMENTS).find("h2", string="Rapporten")
    return found and [(link.get_text(), link["href"]) for link in found.parent.select("h3 a")]


def test_a_ticked_edition_is_under_the_reports_until_the_tick_is_taken_away(administration, edition):
    assert not listed(administration)
    tick(administration, edition, shown="y")
    soup = administration.follow()
    assert "staat op de publieke site" in text_of(soup.select_one("[role=status]"))
    assert soup.select_one("#shown").has_attr("checked")
    [(title, address)] = listed(administration)
    assert title == f"Jaarrapport {LAST}: Oost-Vlaanderen"
    about = text_of(administration.get(DOCUMENTS).find("h3", string=title).parent)
    assert re.search(r"XLSX,\s\d+\skB", about)
    answer = administration.browser.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="loket-jaarrapport-{LAST}-{OWN}-tabellen.xlsx"')
    for known in ({"If-None-Match": answer.headers["ETag"]}, {"If-Modified-Since": answer.headers["Last-Modified"]}):
        again = administration.browser.get(address, headers=known)
        assert (again.status_code, again.data) == (304, b"")
    tick(administration, edition)
    assert "niet op de publieke site" in text_of(administration.follow().select_one("[role=status]"))
    assert not listed(administration)
    administration.get(address, 404)
    assert events()[-2:] == ["edition-shown", "edition-unshown"]
    administration.get("/province/log")
    assert "van de publieke site gehaald" in administration.response.text


def test_a_visitor_finds_nothing_of_a_person_an_organisation_or_the_publisher_in_it(administration, edition, cast):
    tick(administration, edition, shown="y")
    page = administration.get(DOCUMENTS)
    [(_, address)] = listed(administration)
    administration.forget()
    answer = administration.browser.get(address)
    assert "Set-Cookie" not in answer.headers
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    words = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    told = " ".join([*words, text_of(page.main), book.properties.creator or "", book.properties.lastModifiedBy or ""])
    for canary in ("Kanarie", "De Ploeg", "De Kring", "Het Atelier", "voorbeeld.be", "Sector", REMARK):
        assert canary not in told, canary
    assert "31" in words
    assert not {"7", "11", "13"} & words
    for private in ("edition.json", "edition.csv", "edition.xlsx", "public"):
        assert administration.browser.get(f"/province/editions/{edition.id}/{private}").status_code in (303, 405)


def test_another_edition_of_that_year_and_too_few_organisations_are_refused_with_the_reason(
        administration, edition, cast):
    tick(administration, edition, shown="y")
    second = Edition.publish(LAST, OWN, "", cast.administrator, today())
    tick(administration, second, shown="y")
    assert "Haal die er eerst af" in text_of(administration.follow().select_one(".notice.error"))
    flanders = Edition.publish(LAST, "vlaanderen", "", cast.administrator, today())
    period_of(client_of(cast.elsewhere), cast.elsewhere, datetime.date(LAST, 3, 1))
    tick(administration, flanders, shown="y")
    assert "minder dan drie organisaties" in text_of(administration.follow().select_one(".notice.error"))
    assert [is_public(one) for one in (edition, second, flanders)] == [True, False, False]


def test_an_edition_that_was_altered_is_not_shown_but_can_be_taken_away(administration, edition):
    tick(administration, edition, shown="y")
    tampered("remark = 'Anders'")
    assert administration.get(f"/province/editions/{edition.id}").select_one("#shown")
    tick(administration, edition)
    assert not is_public(edition)
    assert not administration.get(f"/province/editions/{edition.id}").select("#shown")


def test_another_province_does_not_show_it(page, edition, cast):
    page.sign_in(cast.other_administrator)
    page.post(f"/province/editions/{edition.id}/public", {"shown": "y"}, 404, form="/province/editions/new")
    assert not is_public(edition)


def test_without_a_public_site_nothing_is_offered(administration, edition, app):
    app.extensions["wings"] = [wing for wing in app.extensions["wings"] if not wing.shows_reports]
    assert not administration.get(f"/province/editions/{edition.id}").select("#shown")
    administration.post(f"/province/editions/{edition.id}/public", {"shown": "y"}, 404, form="/province/editions/new")
