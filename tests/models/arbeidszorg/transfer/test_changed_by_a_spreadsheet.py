"""Files that somebody opened in a spreadsheet and saved: nothing comes in wrong, merged or double without a word."""
import csv
import datetime
import json

import pytest
import xlsxwriter

from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.transfer import importing, placing
from models.arbeidszorg.transfer.outcome import reason
from models.arbeidszorg.transfer.register_file.columns import OLD, columns
from models.audit import AuditEntry
from models.errors import Refused
from tests import old_register
from tests.factories import client_of
from tests.models.arbeidszorg.transfer.own_file import export
from tests.old_register import NO_PERIOD, OPEN, counts, places, row

pytestmark = pytest.mark.usefixtures("register")
HEADINGS = columns(OLD)
MONTHS_FIRST, OPEN_ORDER, MADE = "dates_swapped", "dates_open", "numbers_made"


def born(*days, start="01/01/2015"):
    """A row for each birth date, each a client of its own."""
    return [row(old_number=str(number), birth_date=day, start_date=start, **OPEN) for number, day in enumerate(days, 1)]


def numbered(*numbers):
    """A row for each old number, each a client with a birth date of its own."""
    return [row(old_number=text, birth_date=f"14/07/{1950 + place}") for place, text in enumerate(numbers)]


def refused(run, *rows, **options):
    """The code and the message of the refusal of a file with these rows, which changes nothing."""
    before, entries = counts(), AuditEntry.select().count()
    with pytest.raises(Refused) as error:
        run(*rows, **options)
    assert (counts(), AuditEntry.select().count()) == (before, entries)
    return error.value.code, reason(error.value)


def likenesses(result):
    """(line, old number, remark) of each remark that a client equals another one."""
    return [(one.line, one.value, one.reason.partition(": ")[0]) for one in result.remarks
            if one.reason.startswith("Lijkt op")]


# Each small file with its outcome: the code that refuses it whole, or (clients, lines of refused rows).
FILES = {
    "the month first, two rows of the issue": (born("4/19/1970", "4/9/1970"), MONTHS_FIRST),
    "the month first with zeros": (born("04/19/1970", "04/09/1970"), MONTHS_FIRST),
    "the month first with dashes": (born("4-19-1970", "4-9-1970"), MONTHS_FIRST),
    "the month first in the start date": (born("3/3/1970", start="4/19/2015"), MONTHS_FIRST),
    "the month first in the end date": (
        [row(birth_date="3/3/1970", start_date="4/4/2014", end_date="4/19/2015")], MONTHS_FIRST),
    "one day first and one month first": (born("19/4/1970", "4/19/1970"), MONTHS_FIRST),
    "a refused row with the month first": ([*born("19/4/1970"), row(gender="Q", birth_date="4/19/1970")], MONTHS_FIRST),
    "no day above 12": (born("4/9/1970", "5/9/1970"), OPEN_ORDER),
    "one row in doubt": ([row(birth_date="Onbekend", start_date="03/06/2024", **OPEN)], OPEN_ORDER),
    "one date in doubt beside equal ones": (born("3/3/1970", start="4/5/2015"), OPEN_ORDER),
    "a day above 12 proves the others": (born("4/9/1970", "19/4/1970"), (2, [])),
    "equal day and month": (born("3/3/1970", "4/4/1970"), (2, [])),
    "no date at all": ([row(birth_date="Onbekend", **NO_PERIOD)], (1, [])),
    "digits as typed": (born("04091970", start="01012015"), (1, [])),
    "a day that does not exist in either order": (born("19/4/1970", "31/02/1980", "30/30/1980"), (1, [3, 4])),
    "two digits of the year": (born("19/4/1970", "4/19/70"), (1, [3])),
    "a number in scientific notation": (numbered("1,00E+05"), MADE),
    "an exponent": (numbered("1,23457E+11"), MADE),
    "a day as a number": (numbered("12/mei"), MADE),
    "a whole date as a number": (numbered("5/12/2026"), MADE),
    "a time of the day as a fraction": (numbered("0,4375"), MADE),
    "a time of the day": (numbered("10:30:00"), MADE),
    "numbers as people choose them": (numbered("007", "7", "1E5", "12/5", "10:30", "A-12", "2024-17"), (7, [])),
    "a protected number": (numbered('="007"', "7"), (2, [])),
    "an error as a number": (numbered("#REF!", "#N/B", "8"), (1, [2, 3])),
    "an error as an organisation": ([row(), row(old_number="2", organisation="#NAAM?")], (1, [3])),
}


@pytest.mark.parametrize(("rows", "outcome"), FILES.values(), ids=FILES)
def test_a_small_file_is_taken_as_it_is_meant_or_refused(run, rows, outcome):
    if isinstance(outcome, str):
        assert refused(run, *rows)[0] == outcome
    else:
        result = run(*rows)
        assert (result.clients, [line for line, _, _ in places(result)]) == outcome


def workbook(path, *rows):
    """Write a spreadsheet with these rows; dates, times and numbers in them are real ones."""
    with xlsxwriter.Workbook(path, {"default_date_format": "d/mm/yyyy"}) as book:
        sheet = book.add_worksheet()
        for place, cells in enumerate([list(HEADINGS.values()), *rows]):
            sheet.write_row(place, 0, cells)
    return path


# Dates


def test_real_dates_of_a_spreadsheet_are_right_whatever_their_days(run, tmp_path):
    days = {"birth_date": datetime.date(1970, 9, 4), "start_date": datetime.date(2015, 2, 3)}
    result = run(path=workbook(tmp_path / "register.xlsx", row(**days, **OPEN)))
    assert (result.clients, Client.get().birth_date) == (1, datetime.date(1970, 9, 4))


def test_a_spreadsheet_that_turned_only_some_dates_around_is_refused(run, tmp_path):
    # With European settings it took 4/9/1970 of an American file for a real date, and left 4/19/1970 as text.
    path = workbook(tmp_path / "register.xlsx", row(birth_date=datetime.date(1970, 9, 4)),
                    row(old_number="2", birth_date="4/19/1970"))
    with pytest.raises(Refused, match=MONTHS_FIRST):
        run(path=path)
    assert counts() == (0, 0, 0, 0)


def test_a_file_with_the_month_first_is_refused_with_lines_and_columns(run):
    _, message = refused(run, *born("4/9/1970", "4/19/1970", "4/20/1970", start="4/30/2015"))
    assert "regel: 2 (Startdatum), 3 (Geboortedatum), 3 (Startdatum), 4 (Geboortedatum), 4 (Startdatum). " in message
    assert "4/19" not in message


def test_a_long_list_of_dates_is_cut_off_and_counted(run):
    _, message = refused(run, *born(*["4/19/1970"] * 30))
    assert "11 (Geboortedatum) en nog 20. " in message


def test_a_dry_run_refuses_the_dates_too(run):
    assert refused(run, *born("4/19/1970", "4/9/1970"), dry_run=True)[0] == MONTHS_FIRST


def test_whoever_says_that_the_day_is_first_gets_every_date_that_exists(run):
    result = run(*born("4/19/1970", "4/9/1970"), dates_are_dmy=True)
    assert places(result) == [(2, "Geboortedatum", "4/19/1970")]
    assert Client.get().birth_date == datetime.date(1970, 9, 4)


def test_a_long_file_with_the_month_first_is_not_called_nonsense(run, monkeypatch):
    monkeypatch.setattr(placing, "NONSENSE", 20)
    assert refused(run, *born(*["4/19/1970"] * 50))[0] == MONTHS_FIRST
    assert refused(run, *born(*["4/19/1970"] * 50), dates_are_dmy=True)[0] == "file_nonsense"
    assert refused(run, *[row(gender="Q", birth_date="4/9/1970", **NO_PERIOD)] * 50)[0] == "file_nonsense"


def test_loket_s_own_file_is_never_asked_for_its_dates(run, cast, tmp_path):
    client_of(cast.ploeg, birth_date=datetime.date(1970, 9, 4))
    export(cast.ploeg, tmp_path / "loket.csv")
    assert run(path=tmp_path / "loket.csv").known == 1


@pytest.mark.usefixtures("shipped")
def test_the_faulty_export_still_refuses_its_own_rows_alone(run):
    expected = json.loads(old_register.real("oud_register_met_fouten.json").read_text())
    result = run(path=old_register.real("oud_register_met_fouten.csv"))
    assert sorted(line for line, _, _ in places(result)) == sorted(fault["line"] for fault in expected["sown"])
    assert (result.made_numbers, likenesses(result)) == (0, [])


# Old numbers


@pytest.mark.parametrize(("cell", "text"), [
    (datetime.date(2026, 5, 12), "2026-05-12"), (0.4375, "0,4375"), (1.5e17, "1,5e+17")])
def test_a_number_that_a_spreadsheet_took_for_something_else_is_listed(run, tmp_path, cell, text):
    path = workbook(tmp_path / "register.xlsx", row(old_number=cell))
    with pytest.raises(Refused, match=MADE):
        run(path=path)
    [remark] = run(path=path, dry_run=True).remarks
    assert (remark.line, remark.column, remark.value) == (2, "Volgnummer", text)


def test_a_real_number_of_a_spreadsheet_finds_its_client(run, tmp_path):
    run(row(old_number="12"))
    assert run(path=workbook(tmp_path / "register.xlsx", row(old_number=12))).known == 1


def test_a_dry_run_lists_the_numbers_that_look_made_before_anything_is_written(run, tmp_path):
    result = run(*numbered("7", "1,00E+05", "12/mei"), dry_run=True)
    assert "Volgnummers die door een rekenblad gemaakt lijken: 2, regel: 3, 4" in result.lines()
    assert "  regel 3, Volgnummer '1,00E+05': Dit volgnummer lijkt door een rekenblad gemaakt." in result.lines()
    with (tmp_path / "register.opmerkingen.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [cells[:3] for cells in csv.reader(file, delimiter=";")][1:] == [
            ["3", "Volgnummer", "1,00E+05"], ["4", "Volgnummer", "12/mei"]]
    assert counts() == (0, 0, 0, 0)


def test_the_import_names_the_lines_of_such_numbers_and_not_the_numbers(run):
    _, message = refused(run, *numbered("7", "1,00E+05", "12/mei"))
    assert "gemaakt, regel: 3, 4. " in message
    assert "1,00E+05" not in message


def test_numbers_that_somebody_says_are_right_are_imported_as_they_are(run):
    result = run(*numbered("1,00E+05"), numbers_are_right=True)
    assert (result.clients, result.made_numbers, Client.get().old_number) == (1, 1, "1,00E+05")


def test_a_number_that_the_register_has_already_is_not_asked_again(run):
    run(*numbered("1,00E+05"), numbers_are_right=True)
    result = run(*numbered("1,00E+05", "8"))
    assert (result.known, result.clients, result.made_numbers) == (1, 1, 0)


@pytest.mark.parametrize("size", [1000, 1])
def test_the_rows_of_a_client_are_listed_once(run, monkeypatch, size):
    monkeypatch.setattr(importing, "BATCH", size)
    rows = [row(old_number="12/mei"), row(old_number="12/mei", start_date="01/09/2021", **OPEN)]
    assert run(*rows, dry_run=True).made_number_lines == [2]


def test_a_long_list_of_numbers_is_cut_off_and_counted(run):
    result = run(*numbered(*(f"{day}/mei/{year}" for year in (2020, 2021, 2022) for day in range(1, 21))), dry_run=True)
    assert (result.made_numbers, len(result.made_number_lines)) == (60, 50)
    assert any(line.endswith("50, 51 en nog 10") for line in result.lines())


def test_a_protected_number_finds_the_client_that_has_it(run):
    run(row(old_number="007"))
    result = run(row(old_number='="007"'))
    assert (result.known, result.clients) == (1, 0)


def test_an_error_where_a_name_belongs_is_refused(run, cast, tmp_path):
    client_of(cast.ploeg, "Rosa Vermeulen")

    def change(rows):
        rows[0]["Naam"] = "#VERW!"

    export(cast.ploeg, tmp_path / "loket.csv", change)
    result = run(path=tmp_path / "loket.csv")
    assert places(result) == [(2, "Naam", "")]
    assert Client.get().name == "Rosa Vermeulen"


# Clients that equal another one


def test_a_client_whose_number_lost_its_zeros_is_pointed_out_beside_the_one_it_equals(run):
    run(row(old_number="007"))
    result = run(row(old_number="7"))
    assert likenesses(result) == [(2, "7", "Lijkt op cliënt 1 (oud volgnummer 007)")]
    assert [client.old_number for client in Client.select().order_by(Client.number)] == ["007", "7"]


def test_two_people_007_and_7_stay_two_without_a_word(run):
    result = run(row(old_number="007"), row(old_number="7", gender="Man"))
    assert (result.clients, result.remarked) == (2, 0)
    assert run(row(old_number="007"), row(old_number="7", gender="Man")).known == 2


@pytest.mark.parametrize("size", [1000, 1])
def test_two_rows_of_one_file_that_equal_each_other_are_pointed_out_once(run, monkeypatch, size):
    monkeypatch.setattr(importing, "BATCH", size)
    result = run(row(old_number="007"), row(old_number="7"))
    assert likenesses(result) == [(3, "7", "Lijkt op een andere cliënt in dit bestand (oud volgnummer 007)")]


@pytest.mark.parametrize("changes", [
    {"birth_date": "15/07/1985"}, {"gender": "Man"}, {"gender": ""}, {"home_postcode": "9001"},
    {"work_postcode": "9051"}, {"work_postcode": ""}, {"start_date": "04/06/2019"}, NO_PERIOD,
    {"organisation": "Het Atelier"}, {"province": "Limburg"}, {"birth_date": "Onbekend"}, {"home_postcode": ""},
], ids=str)
def test_a_client_with_another_answer_or_start_is_not_alike(run, changes):
    run(row(old_number="007"))
    assert likenesses(run(row(old_number="7", **changes))) == []


def test_clients_that_miss_the_same_answers_or_have_no_period_are_alike(run):
    run(row(old_number="007", gender="", work_postcode="", **NO_PERIOD))
    result = run(row(old_number="7", gender="", work_postcode="", **NO_PERIOD))
    assert likenesses(result) == [(2, "7", "Lijkt op cliënt 1 (oud volgnummer 007)")]


def test_any_period_of_a_client_may_start_on_the_same_day(run):
    later = {"start_date": "01/09/2021", **OPEN}
    run(row(old_number="007"), row(old_number="007", **later))
    assert likenesses(run(row(old_number="7", **later)))[0][0] == 2


def test_a_client_in_the_register_already_is_not_compared_again(run):
    run(row(old_number="007"), row(old_number="7"))
    assert likenesses(run(row(old_number="7", start_date="01/09/2021", **OPEN))) == []


def test_many_rows_that_equal_each_other_get_a_remark_each(run, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 20)
    result = run(*(row(old_number=str(number)) for number in range(50)))
    assert [line for line, _, _ in likenesses(result)] == list(range(3, 52))


def test_an_old_number_that_reads_as_a_name_is_not_repeated(run):
    result = run(row(old_number="Peeters"), row(old_number="Roos"), row(old_number="17"))
    assert likenesses(result) == [
        (3, "", "Lijkt op een andere cliënt in dit bestand"), (4, "17", "Lijkt op een andere cliënt in dit bestand")]
