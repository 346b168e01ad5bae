"""The list of staff: the rows that a page opens and reads, whatever the size of the facility."""
import pytest

from models import names
from models.database import database
from models.ecalcura.people import persons
from models.ecalcura.staff.listing import NAME, Listing, entitled
from tests.models.ecalcura.cast import contract, employee, facility


@pytest.fixture
def opened_rows(monkeypatch):
    """The number of persons that each call opened."""
    counts, real = [], persons.open_all

    def counted(facility_id, rows):
        rows = list(rows)
        counts.append(len(rows))
        return real(facility_id, rows)

    monkeypatch.setattr(persons, "open_all", counted)
    return counts


@pytest.fixture
def statements(monkeypatch):
    """The statements that were run."""
    run, real = [], database.obj.execute_sql
    monkeypatch.setattr(database.obj, "execute_sql",
                        lambda sql, *arguments, **options: run.append(sql) or real(sql, *arguments, **options))
    return run


def test_a_page_opens_only_the_rows_that_it_shows(home, opened_rows, statements):
    for place in range(30):
        employee(home, first="Nr", family=f"{place:02}")
    del opened_rows[:], statements[:]
    assert [row.person.family for row in Listing(home).rows][:2] == ["29", "28"]
    assert sum(opened_rows) == 25
    assert len(statements) == 5, statements
    del opened_rows[:]
    assert [row.person.family for row in Listing(home, sort=NAME, page=2).rows] == ["25", "26", "27", "28", "29"]
    assert opened_rows == [30, 5]


def test_the_list_and_the_options_hold_only_the_own_facility(home):
    other = facility("990002", name="De Brug")
    own, stranger = employee(home, first="An", family="Zeker"), employee(other, first="Nooit", family="Gezien")
    for one in (own, stranger):
        contract(one)
    assert [row.id for row in Listing(home, role="entitled").rows] == [own.id]
    assert [key for key, _ in entitled(home)] == [own.id]
    assert entitled(home, but=own.id) == []
    assert Listing(home, search="gezien").rows == []
    assert Listing(home, search=stranger.person.number).rows == []


def test_without_the_key_of_the_names_the_list_says_that_they_are_unreadable(home, register):
    employee(home)
    names.use(None)
    [row] = Listing(home).rows
    assert row.person == persons.UNREADABLE
