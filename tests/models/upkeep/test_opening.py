"""Opening a register without a web application around it."""
import pytest

from models import names
from models.database import database
from models.errors import CannotStart
from models.organisations import Organisation
from models.upkeep.opening import open_register


@pytest.fixture
def settings(database_url, tmp_path):
    yield {"DATABASE_URL": database_url, "DATA_DIR": tmp_path / "data", "KEY_DIR": tmp_path / "keys",
           "BASE_URL": "https://loket.voorbeeld.be", "OPERATOR_CONTACT": None}
    names.use(None)


def test_a_new_register_gets_its_folder_and_its_keys(settings):
    keys = open_register(settings, [])
    assert (len(keys.app), len(keys.names), keys.problems) == (32, 32, [])
    assert settings["DATA_DIR"].is_dir()
    Organisation.create_new("De Ploeg", "limburg")
    assert Organisation.select().count() == 1


def test_each_wing_starts_with_the_settings_and_a_database_to_read(settings):
    started = []
    open_register(settings, [lambda given: started.append((given, Organisation.select().count()))])
    assert started == [(settings, 0)]
    assert database.is_closed()


def test_a_wing_that_cannot_start_stops_the_start(settings):
    def start(_settings):
        raise CannotStart("mend this")

    with pytest.raises(CannotStart, match="mend this"):
        open_register(settings, [start])
    assert not settings["KEY_DIR"].exists()


@pytest.mark.parametrize("name", ["DATA_DIR", "KEY_DIR"])
def test_a_folder_that_cannot_be_made_is_named(settings, tmp_path, name):
    (tmp_path / "file").touch()
    with pytest.raises(CannotStart, match=f"{name}.*file"):
        open_register(settings | {name: tmp_path / "file" / "folder"}, [])
