"""'Bewaring' at the desk: terms, facilities where something is due, and purging with two people."""
import pytest

from models.ecalcura.retention import purges, terms
from models.ecalcura.retention.purges import Purge
from models.ecalcura.retention.purging import purge
from models.ecalcura.submissions import documents
from tests.models.ecalcura.cast import at_desk, facility
from tests.models.ecalcura.kept import DAY, decide, former, keep
from tests.models.ecalcura.submissions.snapshots import content, frozen
from tests.models.ecalcura.submissions.snapshots import employee as in_snapshot
from tests.page import text_of

BASE = "/ecalcura/desk/retention"
STAFF = f"{BASE}/staff"


@pytest.fixture
def due(page, home, desk):
    """A facility with a former employee, seen by a dossier manager."""
    keep()
    former(home.facility, family="Zwaluwkanarie")
    page.sign_in(desk.dossier)
    return page


@pytest.fixture
def second(desk, password_hash):
    return at_desk(name="tweede", password_hash=password_hash)


def rows(soup):
    return [[text_of(cell) for cell in row.select("th, td")] for row in soup.select("tbody tr")]


def said(soup):
    return text_of(soup.select_one("main [role=alert]:not([hidden])"))


def decided(page, act, status=303, **fields):
    return page.post(STAFF, {"act": act, "tick": "990001"} | fields, status, form=STAFF)


def test_without_terms_the_page_says_that_everything_is_kept(page, home, desk):
    former(home.facility)
    terms.use()
    page.sign_in(desk.dossier)
    assert [row[1:] for row in rows(page.get(BASE))] == [["geen", "0", "0", "0", "0"]] * 4
    soup = page.get(STAFF)
    assert "Er is geen bewaartermijn ingesteld" in text_of(soup.main)
    assert "Er is niets te wissen." in text_of(soup.main)


def test_terms_are_listed_with_numbers_and_no_name(due):
    terms.use(staff=90, messages=12)
    assert rows(due.get(BASE)) == [
        ["Ingediende trimesters", "geen", "0", "0", "0", "0"],
        ["Medewerkers", "90 maanden na het einde van het laatste contract", "1", "1", "0", "0"],
        ["Berichten", "1 jaar na het laatste bericht, als de vraag beantwoord is", "0", "0", "0", "0"],
        ["Certificaten en CRA-contracten", "geen", "0", "0", "0", "0"]]
    [row] = rows(due.get(STAFF))
    assert row == ["Woonzorgcentrum De Linde HCO 990001", "1", "30/06/2015", "te beslissen", "–"]
    assert "Zwaluwkanarie" not in due.response.text


def test_one_proposes_and_another_confirms(due, second, tmp_path):
    decided(due, "propose")
    assert "Voorgesteld om te wissen bij 1 voorziening." in text_of(due.follow().main)
    [row] = rows(due.get(STAFF))
    assert (row[3], row[4].split(", ")[1]) == ("voorgesteld", "dossier@voorbeeld.be")
    due.sign_in(second)
    decided(due, "approve")
    assert "Wissen bevestigd bij 1 voorziening." in text_of(due.follow().main)
    [row] = rows(due.get(STAFF))
    assert (row[3], row[4].split(", ")[1]) == ("bevestigd", "tweede@voorbeeld.be")
    assert purge(tmp_path / "list.csv").rows == 1
    assert rows(due.get(STAFF)) == []


def test_the_own_proposal_is_not_confirmed(due):
    decided(due, "propose")
    soup = decided(due, "approve", 409)
    assert "Wat je zelf voorstelde, bevestigt een andere dossierbeheerder." in said(soup)
    assert Purge.get().state == "proposed"


def test_a_second_click_changes_nothing(due):
    for _ in range(2):
        decided(due, "propose")
    assert Purge.select().count() == 1
    assert "Hier is niets voor te stellen." in text_of(due.follow().main)


def test_a_confirmed_purge_is_withdrawn(due, second):
    decided(due, "propose")
    purges.approve("staff", [Purge.get().facility_id], second)
    decided(due, "withdraw")
    assert "Wissen ingetrokken bij 1 voorziening." in text_of(due.follow().main)
    assert Purge.get().state == "withdrawn"


@pytest.mark.parametrize("fields", [{"tick": ""}, {"tick": "990009"}, {"tick": "a\0b"}, {"act": "wipe"}])
def test_without_a_tick_or_with_another_step_nothing_happens(due, fields):
    soup = decided(due, fields.pop("act", "propose"), 422, **fields)
    assert "Vink eerst" in said(soup)
    assert Purge.select().count() == 0


def test_everything_stands_for_facilities_on_other_pages_too(due):
    for number in range(30):
        former(facility(f"98{number:04}", name=f"Ander huis {number:02}"))
    assert len(rows(due.get(STAFF))) == 25
    assert len(rows(due.get(f"{STAFF}?page=2"))) == 6
    decided(due, "propose", tick="", everything="1")
    assert Purge.select().count() == 31


def test_a_term_that_is_gone_meanwhile_is_said(due, home):
    terms.use()
    Purge.create(facility_id=home.facility.id, term="staff", before=DAY(2020, 1, 1),
                 proposer_id=at_desk(name="derde").id)
    soup = decided(due, "propose", 409)
    assert "geen bewaartermijn ingesteld" in said(soup)


def test_an_unknown_term_is_not_there(due):
    due.get(f"{BASE}/letters", 404)


def test_a_purged_version_keeps_its_hash_on_the_page_and_has_no_documents(page, home, desk, tmp_path):
    keep()
    first, second = (frozen(home.facility, content(in_snapshot(1)), 2014, 4) for _ in range(2))
    documents.make_missing()
    decide(home.facility, "submissions")
    purge(tmp_path / "list.csv")
    third = frozen(home.facility, content(in_snapshot(1)), 2014, 4)
    for account, path in ((home.privacy, "/ecalcura/990001"), (desk.dossier, "/ecalcura/desk/facilities/990001")):
        page.sign_in(account)
        soup = page.get(f"{path}/trimesters/2014/4")
        chapters = [text_of(part) for part in soup.select("section.chapter") if "Vingerafdruk" in part.text]
        assert ["gewist na de bewaartermijn" in chapter for chapter in chapters] == [False, True, True]
        for sha256 in (first.sha256, second.sha256, third.sha256):
            assert sha256 in soup.text
        assert not soup.select("a[href$='/changes']")
        for gone in ("1/pdf", "2/xlsx", "2/changes", "3/changes"):
            page.get(f"{path}/trimesters/2014/4/versions/{gone}", 404)
