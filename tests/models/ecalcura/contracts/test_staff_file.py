"""'Personeel inlezen': each row is added or refused with its column, and nothing half."""
import datetime
import io

import pytest
from openpyxl import Workbook, load_workbook

from models.audit import AuditEntry
from models.ecalcura.contracts import lists, staff_file
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.people import changes
from models.ecalcura.people.employees import Employee
from models.ecalcura.people.lookups import Lookup
from models.errors import Refused
from tests.models.ecalcura.cast import number_of, opened, submitted

pytestmark = pytest.mark.usefixtures("register")
JULY = datetime.date(2026, 7, 1)
BORN = datetime.date(1970, 3, 14)


@pytest.fixture(autouse=True)
def open_trimester(register):
    opened()


@pytest.fixture
def people(registers):
    """The numbers of four people of 56 with the visum of a nurse."""
    return [registers.has(number_of(BORN + datetime.timedelta(days=day)), birth=BORN + datetime.timedelta(days=day),
                          VPK=None) for day in range(4)]


def row(number, **values):
    """A row of the file: a nurse from July on, full-time."""
    cells = {"Rijksregisternummer": number, "Begindatum": JULY, "Rol": "Gerechtigde", "Kwalificatie": "verpleegkundige",
             "Statuut": "Arbeidsovereenkomst", "Uren per week": 38}
    return cells | {name.replace("_", " "): value for name, value in values.items()}


def replacing(number, replaces, **values):
    return row(number, Rol="vervanger", **{"Vervangt (rijksregisternummer)": replaces} | values)


def book(*rows, headings=None):
    """The file as an upload."""
    made, headings = Workbook(), headings or staff_file.headings()
    sheet = made.active
    sheet.append(headings)
    for cells in rows:
        sheet.append([cells.get(heading) for heading in headings])
    content = io.BytesIO()
    made.save(content)
    return content


def outcomes(report):
    return [(line.number, line.column, line.refused and str(line.refused.code)) for line in report.lines]


def test_rows_are_added_with_their_choices_and_replacements(home, people):
    """A replacement may be above the employee who is replaced."""
    report = staff_file.read(home, book(
        replacing(people[1], people[0], Vervangen_uren=2.5, Datum_van_de_akte="15/06/2026"),
        row(people[0], Keuze_45="premie", Keuze_50="vrijstelling", Keuze_55="Vrijstelling"),
        row(people[2], Uren_per_week="19,5", Einddatum="30/09/2026", Kwalificatie="VPK"),
        replacing(people[3], "pool", Uren_per_week=10)))
    assert outcomes(report) == [(line, "", None) for line in (2, 3, 4, 5)]
    assert (report.added, report.refused) == (4, 0)
    found = {employee.person.number: employee for employee in Employee.of(home)}
    assert [one.step for one in Choice.of(found[people[0]])] == [45, 50, 55]
    part = Contract.of(found[people[2]]).get()
    assert (part.hours, part.full_time, part.until, part.qualification_state) == (
        1950, 3800, datetime.date(2026, 9, 30), "in_order")
    replacement = Replacement.of(found[people[1]]).get()
    assert (replacement.replaced_id, replacement.hours, replacement.act_on) == (
        found[people[0]].id, 250, datetime.date(2026, 6, 15))
    assert [one.hours for one in Replacement.select().where(Replacement.replaced_id.is_null())] == [1000]


@pytest.mark.parametrize(("values", "column", "code"), [
    ({"Rijksregisternummer": "70031400005"}, "Rijksregisternummer", "number_invalid"),
    ({"Rijksregisternummer": number_of(sequence="999")}, "Rijksregisternummer", "person_unknown"),
    ({"Rijksregisternummer": None}, "Rijksregisternummer", "staff_file_empty"),
    ({"Begindatum": "31/02/2026"}, "Begindatum", "staff_file_day"),
    ({"Einddatum": "30/06/2026"}, "Einddatum", "contract_end"),
    ({"Rol": "directeur"}, "Rol", "role_unknown"),
    ({"Kwalificatie": "arts"}, "Kwalificatie", "qualification_unknown"),
    ({"Statuut": "vrijwilliger"}, "Statuut", "statute_unknown"),
    ({"Uren_per_week": "19:30"}, "Uren per week", "hours_typed"),
    ({"Uren_per_week": 40}, "Uren per week", "hours_above_full_time"),
    ({"Keuze_45": "allebei"}, "Keuze 45", "step_unknown"),
    ({"Kwalificatie": "zorgkundige", "Keuze_50": "premie"}, "Keuze 50", "premium_not_allowed"),
    ({"Rol": "vervanger", "Keuze_45": "premie"}, "Rol", "replacement_choice"),
    ({"Rol": "vervanger", "Vervangt (rijksregisternummer)": number_of(sequence="999")},
     "Vervangt (rijksregisternummer)", "replaced_not_exempt"),
    ({"Uren_per_week": "#N/B"}, "Uren per week", "cell_error"),
])
def test_a_row_that_is_wrong_is_refused_with_its_column_and_costs_no_other(home, people, values, column, code):
    report = staff_file.read(home, book(row(people[0], **values), row(people[1])))
    assert outcomes(report) == [(2, column, code), (3, "", None)]
    assert [employee.person.number for employee in Employee.of(home)] == [people[1]]


def test_a_second_run_doubles_nothing_and_a_second_contract_is_added(home, people, registers):
    first = book(row(people[0], Uren_per_week=19))
    staff_file.read(home, first)
    assert outcomes(staff_file.read(home, first)) == [(2, "Begindatum", "contract_overlap")]
    report = staff_file.read(home, book(row(people[0], Kwalificatie="zorgkundige", Uren_per_week=19)))
    assert outcomes(report) == [(2, "", None)]
    assert (Employee.of(home).count(), Contract.select().count(), len(registers.asked)) == (1, 2, 1)


def test_a_dry_run_asks_no_register_and_keeps_nothing(home, people, registers):
    before = AuditEntry.select().count()
    content = book(row(people[0], Keuze_45="vrijstelling"), replacing(people[1], people[0]), row("1"),
                   row(people[2], Uren_per_week=39))
    report = staff_file.read(home, content, dry_run=True)
    assert outcomes(report) == [(2, "", None), (3, "", None),
                                (4, "Rijksregisternummer", "number_invalid"),
                                (5, "Uren per week", "hours_above_full_time")]
    assert (Employee.select().count(), Lookup.select().count(), registers.asked) == (0, 0, [])
    assert AuditEntry.select().count() == before


def test_a_submitted_trimester_refuses_the_row(home, people):
    submitted(home)
    assert outcomes(staff_file.read(home, book(row(people[0])))) == [(2, "Begindatum", "trimester_submitted")]


def test_a_silent_register_is_asked_for_three_people_and_the_others_wait(home, people, registers):
    registers.silent = True
    content = book(*(row(number) for number in people))
    assert outcomes(staff_file.read(home, content)) == [
        (2, "", None), (3, "", None), (4, "", None), (5, "Rijksregisternummer", "register_silent")]
    assert {one.register_state for one in Employee.of(home)} == {"silent"}
    registers.silent = False
    assert outcomes(staff_file.read(home, content))[-1] == (5, "", None)


def test_a_file_without_a_required_column_is_refused(home):
    with pytest.raises(Refused, match="staff_file_columns") as error:
        staff_file.read(home, book(headings=["Rijksregisternummer", "Begindatum", "Rol"]))
    assert error.value.context["columns"] == "Kwalificatie, Statuut, Uren per week"


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_file_with_more_rows_than_the_template_is_refused_as_a_whole(home, people, registers, dry_run):
    with pytest.raises(Refused) as refused:
        staff_file.read(home, book(*[row(people[0])] * (staff_file.LINES + 1)), dry_run=dry_run)
    assert (refused.value.code, refused.value.context) == ("staff_file_long", {"most": 1000})
    assert registers.asked == []


def test_a_csv_file_is_read_too(home, people):
    line = f"{people[0]};01/07/2026;gerechtigde;verpleegkundige;statutair;38,00"
    headings = "Rijksregisternummer;Begindatum;Rol;Kwalificatie;Statuut;Uren per week"
    content = io.BytesIO(f"{headings}\r\n{line}\r\n".encode())
    assert outcomes(staff_file.read(home, content)) == [(2, "", None)]


def test_the_template_is_filled_in_and_read(home, people):
    made = load_workbook(io.BytesIO(staff_file.template()))
    sheet = made["Personeel"]
    for place, heading in enumerate(staff_file.headings(), 1):
        value = row(people[0]).get(heading)
        sheet.cell(2, place, value)
    assert [cell.value for cell in made["Lijsten"]["B"]][1:] == [one.label for one in lists.qualifications().values()]
    content = io.BytesIO()
    made.save(content)
    assert outcomes(staff_file.read(home, content)) == [(2, "", None)]


def test_a_dry_run_derives_nothing_that_it_would_throw_away(home, people, monkeypatch):
    """Everybody waits for its transaction, of which the checks of each employee were the longest part."""
    told = []
    monkeypatch.setattr(changes, "_State", type("_State", (changes._State,), {"followers": [told.append]}))
    staff_file.read(home, book(*map(row, people)), dry_run=True)
    assert told == []
    staff_file.read(home, book(row(people[0])))
    assert told


def test_an_acquired_right_is_read_up_to_its_step(home, people):
    report = staff_file.read(home, book(
        row(people[0], Kwalificatie="maatschappelijk assistent", Verworven_recht_tot_stap=50, Keuze_50="vrijstelling"),
        row(people[1], Verworven_recht_tot_stap="47"),
        replacing(people[2], "pool", Verworven_recht_tot_stap="45")))
    assert outcomes(report) == [
        (2, "", None), (3, "Verworven recht tot stap", "staff_file_acquired"),
        (4, "Verworven recht tot stap", "staff_file_acquired")]
    assert [one.acquired_step for one in Contract.select()] == [50]


def test_a_template_from_before_the_acquired_right_is_still_read(home, people):
    headings = [heading for heading in staff_file.headings() if heading != "Verworven recht tot stap"]
    assert outcomes(staff_file.read(home, book(row(people[0]), headings=headings))) == [(2, "", None)]
    assert Contract.get().acquired_step is None
