"""'Contactpersonen' at the desk: the facilities without a contact person, and reminding exactly these."""
import pytest

from models.database import today
from models.ecalcura.communication import contacts, reminding
from models.ecalcura.communication.contacts import Details
from tests.hall import mails
from tests.models.ecalcura.cast import facility, manager
from tests.page import row_headers, text_of

DESK = "/ecalcura/desk/contacts"


@pytest.fixture
def dossier(page, home, desk):
    """A `Page`, signed in as a dossier manager. De Linde has a contact person, De Brug and De Els lack one."""
    contacts.add(home.facility, Details("kim@voorbeeld.be", "Kim Claes"))
    manager(facility("990002", name="De Brug"), "Bob Nijs")
    facility("990003", name="De Els")
    page.sign_in(desk.dossier)
    return page


def test_the_desk_sees_the_share_and_the_facilities_without_a_contact_person(dossier):
    soup = dossier.get(DESK)
    text = text_of(soup.main)
    assert "1 van 3 voorzieningen (33 %) heeft een contactpersoon voor eCalcura." in text
    assert row_headers(soup) == ["De Brug", "De Els", "Woonzorgcentrum De Linde"]
    assert "De Brug 990002 Woonzorgcentrum nog niet De Els 990003 Woonzorgcentrum nog niet niemand te bereiken" in text
    dossier.get(soup.select_one("main th a")["href"])


def test_the_desk_reminds_them_and_sees_when_each_was_mailed(dossier):
    """A21."""
    dossier.post(DESK)
    text = text_of(dossier.follow())
    assert "1 voorziening is herinnerd." in text
    assert [recipient for recipient, *_ in mails()] == ["bob@voorbeeld.be"]
    assert f"De Brug 990002 Woonzorgcentrum {today():%d/%m/%Y}" in text
    assert "De Els 990003 Woonzorgcentrum nog niet" in text


def test_a_second_click_mails_nobody(dossier):
    form = dossier.form_of(DESK)
    for _ in range(2):
        dossier.post(DESK, form, token=False)
    assert "1 voorziening is herinnerd." in text_of(dossier.follow())
    assert len(mails()) == 1


def test_within_seven_days_the_page_asks_whom_to_remind(dossier):
    """Also if a colleague was first, after this page was opened."""
    form = dossier.form_of(DESK)
    reminding.remind(None, "colleague")
    mails()
    soup = dossier.post(DESK, form, 422, token=False)
    assert "Al herinnerd in de voorbije zeven dagen: 1." in text_of(soup.select_one("#whom-error"))
    assert [text_of(option) for option in soup.select("#whom option")] == [
        "Kies …", "Alleen wie al zeven dagen geen mail kreeg (0)", "Alle voorzieningen zonder contactpersoon (1)"]
    assert mails() == []
    dossier.post(DESK, {**form, "whom": "others"}, token=False)
    assert "Er is geen mail verstuurd" in text_of(dossier.follow())
    dossier.post(DESK, {"whom": "all"})
    assert "1 voorziening is herinnerd." in text_of(dossier.follow())
    assert len(mails()) == 1


def test_a_facility_that_gets_a_contact_person_meanwhile_is_not_mailed(dossier):
    form = dossier.form_of(DESK)
    contacts.add(reminding.overview().lacking[0].facility, Details("els@voorbeeld.be", "Els Pols"))
    dossier.post(DESK, form, token=False)
    assert mails() == []


def test_once_every_facility_has_one_there_is_nothing_to_send(dossier):
    for one in reminding.overview().lacking:
        contacts.add(one.facility, Details("els@voorbeeld.be", "Els Pols"))
    soup = dossier.get(DESK)
    assert "Elke voorziening heeft een contactpersoon." in text_of(soup.main)
    assert not soup.select("main form")
