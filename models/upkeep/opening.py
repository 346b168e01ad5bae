"""Opening the register when the application starts: the folders, the database, the wings and the keys."""
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import peewee

from models import audit, names
from models.accounts import second_factor
from models.accounts.administrators import contacts
from models.accounts.second_factor import SecondFactor
from models.database import connect, pending_migrations
from models.errors import CannotStart, Unreachable
from models.keys import Keys
from models.mail import letters, outbox

# By their names in config.py.
Settings = Mapping[str, Any]

log = logging.getLogger("loket.keys")


def open_register(settings: Settings, starts: Iterable[Callable[[Settings], None]]) -> Keys:
    """Connect the models to their database and keys, and start each wing by its function in `starts`.

    Raises `CannotStart`. A key that cannot be used does not stop the start: it is logged, and added to the `problems`
    of the returned keys.
    """
    database = _database(settings)
    audit.use(settings["DATA_DIR"])
    for start in starts:
        start(settings)
    has_slots = database.table_exists("name_key") and names.has_slots()
    keys = _keys(settings["KEY_DIR"], has_slots)
    names.use(keys.names)
    second_factor.use(keys.app)
    outbox.use(keys.app)
    keys.problems.extend(_mismatches(settings["KEY_DIR"], keys, has_slots))
    database.close()
    for problem in keys.problems:
        log.error(problem)
    letters.use(settings["BASE_URL"], contacts, settings["OPERATOR_CONTACT"])
    return keys


def _database(settings: Settings) -> peewee.Database:
    try:
        settings["DATA_DIR"].mkdir(mode=0o700, parents=True, exist_ok=True)
        return connect(settings["DATABASE_URL"])
    except OSError as error:
        raise _unusable_folder(error) from error
    except Unreachable as error:
        raise CannotStart(f"the database of DATABASE_URL cannot be opened: {error}") from error


def _keys(folder: Path, has_slots: bool) -> Keys:
    try:
        return Keys.load_or_make(folder, has_slots)
    except OSError as error:
        raise _unusable_folder(error) from error


def _unusable_folder(error: OSError) -> CannotStart:
    return CannotStart(f"DATA_DIR and KEY_DIR must be folders to write in: {error}")


def _mismatches(folder: Path, keys: Keys, has_slots: bool) -> Iterator[str]:
    """A line for each key that does not open what this database keeps sealed."""
    # The tables of an older database have other columns; the start after its migrations checks the keys.
    if pending_migrations():
        return
    if keys.names and has_slots and not names.opens(keys.names):
        yield f"{folder}/names.key is not this database's: names are unreadable."
    if keys.app and outbox.opens(keys.app) is False:
        yield f"{folder}/app.key is not this database's: waiting mails stay unsent."
    if keys.app and (unreadable := SecondFactor.unreadable()):
        yield (f"{folder}/app.key is not this database's: the codes of {unreadable} administrators cannot be checked, "
               "only their recovery codes.")
