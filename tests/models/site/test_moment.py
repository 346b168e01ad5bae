"""The moment of the last change of what the public pages show."""
import peewee
import pytest

from models.database import database
from models.organisations import Organisation
from models.site.moment import SiteMoment, last_change


def test_each_change_of_a_watched_column_counts(register):
    before = last_change()
    made = Organisation.create(name="De Brug", province="limburg")
    Organisation.update(sector="welfare").where(Organisation.id == made.id).execute()
    Organisation.update(telephone="09 000 00 00").where(Organisation.id == made.id).execute()
    assert last_change().number == before.number + 2


@pytest.mark.parametrize("statement", [
    "DELETE FROM site_moment", "UPDATE site_moment SET number = number - 1",
    "INSERT INTO site_moment (id, number, changed_at) VALUES (2, 1, '2026-01-01 00:00:00')"])
def test_the_number_only_rises(register, statement):
    with pytest.raises(peewee.DatabaseError), database.atomic():
        database.execute_sql(statement)
    assert SiteMoment.select().count() == 1
