"""A question is added, removed or gets another heading: which files are still imported, and how others are refused."""
from dataclasses import replace

import pytest

from models.arbeidszorg.errors import ImportCode
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.transfer.exporting import Export
from models.arbeidszorg.transfer.outcome import reason
from models.arbeidszorg.transfer.register_file.columns import FIRST_QUESTIONS, OLD_REGISTER, UNVERSIONED_MARK
from models.errors import Refused
from tests.conftest import ASKED
from tests.factories import ANSWERS, ask, client_of, missing, period_of
from tests.old_register import counts, row

LANGUAGE = replace(ASKED["gender"], code="home_language", label="Thuistaal", column="Thuistaal")
# In the middle, as in the file: after the questions of its chapter.
WITH_LANGUAGE = replace(ASKED, questions=(*ASKED.questions[:5], LANGUAGE, *ASKED.questions[5:]))
OF_OLD_REGISTER = (
    "Provincie;Organisatie;E-mail organisatie;Volgnummer;Geboortedatum;Geslacht;Burgerlijke staat;Postcode woonplaats;"
    "Postcode werkplaats;Hoofdproblematiek;Leefsituatie;Onderwijsniveau;Belangrijkste verwijzer;Hoofdinkomen;"
    "Vergoeding;Bezoldigd circuit;Subsidie;Overeenkomst;Methodiek;Aantal uren;Startdatum;Einddatum;"
    "Reden van stopzetting;Perspectief na stopzetting")


def without(code):
    return replace(ASKED, questions=tuple(question for question in ASKED.questions if question.code != code))


def with_column(code, column):
    return replace(ASKED, questions=tuple(
        replace(question, column=column) if question.code == code else question for question in ASKED.questions))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "loket.csv"


@pytest.fixture
def exported(ploeg, path):
    """Exports two clients of De Ploeg, three rows in all; `exported(old, new)` replaces a piece of the heading."""
    def exported(old="", new=""):
        first = client_of(ploeg, "Rosa Vermeulen")
        period_of(first, ploeg, end=None)
        client_of(ploeg, "Jan Peeters", education=None)
        text = Export.of(ploeg.organisation.id, "csv", by=ploeg.account).csv().decode("utf-8-sig")
        heading, rows = text.split("\r\n", 1)
        assert old in heading
        path.write_text(f"{heading.replace(old, new)}\r\n{rows}", "utf-8", newline="")
        if new == UNVERSIONED_MARK:
            drop_column(path, "Vroegere uren")
        return path

    return exported


def drop_column(path, column):
    """Take a column out of the file, as somebody does in a spreadsheet."""
    lines = [line.split(";") for line in path.read_text("utf-8").splitlines()]
    place = lines[0].index(column)
    path.write_text("".join(";".join(cells[:place] + cells[place + 1:]) + "\r\n" for cells in lines), "utf-8")


def refusal(run, path):
    before = counts()
    with pytest.raises(Refused) as refused:
        run(path=path)
    assert counts() == before
    return refused.value


# The old register


def test_the_old_register_has_the_columns_of_its_export_whatever_is_asked():
    questionnaire.use(WITH_LANGUAGE)
    assert ";".join(OLD_REGISTER.values()) == OF_OLD_REGISTER


def test_the_old_register_comes_over_after_a_question_was_added_and_its_clients_are_to_be_completed(run):
    ask(WITH_LANGUAGE)
    result = run(row(), row(old_number="2"))
    assert (result.clients, result.refused) == (2, 0)
    assert [missing(client) for client in Client.select()] == [["home_language"]] * 2
    assert Client.select().where(Client.incomplete).count() == 2
    assert run(row(), row(old_number="2")).known == 2


def test_the_old_register_comes_over_after_a_column_got_another_heading(run):
    ask(with_column("income", "Inkomen"))
    assert run(row()).refused == 0
    assert Client.get().answers()["income"] == "living-wage"


@pytest.mark.parametrize("dry_run", [False, True])
def test_the_old_registers_answers_to_a_removed_question_are_counted_in_the_outcome(run, dry_run):
    ask(without("income"))
    result = run(row(), row(old_number="2", income=""), row(old_number="3"), row(old_number="4", gender="Q"),
                 dry_run=dry_run)
    assert (result.clients, result.refused) == (3, 1)
    said, = [line for line in result.lines() if line.startswith("Niet overgenomen")]
    assert "de vragenlijst heeft deze vraag niet: Hoofdinkomen (2 rijen), Vergoeding (3 rijen), " in said


def test_a_removed_question_without_answers_is_not_reported(run):
    not_asked = FIRST_QUESTIONS.keys() - {question.code for question in ASKED.questions}
    result = run(row(**dict.fromkeys(not_asked, "")))
    assert result.clients == 1
    assert not [line for line in result.lines() if line.startswith("Niet overgenomen")]


# Loket's own file


def test_the_heading_of_the_mark_has_the_version_and_the_number_of_questions(exported):
    heading = exported().read_text("utf-8").splitlines()[0]
    assert heading.endswith(";Vroegere antwoorden;Kenmerk (versie 3: 11 vragen)")


@pytest.mark.parametrize("mark", ["Kenmerk (versie 3: 11 vragen)", "Kenmerk"])
def test_an_export_from_before_a_question_was_added_changes_no_answer_here(run, exported, ploeg, mark):
    path = exported("Kenmerk (versie 3: 11 vragen)", mark)
    ask(WITH_LANGUAGE)
    result = run(path=path)
    assert (result.rows, result.known, result.refused, result.completed) == (2, 2, 0, 0)
    first = Client.get_by_id(1)
    first.change({"home_language": "x"}, None, first.version, by=ploeg.account)
    assert run(path=path).known == 2
    assert Client.get_by_id(1).answers()["home_language"] == "x"


@pytest.mark.parametrize("mark", ["Kenmerk (versie 3: 11 vragen)", "Kenmerk"])
def test_an_export_from_before_a_question_was_added_is_imported_elsewhere(run, exported, start_anew, mark):
    path = exported("Kenmerk (versie 3: 11 vragen)", mark)
    start_anew()
    ask(WITH_LANGUAGE)
    assert run(path=path).clients == 2
    first, second = Client.select().order_by(Client.number)
    assert (first.name, first.answers()) == ("Rosa Vermeulen", ANSWERS)
    assert (missing(first), missing(second)) == (["home_language"], ["home_language", "education"])


def test_an_answer_to_an_added_question_goes_out_and_comes_back(run, ploeg, path, start_anew):
    ask(WITH_LANGUAGE)
    client_of(ploeg, home_language="x")
    path.write_bytes(Export.of(ploeg.organisation.id, "csv", by=ploeg.account).csv())
    assert run(path=path).known == 1
    start_anew()
    ask(WITH_LANGUAGE)
    assert run(path=path).refused == 0
    assert Client.get().answers() == {**ANSWERS, "home_language": "x"}


@pytest.mark.parametrize(("version", "questions"), [(4, 11), (3, 12)])
def test_an_export_of_a_later_loket_is_refused_and_says_what_to_do(run, exported, version, questions):
    later = f"Kenmerk (versie {version}: {questions} vragen)"
    assert reason(refusal(run, exported("Kenmerk (versie 3: 11 vragen)", later))) == (
        f"Deze Loket kent dit bestand nog niet: het is versie {version} met {questions} vragen, hier is het versie 3 "
        "met 11 vragen. Werk Loket en de vragenlijst bij, en importeer het dan opnieuw.")


def test_an_export_with_a_question_that_is_not_asked_here_is_of_a_later_loket(run, ploeg, path, start_anew):
    ask(WITH_LANGUAGE)
    client_of(ploeg)
    path.write_bytes(Export.of(ploeg.organisation.id, "csv", by=ploeg.account).csv())
    start_anew()
    questionnaire.use(ASKED)
    assert refusal(run, path).code == ImportCode.FILE_LATER


@pytest.mark.parametrize("mark", ["Kenmerk (versie 3: 11 vragen)", "Kenmerk"])
@pytest.mark.parametrize("asked", [ASKED, WITH_LANGUAGE], ids=["before", "after"])
@pytest.mark.parametrize("column", ["Geslacht", "Geboortedatum", "Nummer", "Vroegere antwoorden"])
def test_a_column_that_the_export_was_written_with_may_not_be_taken_out(run, exported, asked, mark, column):
    path = exported("Kenmerk (versie 3: 11 vragen)", mark)
    drop_column(path, column)
    ask(asked)
    refused = refusal(run, path)
    assert refused.code == ImportCode.COLUMNS_MISSING
    assert column in refused.context["columns"]


def test_a_birth_date_cannot_be_left_out_by_writing_a_lower_number(run, exported):
    path = exported("Kenmerk (versie 3: 11 vragen)", "Kenmerk (versie 3: 10 vragen)")
    drop_column(path, "Geboortedatum")
    assert reason(refusal(run, path)) == "Deze kolommen ontbreken: Geboortedatum."


def test_an_export_from_before_a_heading_was_changed_is_refused_naming_the_new_one(run, exported):
    path = exported()
    ask(with_column("income", "Inkomen"))
    assert reason(refusal(run, path)) == "Deze kolommen ontbreken: Inkomen."
