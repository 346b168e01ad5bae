"""Taking over the facilities of RaaS: contact data, certificates, and bank accounts that are yet to be confirmed."""
from typing import Any, NamedTuple

from stdnum.be import vat

from models.audit import record
from models.database import now
from models.ecalcura.accounts import numbers
from models.ecalcura.accounts.bank_accounts import BankAccount
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.address import Address
from models.ecalcura.facilities.facilities import Facility, LegalEntity
from models.ecalcura.facilities.kinds import Kind, kind_of, kinds
from models.ecalcura.transfer.raas.columns import (
    CHANGED,
    EMAIL,
    FACILITIES,
    FILES,
    HCO,
    HOLDER,
    IBAN,
    KBO,
    KIND,
    NAME,
    POSTCODE,
    RIZIV,
    STREET,
    TELEPHONE,
    TOWN,
)
from models.ecalcura.transfer.raas.contract_rows import CLOSED_ON, read_day, riziv
from models.ecalcura.transfer.raas.places import NOT_TAKEN
from models.ecalcura.transfer.raas.reasons import Noted, Reason, Result, note, result_of
from models.ecalcura.transfer.raas.rows import Decided, seen, store
from models.errors import Refused
from models.files.reading.table import Row
from models.mail.addresses import clean_email

# The column → the value of a facility, and its greatest length.
CONTACT = {STREET: ("street", 200), POSTCODE: ("postcode", 10), TOWN: ("town", 100), TELEPHONE: ("telephone", 50)}


class _Read(NamedTuple):
    """A row of raas_voorzieningen.csv: its numbers, and its cells by column."""

    riziv: str
    hco: str
    cells: dict[str, str]


def take_facilities(rows: list[Row], import_id: int, may_add: bool) -> set[str]:
    """Take all facilities over, in the transaction that is open; returns the RIZIV numbers that are undecided.

    The rows complete the facilities that are there and, if they `may_add`, make the others.
    """
    read = [(row, _read(row)) for row in rows]
    keys = [_key(row, one) for row, one in read]
    known = seen(FACILITIES, keys)
    decided: dict[str, Decided] = {}
    undecided = set()
    for key, (row, one) in zip(keys, read, strict=True):
        facility_id, reasons = None, [note(Reason.ROW, row.column)]
        if one:
            facility_id, reasons = _take(one, may_add)
        if key in decided:
            key, reasons = f"{key}#{row.line}", [note(Reason.NUMBER_TWICE, HCO)]
        result = result_of(reasons)
        decided[key] = Decided(key, row.line, facility_id, "", "", result, reasons, [])
        if one and result is Result.UNDECIDED:
            undecided.add(one.riziv)
    store(FACILITIES, import_id, list(decided.values()), known | seen(FACILITIES, [
        key for key in decided if key not in known]))
    return undecided


def _read(row: Row) -> _Read | None:
    if row.cells is None:
        return None
    cells = dict(zip(FILES[FACILITIES][1], (" ".join(cell.split()) for cell in row.cells), strict=True))
    return _Read(riziv(cells[RIZIV]), cells[HCO].upper(), cells)


def _key(row: Row, read: _Read | None) -> str:
    return f"{read.riziv}/{read.hco}"[:100] if read else f"#{row.line}"


def is_riziv(text: str) -> bool:
    """Say whether a text is a RIZIV number of a facility: six digits and two check digits."""
    return len(text) == 8 and text.isascii() and text.isdigit() and int(text[6:]) in (
        97 - int(text[:6]) % 97, 89 - int(text[:6]) % 97)


def _take(read: _Read, may_add: bool) -> tuple[int | None, list[Noted]]:
    """Take a row over, and return the id of its facility and the reasons."""
    reasons = _of_numbers(read)
    changed = read_day(read.cells[CHANGED], CHANGED, reasons)
    if changed and changed > CLOSED_ON:
        reasons.append(note(Reason.CHANGED_LATE, CHANGED))
    facility = Facility.by_hco(read.hco)
    if facility is None and not reasons:
        reasons = _of_absent(read, may_add)
    if result_of(reasons) in (Result.REFUSED, Result.UNDECIDED):
        return facility.id if facility else None, reasons
    contact = _contact(read, reasons)
    if facility is None:
        facility = Facility.add(kind_of(read.cells[KIND], ""), hco=read.hco, riziv=read.riziv, name=read.cells[NAME],
                                kbo=_organisation(read), **contact)
        record(EcalcuraEvent.FACILITY_ADDED, tenant_id=facility.id, subject=facility.hco)
    else:
        _complete(facility, contact | {"riziv": read.riziv}, reasons)
    if facility.kind == NOT_TAKEN:
        reasons.append(note(Reason.FACILITY_ONLY))
    elif read.cells[IBAN]:
        _take_account(facility, read, reasons)
    return facility.id, reasons


def _of_numbers(read: _Read) -> list[Noted]:
    if is_riziv(read.hco) and not is_riziv(read.riziv):
        return [note(Reason.REVERSED, HCO)]
    reasons = []
    if not (read.hco.isascii() and read.hco.isalnum() and len(read.hco) <= 20):
        reasons.append(note(Reason.HCO if read.hco else Reason.EMPTY, HCO))
    if not (read.riziv.isascii() and read.riziv.isdigit() and len(read.riziv) <= 11):
        reasons.append(note(Reason.RIZIV if read.riziv else Reason.EMPTY, RIZIV))
    return reasons


def _of_absent(read: _Read, may_add: bool) -> list[Noted]:
    """Return the reasons why a facility that is not there cannot be added."""
    words = read.cells[KIND].casefold()
    if any(kind.under and kind.soort.casefold() == words for kind in kinds().values()):
        return [note(Reason.NO_PARENT, KIND)]
    if not may_add:
        # The two numbers may be in each other's column.
        return [note(Reason.REVERSED if Facility.by_hco(read.riziv) else Reason.HCO_UNKNOWN, HCO)]
    reasons = []
    if _kind(read) is None:
        reasons.append(note(Reason.KIND, KIND))
    if not read.cells[NAME] or len(read.cells[NAME]) > 200:
        reasons.append(note(Reason.TEXT if read.cells[NAME] else Reason.EMPTY, NAME))
    if not vat.is_valid(read.cells[KBO]):
        reasons.append(note(Reason.KBO, KBO))
    return reasons


def _kind(read: _Read) -> Kind | None:
    try:
        return kind_of(read.cells[KIND], "")
    except Refused:
        return None


def _organisation(read: _Read) -> str:
    kbo = str(vat.validate(read.cells[KBO]))
    LegalEntity.insert(kbo=kbo, name="").on_conflict_ignore().execute()
    return kbo


def _contact(read: _Read, reasons: list[Noted]) -> dict[str, str]:
    contact = {name: read.cells[column][:longest] for column, (name, longest) in CONTACT.items()}
    if read.cells[EMAIL]:
        try:
            contact["email"] = clean_email(read.cells[EMAIL])
        except Refused:
            reasons.append(note(Reason.EMAIL, EMAIL))
    return contact


def _complete(facility: Facility, values: dict[str, Any], reasons: list[Noted]) -> None:
    """Fill in the values that the facility lacks. Others stay: the desk's file is newer."""
    if facility.riziv not in ("", values["riziv"]):
        reasons.append(note(Reason.RIZIV_OTHER, RIZIV))
    own = Address._fields if facility.address_saved_at else ()
    missing = {name: value for name, value in values.items()
               if value and not getattr(facility, name) and name not in own}
    if missing:
        Facility.update(missing, version=facility.version + 1, changed_at=now()).where(
            Facility.id == facility.id).execute()
        record(EcalcuraEvent.FACILITY_CHANGED, tenant_id=facility.id, subject=facility.hco, fields=sorted(missing))


def _take_account(facility: Facility, read: _Read, reasons: list[Noted]) -> None:
    try:
        number = numbers.clean(read.cells[IBAN])
    except Refused:
        reasons.append(note(Reason.IBAN, IBAN))
        return
    BankAccount.take_from_raas(facility.id, number, read.cells[HOLDER])
