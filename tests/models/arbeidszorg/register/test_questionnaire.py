"""The questionnaire is one data file: what the operator changes in it, and what the application says of a wrong one."""
import pytest

from models.arbeidszorg.deletion import kept_rows
from models.arbeidszorg.register import clients, questionnaire
from models.arbeidszorg.register.questionnaire import QuestionnaireError, QuestionOption
from tests.factories import client_of

HOBBY = """
[[question]]
code = "hobby"
label = "Wat doet de medewerker graag?"
column = "Hobby"
chapter = "Verwijzer"
about = "client"
kind = "choice"
options = [{ code = "garden", label = "Tuinieren" }, { code = "unknown", label = "Onbekend" }]
"""


@pytest.fixture
def edited(tmp_path, register):
    """The questionnaire after the operator replaced a piece of its file, or added one at the end."""
    def edit(old="", new="", added=""):
        text = questionnaire.DEFAULT_FILE.read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "questionnaire.toml"
        path.write_text(text.replace(old, new, 1) + added, encoding="utf-8")
        return questionnaire.load(path)

    yield edit
    questionnaire.use(questionnaire.load())


def test_the_file_asks_what_the_manual_asks():
    asked = questionnaire.load()
    assert [chapter for chapter, _ in asked.chapters()] == [
        "Algemeen", "Persoonsgebonden gegevens / Beroepsverleden / werkervaring", "Verwijzer"]
    assert len(asked.of_client) == 15
    assert [question.code for question in asked.of_closing] == ["closing_reason", "outlook"]
    assert all("Onbekend" in question.codes for question in asked.questions)


def test_a_label_may_be_changed_freely(edited, ploeg):
    client = client_of(ploeg)
    clients.follow(edited('label = "Vrouw"', 'label = "Vrouwelijk"'), kept_rows.options_in_use)
    assert client.answers()["gender"] == "female"


def test_a_new_option_can_be_answered_from_then_on(edited, ploeg):
    asked = edited('{ code = "x", label = "X" }', '{ code = "x", label = "X" }, { code = "other", label = "Anders" }')
    clients.follow(asked, kept_rows.options_in_use)
    questionnaire.use(asked)
    assert client_of(ploeg, gender="other").answers()["gender"] == "other"


def test_a_retired_option_is_kept_where_it_was_answered_and_offered_nowhere_else(edited, ploeg):
    client = client_of(ploeg, gender="x")
    asked = edited('{ code = "x", label = "X" }', '{ code = "x", label = "X", retired = true }')
    clients.follow(asked, kept_rows.options_in_use)
    questionnaire.use(asked)
    assert client.answers()["gender"] == "x"
    assert "x" not in [option.code for option in asked["gender"].offered()]
    assert "x" in [option.code for option in asked["gender"].offered("x")]


def test_an_option_in_use_that_is_missing_from_the_file_is_a_fault(edited, ploeg):
    client_of(ploeg, gender="x")
    before = QuestionOption.select().count()
    with pytest.raises(QuestionnaireError, match="option 'x' of question 'gender' is in use"):
        clients.follow(edited('  { code = "x", label = "X" },\n'), kept_rows.options_in_use)
    assert QuestionOption.select().count() == before


def test_an_option_that_nobody_has_may_go(edited, ploeg):
    clients.follow(edited('  { code = "x", label = "X" },\n'), kept_rows.options_in_use)
    assert not QuestionOption.select().where(QuestionOption.question == "gender", QuestionOption.option == "x").exists()


def test_a_new_question_makes_everybody_incomplete(edited, ploeg):
    client = client_of(ploeg)
    asked = edited(added=HOBBY)
    questionnaire.use(asked)
    clients.follow(asked, kept_rows.options_in_use)
    assert clients.Client.get_by_id(client.number).incomplete


@pytest.mark.parametrize(("old", "new", "said"), [
    ('code = "gender"', 'code = "marital_status"', "doubled questions"),
    ('code = "birth_date"', 'code = "born_on"', "only birth_date"),
    ('kind = "choice"', 'kind = "guess"', "unknown kind"),
    ('{ code = "male", label = "Man" }', '{ code = "male", label = "Vrouw" }', "is there twice"),
    ("[[question]]", "[[question", "questionnaire.toml"),
])
def test_a_file_that_cannot_be_used_says_what_to_mend(edited, old, new, said):
    with pytest.raises(QuestionnaireError, match=said):
        edited(old, new)


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(QuestionnaireError, match="No such file"):
        questionnaire.load(tmp_path / "none.toml")
