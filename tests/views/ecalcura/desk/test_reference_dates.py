"""'Rekendatums': the employees who wait for a date of the desk."""
from models.ecalcura.checks import checks
from models.ecalcura.people import changes
from tests.models.ecalcura.cast import contract, employee, facility, number_of
from tests.page import row_headers, text_of

WAITING = "/ecalcura/desk/reference-dates"


def test_employees_who_wait_are_listed_and_lead_to_the_form(dossier, home):
    assert "Niemand wacht op een rekendatum." in text_of(dossier.get(WAITING))
    changes.follow(checks.refresh)
    number = number_of(month_up=20)
    made = employee(home.facility, number, first="Zonder", family="Datum", born=None)
    contract(made)
    contract(employee(home.facility))
    soup = dossier.get(WAITING)
    assert row_headers(soup) == ["Zonder Datum"]
    assert number not in dossier.response.text
    form = f"/ecalcura/desk/facilities/990001/staff/{made.id}/reference-date"
    assert soup.select_one(".does a")["href"] == form
    dossier.post(form, {"date": "01/01/1970"})
    assert "Niemand wacht op een rekendatum." in text_of(dossier.get(WAITING))


def test_many_who_wait_are_paged(dossier, home):
    changes.follow(checks.refresh)
    other = facility("990002", name="Aan Zee")
    for _ in range(26):
        contract(employee(other, born=None))
    contract(employee(home.facility, first="Zonder", family="Datum", born=None))
    assert len(row_headers(dossier.get(WAITING))) == 25
    assert row_headers(dossier.partial(f"{WAITING}?page=2")) == ["Tweede Test", "Zonder Datum"]
