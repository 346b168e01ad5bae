"""The daily purge: does the purges that two people decided on, and repeats those that a restored backup took back.

Each row is first written to the list outside the database, then removed.
"""
import datetime
from dataclasses import dataclass
from pathlib import Path

import peewee

from models.audit import record
from models.database import empty_log, locked, now, transaction
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.retention import due, removing, terms
from models.ecalcura.retention.due import Due
from models.ecalcura.retention.purged_rows import Listed, PurgedRow, PurgedRows
from models.ecalcura.retention.purges import CONFIRMED, DONE, Purge
from models.ecalcura.trimesters.files import hold
from models.upkeep.purged_lines import Register


@dataclass
class Purged:
    """The outcome: how many rows were purged, and how many again after a restore.

    held: rows that a restored backup took back, and that another row needs. unreadable: the numbers of damaged lines in
    the list. emptied: whether the rows have left the database's log file too.
    """

    rows: int = 0
    repeated: int = 0
    held: int = 0
    unreadable: tuple[int, ...] = ()
    emptied: bool = True


def list_of(path: Path) -> Path:
    """Return the path of the list beside PURGED_FILE, which is at `path`."""
    return path.with_name(f"{path.stem}-ecalcura{path.suffix}")


def purge(path: Path) -> Purged:
    """Do the purges that are confirmed, and repeat those on the list at `path`; each facility in its own transaction.

    Raises `OSError`, and purges nothing, if the list cannot be written.
    """
    done = Purged()
    with PurgedRows(path).open() as file:
        register = Register.get().id
        _heal(file, register)
        for waiting in Purge.to_do():
            with transaction():
                done.rows += _do(file, register, waiting.id)
        _repeat(file.read(register), done)
        done.unreadable = tuple(file.unreadable)
        done.emptied = empty_log()
    return done


def _heal(file: PurgedRows, register: str) -> None:
    """Add the lines that a list which was lost does not have."""
    there = {listed.row for listed in file.read(register)}
    file.append(Listed(register, one.row, one.purged_at) for one in PurgedRow.select().order_by(PurgedRow.purged_at)
                if one.row not in there)


def _do(file: PurgedRows, register: str, purge_id: int) -> int:
    waiting = locked(Purge.select().where(Purge.id == purge_id)).get()
    before = _first_kept(waiting)
    if waiting.state != CONFIRMED or before is None:
        return 0
    hold(Facility.get_by_id(waiting.facility_id))
    rows, moment = due.rows(waiting.term, before, waiting.facility_id), now()
    file.append(Listed(register, row, moment) for row in rows)
    for row in rows:
        _remove(row, moment, waiting.id)
    waiting.move(DONE, ended_at=moment)
    record(EcalcuraEvent.PURGED, tenant_id=waiting.facility_id, subject=waiting.term, number=len(rows))
    return len(rows)


def _first_kept(waiting: Purge) -> datetime.date | None:
    """Return the first day that is kept, None without a term; a term that became longer since the proposal counts."""
    first = terms.first_kept(waiting.term)
    return first and min(first, waiting.before)


def _remove(row: Due, moment: datetime.datetime, purge_id: int | None = None) -> None:
    PurgedRow.create(**row._asdict(), purged_at=moment, purge_id=purge_id)
    removing.remove(row)


def _repeat(listed: list[Listed], done: Purged) -> None:
    """Purge again what a backup took back, in the order of the list."""
    known = {one.row for one in PurgedRow.select()}
    for one in listed:
        if one.row in known or not removing.is_there(one.row):
            continue
        try:
            _remove_again(one)
        except peewee.IntegrityError:
            # Such as a contract that the backup's successor took over, and that was deleted there before the purge.
            done.held += 1
            continue
        known.add(one.row)
        done.repeated += 1


def _remove_again(listed: Listed) -> None:
    with transaction():
        hold(Facility.get_by_id(listed.row.facility_id))
        _remove(listed.row, listed.purged_at)
        record(EcalcuraEvent.PURGED_AGAIN, tenant_id=listed.row.facility_id, subject=due.term_of(listed.row.kind))
