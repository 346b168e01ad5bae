"""Pictures as they are kept."""
import peewee
import pytest

from models.database import database, transaction
from models.site.moment import last_change
from models.site.pictures.pictures import (
    Change,
    Picture,
    PictureFile,
    changed_picture,
    picture_content,
    pictures_of,
    remove_picture,
    uploaded,
)
from tests.hall import refusal
from tests.models.site.pictures import files
from tests.models.site.pictures.made import WORDS, a_picture, digest_of


def test_a_picture_is_kept_in_its_widths_each_found_by_its_digest(register):
    made = a_picture(files.written(files.halves((1400, 700)), "JPEG"))
    shown = pictures_of([made.id, None])[made.id]
    assert ([width for width, _ in shown.files], shown.width, shown.height) == ([640, 1280], 1280, 640)
    assert shown.alternative == WORDS
    assert all(picture_content(digest).startswith(b"RIFF") for _, digest in shown.files)
    assert picture_content("0" * 32) is None


@pytest.mark.parametrize(("words", "consented", "code"), [
    ("", True, "picture_alternative"), (" ", True, "picture_alternative"), (WORDS, False, "picture_consent")])
def test_a_picture_needs_words_for_people_who_do_not_see_it_and_the_consent_of_people_on_it(words, consented, code):
    assert refusal(uploaded, files.JPEG, words, consented) == code


def test_other_words_and_a_removed_picture_change_the_site(register):
    made, before = a_picture(), last_change().number
    assert changed_picture(made.id, Change(alternative="Een serre.")) == made.id
    assert pictures_of([made.id])[made.id].alternative == "Een serre."
    assert last_change().number == before + 1
    assert changed_picture(made.id, Change(removed=True)) is None
    digest = digest_of(made)
    remove_picture(made.id)
    assert (picture_content(digest), pictures_of([made.id])) == (None, {})
    assert (Picture.select().count(), PictureFile.select().count()) == (0, 0)
    assert last_change().number == before + 2


def test_the_same_file_of_two_pages_is_kept_for_each(register):
    first, second = a_picture(), a_picture()
    digest = digest_of(first)
    remove_picture(first.id)
    assert digest_of(second) == digest
    assert picture_content(digest)


@pytest.mark.parametrize("statement", [
    "UPDATE site_picture SET alternative = ''", "UPDATE site_picture SET alternative = '  '",
    "UPDATE site_picture SET consented = false", "DELETE FROM site_picture",
    "UPDATE site_picture_file SET digest = 'x'", "UPDATE site_picture_file SET width = 5000",
    "UPDATE site_picture SET account_id = 999"])
def test_the_database_holds_the_rules_too(register, statement):
    a_picture()
    with pytest.raises(peewee.DatabaseError), transaction():
        database.execute_sql(statement)
