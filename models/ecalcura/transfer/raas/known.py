"""The staff that the database has already, for a batch of rows."""
import datetime
from collections.abc import Collection
from typing import NamedTuple

from models.database import as_day, is_sqlite
from models.days import stored_day
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.transfer.raas.deciding import Choice, Contract, Staff, Target
from models.ecalcura.transfer.raas.reasons import Result
from models.ecalcura.transfer.raas.rows import RESULTS
from models.ecalcura.transfer.raas.statements import among
from models.ecalcura.trimesters.files import TrimesterFile

EMPLOYEES = "SELECT id, facility_id, number_hash FROM employee WHERE number_hash IN AMONG"
EARLIER = """
    SELECT e.id, e.facility_id, e.number_hash, p.number_hash FROM past_number p JOIN employee e ON e.id = p.employee_id
    WHERE p.reason = 'replaced' AND p.number_hash IN AMONG"""
CONTRACTS_OF = """
    SELECT c.employee_id, c.role, c.qualification, c.statute, c.start, c.until, c.hours, c.full_time, c.id,
      (SELECT max(t.hours) FROM terms t WHERE t.contract_id = c.id)
    FROM contract c WHERE c.employee_id IN AMONG"""
CHOICES_OF = "SELECT employee_id, step, kind, since, until, id FROM choice WHERE employee_id IN AMONG"
REPLACED_ROWS = """
    SELECT contract_number, key, role, result, facility_id FROM raas_row
    WHERE file = 'contracts' AND contract_number IN AMONG"""
REPLACED = "SELECT id, employee_id, facility_id, raas_number FROM contract WHERE raas_number IN AMONG"
AFTER_MERGER = "SELECT id, employee_id, facility_id, taken_from FROM contract WHERE taken_from IN AMONG"
FILES_OF = """
    SELECT f.facility_id, f.state, f.reopened_until, t.first, t.last
    FROM trimester_file f JOIN trimester t ON t.id = f.trimester_id WHERE f.facility_id IN AMONG"""
STAFF = "SELECT id, facility_id, number_hash FROM employee WHERE id IN AMONG"


class Replaced(NamedTuple):
    """A row that another one replaces."""

    key: str
    role: str
    result: Result
    facility_id: int | None


class Known:
    """The staff of a batch. Read in the transaction that writes."""

    def __init__(self, hashes: Collection[bytes], facility_ids: Collection[int],
                 replaced_numbers: Collection[str]) -> None:
        """Read what the database has of these people, facilities and replaced contracts."""
        self._staff: dict[tuple[int, bytes], Staff] = {}
        self._by_id: dict[int, Staff] = {}
        self._contracts: dict[int, Contract] = {}
        for row in among(EMPLOYEES, hashes):
            self._add(*row)
        for employee_id, facility_id, current, earlier in among(EARLIER, hashes):
            self._staff[facility_id, bytes(earlier)] = self._add(employee_id, facility_id, current)
        self.replaced: dict[str, list[Replaced]] = {}
        for number, key, role, result, facility_id in among(REPLACED_ROWS, replaced_numbers):
            self.replaced.setdefault(number, []).append(Replaced(key, role, RESULTS[result], facility_id))
        pieces = self._read_replaced()
        self._read_parts()
        self.targets = {key: {staff.facility_id: Target(staff, self._contracts[contract_id])
                              for contract_id, staff in found} for key, found in pieces.items()}
        self.frozen = frozen_days(facility_ids)

    def _add(self, employee_id: int, facility_id: int, number_hash: bytes) -> Staff:
        staff = self._by_id.get(employee_id)
        if staff is None:
            staff = self._by_id[employee_id] = Staff(facility_id, bytes(number_hash), employee_id)
            self._staff[facility_id, staff.number_hash] = staff
        return staff

    def _read_replaced(self) -> dict[str, list[tuple[int, Staff]]]:
        """Read who is replaced; returns key → (contract, employee) of each of its pieces."""
        keys = [one.key for found in self.replaced.values() for one in found if one.result.is_taken]
        contracts = {contract_id: (key, employee_id) for contract_id, employee_id, _, key in among(REPLACED, keys)}
        pieces = [(contract_id, *found) for contract_id, found in contracts.items()]
        while contracts:
            after = among(AFTER_MERGER, contracts)
            contracts = {contract_id: (contracts[before][0], employee_id)
                         for contract_id, employee_id, _, before in after}
            pieces += [(contract_id, *found) for contract_id, found in contracts.items()]
        for row in among(STAFF, {employee_id for _, _, employee_id in pieces}):
            self._add(*row)
        found_pieces: dict[str, list[tuple[int, Staff]]] = {}
        for contract_id, key, employee_id in pieces:
            found_pieces.setdefault(key, []).append((contract_id, self._by_id[employee_id]))
        return found_pieces

    def _read_parts(self) -> None:
        for employee_id, role, qualification, statute, start, until, hours, full_time, contract_id, later in among(
                CONTRACTS_OF, self._by_id):
            # With the most hours that it has on any day.
            contract = Contract(role, qualification, statute, stored_day(start), stored_day(until),
                                max(hours, later or 0), full_time, contract_id)
            self._contracts[contract_id] = contract
            self._by_id[employee_id].contracts.append(contract)
        for employee_id, step, kind, since, until, choice_id in among(CHOICES_OF, self._by_id):
            self._by_id[employee_id].choices.append(
                Choice(step, kind, stored_day(since), stored_day(until), choice_id))

    def staff(self, facility_id: int, number_hash: bytes, earlier: bytes | None) -> Staff:
        """Return the employee of a facility with this number or an earlier one; a new one without an id otherwise."""
        found = self._staff.get((facility_id, number_hash)) or (
            self._staff.get((facility_id, earlier)) if earlier else None)
        if found is None:
            found = self._staff[facility_id, number_hash] = Staff(facility_id, number_hash)
        return found


def frozen_days(facility_ids: Collection[int]) -> dict[int, list[tuple[datetime.date, datetime.date]]]:
    """Return facility → the days of each trimester that is submitted; its rows may not change."""
    found: dict[int, list[tuple[datetime.date, datetime.date]]] = {}
    for facility_id, state, reopened_until, first, last in among(FILES_OF, facility_ids):
        if TrimesterFile(state=state, reopened_until=as_day(reopened_until)).is_frozen:
            found.setdefault(facility_id, []).append((stored_day(first), stored_day(last)))
    return found


def hold(facility_ids: Collection[int]) -> None:
    """Let nobody else change rows of these facilities until the transaction ends; in one order, against deadlocks."""
    if not is_sqlite():
        # As trimesters/files.py does for one facility.
        list(Facility.select(Facility.id).where(Facility.id.in_(sorted(facility_ids))).order_by(
            Facility.id).for_update("FOR NO KEY UPDATE"))
