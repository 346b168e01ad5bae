"""'Wie bereikt een stap': a mark above the month, and the table under it."""
import datetime

from tests.models.ecalcura.cast import employee
from tests.models.ecalcura.with_hours import contract
from tests.page import text_of

STEPS = "/ecalcura/990001/staff/steps"
DAY = datetime.date


def test_a_step_that_is_reached_has_a_mark_and_a_row_with_day_and_hours(officer, home):
    one = employee(home.facility, family="Eerst", first="An", born=DAY(1981, 12, 31))
    contract(one, hours=1900)
    contract(employee(home.facility, family="Later", first="Bo", born=DAY(1972, 8, 20)), "replacement", "ZKD")
    soup = officer.get(STEPS)
    rows = [[text_of(cell) for cell in row.select("th, td")] for row in soup.select("main tbody tr")]
    assert [[row[0], row[1], *row[3:]] for row in rows] == [
        ["01/12/2026", "An Eerst", "45 jaar", "1"],
        ["01/08/2027", "Bo Later", "55 jaar", "geen contract als gerechtigde"]]
    assert one.person.number not in soup.decode()
    assert soup.select_one(f"main a[href='/ecalcura/990001/staff/{one.id}']")
    svg = soup.select_one("main svg[role=img]")
    assert text_of(svg.title) == (
        "Van 29/11/2026 tot en met 28/11/2027 wordt een stap 2 keer bereikt: 1 keer 45 jaar, 1 keer 55 jaar.")
    assert [text_of(text) for text in svg.select("text")] == [
        "45 jaar", "50 jaar", "55 jaar", "nov", "dec", "jan ’27", "feb", "mrt", "apr", "mei", "jun", "jul", "aug",
        "sep", "okt", "nov"]
    assert [(mark["href"], mark["x"]) for mark in svg.select("use")[3:]] == [
        ("#mark-0", "11.538%"), ("#mark-2", "73.077%")]
    assert {shape["id"] for shape in svg.select("defs > *")} == {"mark-0", "mark-1", "mark-2"}


def test_the_marks_of_a_full_month_stay_within_the_picture(officer, home):
    for _ in range(40):
        contract(employee(home.facility, born=DAY(1981, 12, 31)))
    svg = officer.get(STEPS).select_one("svg")
    heights = [int(mark["y"]) for mark in svg.select("use")[3:]]
    assert len(set(heights)) == 40
    assert min(heights) > 60
    assert int(svg["height"]) < 380


def test_without_anybody_the_page_says_so(officer):
    text = text_of(officer.get(STEPS).main)
    assert "De komende twaalf maanden: 29/11/2026 – 28/11/2027." in text
    assert "In deze maanden bereikt niemand met een contract een stap." in text


def test_the_list_of_staff_leads_to_it(officer):
    assert officer.get("/ecalcura/990001/staff").select_one(f"main a[href='{STEPS}']")
