"""Chores: jobs that each worker does every few seconds, beside the requests, such as delivering mail."""
import logging
import threading
from collections.abc import Callable, Mapping

import peewee

from models.database import database
from models.errors import Refused
from models.patience import OF_COMMANDS, waiting

SECONDS_BETWEEN = 5

log = logging.getLogger("loket.chores")


def keep_doing(chores: Mapping[str, Callable[[], object]], stop: threading.Event) -> None:
    """Call each chore, by its name, every few seconds until `stop` is set. Runs in a thread of its own.

    A chore that fails is logged and tried again in the next round; the others go on.
    """
    while not stop.is_set():
        for name, chore in chores.items():
            try:
                with waiting(OF_COMMANDS):
                    chore()
            except (peewee.PeeweeException, Refused, OSError) as error:
                log.error("%s: failed, will be tried again: %s", name, type(error).__name__)
                database.close()
        stop.wait(SECONDS_BETWEEN)
    database.close()
