"""Loading the desk's file of facilities."""
import datetime

import pytest
import xlsxwriter

from models.audit import AuditEntry
from models.ecalcura.errors import EcalcuraCode as Code
from models.ecalcura.facilities.facilities import Facility, LegalEntity, RehabAgreement
from models.ecalcura.facilities.loading import load
from models.errors import Code as Hall
from models.errors import Refused
from models.files.reading.errors import FileCode
from tests.models.ecalcura.cast import HEADINGS, KBO, OTHER_KBO, line, write
from tests.tables import contents

pytestmark = pytest.mark.usefixtures("register")
EVERY_KIND = (
    line("990002", "centrum voor kortverblijf", "Kortverblijf De Linde", type="1", parent="990001"),
    line("990001", organisation="Zorg Vlier vzw"),
    line("990003", "centrum voor dagverzorging", "De Oude", successor="990004", merged_on="01/07/2026"),
    line("990004", "Centrum voor dagverzorging", "De Nieuwe"),
    line("990005", "centrum voor kortverblijf", "Het Verblijf", type="3"),
    line("990006", "initiatief beschut wonen", "De Brug"),
    line("990007", "psychiatrisch verzorgingstehuis", "De Haven"),
    line("990008", "revalidatievoorziening", "Reva Noord", agreement="R-1"),
    line("990009", "revalidatievoorziening", "Reva Zuid", agreement="R-1"),
)


@pytest.fixture
def loaded(tmp_path):
    """Loads a file with these rows."""
    def loaded(*rows, **options):
        file = {name: options.pop(name) for name in ("headings", "encoding") if name in options}
        return load(write(tmp_path / "voorzieningen.csv", *rows, **file), **options)

    return loaded


def faults(result):
    return [(fault.line, fault.column, fault.refused.code) for fault in result.faults]


def test_every_kind_is_loaded_whatever_the_order_of_the_rows(loaded):
    result = loaded(*EVERY_KIND)
    assert (result.added, result.changed, result.same, faults(result)) == (9, 0, 0, [])
    short_stay, home, old, new = (Facility.by_hco(f"99000{number}") for number in (2, 1, 3, 4))
    assert short_stay.parent.hco == home.hco
    assert home.organisation.name == "Zorg Vlier vzw"
    assert (old.successor.hco, f"{old.merged_on:%d/%m/%Y}") == (new.hco, "01/07/2026")
    assert [one.hco for one in Facility.by_hco("990008").sharing_agreement()] == ["990009"]
    assert RehabAgreement.select().count() == 1


def test_a_second_run_changes_nothing(loaded):
    loaded(*EVERY_KIND)
    before = contents()
    result = loaded(*EVERY_KIND)
    assert (result.added, result.changed, result.same, faults(result)) == (0, 0, 9, [])
    assert contents() == before


def test_a_dry_run_reports_and_keeps_nothing(loaded):
    before = contents()
    assert loaded(*EVERY_KIND, dry_run=True).added == 9
    assert contents() == before


def test_a_changed_row_changes_the_facility_and_the_log_names_the_fields(loaded):
    loaded(line("990001"))
    assert loaded(line("990001", name="De Nieuwe Linde", kbo=OTHER_KBO)).changed == 1
    assert Facility.by_hco("990001").name == "De Nieuwe Linde"
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).get()
    assert (entry.event, entry.details, entry.tenant_id) == (
        "facility-changed", {"fields": ["kbo", "name"]}, Facility.by_hco("990001").id)


def test_a_column_that_is_absent_leaves_its_value(loaded):
    loaded("990001;0000000196;woonzorgcentrum;De Linde;40", headings=f"{REQUIRED};Erkende plaatsen")
    assert loaded("990001;0000000196;woonzorgcentrum;De Linde", headings=REQUIRED).same == 1
    assert Facility.by_hco("990001").places == 40


REQUIRED = "HCO-nummer;KBO-nummer;Soort;Naam"


@pytest.mark.parametrize(("rows", "expected"), [
    ([line("99 0001")], (2, "HCO-nummer", Code.HCO)),
    ([line("990001", kbo="0000000197")], (2, "KBO-nummer", Code.KBO)),
    ([line("990001", kbo="2000000196")], (2, "KBO-nummer", Code.KBO)),
    ([line("990001", "ziekenhuis")], (2, "Soort", Code.FACILITY_KIND)),
    ([line("990001", "centrum voor kortverblijf", type="2")], (2, "Soort", Code.FACILITY_KIND)),
    ([line("990001", name="")], (2, "Naam", Code.FACILITY_NAME)),
    ([line("990001"), line("990001")], (3, "HCO-nummer", Code.HCO_TWICE)),
    ([line("990002", "centrum voor kortverblijf", type="1")], (2, "Hoort bij HCO", Code.PARENT_ABSENT)),
    ([line("990002", "centrum voor kortverblijf", type="1", parent="990009")],
     (2, "Hoort bij HCO", Code.PARENT_ABSENT)),
    ([line("990001", "initiatief beschut wonen"),
      line("990002", "centrum voor kortverblijf", type="1", parent="990001")],
     (3, "Hoort bij HCO", Code.PARENT_KIND)),
    ([line("990001"), line("990002", parent="990001")], (3, "Hoort bij HCO", Code.PARENT_NONE)),
    ([line("990001", agreement="R-1")], (2, "Overeenkomst", Code.AGREEMENT_NONE)),
    ([line(f"99000{number}", "revalidatievoorziening", agreement="R-1") for number in (1, 2, 3)],
     (4, "Overeenkomst", Code.AGREEMENT_FULL)),
    ([line("990001", successor="990002", merged_on="01/07/2026")], (2, "Opvolger HCO", Code.SUCCESSOR_ABSENT)),
    ([line("990001", merged_on="01/07/2026")], (2, "Gefuseerd op", Code.MERGED_TOGETHER)),
    ([line("990001"), line("990002", successor="990001")], (3, "Gefuseerd op", Code.MERGED_TOGETHER)),
    ([line("990001", merged_on="31/02/2026")], (2, "Gefuseerd op", Hall.DATE_ABSENT)),
    (["990001;0000000196"], (2, "", FileCode.ROW_COLUMNS)),
])
def test_a_wrong_row_is_refused_with_its_line_and_column_and_costs_no_other(loaded, rows, expected):
    result = loaded(*rows, line("990099"))
    assert faults(result) == [expected]
    assert result.added == len(rows)
    assert Facility.by_hco("990099")


def test_two_that_merge_into_each_other_are_refused(loaded):
    loaded(line("990001"), line("990002"))
    result = loaded(line("990001", successor="990002", merged_on="01/07/2026"),
                    line("990002", successor="990001", merged_on="01/07/2026"))
    assert [fault[1:] for fault in faults(result)] == [("Opvolger HCO", Code.SUCCESSOR_KIND)]
    assert result.changed == 1


def test_a_merger_is_never_changed(loaded):
    rows = (line("990002"), line("990003"))
    loaded(line("990001", successor="990002", merged_on="01/07/2026"), *rows)
    result = loaded(line("990001", successor="990003", merged_on="01/07/2026"), *rows)
    assert faults(result) == [(2, "Opvolger HCO", Code.MERGED_ALREADY)]


def test_a_facility_never_changes_its_kind(loaded):
    loaded(line("990001"))
    assert faults(loaded(line("990001", "initiatief beschut wonen"))) == [
        (2, "Soort", Code.FACILITY_KIND_CHANGED)]


def test_a_refused_row_leaves_no_organisation(loaded):
    loaded(line("990001", kbo=OTHER_KBO, agreement="R-1"))
    assert [one.kbo for one in LegalEntity.select()] == []
    assert RehabAgreement.select().count() == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_file_of_a_spreadsheet_is_read(loaded, encoding):
    loaded(line("990001", name="Huize Zoë’s"), encoding=encoding)
    assert Facility.by_hco("990001").name == "Huize Zoë’s"


def spreadsheet(path, rows):
    """A workbook with these rows, numbers and days as a spreadsheet keeps them."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, datetime.date):
                    sheet.write_datetime(number, place, cell, day)
                else:
                    sheet.write(number, place, cell)
    return path


def test_a_spreadsheet_is_read_with_its_numbers_and_days(register, tmp_path):
    """A KBO number loses its zeros there."""
    headings = ["HCO-nummer", "KBO-nummer", "Soort", "Naam", "Postcode", "Erkende plaatsen", "Vanaf", "Telefoon"]
    path = spreadsheet(tmp_path / "lijst.xlsx", [
        ["Voorzieningen op 1 december"], headings,
        [990001, 196, "woonzorgcentrum", "Huize Zoë’s", 9000, 40, datetime.date(2020, 1, 31)],
        [990002, "0000.000.196", "woonzorgcentrum", "De Eik", "", "#N/B", "31/01/2020"],
    ])
    loaded = load(path)
    assert (loaded.added, [fault[:2] for fault in faults(loaded)]) == (1, [(4, "Erkende plaatsen")])
    made = Facility.by_hco("990001")
    assert (made.kbo, made.name, made.postcode, made.places, made.since) == (
        KBO, "Huize Zoë’s", "9000", 40, datetime.date(2020, 1, 31))
    assert load(path).same == 1


def test_a_file_with_commas_a_title_and_a_wide_encoding_is_read(register, tmp_path):
    path = tmp_path / "lijst.csv"
    path.write_text('Lijst\n"HCO-nummer","KBO-nummer","Soort","Naam"\n="990001",196,woonzorgcentrum,"De Linde, Gent"\n',
                    encoding="utf-16")
    assert load(path).added == 1
    assert Facility.by_hco("990001").name == "De Linde, Gent"


@pytest.mark.parametrize(("headings", "code"), [
    ("HCO-nummer;KBO-nummer;Soort", FileCode.FILE_HEADING), ("HCO-nummer;Naam", Code.LIST_COLUMNS),
    (f"{HEADINGS};Kleur", Code.LIST_COLUMNS), (f"{HEADINGS};Naam", Code.LIST_COLUMNS), ("", FileCode.FILE_HEADING)])
def test_a_file_with_other_columns_is_refused_as_a_whole(loaded, headings, code):
    with pytest.raises(Refused) as refused:
        loaded(headings=headings)
    assert refused.value.code == code
    assert KBO not in str(refused.value.context)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refused) as refused:
        load(tmp_path / "weg.csv")
    assert refused.value.code == FileCode.FILE_NONE
