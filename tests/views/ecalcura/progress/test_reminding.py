"""'Herinner' in the list of those who have not submitted."""
import datetime

import pytest

from models.ecalcura.progress.reminders import Reminder
from tests.hall import mails
from tests.models.ecalcura.cast import facility, opened
from tests.page import form_in

LIST = "/ecalcura/desk/progress/2026/1"
at = datetime.datetime.fromisoformat


@pytest.fixture
def there(home, desk, clock, page):
    clock(at("2026-10-20 12:00:00"))
    opened(deadline=datetime.date(2026, 10, 31))
    facility("990002", "ibw", name="De Eik")
    page.sign_in(desk.dossier)


def send(page, status=303, **values):
    shown = page.post(f"{LIST}/remind", values, status, form=LIST)
    return page.follow() if status == 303 else shown


def reminded(shown):
    return [row.select("td")[-1].text for row in shown.select("table.files tbody tr")]


def test_the_ticked_facilities_are_reminded_and_the_list_says_when(page, there):
    shown = page.get(LIST)
    assert [box["value"] for box in shown.select("input[name=tick]")] == ["990002", "990001"]
    shown = send(page, tick=["990001", "990002"])
    assert "Herinnering verstuurd naar 1 voorziening. Niemand om te mailen: De Eik." in shown.main.text
    assert reminded(shown) == ["–", "20/10/2026 14:00"]
    assert [recipient for recipient, *_ in mails()] == ["piet@voorbeeld.be"]


def test_a_second_reminder_within_seven_days_is_asked_about_on_a_page_of_its_own(page, there, desk, clock):
    send(page, tick="990001")
    clock(at("2026-10-22 12:00:00"))
    page.sign_in(desk.dossier)
    asked = send(page, 409, tick="990001")
    assert "Woonzorgcentrum De Linde (HCO 990001): 20/10/2026 14:00" in asked.main.text
    assert len(mails()) == 1
    values = form_in(page.response.text)
    page.post(f"{LIST}/remind", values, token=False)
    assert reminded(page.follow()) == ["–", "22/10/2026 14:00"]
    assert len(mails()) == 1
    # The same form again mails nobody, and goes on as the first time.
    page.post(f"{LIST}/remind", values, token=False)
    assert mails() == []


def test_all_rows_of_the_list_are_reminded_and_the_page_comes_back_to_the_same_list(page, there):
    shown = page.post(f"{LIST}/remind", {"everything": "1"}, form=f"{LIST}?kind=woonzorgcentrum")
    assert page.response.location == f"{LIST}?kind=woonzorgcentrum"
    assert Reminder.select().count() == 1
    shown = page.post(f"{LIST}/remind", {"everything": "1"}, 409, form=f"{LIST}?kind=woonzorgcentrum")
    assert shown.select_one("main form input[name=everything]")
    assert shown.select("main form input[name=tick]") == []


def test_without_a_tick_nothing_is_sent_and_the_page_says_what_to_do(page, there):
    assert "Vink eerst een of meer voorzieningen aan." in send(page, 422).main.text
    send(page, 422, tick="999999")
    assert Reminder.select().count() == 0


def test_a_calculator_sees_the_list_without_ticks_and_reminds_nobody(page, there, desk):
    page.sign_in(desk.calculator)
    shown = page.get(LIST)
    assert shown.select("input[name=tick], #remind") == []
    page.post(f"{LIST}/remind", {"tick": "990001"}, 403, form="/account")


def test_the_list_is_downloaded_with_its_filters_and_order(page, there, desk):
    facility("990003", name="=De Eik")
    page.sign_in(desk.calculator)
    address = page.get(f"{LIST}?kind=woonzorgcentrum").select_one("a[href*='.csv']")["href"]
    page.get(address)
    assert page.response.text.removeprefix("\ufeff").splitlines() == [
        "Voorziening;HCO-nummer;Soort;Provincie;Stand;Uiterste dag;Laatste activiteit;Open controles;Rolhouder;"
        "Contactpersoon;Herinnerd",
        "'=De Eik;990003;Woonzorgcentrum;;leeg;31/10/2026;;;nee;nee;",
        "Woonzorgcentrum De Linde;990001;Woonzorgcentrum;;leeg;31/10/2026;;;ja;nee;"]
