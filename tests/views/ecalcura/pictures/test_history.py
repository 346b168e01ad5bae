"""'Historiek eindeloopbaan': the choices of all employees as time lines."""
import datetime

from models.ecalcura.contracts import lists
from tests.models.ecalcura.cast import contract, employee, exempt, number_of
from tests.page import text_of

PAGE = "/ecalcura/990001/history"
DAY = datetime.date
BORN = DAY(1968, 3, 14)


def chosen(home, first, family, *choices, number=None):
    """An employee with choices: (step, kind, first day, last day)."""
    made = employee(home.facility, number, first, family, BORN)
    contract(made)
    for step, kind, since, until in choices:
        exempt(made, step, since, until, kind)
    return made


def test_each_employee_with_a_choice_has_a_time_line_by_name(officer, home):
    lists.store()
    number = number_of(BORN)
    an = chosen(home, "An", "Zeker", (45, "premium", DAY(2020, 1, 1), DAY(2021, 12, 31)),
                (45, "exemption", DAY(2022, 1, 1), None), (50, "exemption", DAY(2020, 1, 1), None), number=number)
    chosen(home, "Bert", "Aerts", (45, "exemption", DAY(2023, 5, 1), None))
    chosen(home, "Cas", "Leeg")
    soup = officer.get(PAGE)
    assert [text_of(one).split(" •")[0] for one in soup.select("main h2")] == ["Aerts, Bert", "Zeker, An"]
    assert soup.select("main h2 a")[1]["href"] == f"/ecalcura/990001/staff/{an.id}"
    titles = [one.text for one in soup.select("main svg title")]
    assert titles[1] == ("Tijdlijn van 2020 tot en met 2027: Premie voor 45 jaar 01/01/2020 – 31/12/2021; "
                         "Vrijstelling voor 50 jaar vanaf 01/01/2020; Vrijstelling voor 45 jaar vanaf 01/01/2022.")
    # Both are drawn on the same days.
    assert titles[0].startswith("Tijdlijn van 2020 tot en met 2027: ")
    assert number not in officer.response.text
    assert len(soup.select("main rect.open")) == 1
    assert "2 medewerkers" in text_of(soup)


def test_the_next_page_goes_on_where_the_first_one_ends(officer, home):
    lists.store()
    for place in range(26):
        chosen(home, "Eva", f"Naam {place:02}", (45, "exemption", DAY(2023, 5, 1), None))
    assert len(officer.get(PAGE).select("main h2")) == 25
    assert "Naam 25, Eva" in text_of(officer.get(f"{PAGE}?page=2").select_one("main h2"))
    assert len(officer.get(f"{PAGE}?page=99").select("main h2")) == 1


def test_without_a_choice_the_page_says_so_and_only_the_privacy_role_opens_it(officer, home):
    assert "Geen enkele medewerker heeft al een keuze." in text_of(officer.get(PAGE))
    officer.sign_in(home.financial)
    officer.get(PAGE, 403)
