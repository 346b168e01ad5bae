"""'Voorzieningen' of the desk: the list, and the data of one."""
import datetime

from models.ecalcura.roles import FINANCIAL
from tests.models.ecalcura.cast import OTHER_KBO, employee, facility, manager, opened, somebody, submitted
from tests.page import row_headers, text_of

LIST = "/ecalcura/desk/facilities"


def names(soup):
    return [text_of(row.a) for row in soup.select("tbody th")]


def test_the_desk_sees_all_facilities_with_a_dossier_and_opens_one(dossier, home):
    facility("990005", kind="kortverblijf", name="Kortverblijf De Linde", parent_id=home.facility.id)
    dossier.get("/", 303)
    assert dossier.response.location == "/ecalcura/desk/progress"
    soup = dossier.get(LIST)
    assert names(soup) == ["Woonzorgcentrum De Linde"]
    shown = dossier.get(soup.select_one("tbody th a")["href"])
    assert "HCO 990001 Woonzorgcentrum De Linde" in text_of(shown)
    assert "Zorg Vlier vzw · KBO 0000.000.196" in text_of(shown)
    assert "Kortverblijf De Linde (HCO 990005)" in text_of(shown)
    for hco in ("990005", "123456"):
        dossier.get(f"{LIST}/{hco}", 404)


def test_a_facility_is_found_by_name_town_hco_and_kbo_number(dossier):
    facility("990002", name="Huize Sint-Bavo", town="Genève", kbo=OTHER_KBO)
    for typed in ("bavo", "geneve", "990002", "0000.000.295", "0000000295", "huize 99000"):
        assert names(dossier.get(f"{LIST}?q={typed}")) == ["Huize Sint-Bavo"], typed
    soup = dossier.get(f"{LIST}?q=nergens")
    assert "Geen voorziening past bij deze keuze." in text_of(soup)
    assert names(dossier.get(soup.select_one(".empty a")["href"])) == ["Huize Sint-Bavo", "Woonzorgcentrum De Linde"]


def test_the_list_is_filtered_and_sorted_and_paged_by_its_address(dossier, home):
    facility("990002", kind="ibw", name="Aan Zee", town="Oostende", province="west-vlaanderen")
    for number in range(30):
        facility(f"99100{number:02}", kind="pvt", name=f"Huis {number:02}", town="Gent", province="oost-vlaanderen")
    assert names(dossier.get(f"{LIST}?kind=ibw")) == ["Aan Zee"]
    assert names(dossier.get(f"{LIST}?province=west-vlaanderen")) == ["Aan Zee"]
    soup = dossier.get(f"{LIST}?kind=pvt&page=2")
    assert names(soup) == [f"Huis {number:02}" for number in range(25, 30)]
    assert "26–30 van 30 voorzieningen" in text_of(soup)
    assert soup.select_one("#page-previous")["href"] == f"{LIST}?kind=pvt"
    assert names(dossier.get(f"{LIST}?sort=hco"))[:2] == ["Woonzorgcentrum De Linde", "Aan Zee"]
    assert names(dossier.get(f"{LIST}?sort=town"))[-1] == "Huis 23"
    # Values that do not exist are left out.
    assert len(names(dossier.get(f"{LIST}?kind=x&province=x&lacking=x&sort=x&page=x"))) == 25
    assert row_headers(dossier.partial(f"{LIST}?kind=ibw")) == ["Aan Zee Oostende"]


def test_facilities_without_an_access_manager_or_without_a_role_holder_are_found(dossier, home):
    lonely, managed = facility("990002", name="Zonder iemand"), facility("990003", name="Met beheerder")
    manager(managed, "Kris Bos")
    held = facility("990004", name="Met financiën")
    somebody(held, FINANCIAL, "Els Pols")
    blocked = manager(held, "Rik Weg")
    blocked.block()
    assert names(dossier.get(f"{LIST}?lacking=access")) == ["Met financiën", lonely.name]
    assert names(dossier.get(f"{LIST}?lacking=roles")) == [managed.name, lonely.name]
    assert [(text_of(link), link["href"]) for link in dossier.get(LIST).select("main > p a")] == [
        ("Zonder toegangsbeheerder: 2 van 4 (50 %)", f"{LIST}?lacking=access"),
        ("Zonder rolhouder: 2 van 4 (50 %)", f"{LIST}?lacking=roles")]


def test_a_row_has_the_staff_the_checks_and_the_state_of_this_trimester(dossier, home, desk, clock):
    clock(datetime.datetime(2026, 8, 1, 12, tzinfo=datetime.UTC))
    dossier.sign_in(desk.dossier)
    for checks in (0, 2, 1):
        made = employee(home.facility)
        type(made).update(open_checks=checks).where(type(made).id == made.id).execute()
    opened(deadline=datetime.date(2026, 7, 31))
    assert "Woonzorgcentrum 3 2 te laat" in text_of(dossier.get(LIST))
    submitted(home.facility)
    assert "Woonzorgcentrum 3 2 ingediend" in text_of(dossier.get(LIST))
    facility("990002", name="Oud", successor_id=home.facility.id, merged_on=datetime.date(2026, 7, 1))
    assert "Oud 990002 Woonzorgcentrum 0 – gefuseerd" in text_of(dossier.get(LIST))


def test_a_merged_facility_leads_to_its_successor(dossier, home):
    facility("990002", name="Oud", successor_id=home.facility.id, merged_on=datetime.date(2026, 7, 1))
    soup = dossier.get(f"{LIST}/990002")
    assert "gefuseerd op 01/07/2026" in text_of(soup)
    assert soup.select_one(".notice a")["href"] == f"{LIST}/990001"


def test_a_calculator_sees_the_data_of_a_facility_and_nobody_of_it(page, home, desk):
    page.sign_in(desk.calculator)
    assert names(page.get(LIST)) == ["Woonzorgcentrum De Linde"]
    soup = page.get(f"{LIST}/990001")
    assert "Maes" not in soup.text
    assert not {"Toegang", "Personeel", "Trimesters"} & {text_of(tab) for tab in soup.select(".tabs a")}
    page.get(f"{LIST}/990001/access", 403)


def test_the_desk_has_no_page_of_a_facility_itself(dossier):
    dossier.get("/ecalcura/990001", 403)
    assert "nog geen rol" not in dossier.response.text
