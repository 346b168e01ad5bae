"""The calculations and messages of a facility that merged, as its successor reads them."""
import datetime

import pytest

from models.database import now, today
from models.ecalcura.communication import contacts, threads
from models.ecalcura.communication.contacts import Details
from models.ecalcura.communication.threads import OF_DESK, Thread
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.roles import PRIVACY
from tests.hall import mails
from tests.models.ecalcura.calculations import made
from tests.models.ecalcura.cast import facility, somebody
from tests.page import text_of

OWN, OLD = "/ecalcura/990001/calculations", "/ecalcura/990001/merged/990003/calculations"
QUESTION = "Tellen de uren van oktober mee?"


@pytest.fixture
def merged(home):
    """A facility that merged into the own one, with a calculation that was published."""
    old = facility("990003", name="De Oude")
    made.a_half_financed(old)
    calculation = made.published("advance")
    Facility.update(successor_id=home.facility.id, merged_on=today()).where(Facility.id == old.id).execute()
    mails()
    return calculation


@pytest.mark.parametrize("who", ["privacy", "financial"])
def test_the_successor_reads_the_calculations_of_a_merged_facility(page, home, merged, who):
    page.sign_in(getattr(home, who))
    [link] = page.get(OWN).select("#merged + ul a")
    assert (text_of(link), link["href"]) == ("Berekeningen van De Oude (HCO 990003)", OLD)
    soup = page.get(OLD)
    assert "De Oude (HCO 990003) is op" in text_of(soup.main)
    [link] = soup.select("tbody th a")
    assert link["href"] == f"{OLD}/{merged.id}"
    soup = page.get(link["href"])
    assert "2 vrijgesteld" in text_of(soup.main)
    assert soup.select_one("a.back")["href"] == OLD
    assert {one["href"] for one in soup.select("a.button")} == {
        f"{OLD}/{merged.id}/messages", f"{OLD}/{merged.id}/explained"}
    soup = page.get(f"{OLD}/{merged.id}/explained")
    assert "uren per week vrijgesteld" in text_of(soup.main)
    # The pages of its staff stay closed.
    assert not [one for one in soup.select("main a") if "/staff/" in one["href"]]
    assert soup.select_one("a.back")["href"] == f"{OLD}/{merged.id}"


def test_the_successor_asks_about_it_and_the_desk_answers(page, home, desk, merged):
    page.sign_in(home.privacy)
    path = f"{OLD}/{merged.id}/messages"
    assert "Over De Oude (HCO 990003), gefuseerd op" in text_of(page.get(path).main)
    page.post(path, {"text": QUESTION})
    assert QUESTION in text_of(page.follow().main)
    contacts.add(home.facility, Details("contact@voorbeeld.be", "Nele Bos"))
    thread = Thread.about(Facility.by_hco("990003"), merged.id)
    mails()
    threads.write(thread, "Ja.", 2, desk.dossier, OF_DESK)
    sent = mails()
    assert sorted(recipient for recipient, *_ in sent) == sorted(
        [home.privacy.email, home.financial.email, "contact@voorbeeld.be"])
    assert all(f"{path}\n" in f"{text}\n" for *_, text in sent)
    [link] = [one for one in page.get("/ecalcura/990001").select("main a") if one["href"] == path]
    assert "berekening van De Oude" in text_of(link)
    page.post(f"{path}/read", page.form_of(path), form=path)
    assert "Gelezen." in text_of(page.follow())
    assert Thread.get_by_id(thread.id).answer_read


def test_of_a_calculation_that_is_published_after_the_merger_the_successor_is_mailed_where_it_reads_it(home, merged):
    made.published()
    sent = mails()
    assert sorted(recipient for recipient, *_ in sent) == sorted([home.privacy.email, home.financial.email])
    assert all(f"{OLD}\n" in text for *_, text in sent)


def test_before_the_day_of_the_merger_and_of_another_facility_there_is_nothing_to_read(page, home, merged, clock):
    pages = (OLD, f"{OLD}/{merged.id}", f"{OLD}/{merged.id}/explained", f"{OLD}/{merged.id}/messages")
    other = facility("990004", name="De Vreemde")
    page.sign_in(somebody(other, PRIVACY, "Mia Roels"))
    for address in (*pages, *(one.replace("990001", "990004") for one in pages)):
        page.get(address, 404)
    page.sign_in(home.privacy)
    page.get(f"{OWN}/{merged.id}", 404)
    page.get(f"{OLD}/{merged.id + 1}", 404)
    page.sign_in(home.jan)
    page.get(OLD, 403)
    clock(now() - datetime.timedelta(days=1))
    page.sign_in(home.privacy)
    assert page.get(OWN).select("#merged") == []
    for address in pages:
        page.get(address, 404)


def test_a_draft_is_read_by_no_successor(page, home, merged):
    draft = made.calculation()
    page.sign_in(home.privacy)
    page.get(f"{OLD}/{draft.id}", 404)
    assert len(page.get(OLD).select("tbody tr")) == 1
