"""What each worker does beside the requests, every few seconds: deliver mail, carry out what is due."""
import logging

import peewee

from models.database import database
from models.errors import Refused

EVERY = 5

log = logging.getLogger("loket.chores")


def keep_doing(chores, stop):
    """Do the chores, a name → call, every few seconds until the event `stop` is set: for a thread of its own.

    One that fails now is tried again in the next round, and keeps no other from being done.
    """
    while not stop.is_set():
        for name, chore in chores.items():
            try:
                chore()
            except (peewee.PeeweeException, Refused) as error:
                log.error("%s: not done now: %s", name, type(error).__name__)
                database.close()
        stop.wait(EVERY)
    database.close()
