"""Forms in use: mistyped, clicked twice, edited by two at once; and exporting and importing."""
import csv
import datetime
import io
import re
import zipfile

import pytest
from playwright.sync_api import expect

from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.transfer.register_file import columns
from models.database import transaction
from tests.factories import client_of, period_of
from tests.journeys.scenes.asked import long_ago
from tests.journeys.tools.steps import fill_client, heading, notice, row_of, rows, save, tab

BORN = datetime.date(1990, 11, 2)


def test_a_mistyped_client_form_keeps_everything_and_focuses_the_first_wrong_field(window):
    page = window.page
    window.go("/clients/new")
    fill_client(page, "Ward Claes", birth_date="31/02/1990", work_postcode="99", gender="x")
    page.locator("[name=education]").select_option("")
    page.locator("[name=home_postcode]").fill("")
    page.get_by_label("Geen vaste woonplaats").check()
    save(page)
    expect(notice(page)).to_contain_text("kijk 3 velden na")
    birth_date = page.get_by_label("Geboortedatum", exact=True)
    expect(birth_date).to_be_focused()
    expect(birth_date).to_have_value("31/02/1990")
    expect(birth_date).to_have_accessible_description(re.compile("De dag 31/02/1990 bestaat niet"))
    expect(page.get_by_label("Naam")).to_have_value("Ward Claes")
    expect(page.get_by_label("Postcode tewerkstelling")).to_have_value("99")
    expect(page.locator("[name=gender]")).to_have_value("x")
    expect(page.get_by_label("Geen vaste woonplaats")).to_be_checked()
    expect(page.locator("[name=main_problem]")).to_have_value("judicial")
    birth_date.fill("28/02/1990")
    page.get_by_label("Postcode tewerkstelling").fill("9900")
    page.locator("[name=education]").select_option("lower-secondary")
    save(page)
    heading(page, "Periode toevoegen")


def test_a_mistyped_period_form_keeps_everything_and_names_the_overlapping_period(window, ploeg):
    client = client_of(ploeg)
    period_of(client, ploeg, datetime.date(2024, 1, 1), datetime.date(2024, 3, 31))
    page = window.page
    window.go(f"/clients/{client.number}/periods/new")
    page.get_by_label("Aantal uren").fill("12,555")
    page.get_by_label("Startdatum").fill("15/03/24")
    save(page)
    expect(page.get_by_label("Aantal uren")).to_be_focused()
    expect(page.get_by_label("Startdatum")).to_have_value("15/03/24")
    page.get_by_label("Aantal uren").fill("12,5")
    page.get_by_label("Startdatum").fill("15/03/2024")
    save(page)
    expect(page.get_by_label("Startdatum")).to_be_focused()
    expect(page.get_by_label("Startdatum")).to_have_accessible_description(
        re.compile("van 01/01/2024 tot en met 31/03/2024"))
    page.get_by_label("Startdatum").fill("01/04/2024")
    save(page)
    heading(page, "Dashboard")


def test_ticking_unknown_clears_a_typed_answer_and_unticking_restores_it(window):
    page = window.page
    window.go("/clients/new")
    typed, box = page.locator("[name=birth_date]"), page.locator("[name=birth_date_unknown]")
    typed.fill("02/11/1990")
    box.check()
    expect(typed).to_have_value("")
    box.uncheck()
    expect(typed).to_have_value("02/11/1990")
    box.check()
    typed.press_sequentially("3")
    expect(box).not_to_be_checked()


def save_twice(window):
    """Click on save, and again while the server is still busy; returns the number of forms that were sent."""
    page, before, sent = window.page, window.page.url, []
    page.on("request", lambda request: request.method == "POST" and sent.append(request))
    button = page.get_by_role("button", name="Opslaan")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    # A transaction here holds the register's lock, so the server must wait.
    with transaction():
        with page.expect_request(lambda request: request.method == "POST"):
            page.mouse.click(box["x"] + 5, box["y"] + 5)
        page.mouse.click(box["x"] + 5, box["y"] + 5)
    expect(page).not_to_have_url(before)
    return len(sent)


@pytest.mark.parametrize(("script", "forms"), [(True, 1), (False, 2)], ids=["script", "no-script"])
def test_clicking_save_twice_makes_one_row(new_window, ploeg, script, forms):
    window = new_window(ploeg.account, java_script_enabled=script)
    window.go("/clients/new")
    fill_client(window.page, "Ward Claes")
    assert save_twice(window) == forms
    client = Client.of(ploeg.organisation.id).get()
    window.go(f"/clients/{client.number}")
    window.page.get_by_role("link", name="Nieuwe begeleidingsperiode starten").click()
    window.page.get_by_label("Aantal uren").fill("12,5")
    window.page.get_by_label("Startdatum").fill("01/04/2024")
    assert save_twice(window) == forms
    heading(window.page, "Dashboard")
    assert Client.of(ploeg.organisation.id).count() == 1
    assert Period.of(client).count() == 1


def test_a_likely_double_gives_a_warning_and_can_be_saved(window, ploeg):
    client_of(ploeg, "Roos Peeters")
    page = window.page
    window.go("/clients/new")
    fill_client(page, "Roos P.")
    save(page)
    expect(notice(page)).to_contain_text("Ken je deze cliënt al?")
    expect(notice(page)).to_contain_text("Roos Peeters")
    save(page)
    heading(page, "Periode toevoegen")


def test_one_changed_answer_asks_why_and_one_press_of_a_key_saves(window, ploeg):
    client = client_of(ploeg, "Roos Peeters")
    long_ago(client)
    page = window.page
    window.go(f"/clients/{client.number}/edit")
    page.locator("[name=education]").select_option("higher")
    page.get_by_label("Naam").press("Enter")
    expect(notice(page)).to_contain_text("Waarom verandert dit antwoord?")
    page.get_by_label("Naam").press("Enter")
    expect(notice(page)).to_contain_text("Waarom verandert dit antwoord?")
    assert Client.get_by_id(client.number).version == 1
    page.get_by_role("button", name="De situatie is veranderd").press("Enter")
    heading(page, "Cliëntinformatie")
    expect(page.locator("main")).to_contain_text("Tot en met")
    assert [was.question for was in Client.get_by_id(client.number).past_answers()] == ["education"]


def test_two_colleagues_editing_the_same_client_lose_nothing(new_window, ploeg):
    client = client_of(ploeg, "Roos Peeters", birth_date=BORN)
    first, second = new_window(ploeg.account), new_window(ploeg.account)
    second.expected.add(409)
    for window in (first, second):
        window.go(f"/clients/{client.number}/edit")
    first.page.locator("[name=education]").select_option("higher")
    save(first.page)
    heading(first.page, "Cliëntinformatie")
    second.page.get_by_label("Naam").fill("Roos Peeters-Claes")
    save(second.page)
    expect(notice(second.page)).to_contain_text("intussen al bewaard")
    expect(notice(second.page).get_by_role("row", name="Naam")).to_contain_text("Roos Peeters-Claes")
    expect(notice(second.page).get_by_role("row", name="Onderwijsniveau")).to_contain_text("Hoger onderwijs")
    expect(second.page.get_by_label("Naam")).to_have_value("Roos Peeters-Claes")
    save(second.page)
    heading(second.page, "Cliëntinformatie")
    expect(second.page.locator("main")).to_contain_text("Roos Peeters-Claes")
    expect(second.page.locator("main")).to_contain_text("Hoger onderwijs")


def test_two_colleagues_editing_the_same_period_lose_nothing(new_window, ploeg):
    client = client_of(ploeg, "Roos Peeters")
    period = period_of(client, ploeg)
    first, second = new_window(ploeg.account), new_window(ploeg.account)
    second.expected.add(409)
    for window in (first, second):
        window.go(f"/clients/{client.number}/periods/{period.id}")
    first.page.get_by_label("Aantal uren").fill("15,2")
    save(first.page)
    heading(first.page, "Dashboard")
    second.page.get_by_label("Aantal uren").fill("20")
    save(second.page)
    expect(notice(second.page).get_by_role("row", name="Aantal uren")).to_have_text(re.compile(r"15,2\s*20"))
    save(second.page)
    heading(second.page, "Dashboard")
    assert Period.of(client).get().hours == 20


def test_a_deletion_is_requested_and_not_carried_out(window, ploeg):
    client = client_of(ploeg, "Roos Peeters")
    page = window.page
    window.go(f"/clients/{client.number}")
    page.get_by_role("link", name="Verwijdering aanvragen").click()
    page.get_by_role("button", name="Verwijdering aanvragen").click()
    expect(page.get_by_label("Reden")).to_be_focused()
    page.get_by_label("Reden").select_option(label="Nooit begeleid")
    page.get_by_role("button", name="Verwijdering aanvragen").click()
    heading(page, "Cliëntinformatie")
    expect(page.locator("main")).to_contain_text("De verwijdering is aangevraagd op")
    assert Client.of(ploeg.organisation.id).count() == 1


def test_the_own_register_is_exported_with_names(window, ploeg):
    period_of(client_of(ploeg, "Zoë Desmet"), ploeg)
    page = window.page
    window.go("/dashboard")
    page.get_by_role("link", name="Exporteren").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download als CSV").click()
    assert download.value.suggested_filename.endswith(".csv")
    lines = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig")), delimiter=";"))
    assert [(line["Naam"], line["Aantal uren"]) for line in lines] == [("Zoë Desmet", "12,5")]
    with page.expect_download() as download:
        page.get_by_role("link", name="Download voor Excel (XLSX)").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    with zipfile.ZipFile(download.value.path()) as book:
        assert any("Zoë Desmet" in book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


def test_an_imported_client_is_listed_and_completed(site, window, ploeg, tmp_path):
    head = columns.columns(columns.OLD)
    row = dict.fromkeys(head.values(), "") | {
        "Provincie": "Oost-Vlaanderen", "Organisatie": ploeg.organisation.name,
        "E-mail organisatie": ploeg.organisation.email, "Volgnummer": "A17", "Geboortedatum": "12/08/1967",
        "Geslacht": "Man", "Aantal uren": "10,5", "Startdatum": "19/03/2015"}
    file = tmp_path / "oud.csv"
    file.write_bytes(f"{';'.join(row)}\r\n{';'.join(row.values())}\r\n".encode("cp1252"))
    site.flask("register", "import", str(file))
    page = window.page
    window.go("/dashboard")
    expect(rows(page)).to_have_count(1)
    expect(row_of(page, "(A17)")).to_contain_text("te vervolledigen")
    page.get_by_label("Alleen te vervolledigen").check()
    expect(page.locator("#announce")).to_have_text("1 cliënt")
    row_of(page, "(A17)").get_by_role("link", name="Cliëntinformatie").click()
    page.get_by_role("link", name="Cliënt bewerken").first.click()
    fill_client(page, "Ward Claes", birth_date=BORN.replace(year=1967, month=8, day=12), gender="male")
    save(page)
    heading(page, "Cliëntinformatie")
    expect(page.locator("main")).not_to_contain_text("te vervolledigen")


def test_the_own_organisation_is_edited_and_signed_out_everywhere(new_window, ploeg):
    window, elsewhere = new_window(ploeg.account), new_window(ploeg.account)
    page = window.page
    elsewhere.go("/dashboard")
    window.go("/dashboard")
    page.get_by_role("link", name="Mijn organisatie").click()
    page.get_by_role("link", name="Gegevens bewerken").or_(
        page.get_by_role("button", name="Gegevens bewerken")).click()
    page.get_by_label("Website").fill("geen website")
    page.get_by_label("Telefoon").fill("09 123 45 67")
    save(page)
    expect(page.get_by_label("Website")).to_be_focused()
    expect(page.get_by_label("Telefoon")).to_have_value("09 123 45 67")
    page.get_by_label("Website").fill("www.voorbeeld.be")
    save(page)
    heading(page, "Mijn organisatie")
    expect(page.locator("main")).to_contain_text("https://www.voorbeeld.be")
    page.get_by_role("button", name="Overal afmelden").click()
    heading(page, "Aanmelden")
    elsewhere.expected.add(401)
    tab(elsewhere.page, "Niet-actieve cliënten").click()
    heading(elsewhere.page, "Aanmelden")
