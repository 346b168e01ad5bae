"""The dashboard: two tabs, search, sort, pages and the links of each row."""
import pytest

from models import names
from models.arbeidszorg.register.former_numbers import old_number_sort
from tests.factories import client_of, days, period_of
from tests.page import text_of


def numbers(soup):
    return [text_of(cell) for cell in soup.select("tbody th[scope=row]")]


def tabs(soup):
    return [text_of(tab) for tab in soup.select(".tabs a")]


def with_old_number(client, old_number):
    """Give a client an old number, as the import does."""
    client.old_number = old_number
    client.old_number_rank, client.old_number_key = old_number_sort(old_number)
    client.save()
    return client


@pytest.fixture
def running(ploeg):
    """A client of De Ploeg with a running period."""
    client = client_of(ploeg, "Roos Peeters")
    period_of(client, ploeg)
    return client


def test_the_dashboard_opens_on_the_active_clients(signed_in, ploeg, running):
    client_of(ploeg, "Nog niet begonnen")
    soup = signed_in.get("/dashboard")
    assert tabs(soup) == ["Actieve cliënten (1)", "Niet-actieve cliënten (1)"]
    assert text_of(soup.select_one(".tabs [aria-current]")).startswith("Actieve cliënten")
    assert "+ Voeg een nieuwe cliënt toe" in [text_of(link) for link in soup.select(".page-head a")]
    assert [text_of(head) for head in soup.select("thead th")][:4] == [
        "Nr (oud)", "Naam", "Startdatum (laatste periode)", "Einddatum (laatste periode)"]
    assert numbers(soup) == [str(running.number)]
    assert "Roos Peeters" in text_of(soup.select_one("tbody"))


def test_an_active_row_links_to_its_period_and_the_client(signed_in, ploeg, running):
    period = running.periods.get()
    links = {text_of(link): link["href"] for link in signed_in.get("/dashboard").select("tbody .does a")}
    assert links == {
        "Periode bewerken of afsluiten": f"/clients/{running.number}/periods/{period.id}",
        "Cliëntinformatie": f"/clients/{running.number}",
    }


def test_an_inactive_row_links_to_a_new_period(signed_in, ploeg):
    client = client_of(ploeg)
    links = {text_of(link): link["href"] for link in signed_in.get("/dashboard?tab=inactive").select("tbody .does a")}
    assert links["Nieuwe periode starten"] == f"/clients/{client.number}/periods/new"


def test_a_client_is_active_until_its_last_day_has_passed(signed_in, ploeg):
    still = client_of(ploeg)
    period_of(still, ploeg, days(-40), days(0))
    gone = client_of(ploeg)
    period_of(gone, ploeg, days(-40), days(-1))
    planned = client_of(ploeg)
    period_of(planned, ploeg, days(10))
    assert numbers(signed_in.get("/dashboard")) == [str(still.number), str(planned.number)]
    assert numbers(signed_in.get("/dashboard?tab=inactive")) == [str(gone.number)]


def test_the_running_one_of_several_periods_is_shown(signed_in, ploeg):
    client = client_of(ploeg)
    period_of(client, ploeg, days(-100), days(-50))
    period_of(client, ploeg, days(-10), days(10))
    period_of(client, ploeg, days(20))
    row = signed_in.get("/dashboard").select_one("tbody tr")
    assert [text_of(cell) for cell in row.select("td.number")] == [f"{days(-10):%d/%m/%Y}", f"{days(10):%d/%m/%Y}"]


def test_the_old_number_is_in_brackets(signed_in, ploeg, running):
    with_old_number(running, "17")
    assert numbers(signed_in.get("/dashboard")) == [f"{running.number} (17)"]


@pytest.mark.parametrize("typed", ["new", "old"])
def test_a_client_is_found_by_new_and_by_old_number(signed_in, ploeg, running, typed):
    with_old_number(running, "K-17")
    period_of(client_of(ploeg), ploeg)
    wanted = running.number if typed == "new" else "K-17"
    assert numbers(signed_in.partial(f"/dashboard?q={wanted}")) == [f"{running.number} (K-17)"]


def test_a_match_on_the_other_tab_is_shown_as_a_link(signed_in, ploeg, running):
    soup = signed_in.get(f"/dashboard?tab=inactive&q={running.number}")
    link = soup.select_one(".notice a")
    assert "Actieve cliënten" in text_of(link)
    assert numbers(signed_in.get(link["href"])) == [str(running.number)]


def test_an_empty_result_repeats_the_search(signed_in, running):
    assert "volgnummer ‘99999’" in text_of(signed_in.get("/dashboard?q=99999").select_one(".empty"))


def test_an_empty_register_shows_how_to_begin(signed_in):
    assert "Voeg je eerste cliënt toe" in text_of(signed_in.get("/dashboard").select_one(".empty"))


def test_a_name_is_searched_by_post_and_is_in_no_address(signed_in, ploeg, running):
    period_of(client_of(ploeg, "Jef Maes"), ploeg)
    soup = signed_in.post("/dashboard/name", {"name": "péeters"}, 200, form="/dashboard")
    assert numbers(soup) == [str(running.number)]
    links = [f"{link.get('href')} {link.get('data-hx-get')}" for link in soup.select("a, [data-hx-get]")]
    assert not [link for link in links if "eeters" in link]


def test_a_search_by_name_without_the_names_key_says_so(signed_in, running):
    names.use(None)
    soup = signed_in.post("/dashboard/name", {"name": "roos"}, 200, form="/dashboard")
    assert "de namen zijn niet leesbaar" in text_of(soup.select_one(".empty"))


def test_a_name_that_matches_on_the_other_tab_is_offered_as_a_button(signed_in, ploeg, running):
    soup = signed_in.post("/dashboard/name", {"name": "roos", "tab": "inactive"}, 200, form="/dashboard")
    assert text_of(soup.select_one(".notice button")) == "Actieve cliënten (1)"


def test_old_numbers_sort_as_numbers_then_texts_then_missing(signed_in, ploeg):
    order = {}
    for old in ("10", "9", "B1", "a2"):
        client = with_old_number(client_of(ploeg), old)
        period_of(client, ploeg)
        order[old] = f"{client.number} ({old})"
    without = period_of(client_of(ploeg), ploeg).client
    up = numbers(signed_in.get("/dashboard?sort=old-asc"))
    down = numbers(signed_in.get("/dashboard?sort=old-desc"))
    assert up == [order["9"], order["10"], order["a2"], order["B1"], str(without.number)]
    assert down == [order["10"], order["9"], order["B1"], order["a2"], str(without.number)]


def test_tab_sort_and_page_are_in_the_address(signed_in, ploeg):
    for _ in range(27):
        client_of(ploeg)
    soup = signed_in.get("/dashboard?tab=inactive&sort=number-desc&page=2")
    assert len(numbers(soup)) == 2
    assert "26–27 van 27 cliënten" in text_of(soup.select_one(".pages"))
    previous = soup.select_one("#page-previous")["href"]
    assert previous == "/dashboard?tab=inactive&sort=number-desc"
    assert soup.select_one("#sort option[selected]")["value"] == "number-desc"


def test_the_list_itself_holds_no_character_outside_latin_1(signed_in, ploeg):
    """A single one doubles the page in memory (docs/decisions/0041)."""
    for _ in range(76):
        client_of(ploeg)
    soup = signed_in.get("/dashboard?tab=inactive")
    assert text_of(soup.select_one(".pages p")) == "1–25 van 76 cliënten"
    assert "…" in text_of(soup.select_one(".pages ul"))
    assert "–" in text_of(soup.select_one("tbody"))
    signed_in.response.text.encode("latin-1")


@pytest.mark.parametrize("query", ["page=0", "page=-3", "page=x", "page=999999999999999999999", "tab=x&sort=x", "q=%00",
                                   "q=1&q=2&tab=inactive&tab=active", "incomplete=2", "q=" + "9" * 500])
def test_an_address_with_invalid_arguments_shows_the_list(signed_in, running, query):
    signed_in.get(f"/dashboard?{query}")


def test_incomplete_clients_are_marked_and_can_be_listed(signed_in, ploeg, running):
    incomplete = client_of(ploeg, gender=None)
    period_of(incomplete, ploeg)
    soup = signed_in.get("/dashboard?incomplete=1")
    assert numbers(soup) == [str(incomplete.number)]
    assert "te vervolledigen" in text_of(soup.select_one("tbody"))


def test_a_partial_request_gets_only_the_list(signed_in, running):
    soup = signed_in.partial("/dashboard?tab=active")
    assert soup.select_one("#list") is not None
    assert soup.select_one("h1") is None


def test_a_history_restore_gets_the_whole_page(signed_in):
    signed_in.get("/dashboard", headers={"HX-Request": "true", "HX-Request-Type": "full",
                                         "HX-History-Restore-Request": "true"})


def test_another_organisation_s_clients_are_not_shown_or_found(page, cast, running):
    page.sign_in(cast.outsider.account)
    soup = page.get(f"/dashboard?q={running.number}")
    assert tabs(soup) == ["Actieve cliënten (0)", "Niet-actieve cliënten (0)"]
    assert not soup.select(".notice:not([hidden])")
    page.post("/dashboard/name", {"name": "Roos"}, 200, form="/dashboard")
    assert "Roos Peeters" not in page.response.text
