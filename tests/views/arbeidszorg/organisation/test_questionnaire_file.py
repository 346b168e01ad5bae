"""A question that is added to the questionnaire's file is asked, shown and exported without a change of code."""
import pytest

from app import create_app
from models.arbeidszorg.deletion import kept_rows
from models.arbeidszorg.register import clients, questionnaire
from models.arbeidszorg.register.clients import Client
from tests.conftest import QUESTIONNAIRE
from tests.factories import typed
from tests.models.arbeidszorg.register.test_questionnaire import HOBBY
from tests.page import Page, text_of


@pytest.fixture
def page(database_url, tmp_path, cast):
    """A browser, signed in as De Ploeg, on an application whose questionnaire has one more question."""
    path = tmp_path / "questionnaire.toml"
    path.write_text(QUESTIONNAIRE.read_text(encoding="utf-8") + HOBBY, encoding="utf-8")
    app = create_app({"TESTING": True, "DATABASE_URL": database_url, "DATA_DIR": tmp_path / "data",
                      "KEY_DIR": tmp_path / "keys", "TRUSTED_HOSTS": ["localhost"], "QUESTIONNAIRE": path})
    clients.apply_questionnaire(questionnaire.current(), kept_rows.options_in_use)
    page = Page(app)
    page.sign_in(cast.ploeg.account)
    return page


def test_an_added_question_is_on_the_form_on_the_page_and_in_the_export(page, ploeg):
    page.post("/clients/new", typed(), 422)
    page.post("/clients/new", {**typed(), "hobby": "garden"})
    client = Client.of(ploeg.organisation).get()
    facts = text_of(page.get(f"/clients/{client.number}").main)
    assert "Wat doet de medewerker graag? Tuinieren" in facts
    exported = page.browser.get("/export.csv").get_data().decode("utf-8-sig").splitlines()
    heading, row = (line.split(";") for line in exported[:2])
    assert row[heading.index("Hobby")] == "Tuinieren"
