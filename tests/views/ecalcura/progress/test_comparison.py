"""'Tegenover het vorige trimester' at the desk."""
from fractions import Fraction

from models.database import now
from models.ecalcura.progress import sums
from models.ecalcura.progress.sums import FileSums
from models.ecalcura.trimesters.calendar import Trimester
from tests.models.ecalcura.cast import opened
from tests.page import text_of

PAGE = "/ecalcura/desk/progress/2026/2/before"


def test_both_figures_and_the_change_are_shown_to_both_roles(page, home, desk):
    page.sign_in(desk.calculator)
    assert "Er zijn nog geen uren van twee trimesters na elkaar." in page.get(PAGE).main.text
    for number in (1, 2):
        opened(number=number)
    sums.prepare()
    for number, exempt in ((1, Fraction(2)), (2, Fraction(5, 2))):
        FileSums.update(counted_at=now(), stale=False, exempt=exempt, hours=Fraction(38)).where(
            FileSums.trimester_id == Trimester.known(2026, number).id).execute()
    for account in (desk.calculator, desk.dossier):
        page.sign_in(account)
        shown = page.get(PAGE)
        assert "1 van 1 voorzieningen veranderden een kwart of meer" in text_of(shown.main)
        assert text_of(shown.select_one("table.files tbody tr")) == (
            "Woonzorgcentrum De Linde HCO 990001 een kwart of meer 2 2,5 +25 % 38 38 0 %")
    assert page.get("/ecalcura/desk/progress/2026/2").select_one(f"a[href='{PAGE}']")
    page.get(f"{PAGE}?page=999999999999")
