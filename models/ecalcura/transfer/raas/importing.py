"""The import from RaaS: facilities, certificates, contracts and prestaties, in batches (docs/decisions/0132).

It can be run again: rows that were taken over stay, others are decided again. When the registers no longer answer, the
run pauses, and the next one goes on.
"""
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from models.audit import record
from models.database import now, transaction
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.transfer.raas.asking import Asker
from models.ecalcura.transfer.raas.columns import (
    CERTIFICATES,
    CONTRACTS,
    FACILITIES,
    FILES,
    PERFORMANCES,
    RaasFile,
    open_files,
)
from models.ecalcura.transfer.raas.contracts import ContractImport
from models.ecalcura.transfer.raas.facility_data import take_facilities
from models.ecalcura.transfer.raas.other_rows import take_certificates, take_performances
from models.ecalcura.transfer.raas.places import Places
from models.ecalcura.transfer.raas.reasons import Result
from models.ecalcura.transfer.raas.rows import RESULTS, RaasImport, as_result
from models.ecalcura.transfer.raas.statements import large_cache, run
from models.files.reading.table import Row

BATCH = 1000
COUNTS = "SELECT file, result, count(*) FROM raas_row WHERE import_id = ? GROUP BY file, result"
OF_FACILITIES = """
    SELECT facility_id, result, count(*) FROM raas_row
    WHERE decided_id = ? AND facility_id IS NOT NULL AND file = 'contracts' GROUP BY facility_id, result
    ORDER BY facility_id, result"""
STORED = """
    SELECT id, line, contract_number, result, reasons FROM raas_row
    WHERE file = 'contracts' AND import_id = ? AND line > ? ORDER BY line LIMIT 1000"""


class Outcome(NamedTuple):
    """The outcome of a run: rows read of each file, and (file, result) → number of rows."""

    import_id: int
    read: dict[str, int]
    counts: dict[tuple[str, Result], int]
    paused: bool

    @property
    def waits(self) -> bool:
        """Whether contracts wait for a register."""
        return self.paused or bool(self.counts.get((CONTRACTS, Result.WAITING)))

    def unread(self, file: str) -> int:
        """The rows of a file that a paused run left for the next one."""
        return self.read[file] - sum(count for (code, _), count in self.counts.items() if code == file)


def import_raas(folder: Path, dry_run: bool = False, on_done: Callable[[Outcome], object] | None = None) -> Outcome:
    """Take over the four files of a folder. `on_done` is called with the outcome while the rows are there to be read.

    A dry run does it all in one transaction and takes it back; only that the registers were asked is kept. Raises
    `Refused`, and changes nothing, for a file that cannot be read.
    """
    files = open_files(folder)
    asker = Asker(keep=not dry_run)
    if not dry_run:
        with large_cache():
            outcome = _run(files, asker)
        if on_done:
            on_done(outcome)
        return outcome
    with large_cache(), transaction() as whole:
        outcome = _run(files, asker)
        if on_done:
            on_done(outcome)
        whole.rollback()
    asker.write()
    return outcome


def _run(files: dict[str, RaasFile], asker: Asker) -> Outcome:
    for broken_off in RaasImport.select().where(RaasImport.ended_at.is_null()):
        close(broken_off, paused=True)
    started = RaasImport.create()
    read: Counter[str] = Counter()

    def batches(code: str) -> Iterator[list[Row]]:
        rows = files[code].rows()
        while batch := list(itertools.islice(rows, BATCH)):
            yield batch

    with transaction():
        facilities = list(files[FACILITIES].rows())
        undecided = take_facilities(facilities, started.id, may_add=not Facility.select().exists())
    read[FACILITIES] = len(facilities)
    places = Places(undecided)
    for batch in batches(CERTIFICATES):
        take_certificates(batch, started.id, places)
        read[CERTIFICATES] += len(batch)
    contracts = ContractImport(started.id, places, asker)
    for replacing in (False, True):
        for batch in batches(CONTRACTS):
            read[CONTRACTS] += 0 if replacing else len(batch)
            # A paused run still counts the rows that it leaves.
            if not asker.paused:
                contracts.take(batch, replacing)
    for batch in batches(PERFORMANCES):
        take_performances(batch, started.id, places)
        read[PERFORMANCES] += len(batch)
    close(started, asker.paused)
    return _counted(started, {code: read[code] for code in FILES}, asker.paused)


def _counted(started: RaasImport, read: dict[str, int], paused: bool) -> Outcome:
    total = {(file, RESULTS[result]): count for file, result, count in run(COUNTS, started.id).fetchall()}
    return Outcome(started.id, read, total, paused)


def close(started: RaasImport, paused: bool) -> None:
    """End a run, and record at each facility how many contracts it decided; also of a run that was broken off."""
    with transaction():
        found: dict[int, dict[str, Any]] = {}
        for facility_id, result, count in run(OF_FACILITIES, started.id).fetchall():
            found.setdefault(facility_id, {})[result] = count
        for facility_id, counts in found.items():
            record(EcalcuraEvent.RAAS_TAKEN_OVER, tenant_id=facility_id, **counts)
        RaasImport.update(ended_at=now(), paused=paused).where(RaasImport.id == started.id).execute()


def results(import_id: int) -> Iterator[dict[str, Any]]:
    """Yield the contracts that a run saw, by line, as the file of results has them."""
    line = 0
    while found := run(STORED, import_id, line).fetchall():
        yield from map(as_result, found)
        line = found[-1][1]
