"""The picture on the page of an initiative."""
import shutil
from pathlib import Path

import peewee
import pytest

from models.audit import AuditEntry
from models.database import connect, database, migrate, use_migrations
from models.errors import Stale
from models.organisations import Organisation
from models.site.initiatives.initiatives import Initiative
from models.site.initiatives.listing import all_that_appear
from models.site.initiatives.picture import change_picture
from models.site.moment import last_change
from models.site.pictures.pictures import Change, Picture, uploaded
from tests.hall import refusal
from tests.models.site.pictures import files
from tests.models.site.pictures.made import WORDS

MIGRATIONS = Path(__file__).parents[3] / "migrations"


def another():
    return Change(uploaded(files.JPEG, WORDS, True))


def change(cast, asked, version):
    change_picture(cast.ploeg.organisation, asked, version, cast.ploeg.account)
    return Initiative.of(cast.ploeg.organisation)


def test_an_organisation_adds_replaces_and_removes_its_picture_and_the_former_one_is_gone(cast):
    first = change(cast, another(), 1)
    assert [picture.id for picture in Picture.select()] == [first.picture_id]
    second = change(cast, another(), 2)
    assert [picture.id for picture in Picture.select()] == [second.picture_id] != [first.picture_id]
    third = change(cast, Change(removed=True), 3)
    assert (third.picture_id, Picture.select().count()) == (None, 0)
    log = AuditEntry.select().where(AuditEntry.event == "initiative-changed")
    assert [(entry.tenant_id, entry.details) for entry in log] == [
        (cast.ploeg.organisation.id, {"fields": ["picture"]})] * 3


def test_its_words_change_without_it_and_nothing_is_recorded_when_nothing_changes(cast):
    change(cast, another(), 1)
    change(cast, Change(alternative="Een kas."), 2)
    assert Picture.get().alternative == "Een kas."
    before = (Initiative.get().version, AuditEntry.select().count())
    change(cast, Change(alternative="Een kas."), 3)
    assert (Initiative.get().version, AuditEntry.select().count()) == before
    assert refusal(lambda: change(cast, Change(alternative=" "), 3)) == "picture_alternative"


def test_an_older_version_is_refused_and_leaves_no_picture(cast):
    change(cast, another(), 1)
    for asked in (another(), Change(removed=True), Change(alternative="Een kas.")):
        with pytest.raises(Stale):
            change(cast, asked, 1)
    assert [picture.alternative for picture in Picture.select()] == [WORDS]


def test_the_public_pages_are_old_as_soon_as_the_picture_or_its_words_change(cast):
    numbers = [last_change().number]
    for version, asked in enumerate((another(), Change(alternative="Een kas."), Change(removed=True)), 1):
        change(cast, asked, version)
        numbers.append(last_change().number)
    assert len(set(numbers)) == 4


def test_the_database_keeps_a_picture_that_is_shown_and_gives_it_to_one_initiative_alone(cast):
    shown = change(cast, another(), 1).picture_id
    Initiative.create(organisation_id=cast.outsider.organisation.id)
    for statement in ("DELETE FROM site_picture", "UPDATE initiative SET picture_id = 999",
                      f"UPDATE initiative SET picture_id = {shown}"):
        with pytest.raises(peewee.DatabaseError), database.atomic():
            database.execute_sql(statement)


def test_an_upgrade_keeps_each_page_and_shows_no_picture(empty_url, tmp_path):
    """A site in use under the migration before this one."""
    earlier = tmp_path / "site"
    earlier.mkdir()
    for file in (MIGRATIONS / "site").glob("000[1-6]_*"):
        shutil.copy(file, earlier)
    use_migrations([earlier])
    connect(empty_url)
    migrate()
    database.execute_sql("INSERT INTO tenant_kind (kind, wing) VALUES ('organisation', 'arbeidszorg')")
    organisation = Organisation.create(name="De Brug", province="limburg")
    database.execute_sql(
        "INSERT INTO initiative (organisation_id, sentence, ticked, changed_at)"
        f" VALUES ({organisation.id}, 'Wij kweken sla.', true, '2026-06-01 09:00:00')")
    use_migrations([MIGRATIONS / "site"])
    assert migrate() == [file.stem for file in sorted((MIGRATIONS / "site").glob("*.py")) if file.stem >= "0007"]
    [tile] = all_that_appear()
    assert (tile.sentence, tile.picture_id, Initiative.get().version) == ("Wij kweken sla.", None, 1)
    before = last_change().number
    Initiative.update(sentence="Nieuw").execute()
    assert last_change().number == before + 1
