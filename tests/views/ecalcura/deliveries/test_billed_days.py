"""'Gefactureerde dagen': filling in a year, submitting it, and the desk's pages."""
import io

import openpyxl
import pytest

from models.ecalcura.deliveries import billed_days, billed_reopening
from models.ecalcura.deliveries.billed_days import BilledVersion, BilledYear
from tests.hall import mails
from tests.page import text_of

YEARS = "/ecalcura/990003/deliveries/days"
PAGE, FORM = f"{YEARS}/2025", f"{YEARS}/2025/edit"
DESK = "/ecalcura/desk/facilities/990003/deliveries"
REASON = "Dagen van juni vergeten"


@pytest.fixture
def entering(page, ibw):
    """A `Page`, signed in as somebody who enters the facility's data."""
    page.sign_in(ibw.privacy)
    return page


def submitted(ibw):
    billed_days.save_days(ibw.facility, 2025, {(1, "days"): 3600, (2, "days"): 3500}, 1)
    billed_days.submit_days(ibw.facility, 2025, 2, ibw.privacy, declared=True)


def test_a_year_is_filled_in_submitted_and_asked_to_be_reopened(entering, ibw):
    assert "2025 – – nog leeg" in text_of(entering.get("/ecalcura/990003/deliveries"))
    entering.post(FORM, {"part1_days": "3600", "part2_days": "3 500"}, 422)
    entering.post(FORM, {"part1_days": "3600", "part2_days": "3500"})
    assert "De gefactureerde dagen zijn opgeslagen." in text_of(entering.follow())
    assert "Bevestig dat de gegevens juist en volledig zijn." in text_of(
        entering.post(f"{PAGE}/submit", status=422, form=PAGE))
    entering.post(f"{PAGE}/submit", {"declared": "y"}, form=PAGE)
    text = text_of(entering.follow())
    assert "definitief ingediend" in text
    assert "Versie 1: 3.600 (1 januari – 30 juni), 3.500 (1 juli – 31 december)" in text
    assert "Lies Dok" in text
    entering.post(f"{PAGE}/reopen", {"reason": REASON}, form=PAGE)
    assert f": {REASON}" in text_of(entering.follow())


def test_more_days_than_places_is_refused_at_its_field_and_nothing_is_lost(entering, ibw):
    soup = entering.post(FORM, {"part1_days": "3600", "part2_days": "3681"}, 422)
    assert "V28 Meer dan 20 × 184." in text_of(soup)
    assert soup.select_one("#part2_days")["aria-invalid"] == "true"
    assert soup.select_one("#part1_days")["value"] == "3600"
    assert BilledYear.select().count() == 0
    assert "zonder punt of komma" in text_of(entering.post(FORM, {"part1_days": "3.600"}, 422))


def test_after_a_colleague_saved_both_versions_are_shown_and_nothing_is_lost(entering, ibw):
    values = entering.form_of(FORM)
    billed_days.save_days(ibw.facility, 2025, {(1, "days"): 7}, 1)
    soup = entering.post(FORM, {**values, "part1_days": "9", "part2_days": "8"}, 409, token=False)
    assert "1 januari – 30 juni 7 9" in text_of(soup)
    assert soup.select_one("#part1_days")["value"] == "9"
    entering.post(FORM, {field["name"]: field["value"] for field in soup.select("main form input")}, token=False)
    assert BilledYear.get().days() == {(1, "days"): 9, (2, "days"): 8}


def test_an_older_form_of_a_submitted_year_says_that_it_is_submitted(entering, ibw):
    values = entering.form_of(FORM)
    submitted(ibw)
    assert "zijn al ingediend. Vraag heropening." in text_of(
        entering.post(FORM, {**values, "part1_days": "9"}, 409, token=False))
    entering.get(FORM, 409)
    assert BilledVersion.get().days == {(1, "days"): 3600, (2, "days"): 3500}


def test_this_year_cannot_be_submitted_yet_and_saving_goes_on(entering, ibw, clock):
    year = billed_days.years(ibw.facility)[0]
    text = text_of(entering.get(f"{YEARS}/{year}"))
    assert f"Definitief indienen kan vanaf 01/01/{year + 1}. Opslaan kan al." in text
    entering.post(f"{YEARS}/{year}/edit", {"part1_days": "9"})


def test_the_template_is_filled_in_and_read(entering, ibw):
    answer = entering.browser.get(f"{PAGE}/template.xlsx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="gefactureerde-dagen-2025.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert [[cell.value for cell in row] for row in book["Gefactureerde dagen"].rows] == [
        ["HCO-nummer", "Voorziening", "Gefactureerde dagen 01/01 – 30/06", "Gefactureerde dagen 01/07 – 31/12",
         "Versie"],
        ["990003", "Beschut Wonen De Brug", None, None, "2025 v1"]]
    entering.post(f"{PAGE}/file", {"file": (filled(book, 3600, 3681), "dagen.xlsx")}, 422)
    assert BilledYear.select().count() == 0
    entering.post(f"{PAGE}/file", {"file": (filled(book, 3600, 3680), "dagen.xlsx")})
    assert BilledYear.get().days() == {(1, "days"): 3600, (2, "days"): 3680}
    text = text_of(entering.post(f"{PAGE}/file", {"file": (filled(book, 1, 1), "dagen.xlsx")}, 422))
    assert "Een collega wijzigde dit na het downloaden van het sjabloon." in text


def filled(book, *days):
    """The template with these days, as a file to send."""
    for column, number in enumerate(days, 3):
        book.active.cell(2, column).value = number
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    return content


HEADING = "HCO-nummer;Gefactureerde dagen 01/01 – 30/06;Gefactureerde dagen 01/07 – 31/12;Versie\n"


@pytest.mark.parametrize(("rows", "words"), [
    ("", "In dit bestand staat geen enkele rij."),
    ("990001;1;2;2025 v1\n", "Deze rij staat niet in het sjabloon."),
    ("990003;1;2;2025 v1\n990003;1;2;2025 v1\n", "Deze rij staat hierboven al eens."),
    ("990003;1;2;2024 v1\n", "Dit sjabloon is van een andere periode."),
    ("990003;1,5;2;2025 v1\n", "Typ een geheel aantal"),
    ("990003;99999;2;2025 v1\n", "V28 Meer dan 20 × 181.")])
def test_a_wrong_row_says_why_and_nothing_is_saved(entering, ibw, rows, words):
    file = (io.BytesIO((HEADING + rows).encode()), "dagen.csv")
    assert words in text_of(entering.post(f"{PAGE}/file", {"file": file}, 422))
    assert BilledYear.select().count() == 0


def test_the_desk_follows_the_facilities_and_reopens_with_a_reason(page, ibw, desk):
    submitted(ibw)
    billed_reopening.ask_to_reopen_days(ibw.facility, 2025, REASON, ibw.privacy)
    mails()
    page.sign_in(desk.dossier)
    assert "Beschut Wonen De Brug 990003 ingediend" in text_of(page.get("/ecalcura/desk/deliveries/days?year=2025"))
    assert "3.600" in text_of(page.get(DESK))
    page.post(f"{DESK}/days/2025/reopen", {"reason": ""}, 422)
    page.post(f"{DESK}/days/2025/reopen", {"reason": "Junidagen vergeten"})
    assert "zijn heropend. De mails zijn onderweg." in text_of(page.follow())
    assert [recipient for recipient, *_ in mails()] == ["lies@voorbeeld.be"]
    page.post(f"{DESK}/days/2025/reopen", {"reason": "Nog iets"}, 409)
    page.sign_in(ibw.privacy)
    assert "Heropend door de dossierbeheerder: Junidagen vergeten" in text_of(page.get(PAGE))


def test_only_the_role_for_privacy_and_only_this_kind_of_facility(page, ibw, home, desk):
    for somebody, path, status in (
            (ibw.financial, PAGE, 403), (home.privacy, PAGE, 404), (ibw.privacy, f"{YEARS}/2022", 404),
            (ibw.privacy, f"{YEARS}/2999", 404), (home.privacy, "/ecalcura/990001/deliveries/days/2025", 404),
            (desk.calculator, DESK, 403), (desk.dossier, PAGE, 403), (desk.dossier, f"{DESK}/days/2022/reopen", 404),
            (desk.dossier, "/ecalcura/desk/deliveries/days?year=1999", 404)):
        page.sign_in(somebody)
        page.get(path, status)
