"""Earlier answers go out with an export and come back as they were: a report on last year is the same after a move."""
import datetime
import io
from dataclasses import replace

import openpyxl
import pytest

from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.answers import PastAnswer
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.transfer import importing
from models.arbeidszorg.transfer.exporting import Export
from models.arbeidszorg.transfer.register_file.columns import OWN, columns
from models.arbeidszorg.transfer.staging import batches
from models.database import database, now
from models.organisations import Organisation
from tests.factories import client_of, days, period_of
from tests.models.arbeidszorg.transfer.own_file import export
from tests.old_register import places, row

COLUMN = "Vroegere antwoorden"
HEADINGS = list(columns(OWN).values())
DAYS = [datetime.date(2020, 12, 31), *(datetime.date(2026, 3, number) for number in (1, 9, 10, 14, 15, 19, 20, 31))]
PENSION = "Hoofdinkomen: Pensioen (t.e.m. 19/03/2026)"


@pytest.fixture
def day(clock):
    """`day(12)` makes it 12 March 2026, at noon."""
    def turn_to(number):
        clock(datetime.datetime(2026, 3, number, 12, tzinfo=datetime.UTC))

    turn_to(1)
    return turn_to


@pytest.fixture
def lived(ploeg, day):
    """De Ploeg with a client whose answers changed, which has two rows in an export, and a client without changes."""
    rosa = client_of(ploeg, "Rosa Vermeulen", income="living-wage", birth_date="unknown", home_postcode="none")
    period_of(rosa, ploeg, datetime.date(2020, 1, 1), datetime.date(2020, 6, 30))
    period_of(rosa, ploeg, datetime.date(2026, 1, 1))
    client_of(ploeg, "Jan Peeters")
    day(10)
    rosa = rosa.change({"income": "pension", "birth_date": datetime.date(1980, 5, 6)}, None, rosa.version)
    day(15)
    rosa = rosa.change({"home_postcode": "9000"}, None, rosa.version)
    day(20)
    rosa.change({"income": "living-wage", "birth_date": datetime.date(1980, 5, 7), "home_postcode": "9050",
                 "education": "higher"}, None, rosa.version)
    # Loket kept earlier birth dates before a birth date was always a correction.
    for value, until in (("1980-05-06", 19), ("unknown", 9)):
        PastAnswer.create(client_number=rosa.number, question="birth_date", value=value,
                          until=datetime.date(2026, 3, until))
    return ploeg


def history(organisation):
    """Return the earlier answers of each client as the table has them, and its answers on each of DAYS."""
    return [
        ([(one.question, one.option, one.value, one.until) for one in client.past_answers()],
         [client.answers_on(day) for day in DAYS])
        for client in Client.of(organisation).order_by(Client.number)]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "loket.csv"


# Out


def test_each_row_of_a_client_has_its_earlier_answers_in_words(lived, path):
    cells = [one[COLUMN] for one in export(lived, path)]
    assert cells[0] == cells[1]
    assert cells[2] == ""
    assert sorted(cells[0].split(" | ")[:4]) == [
        "Geboortedatum: 06/05/1980 (t.e.m. 19/03/2026)", PENSION,
        "Onderwijsniveau: Lager secundair (algemeen, technisch, beroeps of kunst) (t.e.m. 19/03/2026)",
        "Postcode woonplaats: 9000 (t.e.m. 19/03/2026)"]
    assert cells[0].split(" | ")[4] == "Postcode woonplaats: Geen vaste woonplaats (t.e.m. 14/03/2026)"
    assert sorted(cells[0].split(" | ")[5:]) == [
        "Geboortedatum: Onbekend (t.e.m. 09/03/2026)", "Hoofdinkomen: Leefloon (t.e.m. 09/03/2026)"]


def test_the_spreadsheet_has_the_earlier_answers_too(lived, path):
    csv_cell = export(lived, path)[0][COLUMN]
    book = openpyxl.load_workbook(io.BytesIO(Export.of(lived.organisation.id, "xlsx", by=lived.account).xlsx()))
    heading, first, *_ = book.active.iter_rows(values_only=True)
    assert dict(zip(heading, first, strict=True))[COLUMN] == csv_cell


def test_a_cell_longer_than_a_spreadsheet_takes_is_cut_off_there_and_not_left_out(ploeg):
    client = client_of(ploeg)
    PastAnswer.insert_many([{"client_number": client.number, "question": "income", "option": "pension",
                             "until": days(-number), "made_at": now()} for number in range(1, 901)]).execute()
    book = openpyxl.load_workbook(io.BytesIO(Export.of(ploeg.organisation.id, "xlsx", by=ploeg.account).xlsx()))
    cell = book.active.cell(2, HEADINGS.index(COLUMN) + 1).value
    assert len(cell) == 32_767


# And back


def test_an_empty_installation_gets_the_same_history(run, lived, path, start_anew):
    before = history(lived.organisation)
    export(lived, path)
    start_anew()
    assert run(path=path).refused == 0
    organisation = Organisation.get()
    assert history(organisation) == before
    assert [len(past) for past, _ in before] == [7, 0]
    assert Export.of(organisation.id, "csv", by=None).csv() == path.read_bytes()


def test_another_installation_keeps_the_history_under_the_new_number(run, lived, path, start_anew):
    before = history(lived.organisation)
    export(lived, path)
    start_anew()
    run(row(organisation="Het Atelier"))
    assert run(path=path).renumbered == 2
    assert history(Organisation.get(Organisation.name == "De Ploeg")) == before


def test_the_same_file_again_adds_no_earlier_answer(run, lived, path, start_anew):
    before = history(lived.organisation)
    export(lived, path)
    for here in (True, False):
        if not here:
            start_anew()
            run(path=path)
        result = run(path=path)
        assert (result.known, result.refused, result.completed) == (3, 0, 0)
        assert history(Organisation.get()) == before


def test_a_client_in_the_register_keeps_its_own_history(run, lived, path, day):
    def change(rows):
        rows[0][COLUMN] = rows[1][COLUMN] = rows[2][COLUMN] = PENSION

    export(lived, path, change)
    before = history(lived.organisation)
    result = run(path=path)
    assert (result.known, result.refused) == (3, 0)
    assert history(lived.organisation) == before


@pytest.mark.parametrize("size", [1000, 1])
def test_rows_of_one_client_with_different_histories_are_refused(run, lived, path, start_anew, monkeypatch, size):
    def change(rows):
        rows[1][COLUMN] = PENSION

    monkeypatch.setattr(importing, "BATCH", size)
    before = history(lived.organisation)
    export(lived, path, change)
    start_anew()
    result = run(path=path)
    assert places(result) == [(3, COLUMN, "")]
    assert result.periods == 1
    assert history(Organisation.get()) == before


@pytest.mark.parametrize("size", [1000, 1])
@pytest.mark.parametrize("empty", [0, 1])
def test_an_empty_cell_contradicts_nothing(run, lived, path, start_anew, monkeypatch, size, empty):
    def change(rows):
        rows[empty][COLUMN] = ""

    monkeypatch.setattr(importing, "BATCH", size)
    before = history(lived.organisation)
    export(lived, path, change)
    start_anew()
    assert run(path=path).refused == 0
    assert history(Organisation.get()) == before


@pytest.mark.parametrize("retired", [False, True])
def test_headings_and_answers_with_separators_in_them_come_back(run, lived, path, start_anew, retired):
    asked = questionnaire.current()
    odd = r"\: | A: b | c (t.e.m. 01/01/2020) \| "
    questions = tuple(
        replace(question, column=f"=1 | {question.code}: \\", options=tuple(
            replace(option, label=f"{option.code}{odd}{option.code}", retired=retired) for option in question.options))
        for question in asked.questions)
    questionnaire.use(replace(asked, questions=questions))
    try:
        before = history(lived.organisation)
        cell = export(lived, path)[0][COLUMN]
        start_anew()
        assert run(path=path).refused == 0
        assert history(Organisation.get()) == before
    finally:
        questionnaire.use(asked)
    assert cell.startswith("'=1")


@pytest.mark.parametrize(("cell", "reason"), [
    ("Rosa Vermeulen", "staat er als"),
    ("Hoofdinkomen: Pensioen", "staat er als"),
    ("Hoofdinkomen: Pensioen (t.e.m. )", "staat er als"),
    (f"{PENSION} | ", "staat er als"),
    (f"{PENSION} | | {PENSION}", "staat er als"),
    (f"{PENSION}; {PENSION}", "staat er als"),
    ("Rosa: Pensioen (t.e.m. 19/03/2026)", "een vraag die niet in de vragenlijst staat"),
    ("Aantal uren: 5 (t.e.m. 19/03/2026)", "een vraag die niet in de vragenlijst staat"),
    ("Perspectief na stopzetting: Zelfde trede (t.e.m. 19/03/2026)", "een vraag die niet in de vragenlijst staat"),
    ("Hoofdinkomen: Rosa (t.e.m. 19/03/2026)", "'Hoofdinkomen' staat niet in de vragenlijst"),
    ("Hoofdinkomen: pension (t.e.m. 19/03/2026)", "'Hoofdinkomen' staat niet in de vragenlijst"),
    ("Geboortedatum: 31/02/1980 (t.e.m. 19/03/2026)", "'Geboortedatum' is geen dag van 1900"),
    ("Geboortedatum: 31/12/1899 (t.e.m. 19/03/2026)", "'Geboortedatum' is geen dag van 1900"),
    ("Geboortedatum: 21/03/2026 (t.e.m. 19/03/2026)", "'Geboortedatum' is geen dag van 1900"),
    ("Postcode woonplaats: 99 (t.e.m. 19/03/2026)", "'Postcode woonplaats' is geen postcode"),
    ("Postcode werkplaats: Geen vaste woonplaats (t.e.m. 19/03/2026)", "'Postcode werkplaats' is geen postcode"),
    ("Hoofdinkomen: Pensioen (t.e.m. 31/02/2026)", "een dag die niet bestaat"),
    ("Hoofdinkomen: Pensioen (t.e.m. 21/03/2026)", "nog moet komen"),
    ("Hoofdinkomen: Pensioen (t.e.m. gisteren)", "een dag die niet bestaat"),
    (f"{PENSION} | Hoofdinkomen: Leefloon (t.e.m. 19/3/2026)", "twee vroegere antwoorden tot en met dezelfde dag"),
])
def test_a_wrong_cell_refuses_only_its_own_row(run, lived, path, tmp_path, start_anew, cell, reason):
    def change(rows):
        rows[0][COLUMN] = cell

    before = history(lived.organisation)
    export(lived, path, change)
    start_anew()
    result = run(path=path)
    assert places(result) == [(2, COLUMN, "")]
    assert reason in result.refusals[0].reason
    assert "Rosa" not in (tmp_path / "loket.geweigerd.csv").read_text("utf-8")
    assert result.periods == 1
    assert history(Organisation.get()) == before


def test_a_day_up_to_today_is_accepted(run, lived, path, start_anew):
    def change(rows):
        rows[2][COLUMN] = "Hoofdinkomen: Pensioen (t.e.m. 20/03/2026)"

    export(lived, path, change)
    start_anew()
    assert run(path=path).refused == 0
    assert PastAnswer.select().where(PastAnswer.until == datetime.date(2026, 3, 20)).count() == 1


# The cost


def test_the_old_register_is_imported_without_reading_earlier_answers(run, monkeypatch):
    monkeypatch.setattr(batches, "PAST_ANSWERS", "no statement")
    assert run(row(), row(old_number="2")).clients == 2
    assert run(row(), row(old_number="2")).known == 2


def test_a_batch_reads_its_earlier_answers_in_one_statement(run, ploeg, path, start_anew, monkeypatch):
    for _ in range(30):
        client = client_of(ploeg, income="none")
        client.change({"income": "pension"}, None, client.version)
    export(ploeg, path)
    start_anew()
    run(path=path)
    asked = []
    execute = database.obj.execute_sql
    monkeypatch.setattr(database.obj, "execute_sql", lambda sql, *rest: asked.append(sql) or execute(sql, *rest))
    assert run(path=path).known == 30
    assert sum("past_answer" in sql and "INSERT" not in sql for sql in asked) == 1
    assert PastAnswer.select().count() == 30
