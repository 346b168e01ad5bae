"""The import of a register: the old one's export, or Loket's own. All accepted rows are imported, or none of them.

The rows are read and checked in tables beside the register, while others go on, and then moved to it in one short
transaction (docs/decisions/0111).
"""
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from models.arbeidszorg.errors import ImportCode
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register import series
from models.arbeidszorg.transfer.outcome import Result
from models.arbeidszorg.transfer.placing import Importer
from models.arbeidszorg.transfer.register_file import reading
from models.arbeidszorg.transfer.register_file.own_list import OwnList
from models.arbeidszorg.transfer.register_file.reading import RegisterFile
from models.arbeidszorg.transfer.report_files import InMemory, Report
from models.arbeidszorg.transfer.staging.moving_over import Changed, check_unchanged, move
from models.arbeidszorg.transfer.staging.staged import Staging
from models.arbeidszorg.transfer.staging.statements import large_cache
from models.arbeidszorg.transfer.undoing import RegisterImport
from models.audit import Actor, record
from models.database import reading as one_moment
from models.database import transaction
from models.errors import Refused

BATCH = 1000
# Bytes of a file from which others may wait for the write lock longer than a save waits (docs/decisions/0111).
LARGE = 15_000_000
# A spreadsheet is compressed: the old register takes 2.5 MB as one, and 10.9 MB as CSV.
LARGE_SPREADSHEET = 3_500_000
# How often a file is read, if somebody changes meanwhile what it was checked against.
TRIES = 3


def import_register(path: Path | BinaryIO, report: Report | InMemory, by: Actor | None = None, dry_run: bool = False,
                    progress: Callable[[int], object] | None = None, dates_are_dmy: bool = False,
                    numbers_are_right: bool = False, own_list_of: int | None = None,
                    confirm: Callable[[Result], object] | None = None) -> Result:
    """Import a file; raises `Refused`, and changes nothing, if the file is not a register.

    `report` receives each refused row and each new number as they come; `progress` is called with the number of bytes
    read. The rows are read and checked in tables beside the register, while others go on, and then moved over at once.
    A dry run does not move them. With `dates_are_dmy` or `numbers_are_right`, the order of its dates or the look of its
    old numbers refuses no file (transfer/doubts.py). `own_list_of` is the id of the organisation whose own list it is.
    `confirm` is called last, in the transaction of the import, and undoes the import by an exception.
    """
    source = reading.examine(path, is_own_list=own_list_of is not None)
    reason: Changed | None = None
    for _ in range(TRIES):
        with Staging() as staging:
            # For each reading: clients may have left since the last one.
            own_list = OwnList(own_list_of) if own_list_of else None
            importer = Importer(source, report, staging, dates_are_dmy, own_list)
            _stage(source, importer, progress)
            importer.doubts.check(numbers_are_right=dry_run or numbers_are_right)
            if dry_run:
                importer.result.dry_run = True
                importer.result.renumbered = sum(1 for _ in staging.pairs(importer.offset_from(importer.before)))
                return importer.result
            try:
                return _move(importer, source.kind, by, confirm)
            except Changed as changed:
                reason = changed
                report.restart()
    raise Refused(ImportCode.FILE_MEANWHILE) from reason


def _stage(source: RegisterFile, importer: Importer, progress: Callable[[int], object] | None) -> None:
    """Read, place and stage all rows, a batch at a time."""
    rows = source.rows()
    while batch := list(itertools.islice(rows, BATCH)):
        # A batch reads the register of one moment, and nobody waits for it.
        with one_moment():
            importer.take(batch)
        if progress:
            progress(batch[-1].position)
    if not importer.result.rows:
        raise Refused(ImportCode.FILE_ROWS)
    with one_moment():
        importer.doubts.look_for_likeness()


def _move(importer: Importer, kind: str, by: Actor | None,
          confirm: Callable[[Result], object] | None) -> Result:
    """Move the rows that `importer` staged to the register, and record it; raises `Changed`."""
    staging, result = importer.staging, importer.result
    with large_cache(), transaction():
        highest = series.highest()
        offset = importer.offset_from(highest)
        check_unchanged(staging, highest if importer.keeps_numbers else 0)
        for pair in staging.pairs(offset):
            result.renumbered += 1
            importer.report.pair(*pair)
        own_list_of = importer.own_list.organisation.id if importer.own_list else None
        counts: dict[str, Any] = {"kind": kind, **result.counts()}
        noted = RegisterImport.make(counts, highest, importer.highest + offset, own_list_of, by)
        move(staging, offset, by, noted.id)
        record(ArbeidszorgEvent.REGISTER_IMPORTED, by=by, organisation=noted.organisation, register_import=noted.id,
               **counts)
        series.advance(importer.highest + offset)
        result.import_id, result.undo_until = noted.id, noted.ends_at
        if confirm:
            confirm(result)
    return result
