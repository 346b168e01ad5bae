"""The hall knows no wing: none of its files holds a wing's word, or leads to a page of a wing.

Hall here is all that every wing shares: app.py, the shell, the hall, the ground of the models, the hall's commands.
Each wing lists its words in wing_words/NAME.txt. *register* is not among the words of arbeidszorg: Flask registers
blueprints, and the hall calls the database so. *client* is OAuth's word for Loket itself, where that is spoken.
"""
import re
from pathlib import Path

import pytest

from app import WINGS

ROOT = Path(__file__).parents[2]
WORDS = {path.stem: set(path.read_text(encoding="utf-8").split())
         for path in (Path(__file__).parent / "wing_words").glob("*.txt")}
FOLDERS = ("views/shell", "views/hall", "templates/shell", "templates/hall", "models/accounts", "models/mail",
           "models/files", "models/upkeep")
FLAT = (".", "models", "commands")
# Words of a wing that are also words of OAuth, and of the header Clear-Site-Data.
OF_STANDARDS = {"models/accounts/outside": {"client"}, "views/shell/security.py": {"site"}}
# Settings have one list: those that only a wing reads are there too.
NOT_HALL = {"config.py"}
FILES = sorted(
    path for path in [*(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.*")),
                      *(path for folder in FLAT for path in (ROOT / folder).glob("*.py"))]
    if path.suffix in (".py", ".html") and path.name not in NOT_HALL)


def words(text):
    """The words of a text in lower case; a name such as client_number or ClientList is two words."""
    return {word.casefold() for word in re.findall(r"[A-ZÀ-Þ]?[a-zß-ÿ]+|[A-ZÀ-Þ]+(?![a-zß-ÿ])", text)}


def text_of(path):
    """The text of a file, without the one line of app.py that lists the wings."""
    return re.sub(r"^WINGS = .*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_every_wing_lists_its_words():
    assert WORDS.keys() == set(WINGS)
    assert all(wing in listed for wing, listed in WORDS.items())


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_of_the_hall_holds_a_word_of_a_wing(path):
    allowed = {word for place, listed in OF_STANDARDS.items() if path.is_relative_to(ROOT / place) for word in listed}
    found = words(text_of(path)) & set().union(*WORDS.values()) - allowed
    assert not found, found


def test_no_file_of_the_hall_leads_to_a_page_of_a_wing(app):
    parts = {part.name for wing in app.extensions["wings"] for part in wing.blueprints}
    pages = {endpoint for endpoint in app.view_functions if endpoint.partition(".")[0] in parts}
    assert pages
    found = {str(path.relative_to(ROOT)): named for path in FILES
             if (named := pages & set(re.findall(r"[\w.]+", path.read_text(encoding="utf-8"))))}
    assert found == {}


@pytest.mark.parametrize("text", ["client_number", "ClientList", "CLIENT", "Cliënten zonder naam", "the 'edition'"])
def test_a_word_is_found_in_a_name_and_in_a_sentence(text):
    assert words(text) & WORDS["arbeidszorg"]
