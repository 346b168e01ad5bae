"""'Voortgang' of the desk."""
import datetime

import pytest

from models.ecalcura.accounts.four_eyes import ask_desk, refuse_by_desk
from models.ecalcura.communication.reminding import remind
from models.ecalcura.progress import sums
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.files import TrimesterFile
from models.ecalcura.trimesters.reopening import ask_to_reopen
from tests.models.ecalcura.bank_accounts import proposed
from tests.models.ecalcura.cast import facility, opened, submitted
from tests.page import text_of

at = datetime.datetime.fromisoformat
OCTOBER = datetime.date(2026, 10, 31)


@pytest.fixture
def facilities(home, desk, clock):
    """Facilities in each part of the first trimester of 2026, which had to be submitted by the end of October."""
    clock(at("2026-10-20 12:00:00"))
    opened(deadline=OCTOBER)
    submitted(home.facility, deadline=OCTOBER)
    entering = facility("990002", name="De Eik", province="limburg")
    TrimesterFile.get_or_make(entering, Trimester.get_or_make(2026, 1), "entry")
    facility("990003", "ibw", name="De Beuk", province="limburg")
    reopened = facility("990004", "ibw", name="De Berk")
    submitted(reopened, deadline=OCTOBER)
    TrimesterFile.at(reopened, Trimester.get_or_make(2026, 1)).move("reopened", reopen_reason="Uren vergeten")
    closed = facility("990005", name="De Den")
    submitted(closed, deadline=OCTOBER).move("closed")
    facility("990006", name="De Vlier", successor_id=home.facility.id, merged_on=datetime.date(2026, 7, 1))
    opened(deadline=OCTOBER)


def numbers(shown, row=0):
    return [cell.text.split()[0] for cell in shown.select("table.progress")[0].select("tbody tr")[row].select("td")]


def names(shown):
    return [cell.text.split("HCO")[0].strip() for cell in shown.select("table.files tbody th")]


def test_each_part_of_a_trimester_is_counted_and_opens_the_list_of_its_facilities(page, facilities, desk):
    page.sign_in(desk.dossier)
    page.get("/", 303)
    assert page.response.location == "/ecalcura/desk/progress"
    shown = page.get("/ecalcura/desk/progress")
    # empty, in entry, reopened, missing, submitted, submitted late, closed, together
    assert numbers(shown) == ["1", "1", "1", "0", "1", "0", "1", "5"]
    assert numbers(shown, 1) == ["0"] * 8
    found = {part: names(page.get(f"/ecalcura/desk/progress/2026/1?part={part}")) for part in (
        "empty", "entry", "reopened", "submitted", "closed")}
    assert found == {"empty": ["De Beuk"], "entry": ["De Eik"], "reopened": ["De Berk"],
                     "submitted": ["Woonzorgcentrum De Linde"], "closed": ["De Den"]}
    links = {link["href"] for link in shown.select("table.progress a")}
    assert "/ecalcura/desk/progress/2026/1?part=entry" in links
    assert links >= {link["href"] for link in shown.select("svg a")} != set()


def test_after_the_deadline_it_says_who_did_not_submit_and_who_was_late(page, facilities, desk, clock):
    clock(at("2026-11-02 12:00:00"))
    late = facility("990007", name="De Els")
    submitted(late, deadline=OCTOBER)
    page.sign_in(desk.dossier)
    shown = page.get("/ecalcura/desk/progress")
    assert numbers(shown) == ["0", "0", "1", "2", "1", "1", "1", "6"]
    shown = page.get("/ecalcura/desk/progress/2026/1")
    assert names(shown) == ["De Berk", "De Beuk", "De Eik"]
    assert "2 dagen te laat" in shown.main.text
    assert names(page.get("/ecalcura/desk/progress/2026/1?part=late")) == ["De Els"]
    assert len(names(page.get("/ecalcura/desk/progress/2026/1?part=all"))) == 6


def test_the_bars_and_the_lists_can_be_those_of_a_kind_and_a_province(page, facilities, desk):
    page.sign_in(desk.calculator)
    shown = page.get("/ecalcura/desk/progress?kind=ibw&province=limburg")
    assert numbers(shown) == ["1", "0", "0", "0", "0", "0", "0", "1"]
    [link] = shown.select("table.progress")[0].select("td a")
    assert names(page.get(link["href"])) == ["De Beuk"]
    by_kind, by_province = shown.select("table.progress")[1:]
    assert "Initiatief beschut wonen 0 van 2" in " ".join(by_kind.text.split())
    assert "Limburg 0 van 2" in " ".join(by_province.text.split())
    assert names(page.get("/ecalcura/desk/progress/2026/1?kind=ibw&sort=province")) == ["De Berk", "De Beuk"]
    assert numbers(page.get("/ecalcura/desk/progress?kind=x&province=x&period=1999"))[-1] == "5"


def test_the_list_shows_open_checks_activity_and_who_has_nobody_to_submit(page, facilities, desk):
    sums.refresh()
    page.sign_in(desk.dossier)
    shown = page.get("/ecalcura/desk/progress/2026/1?part=all&without_holder=1")
    assert "Woonzorgcentrum De Linde" not in names(shown)
    assert len(names(shown)) == 4
    row = shown.select("table.files tbody tr")[1].text.split("\n")
    assert "0" in [cell.strip() for cell in row]
    assert "geen" in shown.select("table.files tbody tr")[1].text
    page.get("/ecalcura/desk/progress/2026/5", 404)
    page.get("/ecalcura/desk/progress/1999/1", 404)


def test_only_a_dossier_manager_reopens_what_was_submitted(page, facilities, desk):
    links = ["Heropenen : De Den", "Dag wijzigen : De Berk", "Heropenen : Woonzorgcentrum De Linde"]
    for account, expected in ((desk.dossier, links), (desk.calculator, [])):
        page.sign_in(account)
        shown = page.get("/ecalcura/desk/progress/2026/1?part=all")
        assert sorted(text_of(link) for link in shown.select("td a")) == sorted(expected)


def test_the_first_page_of_the_desk_lists_things_to_do(page, home, desk):
    """For a dossier manager: each line links to its page, and goes away when it is done."""
    account = proposed(home.facility, home.financial)
    ask_desk(home.facility, account, home.financial)
    page.sign_in(desk.dossier)
    lines = {text_of(link): link["href"] for link in page.get("/ecalcura/desk/progress").select("#todo + ul a")}
    assert lines == {"1 bankrekening te bevestigen": "/ecalcura/desk/accounts",
                     "1 voorziening zonder contactpersoon te herinneren": "/ecalcura/desk/contacts"}
    refuse_by_desk(home.facility, account, "Ander nummer", desk.dossier)
    remind(desk.dossier, "key")
    assert not page.get("/ecalcura/desk/progress").select("#todo")
    submitted(home.facility)
    ask_to_reopen(home.facility, Trimester.get_or_make(2026, 1), "Uren vergeten", home.privacy)
    assert text_of(page.get("/ecalcura/desk/progress").select_one("#todo + ul")) == "1 vraag om te heropenen"
    page.sign_in(desk.calculator)
    assert not page.get("/ecalcura/desk/progress").select("#todo")
