"""The questionnaire file: the changes that an operator can make in it, and the errors for an invalid file."""
import pytest

from models.arbeidszorg.deletion import kept_rows
from models.arbeidszorg.register import clients, questionnaire
from models.arbeidszorg.register.questionnaire import QuestionnaireError, QuestionOption
from tests.conftest import QUESTIONNAIRE
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
    """Load the questionnaire from a file in which `old` is replaced by `new`, or `added` is put at the end."""
    def edit(old="", new="", added=""):
        text = QUESTIONNAIRE.read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "questionnaire.toml"
        path.write_text(text.replace(old, new, 1) + added, encoding="utf-8")
        return questionnaire.load(path)

    return edit


def test_a_label_can_be_changed(edited, ploeg):
    client = client_of(ploeg)
    clients.apply_questionnaire(edited('label = "Vrouw"', 'label = "Vrouwelijk"'), kept_rows.options_in_use)
    assert client.answers()["gender"] == "female"


def test_a_new_option_can_be_chosen(edited, ploeg):
    changed = edited('{ code = "x", label = "X" }', '{ code = "x", label = "X" }, { code = "other", label = "Anders" }')
    clients.apply_questionnaire(changed, kept_rows.options_in_use)
    questionnaire.use(changed)
    assert client_of(ploeg, gender="other").answers()["gender"] == "other"


def test_a_retired_option_is_kept_where_it_was_chosen_and_offered_nowhere_else(edited, ploeg):
    client = client_of(ploeg, gender="x")
    changed = edited('{ code = "x", label = "X" }', '{ code = "x", label = "X", retired = true }')
    clients.apply_questionnaire(changed, kept_rows.options_in_use)
    questionnaire.use(changed)
    assert client.answers()["gender"] == "x"
    assert "x" not in [option.code for option in changed["gender"].offered()]
    assert "x" in [option.code for option in changed["gender"].offered("x")]


def test_an_option_in_use_cannot_be_removed_from_the_file(edited, ploeg):
    client_of(ploeg, gender="x")
    before = QuestionOption.select().count()
    with pytest.raises(QuestionnaireError, match="option 'x' of question 'gender' is in use"):
        clients.apply_questionnaire(edited('  { code = "x", label = "X" },\n'), kept_rows.options_in_use)
    assert QuestionOption.select().count() == before


def test_an_option_that_nobody_chose_can_be_removed_from_the_file(edited, ploeg):
    clients.apply_questionnaire(edited('  { code = "x", label = "X" },\n'), kept_rows.options_in_use)
    assert not QuestionOption.select().where(QuestionOption.question == "gender", QuestionOption.option == "x").exists()


def test_a_new_question_makes_all_clients_incomplete(edited, ploeg):
    client = client_of(ploeg)
    changed = edited(added=HOBBY)
    questionnaire.use(changed)
    clients.apply_questionnaire(changed, kept_rows.options_in_use)
    assert clients.Client.get_by_id(client.number).incomplete


@pytest.mark.parametrize(("old", "new", "message"), [
    ('code = "gender"', 'code = "marital_status"', "doubled questions"),
    ('code = "birth_date"', 'code = "born_on"', "only birth_date"),
    ('kind = "choice"', 'kind = "guess"', "unknown kind"),
    ('{ code = "male", label = "Man" }', '{ code = "male", label = "Vrouw" }', "is there twice"),
    ("[[question]]", "[[question", "questionnaire.toml"),
])
def test_the_error_for_an_invalid_file_says_what_to_correct(edited, old, new, message):
    with pytest.raises(QuestionnaireError, match=message):
        edited(old, new)


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(QuestionnaireError, match="No such file"):
        questionnaire.load(tmp_path / "absent.toml")
