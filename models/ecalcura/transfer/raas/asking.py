"""Asking the registers about the people of a batch, outside any transaction; each look-up is kept."""
from collections.abc import Sequence
from typing import NamedTuple

from models.database import transaction
from models.ecalcura.contracts import lists
from models.ecalcura.people import registers
from models.ecalcura.people.index import hash_of
from models.ecalcura.people.lookups import IMPORT
from models.ecalcura.people.registers import SILENT, Answer, QualificationAnswer
from models.ecalcura.transfer.raas.contract_rows import ContractRow
from models.ecalcura.transfer.raas.deciding import checked_on
from models.ecalcura.transfer.raas.statements import among, insert, stored_now

# Silent answers in a row after which the run pauses.
MOST_SILENT = 5
FACILITIES = "SELECT id FROM facility WHERE id IN AMONG"


class Asked(NamedTuple):
    """The answers about the person of a row. `earlier` is the hash of the number asked for, if it was replaced."""

    person: Answer
    qualification: QualificationAnswer | None
    number_hash: bytes
    earlier: bytes | None


class Asker:
    """Asks, and counts the silent answers in a row."""

    def __init__(self, keep: bool) -> None:
        """With `keep` each look-up is written at once; without it `lookups` holds them until the run is taken back."""
        self._keep = keep
        self._silent = 0
        self.lookups: list[tuple[object, ...]] = []

    @property
    def paused(self) -> bool:
        """Whether the registers no longer answer."""
        return self._silent >= MOST_SILENT

    def ask(self, rows: Sequence[tuple[ContractRow, int]]) -> dict[int, Asked]:
        """Ask about [(row, id of its facility)]; returns line → answers, until the registers are `paused`."""
        found: dict[int, Asked] = {}
        people: dict[str, tuple[Answer, bytes]] = {}
        for row, facility_id in rows:
            known = people.get(row.number)
            if known is None:
                known = people[row.number] = registers.find_person(row.number), hash_of(row.number)
                answer, number_hash = known
                self.lookups.append((facility_id, IMPORT, number_hash, answer.state, stored_now()))
            found[row.line] = self._with_qualification(row, *known)
            if self.paused:
                break
        if self._keep:
            self.write()
        return found

    def _with_qualification(self, row: ContractRow, person: Answer, number_hash: bytes) -> Asked:
        qualification, earlier = None, None
        if person.state not in (SILENT, registers.NOT_FOUND):
            if person.number != row.number:
                earlier, number_hash = number_hash, hash_of(person.number)
            if lists.qualifications()[row.qualification].visa:
                qualification = registers.find_qualifications(person.number, checked_on(row))
        silent = person.state == SILENT or (qualification is not None and qualification.state == SILENT)
        self._silent = self._silent + 1 if silent else 0
        return Asked(person, qualification, number_hash, earlier)

    def write(self) -> None:
        """Write the look-ups that were made, except for a facility that a dry run made."""
        with transaction():
            there = {facility_id for facility_id, in among(FACILITIES, {row[0] for row in self.lookups})}
            insert("lookup", "facility_id, purpose, number_hash, answer, made_at",
                   [row for row in self.lookups if row[0] in there])
        self.lookups = []
