"""The grid of prestaties as a spreadsheet: keys, a block from Excel, two colleagues; without scripts a plain form."""
import itertools
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from models.ecalcura.performances.performances import save_row, stored
from models.ecalcura.roles import PRIVACY
from tests.journeys.tools.hands import Keyboard
from tests.journeys.tools.steps import heading, notice
from tests.models.ecalcura.cast import facility, somebody
from tests.models.ecalcura.with_hours import nurse_with_premium, replacement, trimester

NARROW, WIDE = {"width": 375, "height": 800}, {"width": 1280, "height": 800}
_numbers = itertools.count(890001)


@pytest.fixture
def home(register):
    """A facility with twenty nurses who chose the premium, in the order of the grid, and two colleagues."""
    hco = str(next(_numbers))
    made = facility(hco, name=f"Huis {hco}")
    contracts = [nurse_with_premium(made, f"Naam{number:02}") for number in range(20)]
    return SimpleNamespace(
        facility=made, contracts=contracts, trimester=trimester(), path=f"/ecalcura/{hco}/trimesters/2026/2/hours",
        piet=somebody(made, PRIVACY, f"Piet{hco} Roels"), lies=somebody(made, PRIVACY, f"Lies{hco} Dok"))


def cell(page, contract, kind="worked"):
    return page.locator(f"#hours_{contract.id}_{kind}")


def standing(page, contract):
    return page.locator(f"#s{contract.id}")


def hours_of(home):
    rows = stored(home.facility, home.trimester.id)
    return [dict(rows[one.id].hours) if one.id in rows else {} for one in home.contracts]


def paste(window, text):
    """Paste a text as a spreadsheet copies it into the field that has the focus."""
    window.page.evaluate("""text => {
        const area = document.body.appendChild(document.createElement('textarea'));
        const before = document.activeElement;
        area.value = text;
        area.select();
        document.execCommand('copy');
        area.remove();
        before.focus();
    }""", text)
    window.page.keyboard.press("Control+V")


def open_grid(new_window, home, account, **options):
    window = new_window(account, **{"viewport": WIDE, **options})
    window.expected |= {409}
    window.go(home.path)
    heading(window.page, "Prestaties")
    return window


def test_a_block_of_forty_cells_from_excel_is_pasted_and_saved_at_once(new_window, home):
    window = open_grid(new_window, home, home.piet)
    page = window.page
    cell(page, home.contracts[0]).click()
    paste(window, "".join(f"{400 + place},5\t{place}\r\n" for place in range(20)))
    expect(standing(page, home.contracts[19])).to_have_text("opgeslagen")
    expect(cell(page, home.contracts[19])).to_have_value("419,50")
    assert hours_of(home) == [{"worked": 40050 + place * 100, "equated": place * 100} for place in range(20)]
    expect(page.locator("[data-sum=worked]")).to_have_text("8.200,00")
    assert len([address for address in window.addresses if address.endswith("/hours")]) == 2

    cell(page, home.contracts[18]).click()
    paste(window, "1\t2\t3\n4\t5\n6\t7\n")
    expect(page.get_by_text("3 cellen vielen weg")).to_be_visible()
    expect(cell(page, home.contracts[19], "equated")).to_have_value("5,00")


def test_rows_are_saved_on_leaving_them_by_keyboard_only(new_window, home):
    window = open_grid(new_window, home, home.piet, viewport=NARROW)
    page, keys = window.page, window.page.keyboard
    first, second, third = home.contracts[:3]
    Keyboard(page).fill(cell(page, first), "456")
    keys.press("Tab")
    keys.type("12,5")
    assert hours_of(home)[0] == {}
    keys.press("ArrowDown")
    expect(cell(page, second, "equated")).to_be_focused()
    expect(standing(page, first)).to_have_text("opgeslagen")
    assert hours_of(home)[0] == {"worked": 45600, "equated": 1250}
    keys.press("ArrowLeft")
    keys.type("veel")
    keys.press("Enter")
    expect(cell(page, third)).to_be_focused()
    expect(standing(page, second)).to_contain_text("fout: Typ de uren met een komma")
    expect(cell(page, second)).to_have_value("veel")
    expect(cell(page, second)).to_have_attribute("aria-invalid", "true")
    keys.press("ArrowUp")
    keys.type("70")
    keys.press("Shift+Enter")
    expect(cell(page, first)).to_be_focused()
    expect(standing(page, second)).to_have_text("opgeslagen")
    expect(cell(page, second)).not_to_have_attribute("aria-invalid", "true")
    keys.type("1")
    keys.press("Escape")
    expect(cell(page, first)).to_have_value("456,00")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_row_that_a_colleague_changes_is_marked_before_saving(new_window, home):
    """And a block of forty pasted cells is then no conflict."""
    piet, lies = (open_grid(new_window, home, account) for account in (home.piet, home.lies))
    row, other = home.contracts[7], home.contracts[8]
    cell(lies.page, row).fill("111")
    cell(lies.page, other).focus()
    expect(standing(lies.page, row)).to_have_text("opgeslagen")

    piet.page.evaluate("dispatchEvent(new Event('focus'))")
    expect(standing(piet.page, row)).to_have_text("door een collega gewijzigd")
    expect(cell(piet.page, row)).to_have_value("111,00")
    cell(piet.page, home.contracts[0]).click()
    paste(piet, "".join(f"{400 + place}\t{place}\r\n" for place in range(20)))
    expect(standing(piet.page, row)).to_have_text("opgeslagen")
    assert hours_of(home)[7] == {"worked": 40700, "equated": 700}
    assert len(list(filter(None, hours_of(home)))) == 20


def test_of_a_row_in_which_both_typed_both_values_are_shown_and_nothing_is_lost(new_window, home):
    piet, lies = (open_grid(new_window, home, account) for account in (home.piet, home.lies))
    row, other = home.contracts[3:5]
    cell(piet.page, row).fill("222")
    cell(lies.page, row).fill("111")
    cell(lies.page, row, "equated").fill("7")
    cell(lies.page, other).focus()
    expect(standing(lies.page, row)).to_have_text("opgeslagen")
    piet.page.evaluate("dispatchEvent(new Event('focus'))")
    expect(standing(piet.page, row)).to_contain_text("door een collega gewijzigd")
    expect(standing(piet.page, row)).to_contain_text("Nu opgeslagen: 111,00 · 7,00")
    cell(piet.page, other).focus()
    expect(cell(piet.page, row)).to_have_value("222")
    assert hours_of(home)[3] == {"worked": 11100, "equated": 700}
    piet.page.get_by_role("button", name="Opslaan").click()
    expect(notice(piet.page)).to_contain_text("1 rij is opgeslagen.")
    assert hours_of(home)[3] == {"worked": 22200, "equated": 700}


def test_without_a_mark_the_save_itself_tells_that_a_colleague_was_first(new_window, home):
    piet = open_grid(new_window, home, home.piet)
    row, other = home.contracts[:2]
    cell(piet.page, row).fill("222")
    save_row(home.facility, home.trimester, row.id, {"worked": 11100}, 0)
    cell(piet.page, other).focus()
    expect(standing(piet.page, row)).to_contain_text("door een collega gewijzigd")
    expect(standing(piet.page, row)).to_contain_text("Nu opgeslagen: 111,00 · leeg")
    expect(cell(piet.page, row)).to_have_value("222")
    cell(piet.page, row).fill("223")
    cell(piet.page, other).focus()
    expect(standing(piet.page, row)).to_have_text("opgeslagen")
    assert hours_of(home)[0] == {"worked": 22300}


def test_when_the_session_has_ended_the_button_keeps_what_was_typed(new_window, home):
    piet = open_grid(new_window, home, home.piet)
    piet.expected |= {401}
    cell(piet.page, home.contracts[0]).fill("222")
    piet.context.clear_cookies()
    cell(piet.page, home.contracts[1]).focus()
    expect(standing(piet.page, home.contracts[0])).to_have_text("niet opgeslagen: kies ‘Opslaan’")
    piet.page.get_by_role("button", name="Opslaan").click()
    expect(piet.page.get_by_text("wat je typte is er nog")).to_be_visible()


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
def test_without_javascript_it_is_a_form_with_one_button(new_window, home, width):
    grace = replacement(home.facility, "Aerts")
    window = open_grid(new_window, home, home.piet, java_script_enabled=False, viewport=width)
    page = window.page
    cell(page, grace).fill("52,00")
    cell(page, home.contracts[0]).fill("veel")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("alert")).to_contain_text("Nog niet opgeslagen: kijk 1 rij na")
    expect(standing(page, grace)).to_have_text("opgeslagen")
    page.get_by_role("link", name="Naam00, Rita").click()
    cell(page, home.contracts[0]).fill("456")
    page.get_by_role("button", name="Opslaan").click()
    expect(notice(page)).to_contain_text("1 rij is opgeslagen.")
    assert hours_of(home)[0] == {"worked": 45600}
