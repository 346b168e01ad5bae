"""The fixed pages: each saved text stays, and the second of two editors gets the text of the first."""
import peewee
import pytest

from models.database import database, today
from models.errors import Stale
from models.site import fixed_pages
from models.site.errors import SiteCode
from models.site.fixed_pages import ACCESSIBILITY, PAGES, PRIVACY, SHIPPED
from models.site.moment import last_change
from tests.factories import days
from tests.hall import refusal


def save(cast, text, number):
    fixed_pages.save(PRIVACY, text, today(), number, cast.administrator)


@pytest.mark.parametrize("page", PAGES)
def test_a_text_ships_that_nobody_checked(register, page):
    current = fixed_pages.current(page)
    assert (current.text, current.checked_on, current.number) == (SHIPPED[page], None, 0)


def test_a_saved_text_is_shown_and_those_before_it_stay(cast):
    before = last_change().number
    save(cast, "Een.", 0)
    save(cast, "Twee.", 1)
    assert [(one.number, one.text) for one in fixed_pages.history(PRIVACY)] == [(2, "Twee."), (1, "Een.")]
    assert fixed_pages.current(PRIVACY).text == "Twee."
    assert fixed_pages.current(ACCESSIBILITY).number == 0
    assert last_change().number == before + 2


def test_the_same_text_on_the_same_day_is_saved_once(cast):
    save(cast, "Een.", 0)
    save(cast, "Een.", 0)
    assert len(fixed_pages.history(PRIVACY)) == 1


def test_the_second_of_two_editors_gets_the_text_of_the_first(cast):
    save(cast, "Een.", 0)
    with pytest.raises(Stale) as stale:
        save(cast, "Anders.", 0)
    assert stale.value.current.text == "Een."


def test_a_day_that_has_yet_to_come_is_refused(cast):
    assert refusal(fixed_pages.save, PRIVACY, "Een.", days(1), 0, cast.administrator) == SiteCode.CHECKED_LATER


@pytest.mark.parametrize("statement", [
    "UPDATE fixed_page_version SET text = 'x'", "DELETE FROM fixed_page_version",
    "INSERT INTO fixed_page_version (page, number, text, checked_on, made_at) "
    "VALUES ('privacy', 3, 'x', '2026-01-01', '2026-01-01 00:00:00')",
    "INSERT INTO fixed_page_version (page, number, text, checked_on, made_at) "
    "VALUES ('over-ons', 1, 'x', '2026-01-01', '2026-01-01 00:00:00')"])
def test_the_database_keeps_each_text_as_it_was_saved(cast, statement):
    save(cast, "Een.", 0)
    with pytest.raises(peewee.DatabaseError), database.atomic():
        database.execute_sql(statement)
