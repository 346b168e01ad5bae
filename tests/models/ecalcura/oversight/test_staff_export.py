"""The staff of a facility as a spreadsheet."""
import io

import openpyxl
import pytest

from models.audit import AuditEntry
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.oversight import staff_export
from models.ecalcura.people.number_looks import NumberLook
from models.ecalcura.trimesters.calendar import Trimester
from models.errors import Refused
from tests.models.ecalcura.cast import at_desk, contract, employee, facility, number_of

NUMBER = number_of()


@pytest.fixture
def home(cast):
    made = facility()
    contract(employee(made, NUMBER))
    return made


def cells(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def test_it_has_a_sheet_for_each_table_and_masked_numbers(home):
    found = cells(staff_export.as_xlsx(home, Trimester.known(2026, 1), at_desk()))
    assert list(found) == ["Contracten", "Gewijzigde uren", "Keuzes", "Vervangingen", "Prestaties", "Hoeveelheden",
                           "Controles"]
    assert found["Contracten"][1][:2] == ["Test Tweede", f"••.••.••-•••.{NUMBER[-2:]}"]
    assert not NumberLook.select().exists()
    assert AuditEntry.select().order_by(AuditEntry.id.desc()).get().event == "staff-exported"


def test_whole_numbers_need_a_reason_and_each_of_them_is_a_look(home):
    els, trimester = at_desk(), Trimester.known(2026, 1)
    for reason in ("", "nee", f"over {NUMBER}"):
        with pytest.raises(Refused) as refused:
            staff_export.with_numbers(home, trimester, reason, els)
        assert refused.value.code in (EcalcuraCode.LOOK_REASON, EcalcuraCode.TEXT_NUMBER)
    assert not NumberLook.select().exists()
    found = cells(staff_export.with_numbers(home, trimester, "Vraag van de voorziening", els))
    assert found["Contracten"][1][1].replace(".", "").replace("-", "") == NUMBER
    [look] = NumberLook.select()
    assert (look.by_desk, look.reason, look.account_id) == (True, "Vraag van de voorziening", els.id)
