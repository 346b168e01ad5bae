"""The list of an organisation's clients: tabs, orders, pages, and the searches by number and by name."""
import datetime

import pytest

from models import names
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.dashboard import SORTS, TABS, ListedClient, Listing, _counts, _numbered, _page, _search
from models.arbeidszorg.register.former_numbers import old_number_sort
from models.database import database, is_sqlite
from models.organisations import Organisation
from tests.factories import NAMES_KEY, client_of, days, period_of

TODAY = datetime.date(2026, 3, 10)


@pytest.fixture(autouse=True)
def tenth_of_march(clock):
    clock(datetime.datetime(2026, 3, 10, 12, tzinfo=datetime.UTC))


def with_old_number(client, old_number):
    """Give the client this old number, as an import of the old register does."""
    rank, key = old_number_sort(old_number)
    Client.update(old_number=old_number, old_number_rank=rank, old_number_key=key).where(
        Client.number == client.number).execute()
    return client


def listed(listing):
    """Return the clients on the page, with the names of their fields."""
    return [ListedClient(*row) for row in listing.rows]


def numbers(login, tab="inactive", **options):
    """Return the numbers on the page of the list with these options."""
    return [row.number for row in listed(Listing(login.organisation.id, tab, **options))]


def test_a_closed_client_moves_to_the_inactive_tab(cast):
    login = cast.ploeg
    never, running, ends_today, ended, planned = (client_of(login) for _ in range(5))
    period_of(running, login, days(-10))
    period_of(ends_today, login, days(-10), days(0))
    period_of(ended, login, days(-10), days(-1))
    period_of(planned, login, days(5))
    client_of(cast.outsider)
    listing = Listing(login.organisation.id)
    assert listing.counts == {"active": 3, "inactive": 2}
    assert [row.number for row in listed(listing)] == [running.number, ends_today.number, planned.number]
    assert numbers(login) == [never.number, ended.number]
    assert Listing(login.organisation.id, today=days(1)).counts == {"active": 2, "inactive": 3}


def test_a_row_shows_the_running_period_or_else_the_next_or_else_the_last(ploeg):
    client = client_of(ploeg, "Jan", income=None)
    first = period_of(client, ploeg, days(-20), days(-10))
    second = period_of(client, ploeg, days(-5), days(5))
    third = period_of(client, ploeg, days(8), days(9))
    with_old_number(client, "17")

    def row(today, tab="active"):
        row, = listed(Listing(ploeg.organisation.id, tab, today=today))
        return row

    assert row(TODAY) == ListedClient(client.number, "17", "Jan", days(-5), days(5), second.id, True)
    assert [row(days(number)).period_id for number in (-30, -10, -9, 5, 6, 9)] == [
        first.id, first.id, second.id, second.id, third.id, third.id]
    assert row(days(10), "inactive").period_id == third.id
    client_of(ploeg)
    without_periods = ListedClient(client.number + 1, None, None, None, None, None, False)
    assert Listing(ploeg.organisation.id, "inactive").rows == [without_periods]


def test_clients_without_an_old_number_come_last_in_both_directions(ploeg):
    old_numbers = ["10", None, "9", "b", "007", "7", "A2", None, "a1"]
    clients = [with_old_number(client_of(ploeg), old_number) for old_number in old_numbers]
    before = clients[0].number - 1
    assert {sort: [number - before for number in numbers(ploeg, sort=sort)] for sort in SORTS} == {
        "number-asc": [1, 2, 3, 4, 5, 6, 7, 8, 9],
        "number-desc": [9, 8, 7, 6, 5, 4, 3, 2, 1],
        "old-asc": [5, 6, 3, 1, 9, 7, 4, 2, 8],
        "old-desc": [1, 3, 6, 5, 4, 7, 9, 8, 2],
    }


def test_a_page_has_25_clients_and_a_missing_page_becomes_the_nearest(ploeg):
    everyone = [client_of(ploeg).number for _ in range(53)]
    listing = Listing(ploeg.organisation.id, "inactive", page=2)
    assert (listing.total, listing.pages, listing.page) == (53, 3, 2)
    assert [row.number for row in listed(listing)] == everyone[25:50]
    assert numbers(ploeg, page=3) == numbers(ploeg, page=99) == everyone[50:]
    assert numbers(ploeg, page=0) == numbers(ploeg, page=-5) == everyone[:25]
    empty = Listing(ploeg.organisation.id, "active", page=4)
    assert (empty.rows, empty.total, empty.pages, empty.page) == ([], 0, 1, 1)


def test_a_search_finds_a_client_by_its_exact_new_or_old_number(cast):
    login = cast.ploeg
    client_of(cast.outsider)
    clients = [client_of(login) for _ in range(12)]
    twelfth = clients[-1].number
    with_old_number(clients[0], str(twelfth))
    with_old_number(clients[1], "0042")
    with_old_number(clients[2], "A-7/é")
    assert numbers(login, search=f" {twelfth} ") == [clients[0].number, twelfth]
    assert numbers(login, search=str(twelfth), sort="number-desc") == [twelfth, clients[0].number]
    for search in ("42", "0042", "00042"):
        assert numbers(login, search=search) == [clients[1].number]
    assert numbers(login, search="a-7/É") == [clients[2].number]
    for search in ("91", "A", "1 2", "%", "_", "-1", "9" * 400, "1; DROP TABLE client", "1" + "0" * 18, "²"):
        assert numbers(login, search=search) == [], search
    assert numbers(cast.outsider, search=str(twelfth)) == []


def test_a_match_under_the_other_tab_is_counted(ploeg):
    client = client_of(ploeg)
    period_of(client, ploeg)
    listing = Listing(ploeg.organisation.id, "inactive", search=str(client.number))
    assert (listing.rows, listing.total, listing.elsewhere, listing.other_tab) == ([], 0, 1, "active")
    assert listing.counts == {"active": 1, "inactive": 0}
    assert Listing(ploeg.organisation.id, "active", search=str(client.number)).elsewhere == 0


def test_a_name_is_found_by_its_words_without_regard_to_case_and_accents(cast):
    login = cast.ploeg
    zoe, jan, _ = client_of(login, "Zoë van den Berg"), client_of(login, "Jan BERGMANS"), client_of(login)
    client_of(cast.outsider, "Zoë van den Berg")
    period_of(jan, login)
    for name in ("zoe", "ZOË", "berg zoë", "van  den berg"):
        assert numbers(login, name=name) == [zoe.number]
    listing = Listing(login.organisation.id, "inactive", name="berg")
    assert ([row.name for row in listed(listing)], listing.elsewhere) == (["Zoë van den Berg"], 1)
    for name in ("x", "naam niet leesbaar", "%"):
        assert numbers(login, name=name) == []
    names.use(None)
    assert numbers(login, name="zoe") == numbers(login, name="leesbaar") == []
    assert listed(Listing(login.organisation.id, "inactive"))[0].name == names.UNREADABLE
    assert (listing.unreadable, Listing(login.organisation.id, name="zoe").unreadable) == (False, True)
    names.use(NAMES_KEY)


@pytest.mark.parametrize("tab", TABS)
def test_a_search_says_that_a_name_under_either_tab_cannot_be_read(ploeg, tab):
    running, other = client_of(ploeg, "Zoë"), client_of(ploeg, "Jan")
    period_of(running, ploeg)
    altered = running if tab == "active" else other
    Client.update(sealed_name=altered.sealed_name[:-1] + b"?").where(Client.number == altered.number).execute()
    listing = Listing(ploeg.organisation.id, "inactive", name="jan")
    assert listing.unreadable
    assert [row.name for row in listed(listing)] == (["Jan"] if tab == "active" else [])


def test_incomplete_clients_can_be_listed(ploeg):
    complete, first, second = client_of(ploeg, "An"), client_of(ploeg, "An", income=None), client_of(ploeg, gender=None)
    running = client_of(ploeg, gender=None)
    period_of(running, ploeg)
    for sort in SORTS:
        expected = [first.number, second.number]
        assert numbers(ploeg, incomplete=True, sort=sort) == (expected if sort.endswith("asc") else expected[::-1])
    assert numbers(ploeg, "active", incomplete=True) == [running.number]
    assert numbers(ploeg, incomplete=True, name="an") == [first.number]
    assert numbers(ploeg, incomplete=True, search=str(complete.number)) == []
    listing = Listing(ploeg.organisation.id, "inactive", incomplete=True)
    assert (listing.total, listing.counts) == (2, {"active": 1, "inactive": 3})


def test_invalid_parameters_give_the_default_list(ploeg):
    listing = Listing(ploeg.organisation.id, "alle", sort="naam", search="x\x00" * 200)
    assert (listing.tab, listing.sort, listing.search) == ("active", "number-asc", "x " * 30)


@pytest.mark.parametrize("sort", SORTS)
def test_the_list_is_read_from_indexes(register, sort):
    if not is_sqlite():
        pytest.skip("PostgreSQL plans by how many rows there are")
    Organisation.create_new("De Ploeg", "limburg")
    statements = [_counts(), _numbered(sort), _search(sort, False)]
    for tab in TABS:
        statements += [_page(tab, sort, False), _page(tab, sort, True)]
    for statement in statements:
        sql, parameters = statement._compiled_for(register)
        steps = database.execute_sql("EXPLAIN QUERY PLAN " + sql, [1] * len(parameters)).fetchall()
        assert not [text for *_, text in steps if "SCAN t" in text], steps
        if statement is _page("active", sort, False):
            # Only the rows on the page are sorted; their numbers are not.
            inner = next(number for number, *_, text in steps if text.startswith("LIST SUBQUERY"))
            reading, = (text for _, parent, _, text in steps if parent == inner)
            assert "COVERING INDEX" in reading
