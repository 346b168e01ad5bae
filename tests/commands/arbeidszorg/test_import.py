"""`flask register import`: its options, its report and its messages."""
from dataclasses import replace

import openpyxl
import pytest

from commands.arbeidszorg import importing
from models.arbeidszorg.deletion.trash import KEPT
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.transfer.exporting import Export
from models.arbeidszorg.transfer.register_file.columns import OLD, columns
from models.database import now
from models.days import local_day
from models.organisations import Organisation
from tests.factories import client_of
from tests.old_register import OPEN, counts, row, write


@pytest.fixture
def command(app):
    """Run `flask register import …`. Returns its exit code and everything it printed."""
    def command(*words):
        return register_command(app, "import", *words)

    return command


def register_command(app, *words, typed=None):
    """Run `flask register …`. Returns its exit code and everything it printed."""
    result = app.test_cli_runner().invoke(args=["register", *map(str, words)], input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_the_report_has_the_counts_and_each_refused_row(command, tmp_path):
    path = write(tmp_path, row(), row(old_number="2", gender="Q"), row(old_number="3", **OPEN))
    code, output = command(path)
    assert code == 0
    for line in ("Rijen gelezen: 3", "Organisaties gemaakt: 1", "Cliënten gemaakt: 2",
                 "Periodes gemaakt: 2, waarvan open (zonder einddatum): 1", "Rijen geweigerd: 1",
                 "regel 3, Geslacht 'Q': Dit antwoord staat niet in de vragenlijst.",
                 f"Geweigerde rijen: {tmp_path / 'register.geweigerd.csv'}"):
        assert line in output
    assert counts() == (1, 2, 2, 1)


def test_a_dry_run_reports_the_same_and_changes_nothing(command, tmp_path):
    path = write(tmp_path, row(), row(old_number="2", gender="Q"))
    code, output = command(path, "--dry-run")
    assert code == 0
    assert "Cliënten zouden worden gemaakt: 1" in output
    assert "regel 3, Geslacht 'Q'" in output
    assert "er is niets gewijzigd" in output
    assert counts() == (0, 0, 0, 0)


@pytest.mark.parametrize("content", [b"", b"Geachte,\n", bytes(100)])
def test_a_file_that_is_not_a_register_gets_a_clear_message(command, tmp_path, content):
    path = tmp_path / "register.csv"
    path.write_bytes(content)
    code, output = command(path)
    assert code == 1
    assert "Error: " in output
    assert "Er is niets gewijzigd." in output
    assert counts() == (0, 0, 0, 0)


def test_a_missing_file_gets_a_clear_message(command, tmp_path):
    code, output = command(tmp_path / "nergens.csv")
    assert code == 1
    assert "geen gewoon bestand" in output


def test_the_report_is_written_to_the_given_folder(command, tmp_path):
    folder = tmp_path / "verslag"
    folder.mkdir()
    _, output = command(write(tmp_path, row(gender="Q"), row()), "--report", folder)
    assert str(folder / "register.geweigerd.csv") in output
    assert (folder / "register.geweigerd.csv").exists()
    assert not (tmp_path / "register.geweigerd.csv").exists()


def test_no_name_is_printed_or_written(command, cast, tmp_path):
    client_of(cast.ploeg, "Rosa Vermeulen")
    path = tmp_path / "loket.csv"
    content = Export.of(cast.ploeg.organisation.id, "csv", by=cast.ploeg.account).csv().decode("utf-8-sig")
    path.write_text(content.replace(";Vrouw;", ";Rosa Vermeulen;").replace("De Ploeg", "De Andere Ploeg"), "utf-8")
    _, output = command(path)
    assert "regel 2, Geslacht: Dit antwoord staat niet" in output
    assert "Rosa" not in output
    for file in tmp_path.rglob("*"):
        if file.is_file() and file != path:
            assert b"Rosa" not in file.read_bytes()
    assert Organisation.by_name("oost-vlaanderen", "De Andere Ploeg") is None
    assert Client.select().count() == 1


def test_the_new_numbers_are_reported_where_they_differ(command, cast, tmp_path):
    client_of(cast.outsider)
    path = tmp_path / "loket.csv"
    path.write_bytes(Export.of(cast.outsider.organisation.id, "csv", by=cast.outsider.account).csv().replace(
        b"Het Atelier", b"Het Andere Atelier"))
    _, output = command(path)
    assert "Cliënten met een nieuw nummer: 1" in output
    assert f"Oude en nieuwe nummers: {tmp_path / 'loket.nummers.csv'}" in output


def test_a_questionnaire_that_lacks_an_answer_in_use_is_refused_with_the_option_to_put_back(command, tmp_path, ploeg):
    client_of(ploeg)
    current = questionnaire.current()
    gender = replace(current["gender"], options=current["gender"].options[1:])
    others = [question for question in current.questions if question.code != "gender"]
    questionnaire.use(questionnaire.Questionnaire((gender, *others)))
    try:
        code, output = command(write(tmp_path, row()))
    finally:
        questionnaire.use(current)
    assert code == 1
    assert "Error: option 'female' of question 'gender' is in use by a client but missing" in output
    assert counts()[1] == 1


@pytest.mark.parametrize("birth_dates", [("4/19/1970", "4/9/1970"), ("4/9/1970", "5/9/1970")])
def test_dates_in_doubt_refuse_the_file_until_the_option_says_that_the_day_is_first(command, tmp_path, birth_dates):
    path = write(tmp_path, *(row(old_number=f"{place}", birth_date=day, start_date="01/01/2015", **OPEN)
                             for place, day in enumerate(birth_dates)))
    for options in ([], ["--dry-run"]):
        code, output = command(path, *options)
        assert code == 1
        assert "Bevestigen doe je met --dates dmy. Er is niets gewijzigd." in output
        assert counts() == (0, 0, 0, 0)
    code, output = command(path, "--dates", "dmy")
    assert code == 0
    assert Client.select().where(Client.birth_date == "1970-09-04").count() == 1


def test_numbers_that_look_made_by_a_spreadsheet_stop_the_import_until_the_option_says_that_they_are_right(
        command, tmp_path):
    path = write(tmp_path, row(), row(old_number="1,00E+05", gender="Man"))
    code, output = command(path, "--dry-run")
    assert code == 0
    assert "regel 3, Volgnummer '1,00E+05': Dit volgnummer lijkt door een rekenblad gemaakt." in output
    assert "Kloppen die volgnummers? Importeer dan met --numbers right." in output
    code, output = command(path)
    assert code == 1
    assert "gemaakt, regel: 3. " in output
    assert "Bevestigen doe je met --numbers right. Er is niets gewijzigd." in output
    assert counts() == (0, 0, 0, 0)
    code, _ = command(path, "--numbers", "right")
    assert (code, counts()[1]) == (0, 2)


def test_a_file_without_doubt_needs_no_option(command, tmp_path):
    code, output = command(write(tmp_path, row()), "--dry-run")
    assert code == 0
    assert "--numbers" not in output
    assert "rekenblad" not in output
# Taking an import back


def test_an_import_says_how_it_is_taken_back_and_it_is(app, command, tmp_path):
    _, output = command(write(tmp_path, row(), row(old_number="2")))
    until = local_day(now() + KEPT)
    assert output.splitlines()[-1] == f"Terugdraaien kan tot {until:%d/%m/%Y}: flask register undo 1"
    code, output = register_command(app, "undo", 1, typed="y\n")
    assert code == 0
    assert "cliënten gemaakt: 2" in output
    assert "Teruggedraaid" in output
    assert counts() == (0, 0, 0, 0)


def test_nothing_is_taken_back_without_a_yes(app, command, tmp_path):
    command(write(tmp_path, row()))
    assert register_command(app, "undo", 1, typed="n\n")[0] == 1
    assert counts()[1] == 1
    assert register_command(app, "undo", 1, "--yes")[0] == 0
    assert counts()[1] == 0


def test_a_dry_run_and_an_import_that_added_nothing_do_not_say_how_to_take_them_back(command, tmp_path):
    path = write(tmp_path, row())
    assert "Terugdraaien" not in command(path, "--dry-run")[1]
    command(path)
    assert "Terugdraaien" not in command(path)[1]


def test_a_changed_import_is_not_taken_back_and_the_number_of_the_client_is_named(app, command, tmp_path):
    command(write(tmp_path, row()))
    client = Client.get()
    client.change({"income": "pension"}, None, client.version)
    code, output = register_command(app, "undo", 1, "--yes")
    assert code == 1
    assert "gewijzigd bij 1 cliënten (de eerste: 1)" in output
    assert "Er is niets gewijzigd." in output
    assert counts()[1] == 1


def test_an_unknown_number_has_no_import(app):
    code, output = register_command(app, "undo", 7)
    assert (code, "geen import met dit nummer" in output) == (1, True)


@pytest.mark.parametrize(("bytes_", "words", "said"), [(1, (), True), (1, ("--dry-run",), False), (10**9, (), False)])
def test_of_a_large_file_it_is_said_first_to_stop_the_server(command, tmp_path, monkeypatch, bytes_, words, said):
    monkeypatch.setattr(importing, "LARGE", bytes_)
    _, output = command(write(tmp_path, row()), *words)
    assert ("stop eerst de server" in output) == said


def test_a_spreadsheet_is_large_at_fewer_bytes(command, tmp_path, monkeypatch):
    book = openpyxl.Workbook()
    for cells in (columns(OLD).values(), row()):
        book.active.append(list(cells))
    book.save(tmp_path / "register.xlsx")
    monkeypatch.setattr(importing, "LARGE_SPREADSHEET", 1)
    _, output = command(tmp_path / "register.xlsx")
    assert "stop eerst de server" in output
    assert counts()[1] == 1
