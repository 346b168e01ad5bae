"""The help: for every role, in the words of the screens, with each code."""
import re
from pathlib import Path

import pytest

from models.database import today
from models.ecalcura.contracts import lists
from models.ecalcura.demonstration import seed
from models.ecalcura.people import numbers
from tests.page import text_of

ROOT = Path(__file__).parents[4]
HELP = ROOT / "templates" / "ecalcura" / "help"
# The checks that block or are found: V01 to V30, V32 and V33.
CODES = {*(f"V{number:02}" for number in range(1, 31)), "V01a", "V32", "V33"}


def the_help(page):
    return page.get("/ecalcura/help")


@pytest.mark.parametrize("who", ["privacy", "financial", "ann", "jan"])
def test_everybody_with_a_role_opens_the_help_from_the_menu(page, home, who):
    page.sign_in(getattr(home, who))
    soup = the_help(page)
    link = next(one for one in soup.select("nav[aria-label=Hoofdmenu] a") if text_of(one) == "Hulp")
    assert (link["href"], link["aria-current"]) == ("/ecalcura/help", "page")


def test_each_screen_word_in_it_is_on_a_screen():
    screens = "\n".join(path.read_text(encoding="utf-8") for path in [
        *(one for one in (ROOT / "templates").rglob("*.html") if HELP not in one.parents),
        *(ROOT / "views").rglob("*.py"), ROOT / "models" / "ecalcura" / "roles.py"]
        if "views/ecalcura/help" not in str(path))
    words = {word for path in HELP.glob("*.html") for word in re.findall("‘([^’]*)’", path.read_text(encoding="utf-8"))}
    words = {word.split(" {{")[0] for word in words} - {"…"}
    assert len(words) > 10
    assert sorted(word for word in words if word not in screens) == []


def test_each_code_is_explained(page, home):
    page.sign_in(home.privacy)
    soup = the_help(page)
    rows = {text_of(row.th): [text_of(cell) for cell in row.find_all("td")] for row in soup.select(
        "section[aria-labelledby=codes] tbody tr")}
    assert set(rows) == CODES
    assert all(all(cells) for cells in rows.values())
    assert rows["V14"] == ["Kies premie of vrijstelling voor … jaar.", "Voeg de keuze toe bij de medewerker.",
                           "houdt het indienen tegen"]
    # A link to one code, as in the lists of checks.
    assert soup.find(id="V14")


def test_links_within_the_page_lead_somewhere(page, home):
    page.sign_in(home.privacy)
    soup = the_help(page)
    for link in soup.select("main a[href^='#']"):
        assert soup.find(id=link["href"][1:]), link


def test_the_steps_are_those_of_the_list(page, home):
    page.sign_in(home.privacy)
    text = text_of(the_help(page))
    for step in lists.steps().values():
        assert f"{step.age} jaar" in text
    assert "288 uren 15,78 %" in text


def test_numbers_to_practise_are_shown_in_a_demonstration_only(app, page, home):
    written = numbers.written(seed.practice(today())[0].number)
    page.sign_in(home.privacy)
    assert written not in text_of(the_help(page))
    app.config["SIMULATED_REGISTERS"] = True
    assert written in text_of(the_help(page))


def test_the_operator_is_named(app, page, home):
    page.sign_in(home.privacy)
    assert "Aanmelden lukt niet de helpdesk van Loket" in text_of(the_help(page))
    app.jinja_env.globals["operator_contact"] = "helpdesk@voorbeeld.be"
    assert "Aanmelden lukt niet helpdesk@voorbeeld.be" in text_of(the_help(page))
