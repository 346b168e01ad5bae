"""'Berekeningen' at the desk."""
import re

from models.ecalcura.calculations import publishing
from models.ecalcura.calculations.calculations import Calculation
from models.ecalcura.facilities.facilities import Facility, RehabAgreement
from models.ecalcura.trimesters.files import TrimesterFile
from tests.models.ecalcura.calculations import made
from tests.models.ecalcura.cast import facility
from tests.page import text_of

BASE = "/ecalcura/desk/calculations"
FORM = {"kind": "definitive", "trimester": "2026-1", "of": ""}


def figures(soup):
    return [text_of(one) for one in soup.select("ul.sums li")]


def test_a_calculator_makes_freezes_and_publishes_a_calculation(page, home, desk, submitted):
    page.sign_in(desk.calculator)
    page.post(f"{BASE}/new", FORM)
    calculation = Calculation.newest().get()
    soup = page.follow()
    assert soup.h1.text == "Definitief voor trimester 1 (jul–sep 2026)"
    assert figures(soup)[:3] == ["2 vrijgesteld", "1 vervangen", "1 gefinancierd"]
    one = f"{BASE}/{calculation.id}"
    for act, said in (("freeze", "vastgelegd"), ("publish", "gepubliceerd")):
        page.post(f"{one}/{act}", form=f"{one}/{act}")
        assert said in text_of(page.follow().main)
        # A second click finds it done.
        page.post(f"{one}/{act}", form=f"{one}/{act}")
    assert Calculation.one(calculation.id).state == "published"
    assert TrimesterFile.select().where(TrimesterFile.facility_id == home.facility.id).get().state == "closed"
    assert page.get(one).select("main .actions a") == []


def test_without_a_submitted_trimester_there_is_nothing_to_calculate(page, home, desk):
    page.sign_in(desk.calculator)
    assert "Er is niets te berekenen" in text_of(page.get(f"{BASE}/new").main)
    assert "nog geen berekening" in text_of(page.get(BASE).main)


def test_a_form_that_is_not_filled_in_says_so_at_each_field(page, desk, submitted):
    page.sign_in(desk.calculator)
    soup = page.post(f"{BASE}/new", {**FORM, "kind": "", "trimester": ""}, status=422)
    assert [text_of(one) for one in soup.select("p.wrong")] == ["Fout: Kies een soort.", "Fout: Kies een trimester."]
    assert not Calculation.select().exists()


def test_a_revision_without_a_change_is_refused_and_the_form_stays(page, desk, submitted):
    page.sign_in(desk.calculator)
    soup = page.post(f"{BASE}/new", {**FORM, "kind": "revision"}, status=422)
    assert "Er is niets te berekenen" in text_of(soup.main)
    assert soup.select_one("select[name=kind] option[selected]")["value"] == "revision"


def test_a_trimester_that_was_reopened_meanwhile_is_named_and_cannot_be_frozen(page, home, desk, submitted):
    calculation = made.calculation()
    TrimesterFile.select().get().move("reopened", reopen_reason="Uren vergeten")
    page.sign_in(desk.calculator)
    one = f"{BASE}/{calculation.id}"
    assert "HCO 990001" in text_of(page.get(one).main)
    page.post(f"{one}/freeze", form=f"{one}/freeze")
    assert "intussen heropend" in text_of(page.follow().main)
    assert Calculation.one(calculation.id).state == "draft"


def test_a_draft_is_discarded_and_a_second_click_finds_nothing(page, desk, submitted):
    calculation = made.calculation()
    page.sign_in(desk.calculator)
    one = f"{BASE}/{calculation.id}"
    page.post(f"{one}/discard", form=f"{one}/discard")
    assert "weggegooid" in text_of(page.follow().main)
    assert not Calculation.select().exists()
    page.post(f"{one}/discard", form=f"{BASE}/new")
    assert "weggegooid" in text_of(page.follow().main)
    page.get(one, 404)


def test_a_frozen_calculation_that_is_outdated_is_discarded_and_stays_readable(page, home, desk, submitted):
    calculation = publishing.freeze(made.calculation(), None)
    page.sign_in(desk.calculator)
    one = f"{BASE}/{calculation.id}"
    assert [text_of(link) for link in page.get(one).select("main .actions a")] == ["Publiceren"]
    TrimesterFile.select().get().move("reopened", reopen_reason="Uren vergeten")
    soup = page.get(one)
    assert "Gooi deze berekening weg en maak een nieuwe" in text_of(soup.main)
    assert [text_of(link) for link in soup.select("main .actions a")] == ["Weggooien"]
    assert "die verouderd is" in text_of(page.get(f"{one}/discard").main)
    for _ in range(2):
        page.post(f"{one}/discard", form=f"{one}/discard")
        assert "weggegooid" in text_of(page.follow().main)
    soup = page.get(one)
    assert "vervallen" in text_of(soup.select_one(".state"))
    assert "nooit gepubliceerd" in text_of(soup.main)
    assert soup.select("main .actions a") == []
    assert "vervallen" in text_of(page.get(BASE).main)


def test_a_frozen_calculation_that_is_right_is_not_discarded(page, desk, submitted):
    calculation = publishing.freeze(made.calculation(), None)
    page.sign_in(desk.calculator)
    one = f"{BASE}/{calculation.id}"
    page.post(f"{one}/discard", form=f"{one}/discard")
    assert "intussen gewijzigd" in text_of(page.follow().main)
    assert Calculation.one(calculation.id).stage == "frozen"


def test_the_dossier_manager_reads_and_makes_nothing(page, desk, submitted):
    calculation = made.calculation()
    page.sign_in(desk.dossier)
    soup = page.get(f"{BASE}/{calculation.id}")
    assert soup.select("main .actions a") == []
    assert page.get(BASE).select("main .actions a") == []
    page.get(f"{BASE}/new", 403)
    page.get(f"{BASE}/{calculation.id}/publish", 403)


def test_no_euro_is_on_any_page_before_there_are_parameters(page, home, desk, submitted):
    """A22."""
    calculation = made.published()
    addresses = {
        desk.calculator: [BASE, f"{BASE}/new", f"{BASE}/{calculation.id}", "/ecalcura/desk/parameters",
                          f"{BASE}/{calculation.id}/facilities/990001", f"{BASE}/{calculation.id}/sums.csv"],
        home.privacy: ["/ecalcura/990001/calculations", f"/ecalcura/990001/calculations/{calculation.id}",
                       f"/ecalcura/990001/calculations/{calculation.id}/explained"]}
    for account, paths in addresses.items():
        page.sign_in(account)
        for path in paths:
            page.get(path)
            assert not re.search(r"€|\bEUR|euro", page.response.text, re.IGNORECASE), path
    assert "Nog geen parameters: alleen uren." in page.browser.get(addresses[home.privacy][1]).text


def test_with_parameters_the_lines_of_the_amount_say_how_it_follows(page, home, desk, submitted):
    made.confirmed()
    calculation = made.calculation()
    page.sign_in(desk.calculator)
    soup = page.get(f"{BASE}/{calculation.id}/facilities/990001")
    [row] = soup.select("section[aria-labelledby=amount] tbody tr")
    assert [text_of(cell) for cell in row.select("th, td")] == [
        "Vervanging", "zorgkundige", "0,03 gefinancierde voltijdsen",
        "loonkost van een voltijdse 1.000 × index 1 × deel van het jaar in dit trimester 0,25", "€ 6,58"]
    assert "Samen € 6,58" in text_of(soup.main)


def test_the_sums_are_downloaded_with_hours_and_without_a_person(page, home, desk, submitted):
    calculation = made.calculation()
    page.sign_in(desk.calculator)
    page.get(f"{BASE}/{calculation.id}/sums.csv")
    lines = page.response.text.removeprefix("\ufeff").splitlines()
    assert lines[0].startswith("HCO-nummer;Naam;Revalidatieovereenkomst;Vrijgesteld (uren per week);")
    assert lines[1:] == ["990001;Woonzorgcentrum De Linde;;2;1;1;0;0"]
    assert page.response.headers["Content-Disposition"] == f'attachment; filename="berekening-{calculation.id}.csv"'


def test_a_facility_that_is_not_in_the_calculation_is_a_404(page, desk, submitted):
    calculation = made.calculation()
    page.sign_in(desk.calculator)
    for hco in ("990009", "weg"):
        page.get(f"{BASE}/{calculation.id}/facilities/{hco}", 404)
    page.get(f"{BASE}/{calculation.id + 1}", 404)
    assert Facility.by_hco("990009") is None


def agreement_of_two():
    """Two facilities under one agreement, of which the first has submitted."""
    RehabAgreement.create(number="7.71")
    first, second = (facility(hco, "revalidatie", f"Revalidatie {hco}", agreement="7.71", agreement_place=place)
                     for place, hco in enumerate(("990021", "990022"), 1))
    made.a_half_financed(first)
    return second


def test_the_facilities_that_wait_for_the_other_one_of_their_agreement_are_named(page, desk, submitted):
    second = agreement_of_two()
    for account in (desk.calculator, desk.dossier):
        page.sign_in(account)
        assert [text_of(one) for one in page.get(BASE).select("#waiting ~ ul li")] == [
            "Trimester 1 (jul–sep 2026), overeenkomst 7.71: HCO 990021 wacht op HCO 990022"]
    made.a_half_financed(second)
    assert page.get(BASE).select("#waiting") == []


def test_an_agreement_has_a_row_with_the_sum_of_its_facilities(page, desk, submitted):
    made.a_half_financed(agreement_of_two())
    made.confirmed()
    calculation = made.calculation(kinds=["revalidatie", "woonzorgcentrum"])
    page.sign_in(desk.calculator)
    rows = page.get(f"{BASE}/{calculation.id}").select("section[aria-labelledby=facilities] tbody tr")
    assert [[text_of(cell) for cell in row.select("th, td:nth-of-type(1), td:last-of-type")] for row in rows] == [
        ["Woonzorgcentrum De Linde HCO 990001", "2", "€ 6,58"],
        ["Revalidatieovereenkomst 7.71 samen HCO 990021 en 990022", "4", "€ 13,16"],
        ["Revalidatie 990021 HCO 990021", "2", "€ 6,58"], ["Revalidatie 990022 HCO 990022", "2", "€ 6,58"]]
    assert [len(row.select("th a")) for row in rows] == [1, 0, 1, 1]
    page.get(f"{BASE}/{calculation.id}/sums.csv")
    assert [row.split(";")[2] for row in page.response.text.splitlines()] == [
        "Revalidatieovereenkomst", "", "7.71", "7.71"]


def test_the_page_of_a_facility_leads_to_its_calculations_accounts_and_messages(page, home, desk, submitted):
    published, draft = made.published("advance"), made.calculation()
    one = "/ecalcura/desk/facilities/990001"
    for account, others in ((desk.dossier, {"/ecalcura/desk/messages/facilities/990001"}), (desk.calculator, set())):
        page.sign_in(account)
        tabs = {link["href"] for link in page.get(one).select("nav.tabs a")}
        assert {f"{one}/calculations", f"{one}/accounts", *others} <= tabs
        rows = page.get(f"{one}/calculations").select("tbody tr")
        assert [[text_of(cell) for cell in row.select("th, td")] for row in rows] == [
            ["Definitief voor trimester 1 (jul–sep 2026)", "concept", "2", "1", "0"],
            ["Voorschot voor trimester 1 (jul–sep 2026)", "gepubliceerd", "2", "1", "0"]]
        assert [row.select_one("a")["href"] for row in rows] == [
            f"{BASE}/{made_one.id}/facilities/990001" for made_one in (draft, published)]
    facility("990002", name="De Lege")
    assert "nog in geen enkele berekening" in text_of(page.get("/ecalcura/desk/facilities/990002/calculations").main)
    page.get("/ecalcura/desk/facilities/990003/calculations", 404)
