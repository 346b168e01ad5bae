"""'Betaallijst' of a published calculation."""
from models.audit import AuditEntry
from models.ecalcura.roles import FINANCIAL
from tests.models.ecalcura import bank_accounts
from tests.models.ecalcura.calculations import made
from tests.models.ecalcura.cast import somebody
from tests.page import text_of

BASE = "/ecalcura/desk/calculations"


def test_a_facility_without_a_confirmed_account_is_listed_apart_and_is_not_in_the_file(page, home, desk, submitted):
    made.confirmed()
    published = made.published()
    page.sign_in(desk.dossier)
    soup = page.get(f"{BASE}/{published.id}/payments")
    [row] = soup.select("section[aria-labelledby=without_account] tbody tr")
    assert [text_of(cell) for cell in row.select("th, td")] == [
        "Woonzorgcentrum De Linde HCO 990001", "€ 6,58", f"eCalcura 2026/1 definitief {published.id} 990001", ""]
    page.get(f"{BASE}/{published.id}/payments/payments.csv")
    assert len(page.response.text.splitlines()) == 1


def test_the_file_has_the_confirmed_account_and_the_log_says_that_it_was_made(page, home, desk, submitted):
    made.confirmed()
    second = somebody(home.facility, FINANCIAL, "Luc Vos")
    account = bank_accounts.confirmed(home.facility, home.financial, second)
    published = made.published()
    page.sign_in(desk.calculator)
    assert account.opened()[0] not in page.get(f"{BASE}/{published.id}/payments").text
    page.get(f"{BASE}/{published.id}/payments/payments.csv", 403)
    page.sign_in(desk.dossier)
    page.get(f"{BASE}/{published.id}/payments/payments.csv")
    assert account.opened()[0] in page.response.text
    assert AuditEntry.select().order_by(AuditEntry.id.desc()).get().event == "payment-list-made"


def test_without_parameters_or_before_publishing_there_is_no_payment_list(page, desk, submitted):
    page.sign_in(desk.dossier)
    frozen = made.calculation()
    for calculation, said in ((frozen, "als de berekening gepubliceerd is"), (made.published(), "geen parameters")):
        page.get(f"{BASE}/{calculation.id}/payments", 303)
        assert said in text_of(page.follow().main)
