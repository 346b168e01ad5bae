"""'Personeel inlezen': the template, the check that keeps nothing, and the report of each row."""
import datetime
import io

import pytest
from openpyxl import load_workbook

from models import names
from models.database import now
from models.ecalcura.people.employees import Employee
from models.ecalcura.roles import PRIVACY
from models.ecalcura.transfer.staff_uploads import KEPT, StaffUpload
from tests.models.ecalcura.cast import BORN, facility, number_of, somebody
from tests.page import text_of, values_of

FILE = "/ecalcura/990001/staff/file"
HEADINGS = "Rijksregisternummer;Begindatum;Rol;Kwalificatie;Statuut;Uren per week;Keuze 45"


@pytest.fixture
def nurse(registers):
    """The number of a nurse of 56 with a visum."""
    return registers.has(number_of(BORN), "Greet", "Proef", BORN, VPK=None)


def upload(officer, *rows, status=422, **values):
    content = "\r\n".join([HEADINGS, *rows]).encode()
    return officer.post(FILE, {"file": (io.BytesIO(content), "personeel.csv"), **values}, status)


def row(number, hours="38", choice="vrijstelling"):
    return f"{number};01/07/2026;gerechtigde;verpleegkundige;statutair;{hours};{choice}"


def test_a_check_shows_each_row_and_keeps_nothing(officer, nurse):
    text = text_of(upload(officer, row(nurse), row("123")).main)
    assert "Nagekeken, nog niets opgeslagen: 1 rij in orde, 1 niet" in text
    assert "3 Rijksregisternummer V01 Dit is geen geldig rijksregister- of bisnummer." in text
    assert Employee.select().count() == 0
    assert "1 rij in orde, 0 niet" in text_of(upload(officer, row(nurse), status=200).main)


def test_reading_adds_the_rows_that_are_right_and_names_the_column_of_the_others(officer, nurse):
    main = upload(officer, row(nurse), row(nurse, "0"), read="1").main
    assert "Ingelezen: 1 rij toegevoegd, 1 niet" in text_of(main)
    assert "3 Uren per week V10 Vul uren in, meer dan 0." in text_of(main)
    added = Employee.get()
    assert main.find("a", href=f"/ecalcura/990001/staff/{added.id}")
    assert nurse not in officer.response.text
    assert len({officer.form_of(FILE)["form_key"], main.select_one("[name=form_key]")["value"]}) == 2


def test_a_file_that_is_no_table_is_refused_at_the_field(officer):
    soup = officer.post(FILE, {"file": (io.BytesIO(b"\x00\x01"), "x.xlsx"), "read": "1"}, 422)
    assert "Dit is geen rekenblad" in text_of(soup.select_one("#file-error"))


def test_the_template_is_a_spreadsheet_without_a_name_in_its_name(officer):
    officer.get(f"{FILE}/template.xlsx")
    assert 'filename="personeel-inlezen.xlsx"' in officer.response.headers["Content-Disposition"]
    assert load_workbook(io.BytesIO(officer.response.data)).sheetnames == ["Personeel", "Lijsten"]


def test_a_file_that_is_right_as_a_whole_leads_to_the_list(officer, nurse):
    upload(officer, row(nurse), read="1", status=303)
    assert "Ingelezen: 1 rij toegevoegd." in text_of(officer.follow().main)
    assert nurse not in officer.response.text


def checked(officer, *rows, status=422):
    """Check a list; returns the address and the fields of its button 'inlezen'."""
    form = upload(officer, *rows, status=status).select_one("form.buttons")
    return form["action"], values_of(form)


def test_a_checked_list_is_read_without_choosing_the_file_again(officer, nurse):
    path, fields = checked(officer, row(nurse), row("123"))
    soup = officer.post(path, fields, 422, token=False)
    assert "Ingelezen: 1 rij toegevoegd, 1 niet" in text_of(soup.main)
    assert soup.select_one("form.upload")["action"] == FILE
    assert Employee.select().count() == 1
    for _ in range(2):
        officer.post(path, fields, 303, token=False)
        assert "Dit bestand is al ingelezen, of het is gewist" in text_of(officer.follow().main)
    assert Employee.select().count() == 1


def test_a_checked_list_that_is_right_as_a_whole_leads_to_the_list(officer, nurse):
    path, fields = checked(officer, row(nurse), status=200)
    officer.post(path, fields, 303, token=False)
    assert "Ingelezen: 1 rij toegevoegd." in text_of(officer.follow().main)
    assert nurse not in officer.response.text
    assert nurse not in path


def test_a_list_without_a_good_row_is_not_kept(officer):
    soup = upload(officer, row("123"))
    assert not soup.select_one("form.buttons")
    assert "Verbeter de rijen in het bestand en kies het dan opnieuw." in text_of(soup.main)
    assert not StaffUpload.select().exists()


def test_a_list_that_waited_an_hour_is_not_read(officer, nurse):
    path, fields = checked(officer, row(nurse), status=200)
    StaffUpload.update(uploaded_at=now() - KEPT - datetime.timedelta(seconds=1)).execute()
    officer.post(path, fields, 303, token=False)
    assert "Loket bewaart het een uur" in text_of(officer.follow().main)
    assert Employee.select().count() == 0


def test_a_list_of_another_facility_does_not_exist(officer, nurse, page):
    path, fields = checked(officer, row(nurse), status=200)
    elsewhere = facility("990002")
    page.sign_in(somebody(elsewhere, PRIVACY, "Lies Dok"))
    own = page.form_of("/ecalcura/990002/staff/file")["csrf_token"]
    page.post(path.replace("990001", "990002"), {**fields, "csrf_token": own}, 404, token=False)
    assert StaffUpload.get().waits
    assert Employee.select().count() == 0


def test_without_the_names_key_a_checked_list_stays_and_the_page_says_so(officer, nurse):
    path, fields = checked(officer, row(nurse), status=200)
    key = names._State.key
    names.use(None)
    soup = officer.post(path, fields, 422, token=False)
    names.use(key)
    assert soup.select_one("#file-error")
    officer.post(path, fields, 303, token=False)
    assert Employee.select().count() == 1
