"""'Overgenomen uit RaaS': the facility's own rows, those to look at, and the way to the page."""
import pytest

from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.people import registers as asked
from tests.models.ecalcura.cast import FakeRegisters
from tests.models.ecalcura.raas_files import BORN, BORN_1970, OTHER, RIZIV, contract_line, facility_line, taken_over

PAGE = "/ecalcura/990001/staff/raas"


@pytest.fixture
def taken(home, tmp_path):
    """Takes these contracts over; two nurses are known to the registers."""
    fake = FakeRegisters()
    for number, first in ((BORN_1970, "Roos"), (OTHER, "Tuur")):
        fake.has(number, first=first, birth=BORN, VPK=None)
    asked.use(fake)
    yield lambda *rows: taken_over(tmp_path, *rows, facilities=(facility_line(), facility_line("71000733", "990002")))
    asked.use(None)


def shown(page, somebody, path=PAGE):
    """A page, as somebody sees it."""
    page.sign_in(somebody)
    return page.get(path)


def rows_of(soup):
    """The texts of the cells of each row."""
    return [[" ".join(cell.text.split()) for cell in row.select("th, td")] for row in soup.select("tbody tr")]


def test_each_row_to_look_at_says_why_and_what_to_do(page, home, taken):
    taken(contract_line("C1"), contract_line("C2", OTHER, hours="38.00"),
          contract_line("C3", OTHER, at55="premie", start="01/01/2016"))
    soup = shown(page, home.privacy)
    assert [" ".join(item.text.split()) for item in soup.select(".sums li")] == [
        "1 overgenomen", "1 overgenomen met opmerking", "1 niet overgenomen"]
    assert rows_of(soup) == [
        ["C2", f"Tweede Test ••.••.••-•••.{OTHER[-2:]}, 01/01/2015 – nu", "niet overgenomen",
         "V10 Het aantal uren heeft een punt in plaats van een komma. (Uren per week)",
         "Voer het contract in met het juiste aantal uren per week."],
        ["C3", f"Tuur Test ••.••.••-•••.{OTHER[-2:]}", "overgenomen met opmerking",
         "V15 De stap van 55 jaar begint op 01/06/2025: de keuze is niet overgenomen. (Keuze 55)",
         "Kies opnieuw, als de stap bereikt is."]]
    assert OTHER not in soup.text
    [link] = soup.select("tbody a")
    employee_id = Contract.get(Contract.raas_number == f"{RIZIV}/C3").employee_id
    assert (link.text, link["href"]) == ("Tuur Test", f"/ecalcura/990001/staff/{employee_id}")


def test_contracts_without_anything_to_do_are_counted_by_reason(page, home, taken):
    taken(contract_line("C1", until="30/06/2021"), contract_line("C2", OTHER, until="31/12/2020"))
    soup = shown(page, home.privacy)
    assert rows_of(soup) == []
    assert [item.text for item in soup.select("section li")] == [
        "Het contract eindigde voor 01/07/2021. 2 contracten."]


def test_a_facility_sees_its_own_rows_only(page, home, taken):
    taken(contract_line("C1", riziv="71000733", hours="0"))
    soup = shown(page, home.privacy)
    assert "RaaS had geen contracten van deze voorziening." in soup.text
    assert "C1" not in soup.text


def test_my_facility_leads_to_the_page_for_the_privacy_role_if_there_are_rows(page, home, taken):
    def leads(somebody):
        return [link["href"] for link in shown(page, somebody, "/ecalcura/990001").select(".notice a")]

    assert leads(home.privacy) == []
    taken(contract_line())
    assert leads(home.privacy) == [PAGE]
    assert leads(home.financial) == []


def test_many_rows_are_shown_a_page_at_a_time(page, home, taken):
    taken(*(contract_line(f"C{place:02}", OTHER, hours="0") for place in range(30)))
    soup = shown(page, home.privacy)
    assert (len(rows_of(soup)), soup.select_one(".pages a[rel=next]")["href"]) == (25, f"{PAGE}?page=2")
    assert len(rows_of(page.get(f"{PAGE}?page=2"))) == 5
    assert RIZIV not in soup.text
