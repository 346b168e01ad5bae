"""The contracts of RaaS: a batch of rows is decided and placed in one transaction (docs/decisions/0132).

The first pass takes the contracts that replace no other one. Those that do follow in the second, when the contracts
that they replace are there.
"""
from typing import NamedTuple

from models import names
from models.database import transaction
from models.ecalcura.transfer.raas import contract_rows, deciding
from models.ecalcura.transfer.raas.asking import Asked, Asker
from models.ecalcura.transfer.raas.columns import CONTRACT, CONTRACTS, REPLACES, RIZIV
from models.ecalcura.transfer.raas.contract_rows import ContractRow
from models.ecalcura.transfer.raas.deciding import ENTITLED, Span, Target
from models.ecalcura.transfer.raas.known import Known, hold
from models.ecalcura.transfer.raas.places import Piece, Place, Places
from models.ecalcura.transfer.raas.reasons import Noted, Reason, Result, note, result_of
from models.ecalcura.transfer.raas.rows import Decided, Seen, see, seen, store
from models.ecalcura.transfer.raas.writing import Placed, Writer
from models.files.reading.table import Row

# Results with which a row is not placed.
NOT_PLACED = (Result.REFUSED, Result.UNDECIDED, Result.WAITING)


class Candidate(NamedTuple):
    """A row that has to be decided, with its place and the reasons that need no register."""

    row: ContractRow
    key: str
    place: Place
    reasons: list[Noted]


class ContractImport:
    """The contracts of one run."""

    def __init__(self, import_id: int, places: Places, asker: Asker) -> None:
        """Place contracts at these facilities."""
        self._import_id, self._places, self._asker = import_id, places, asker

    def take(self, rows: list[Row], replacing: bool) -> None:
        """Take a batch of the first pass or, with `replacing`, of the second one. Stops where the registers pause."""
        read = list(map(contract_rows.read, filter(contract_rows.replaces_another, rows) if replacing else rows))
        known = seen(CONTRACTS, [one.key for one in read])
        candidates, done, waiting = [], [], []
        for row in read:
            candidate = self._candidate(row, known)
            before = known.get(candidate.key)
            if before and (before.result.is_taken or (row.replaces and not replacing)):
                done.append((row.line, before))
            elif row.replaces and not replacing and candidate.key == row.key:
                waiting.append(self._waiting(candidate))
                known[row.key] = Seen(0, row.line, self._import_id, Result.WAITING, "")
            else:
                candidates.append(candidate)
                if candidate.key == row.key:
                    known[row.key] = (before or Seen(0, row.line, 0, Result.WAITING, ""))._replace(
                        line=row.line, import_id=self._import_id)
        stored = {key: one for key, one in known.items() if one.id}
        stored |= seen(CONTRACTS, [one.key for one in candidates if one.key != one.row.key])
        self._place(candidates, stored, waiting, done)

    def _candidate(self, row: ContractRow, known: dict[str, Seen]) -> Candidate:
        before = known.get(row.key)
        twice = before is not None and before.import_id == self._import_id and before.line != row.line
        place = self._places.of(row.riziv) if row.cells else Place(None)
        reasons = [*row.reasons, *place.reasons]
        if twice:
            reasons.append(note(Reason.NUMBER_TWICE, CONTRACT))
        if row.replaces and row.role == ENTITLED:
            reasons.append(note(Reason.REPLACES_NO_ROLE, REPLACES))
        return Candidate(row, _later_key(row) if twice else row.key, place, reasons)

    def _waiting(self, one: Candidate) -> Decided:
        return Decided(one.key, one.row.line, one.place.facility.id if one.place.facility else None, one.row.contract,
                       one.row.role, Result.WAITING, [], [])

    def _place(self, candidates: list[Candidate], known: dict[str, Seen], waiting: list[Decided],
               done: list[tuple[int, Seen]]) -> None:
        asking = [(one.row, one.place.facility.id) for one in candidates
                  if one.place.facility and result_of(one.reasons) not in NOT_PLACED]
        answers = self._asker.ask(asking)
        if self._asker.paused:
            # The rows that were not asked about are left for the next run.
            asked = {row.line for row, _ in asking}
            candidates = [one for one in candidates if one.row.line in answers or one.row.line not in asked]
        facilities = {facility_id for one in candidates for facility_id in self._facilities(one)}
        for facility_id in facilities:
            names.make_ready(facility_id)
        hashes = {number for one in answers.values() for number in (one.number_hash, one.earlier) if number}
        with transaction():
            hold(facilities)
            batch = _Batch(self._places, Known(hashes, facilities, {
                one.row.replaces for one in candidates if one.row.replaces}))
            decided = [batch.decide(one, answers.get(one.row.line)) for one in candidates]
            batch.writer.write()
            store(CONTRACTS, self._import_id, [*decided, *waiting], known)
            see(self._import_id, done)

    def _facilities(self, one: Candidate) -> list[int]:
        if one.place.facility is None:
            return []
        if one.row.start is None:
            return [one.place.facility.id]
        return [piece.facility_id
                for piece in self._places.pieces(one.place.facility, one.row.start, one.row.until)]


def _later_key(row: ContractRow) -> str:
    """The key of a row whose contract number is on an earlier row too."""
    return f"{row.key}#{row.line}"


class _Batch:
    """Decides the rows of a batch, each in the light of those before it."""

    def __init__(self, places: Places, known: Known) -> None:
        self._places, self._known, self.writer = places, known, Writer()

    def decide(self, one: Candidate, asked: Asked | None) -> Decided:
        """Decide a row with the answers about its person; without them it is refused, or for the desk."""
        row, facility, reasons = one.row, one.place.facility, list(one.reasons)
        facility_id = facility.id if facility else None
        if facility and asked and row.start:
            reasons += deciding.of_person(row, asked.person)
            if result_of(reasons) not in NOT_PLACED:
                reasons += deciding.of_qualification(row, asked.qualification)
            pieces = self._places.pieces(facility, row.start, row.until)
            facility_id = pieces[-1].facility_id
            if facility_id != facility.id:
                reasons.append(note(Reason.AT_SUCCESSOR, RIZIV))
            if result_of(reasons) not in NOT_PLACED:
                reasons += self._place(row, asked, pieces)
        result = result_of(reasons)
        return Decided(one.key, row.line, facility_id, row.contract, row.role, result, reasons, row.cells)

    def _place(self, row: ContractRow, asked: Asked, pieces: list[Piece]) -> list[Noted]:
        """Place the pieces of a row, and return the reasons; nothing is placed if they refuse the row."""
        staff = [self._known.staff(piece.facility_id, asked.number_hash, asked.earlier) for piece in pieces]
        new = [deciding.contract_of(row, piece) for piece in pieces]
        reasons: list[Noted] = []
        for piece, contract, employee in zip(pieces, new, staff, strict=True):
            reasons += deciding.of_contracts(contract, employee.contracts)
            reasons += deciding.of_frozen(piece, self._known.frozen.get(piece.facility_id, ()))
        spans: list[list[Span]] = [[] for _ in pieces]
        if row.role != ENTITLED:
            spans, others = self._replacements(row, new, [employee.facility_id for employee in staff],
                                               asked.number_hash)
            reasons += others
        if result_of(reasons) in NOT_PLACED:
            return reasons
        before: Placed | None = None
        for piece, contract, employee, own_spans in zip(pieces, new, staff, spans, strict=True):
            choices, others = deciding.of_choices(row, piece, asked.person.birth, employee.choices)
            reasons += [one for one in others if one not in reasons]
            self.writer.add_person(employee, asked.person, row.number)
            self.writer.add_choices(employee, choices)
            before = Placed(employee, contract, asked.qualification is not None, None if before else row.key, before,
                            own_spans)
            self.writer.placed.append(before)
            employee.contracts.append(contract)
        return reasons

    def _replacements(self, row: ContractRow, new: list[deciding.Contract], facilities: list[int],
                      number_hash: bytes) -> tuple[list[list[Span]], list[Noted]]:
        """Return the days on which each piece replaces another contract, or the reasons why it cannot."""
        pool = [[Span(None, contract.start, contract.until)] for contract in new]
        if not row.replaces:
            return pool, []
        targets, reasons = self._targets(row, facilities, number_hash)
        if not targets:
            return pool, reasons
        spans: list[list[Span]] = []
        for contract, facility_id in zip(new, facilities, strict=True):
            span: Span | None = None
            others: list[Noted] = []
            if target := targets.get(facility_id):
                span, others = deciding.of_replacement(contract, target)
            spans.append([span] if span else [])
            reasons += [one for one in others if one not in reasons]
        if any(spans):
            # The part before or after a merger may lie outside the right.
            reasons = [one for one in reasons if one.reason is not Reason.REPLACES_OUTSIDE]
        return spans, reasons

    def _targets(self, row: ContractRow, facilities: list[int],
                 number_hash: bytes) -> tuple[dict[int, Target], list[Noted]]:
        """Return the replaced contract in each facility; without it the reason."""
        if row.replaces in (row.contract, row.key):
            return {}, [note(Reason.REPLACES_ITSELF, REPLACES)]
        found = self._known.replaced.get(row.replaces, [])
        own = [one for one in found if one.key == f"{row.riziv}/{row.replaces}"] or [
            one for one in found if one.facility_id in facilities]
        if found and not own:
            return {}, [note(Reason.REPLACES_ELSEWHERE, REPLACES)]
        if not own:
            return {}, [note(Reason.REPLACED_ABSENT, REPLACES)]
        if own[0].role != ENTITLED:
            return {}, [note(Reason.REPLACES_REPLACEMENT, REPLACES)]
        if own[0].result is Result.WAITING:
            return {}, [note(Reason.SILENT, REPLACES)]
        targets = self._known.targets.get(own[0].key, {})
        if not targets:
            return {}, [note(Reason.REPLACED_ABSENT, REPLACES)]
        if any(target.staff.number_hash == number_hash for target in targets.values()):
            return {}, [note(Reason.REPLACES_ITSELF, REPLACES)]
        return targets, []
