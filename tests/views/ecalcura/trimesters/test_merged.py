"""The trimesters that a merged facility submitted, as its successor reads them."""
import datetime

import pytest

from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.roles import PRIVACY
from models.ecalcura.submissions import documents
from tests.models.ecalcura.cast import facility, opened, somebody
from tests.models.ecalcura.submissions.snapshots import content, frozen
from tests.models.ecalcura.submissions.snapshots import contract as contract_in_snapshot
from tests.models.ecalcura.submissions.snapshots import employee as employee_in_snapshot
from tests.page import text_of

TRIMESTERS, OLD = "/ecalcura/990001/trimesters", "/ecalcura/990001/merged/990003"
VERSION_2 = f"{OLD}/2026/1/versions/2"
MERGED_ON = datetime.date(2026, 11, 1)
at = datetime.datetime.fromisoformat


@pytest.fixture
def officer(page, home, clock):
    """A page, signed in with the privacy role on 29 November 2026."""
    clock(at("2026-11-29 12:00:00"))
    page.sign_in(home.privacy)
    return page


@pytest.fixture
def merged(home):
    """A facility that merged into the own one after it submitted a trimester twice."""
    made = facility("990003", name="De Oude", successor_id=home.facility.id, merged_on=MERGED_ON)
    frozen(made, content(employee_in_snapshot()))
    frozen(made, content(employee_in_snapshot(contracts=[contract_in_snapshot(1, until="2026-09-15")])))
    documents.make_missing()
    return made


def test_the_successor_reads_the_versions_and_documents_of_a_merged_facility(officer, merged):
    [link] = officer.get(TRIMESTERS).select("#merged + ul a")
    assert (text_of(link), link["href"]) == ("Ingediend door De Oude (HCO 990003)", OLD)
    soup = officer.get(OLD)
    assert [text_of(heading) for heading in soup.select("main h2")] == ["Trimester 1 (jul–sep 2026)"]
    rows = [[text_of(cell) for cell in row.select("th, td")] for row in soup.select("tbody tr")]
    assert [row[0] for row in rows] == ["2", "1 (vervangen)"]
    assert soup.select("main form") == []
    for kind, start in (("pdf", b"%PDF-"), ("xlsx", b"PK")):
        [address] = {link["href"] for link in soup.select(f"a[href='{VERSION_2}/{kind}']")}
        officer.get(address)
        assert officer.response.data.startswith(start)
        assert f"ecalcura-990003-2026-trimester-1-versie-2.{kind}" in officer.response.headers["Content-Disposition"]


def test_the_successor_reads_what_a_version_changed(officer, merged):
    soup = officer.get(f"{VERSION_2}/changes")
    assert "De Oude (HCO 990003), trimester 1 (jul–sep 2026): versie 2" in text_of(soup.main)
    assert soup.select_one("a.back")["href"] == OLD
    assert [text_of(cell) for cell in soup.select("tbody tr td")][1:] == ["Tot en met", "–", "15/09/2026"]


def test_a_trimester_that_was_not_submitted_is_not_listed(officer, home):
    facility("990003", name="De Oude", successor_id=home.facility.id, merged_on=MERGED_ON)
    opened(2026, 1)
    assert "Deze voorziening heeft niets ingediend." in text_of(officer.get(OLD).main)


def test_before_the_day_of_the_merger_there_is_nothing_to_read(page, merged, home, clock):
    clock(at("2026-10-31 12:00:00"))
    page.sign_in(home.privacy)
    assert page.get(TRIMESTERS).select("#merged") == []
    for address in (OLD, f"{VERSION_2}/changes", f"{VERSION_2}/pdf"):
        page.get(address, 404)


def test_a_facility_that_did_not_merge_into_the_own_one_does_not_exist(officer, merged, home):
    stranger = facility("990004", name="De Vreemde")
    frozen(stranger, content())
    for address in ("/ecalcura/990001/merged/990004", "/ecalcura/990001/merged/990004/2026/1/versions/1/pdf",
                    "/ecalcura/990001/merged/990001", "/ecalcura/990001/merged/999999"):
        officer.get(address, 404)


def test_somebody_of_another_facility_reads_nothing_and_the_old_address_stays_closed(page, officer, merged, home):
    officer.get("/ecalcura/990003/trimesters", 404)
    other = facility("990004", name="De Vreemde")
    page.sign_in(somebody(other, PRIVACY, "Mia Roels"))
    page.get(OLD, 404)
    page.get("/ecalcura/990004/merged/990003", 404)
    page.sign_in(home.financial)
    page.get(OLD, 403)


def test_a_merger_of_a_merger_is_read_too(officer, merged, home):
    last = facility("990005", name="De Nieuwe")
    Facility.update(successor_id=last.id, merged_on=datetime.date(2026, 11, 20)).where(
        Facility.id == home.facility.id).execute()
    officer.sign_in(somebody(last, PRIVACY, "Mia Roels"))
    assert [text_of(link) for link in officer.get("/ecalcura/990005/trimesters").select("#merged + ul a")] == [
        "Ingediend door Woonzorgcentrum De Linde (HCO 990001)", "Ingediend door De Oude (HCO 990003)"]
    officer.get("/ecalcura/990005/merged/990003/2026/1/versions/2/pdf")
