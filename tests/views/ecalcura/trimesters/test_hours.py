"""'Prestaties': the grid as a plain form, and as the script uses it."""
import datetime

import pytest
from bs4 import BeautifulSoup

from models.audit import AuditEntry
from models.database import now
from models.ecalcura.contracts import lists
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.performances.performances import PerformanceRow, save_row, stored
from tests.factories import days
from tests.models.ecalcura.cast import employee, facility, opened, submitted
from tests.models.ecalcura.with_hours import (
    choice,
    contract,
    nurse_with_premium,
    replacement,
    trimester,
)
from tests.page import PARTIAL, row_headers, text_of, values_of

GRID = "/ecalcura/990001/trimesters/2026/2/hours"


@pytest.fixture
def rita(home):
    """The contract of a nurse of 38 hours a week who chose the premium."""
    lists.store()
    trimester()
    return nurse_with_premium(home.facility)


@pytest.fixture
def grid(page, home, rita):
    """A `Page`, signed in with the role for privacy."""
    page.sign_in(home.privacy)
    return page


def worked(one):
    return f"hours_{one.id}_worked"


def equated(one):
    return f"hours_{one.id}_equated"


def hours_of(home):
    return {contract_id: dict(row.hours) for contract_id, row in stored(home.facility, trimester().id).items()}


def standing(soup, one):
    return text_of(soup.select_one(f"#s{one.id}"))


def cell(soup, name):
    return soup.select_one(f"[name={name}]")["value"]


def send(grid, fields, status=200):
    """Post these fields as the script does; returns the rows of the answer."""
    answer = grid.browser.post(GRID, data=fields, headers=PARTIAL)
    assert answer.status_code == status, answer.text
    assert "<html" not in answer.text
    return parsed(answer)


def parsed(answer):
    """The rows of an answer to the script."""
    return BeautifulSoup(answer.text, "html.parser")


def test_the_sums_have_a_point_for_each_thousand(grid, home, rita):
    rows = [rita, *(nurse_with_premium(home.facility) for _ in range(2))]
    for one in rows:
        save_row(home.facility, trimester(), one.id, {"worked": 45650}, 0)
    assert text_of(grid.get(GRID).select_one("[data-sum=worked]")) == "1.369,50"


def test_the_grid_has_a_row_for_each_contract_by_name_and_the_sums(grid, home, rita):
    exempt = employee(home.facility, family="Maes", first="Lena")
    choice(exempt, "exemption")
    contract(exempt)
    okonjo = replacement(home.facility, replaces=exempt)
    save_row(home.facility, trimester(), rita.id, {"worked": 45600, "equated": 1200}, 0)
    soup = grid.get(GRID)
    assert [header.split(" ••")[0] for header in row_headers(soup)] == ["Okonjo, Grace", "Vandamme, Rita"]
    text = text_of(soup)
    assert "premie verpleegkundige · stap 45 38,00 1,00" in text
    assert "vervanger zorgkundige · voor Maes, Lena 4,00 0,11" in text
    assert (standing(soup, rita), standing(soup, okonjo)) == ("opgeslagen", "vul in V21")
    assert "Samen 2 contracten 42,00 1,11 456,00 12,00" in text
    assert "7201" not in soup.decode()


def test_the_tab_leads_to_the_grid_of_the_present_trimester(grid, home, clock):
    clock(datetime.datetime(2026, 12, 31, 22, 59, tzinfo=datetime.UTC))
    grid.sign_in(home.privacy)
    assert "Prestaties" in [text_of(link) for link in grid.get("/ecalcura/990001").select(".tabs a")]
    grid.get("/ecalcura/990001/hours", 303)
    assert grid.response.location == GRID
    clock(datetime.datetime(2026, 12, 31, 23, tzinfo=datetime.UTC))
    grid.get("/ecalcura/990001/hours", 303)
    assert grid.response.location == "/ecalcura/990001/trimesters/2026/3/hours"


def test_all_rows_are_saved_by_one_form(grid, home, rita):
    grace = replacement(home.facility)
    grid.post(GRID, {worked(rita): "456,00", equated(rita): "12", worked(grace): "52.5"})
    soup = grid.follow()
    assert "2 rijen zijn opgeslagen." in text_of(soup)
    assert hours_of(home) == {rita.id: {"worked": 45600, "equated": 1200}, grace.id: {"worked": 5250}}
    assert [cell(soup, name) for name in (worked(rita), equated(rita), worked(grace), equated(grace))] == [
        "456,00", "12,00", "52,50", ""]
    grid.post(GRID)
    assert "Er is niets gewijzigd." in text_of(grid.follow())
    assert AuditEntry.select().where(AuditEntry.event == "performances-changed").count() == 2


@pytest.mark.parametrize(("typed", "words"), [
    ("600", "fout: Uren tussen 0 en 499,43. V23"), ("-1", "fout: Uren tussen 0 en 499,43. V23"),
    ("19:30", "fout: Typ de uren met een komma en hoogstens twee decimalen, zoals 240,50. V23"),
    ("1.240", "fout: Typ de uren met een komma en hoogstens twee decimalen, zoals 240,50. V23")])
def test_a_wrong_cell_is_shown_as_typed_and_the_other_rows_are_saved(grid, home, rita, typed, words):
    grace = replacement(home.facility)
    soup = grid.post(GRID, {worked(rita): typed, worked(grace): "52"}, 422)
    assert standing(soup, rita) == words
    assert cell(soup, worked(rita)) == typed
    assert soup.select_one(f"[name={worked(rita)}]")["aria-invalid"] == "true"
    assert "Nog niet opgeslagen: kijk 1 rij na 1 rij is opgeslagen." in text_of(soup)
    assert soup.select_one(f".notice a[href='#{worked(rita)}']")
    assert hours_of(home) == {grace.id: {"worked": 5200}}


def test_up_to_120_percent_is_saved_with_a_warning(grid, home, rita):
    grid.post(GRID, {worked(rita): "500"})
    assert standing(grid.follow(), rita) == "Uren tussen 0 en 499,43. V23"
    assert hours_of(home) == {rita.id: {"worked": 50000}}


def test_hours_that_are_no_longer_needed_can_only_be_taken_away(grid, home, rita):
    save_row(home.facility, trimester(), rita.id, {"worked": 45600}, 0)
    Choice.update(kind="exemption").execute()
    soup = grid.get(GRID)
    assert standing(soup, rita) == "Voor vrijstelling hoeven geen prestaties. V22"
    assert standing(grid.post(GRID, {worked(rita): "1"}, 422), rita) == (
        "fout: Voor vrijstelling hoeven geen prestaties. V22")
    grid.post(GRID, {worked(rita): ""})
    assert "Niemand heeft in dit trimester prestaties nodig" in text_of(grid.follow())


def test_a_row_that_a_colleague_changed_shows_both_values_and_the_next_save_counts(grid, home, rita):
    """V32."""
    grace = replacement(home.facility)
    opened = grid.form_of(GRID)
    save_row(home.facility, trimester(), rita.id, {"worked": 40000}, 0)
    soup = grid.post(GRID, {**opened, worked(rita): "456", worked(grace): "52"}, 409, token=False)
    assert cell(soup, worked(rita)) == "456"
    assert standing(soup, rita) == (
        "door een collega gewijzigd V32 Nu opgeslagen: 400,00 · leeg. Kies ‘Opslaan’ om jouw uren te houden.")
    assert "Een collega heeft intussen gewijzigd: kijk 1 rij na 1 rij is opgeslagen." in text_of(soup)
    assert hours_of(home) == {rita.id: {"worked": 40000}, grace.id: {"worked": 5200}}
    grid.post(GRID, values_of(soup.select_one("main form")), token=False)
    assert hours_of(home)[rita.id] == {"worked": 45600}


def test_of_a_row_that_both_changed_the_cell_of_the_colleague_stays(grid, home, rita):
    opened_form = grid.form_of(GRID)
    save_row(home.facility, trimester(), rita.id, {"equated": 1200}, 0)
    soup = grid.post(GRID, {**opened_form, worked(rita): "456"}, 409, token=False)
    assert (cell(soup, worked(rita)), cell(soup, equated(rita))) == ("456", "12,00")
    grid.post(GRID, values_of(soup.select_one("main form")), token=False)
    assert hours_of(home)[rita.id] == {"worked": 45600, "equated": 1200}


def test_a_row_that_only_a_colleague_touched_is_no_conflict(grid, home, rita):
    """Nor is a block of forty pasted cells around it."""
    many = [replacement(home.facility, f"Naam{number:02}") for number in range(19)]
    opened = grid.form_of(GRID)
    save_row(home.facility, trimester(), rita.id, {"worked": 40000}, 0)
    grid.post(GRID, {**opened, **{name(one): "12" for one in many for name in (worked, equated)}}, token=False)
    assert "19 rijen zijn opgeslagen." in text_of(grid.follow())
    assert hours_of(home)[rita.id] == {"worked": 40000}


def test_the_same_hours_as_a_colleague_s_are_no_conflict(grid, home, rita):
    opened = grid.form_of(GRID)
    save_row(home.facility, trimester(), rita.id, {"worked": 40000}, 0)
    grid.post(GRID, {**opened, worked(rita): "400"}, token=False)
    assert hours_of(home)[rita.id] == {"worked": 40000}


def test_the_script_saves_one_row_and_gets_its_state_and_the_sums(grid, home, rita):
    grace = replacement(home.facility)
    fields = grid.form_of(GRID)
    row = {name: value for name, value in fields.items() if f"_{rita.id}" in name or name == "csrf_token"}
    answer = send(grid, {**row, worked(rita): "456", equated(rita): "12"})
    assert [one["id"] for one in answer.select("tbody tr")] == [f"r{rita.id}"]
    assert cell(answer, worked(rita)) == "456,00"
    assert cell(answer, f"was_{rita.id}") == "1;45600;1200"
    assert [one.get_text() for one in answer.select("[data-sum]")] == ["456,00", "12,00"]
    assert grace.id not in hours_of(home)
    wrong = send(grid, {**row, f"was_{rita.id}": "1;45600;1200", worked(rita): "veel"}, 422)
    assert "fout: Typ de uren" in standing(wrong, rita)
    stale = send(grid, {**row, worked(rita): "1"}, 409)
    assert "door een collega gewijzigd" in standing(stale, rita)


def test_the_script_hears_which_rows_were_saved_meanwhile(grid, home, rita):
    replacement(home.facility)
    form = grid.get(GRID).select_one("form[data-grid]")
    address, since = form["data-grid"], form["data-since"]
    assert grid.browser.get(address, query_string={"since": since}, headers=PARTIAL).status_code == 204
    save_row(home.facility, trimester(), rita.id, {"worked": 40000}, 0)
    answer = parsed(grid.browser.get(address, query_string={"since": since}, headers=PARTIAL))
    assert [one["id"] for one in answer.select("tbody tr")] == [f"r{rita.id}"]
    later = (now() + datetime.timedelta(seconds=1)).isoformat()
    assert grid.browser.get(address, query_string={"since": later}, headers=PARTIAL).status_code == 204
    for wrong in ("", "gisteren"):
        assert grid.browser.get(address, query_string={"since": wrong}, headers=PARTIAL).status_code == 400
    grid.get(address, 303)


def test_the_rows_left_to_check_can_be_shown_alone(grid, home, rita):
    replacement(home.facility)
    save_row(home.facility, trimester(), rita.id, {"worked": 45600}, 0)
    assert "Alleen te controleren (1)" in text_of(grid.get(GRID))
    soup = grid.get(f"{GRID}?show=open")
    assert [header.split(" ••")[0] for header in row_headers(soup)] == ["Okonjo, Grace"]
    assert "Alle 2 contracten" in text_of(soup)
    grid.post(soup.select_one("main form")["action"], {worked(replacement(home.facility, "Aerts")): "5"})
    assert grid.response.location.endswith("?show=open")


def test_before_the_trimester_is_open_the_grid_says_from_when(grid, home, rita):
    """A15."""
    opened(2026, 3, entry_from=days(9), submit_from=None)
    for number, words in ((3, f"Invoeren voor trimester 3 (jan–mrt 2027) kan vanaf {days(9):%d/%m/%Y}."),
                          (4, "Trimester 4 (apr–jun 2027) is nog niet geopend.")):
        address = f"/ecalcura/990001/trimesters/2026/{number}/hours"
        soup = grid.get(address)
        assert words in text_of(soup)
        assert soup.select("main input[type=text], main button:not(.tabs-menu)") == []
        soup = grid.post(address, {f"was_{rita.id}": "0;;", worked(rita): "456"}, 409)
        assert f"fout: {words}" in standing(soup, rita)
        assert "456" in text_of(soup)
    assert PerformanceRow.select().count() == 0


def test_a_submitted_trimester_keeps_its_hours_and_what_was_typed_is_shown(grid, home, rita):
    """V33."""
    opened_form = grid.form_of(GRID)
    submitted(home.facility, 2026, 2)
    soup = grid.post(GRID, {**opened_form, worked(rita): "456"}, 409, token=False)
    assert "fout: Dit verandert trimester 2, dat al is ingediend. Vraag heropening." in standing(soup, rita)
    assert "456" in text_of(soup.select_one(f"#r{rita.id}"))
    assert PerformanceRow.select().count() == 0


@pytest.mark.parametrize("path", ["2026/0", "2026/5", "1999/1", "2201/1", "x/1"])
def test_a_trimester_that_cannot_be_is_not_there(grid, path):
    grid.get(f"/ecalcura/990001/trimesters/{path}/hours", 404)


def test_a_contract_of_another_facility_is_never_saved(grid, home, rita):
    other = nurse_with_premium(facility("990002", name="De Brug"))
    fields = grid.form_of(GRID)
    grid.post(GRID, {**fields, f"was_{other.id}": "0;;", worked(other): "100"}, token=False)
    assert hours_of(home) == {}
    assert stored(Facility.by_hco("990002"), trimester().id) == {}
    grid.get("/ecalcura/990002/trimesters/2026/2/hours", 404)


def test_only_the_role_for_privacy_opens_the_grid(page, home, rita):
    """A2."""
    for account in (home.financial, home.ann):
        page.sign_in(account)
        assert "Beheer privacygevoelige gegevens" in text_of(page.get(GRID, 403))
