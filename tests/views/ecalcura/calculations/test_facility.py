"""'Berekeningen' of a facility, and 'Hoe is dit berekend'."""
import re

from models.ecalcura.roles import PRIVACY
from models.ecalcura.trimesters.files import TrimesterFile
from tests.models.ecalcura.calculations import made
from tests.models.ecalcura.cast import contract, employee, facility, somebody
from tests.page import text_of

BASE = "/ecalcura/990001/calculations"
# Four digits and more that are no year, no number of a facility and no part of a hash.
NOT_GROUPED = re.compile(r"(?<!HCO )(?<![\w./])(?!20\d\d\b)\d{4,}\b")


def test_a_facility_sees_a_calculation_once_it_is_published(page, home, submitted):
    draft = made.calculation("advance")
    page.sign_in(home.financial)
    assert "Er is nog geen berekening." in text_of(page.get(BASE).main)
    page.get(f"{BASE}/{draft.id}", 404)
    published = made.published("definitive")
    [row] = page.get(BASE).select("tbody tr")
    assert text_of(row.th) == "Definitief voor trimester 1 (jul–sep 2026)"
    soup = page.get(f"{BASE}/{published.id}")
    assert [text_of(one) for one in soup.select("ul.sums li")][:3] == [
        "2 vrijgesteld", "1 vervangen", "1 gefinancierd"]
    assert submitted.sha256 in text_of(soup.main)
    assert published.sha256 in text_of(soup.main)


def test_a_revision_stands_line_by_line_beside_the_former_result(page, home, submitted):
    made.published("definitive")
    page.sign_in(home.privacy)
    TrimesterFile.select().get().move("submitted")
    made.submitted(home.facility, made.exempt(), made.replacing(2, made.replacement(hours=150)))
    revision = made.published("revision")
    rows = page.get(f"{BASE}/{revision.id}").select("section[aria-labelledby=former] tbody tr")
    assert [[text_of(cell) for cell in row.select("th, td")] for row in rows] == [
        ["Zorgkundige", "vervangen", "1", "1,5", "+0,5"],
        ["Zorgkundige", "gefinancierd", "1", "1,5", "+0,5"],
        ["Zorgkundige", "gefinancierd, VTE", "0,03", "0,04", "+0,01"]]


def test_large_numbers_have_a_point_for_each_thousand(page, home):
    made.confirmed(**{"wage_cost ZKD": "50000"})
    nurses = [employee(home.facility).id for _ in range(700)]
    made.submitted(home.facility, *map(made.exempt, nurses), made.replacing(
        9001, made.replacement(hours=140_000, replaced=None), performances={"worked": 35_000_000}))
    published = made.published()
    page.sign_in(home.privacy)
    text = text_of(page.get(f"{BASE}/{published.id}").main)
    for part in ("1.400 vrijgesteld", "1.400 vervangen", "350.000 gepresteerde uren", "50.000 × index 1"):
        assert part in text
    assert NOT_GROUPED.findall(text) == []


def test_a_definitive_result_like_the_advance_says_that_nothing_changed(page, home, submitted):
    made.published("advance")
    definitive = made.published("definitive")
    page.sign_in(home.financial)
    assert "Geen enkel getal is gewijzigd." in text_of(page.get(f"{BASE}/{definitive.id}").main)


def test_the_explanation_leads_each_number_to_its_row_for_the_privacy_role_alone(page, home):
    nurse, helper = employee(home.facility, family="Roels", first="An"), employee(
        home.facility, family="Dok", first="Bo")
    first, second = contract(nurse), contract(helper, role="replacement", qualification="ZKD", hours=1900)
    made.submitted(
        home.facility,
        made.employee(nurse.id, contracts=[made.contract(first.id, hours=3800)], choices=[made.choice()]),
        made.employee(helper.id, contracts=[made.contract(
            second.id, "replacement", qualification="ZKD", replacements=[made.replacement(21, 100, nurse.id)],
            performances={"performed": 1300})], birth="2000-01-01"))
    published = made.published()
    page.sign_in(home.privacy)
    soup = page.get(f"{BASE}/{published.id}/explained")
    # Few contracts are open, many are folded: the heading has what follows from each.
    assert len(soup.select("main details[open]")) == 2
    assert [text_of(one) for one in soup.select("main summary, main h2")] == [
        f"Roels, An · contract {first.id} gerechtigde, verpleegkundige Gemiddeld 2 uren per week vrijgesteld, 0,05 VTE",
        "Vrijstelling, stap van 45 jaar",
        f"Dok, Bo · contract {second.id} vervanger, zorgkundige "
        "Gemiddeld 1 uren per week vervangen, 1 gefinancierd (0,03 VTE)", "Vervangt Roels, An"]
    lines = [text_of(one) for one in soup.select("main details li")]
    assert "01/07/2026 – 30/09/2026, 92 dagen: 2 uren per week vrijgesteld, 0,05 VTE" in lines
    assert "01/07/2026 – 30/09/2026, 92 dagen: 1 uren per week vervangen, 1 gefinancierd (0,03 VTE)" in lines
    links = [link["href"] for link in soup.select("main details a")]
    staff = "/ecalcura/990001/staff"
    assert links == [
        f"{staff}/{nurse.id}#contract-{first.id}", f"{staff}/{nurse.id}#choices",
        f"{staff}/{helper.id}#contract-{second.id}", f"{staff}/{helper.id}#replacement-21",
        "/ecalcura/990001/trimesters/2026/1/hours"]
    page.sign_in(home.financial)
    soup = page.get(f"{BASE}/{published.id}/explained")
    assert soup.select("main details a") == []
    assert f"medewerker {nurse.id} · contract {first.id}" in text_of(soup.main)
    assert not [name for name in ("Roels", "Dok, Bo") if name in page.response.text]


def test_another_facility_and_a_missing_role_see_nothing(page, home, submitted):
    published = made.published()
    other = facility("990002", name="De Beuk")
    page.sign_in(somebody(other, PRIVACY, "Mia Thys"))
    page.get(f"{BASE}/{published.id}", 404)
    page.get(f"/ecalcura/990002/calculations/{published.id}", 404)
    page.sign_in(home.ann)
    page.get(BASE, 403)
