"""'Personeel inlezen': the template, the check that keeps nothing, and the report of each row."""
import io

import pytest
from openpyxl import load_workbook

from models.ecalcura.people.employees import Employee
from tests.models.ecalcura.cast import BORN, number_of
from tests.page import text_of

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
