"""Removing a row that is purged, with everything that hangs on it. Its line in `purged_row` remains."""
from collections.abc import Callable, Collection
from typing import Any

import peewee

from models.database import database
from models.ecalcura.communication.threads import OPEN, Message, Thread
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.irregular_work import IrregularWork
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.contracts.terms import Terms
from models.ecalcura.deliveries.certificates import CertificateFile
from models.ecalcura.deliveries.physicians import CraContract
from models.ecalcura.people.employees import REPLACED, Employee, PastNumber
from models.ecalcura.people.lookups import Lookup
from models.ecalcura.people.number_looks import NumberLook
from models.ecalcura.retention.due import CERTIFICATE, EMPLOYEE, PHYSICIAN, SUBMISSION, THREAD, Due
from models.ecalcura.submissions.documents import SubmissionDocument
from models.ecalcura.submissions.submissions import Submission

# Kind of row → its model, its key, and its own moment.
ROWS: dict[str, tuple[Any, Any, Any]] = {
    EMPLOYEE: (Employee, Employee.id, Employee.created_at),
    SUBMISSION: (Submission, Submission.id, Submission.made_at),
    THREAD: (Thread, Thread.id, Thread.created_at),
    CERTIFICATE: (CertificateFile, CertificateFile.certificate_id, CertificateFile.made_at),
    PHYSICIAN: (CraContract, CraContract.id, CraContract.created_at),
}


def is_there(row: Due) -> bool:
    """Say whether a row, known by its id and moment, is in the database."""
    model, key, made_at = ROWS[row.kind]
    return bool(model.select(key).where(key == row.row_id, made_at == row.made_at).exists())


def remove(row: Due) -> None:
    """Remove a row that is there; its line is in `purged_row` already."""
    REMOVERS[row.kind](row)


def _employee(row: Due) -> None:
    """Remove an employee, and the replacements of their hours by others: nothing says any more whom those replaced."""
    employee = Employee.get_by_id(row.row_id)
    contracts = list(Contract.select().where(Contract.employee_id == employee.id))
    ids = [contract.id for contract in contracts]
    _remove_performances(ids)
    for model, which in (
            (Replacement, (Replacement.employee_id == employee.id) | (Replacement.replaced_id == employee.id)),
            (Terms, Terms.contract_id.in_(ids)),
            (Contract, Contract.id.in_(ids)),
            (Choice, Choice.employee_id == employee.id),
            (IrregularWork, IrregularWork.employee_id == employee.id),
            (NumberLook, NumberLook.employee_id == employee.id)):
        model.delete().where(which).execute()
    _empty_raas_rows([contract.raas_number for contract in contracts if contract.raas_number])
    _remove_lookups(employee)
    PastNumber.delete().where(PastNumber.employee_id == employee.id).execute()
    Employee.delete().where(Employee.id == employee.id).execute()


def _remove_performances(contract_ids: Collection[int]) -> None:
    for name in ("performance", "performance_row"):
        table: Any = peewee.Table(name, ("contract_id",)).bind(database)
        table.delete().where(table.contract_id.in_(contract_ids)).execute()


def _empty_raas_rows(numbers: Collection[str]) -> None:
    """Empty the sealed cells of the rows that contracts came from; the rows stay, so that no run takes them again."""
    table: Any = peewee.Table("raas_row", ("contract_number", "sealed")).bind(database)
    table.update(sealed=None).where(table.contract_number.in_(numbers)).execute()


def _remove_lookups(employee: Employee) -> None:
    """Remove the look-ups of an employee, also those of the number before it was entered; not those of a physician."""
    hashes = [employee.number_hash, *(past.number_hash for past in employee.past_numbers() if past.reason == REPLACED)]
    own: Any = (Lookup.employee_id == employee.id) | (
        (Lookup.facility_id == employee.facility_id) & Lookup.number_hash.in_(hashes))
    Lookup.delete().where(own, Lookup.id.not_in(_of_physicians())).execute()
    Lookup.update(employee_id=None).where(Lookup.employee_id == employee.id).execute()


def _of_physicians() -> Any:
    return CraContract.select(CraContract.lookup_id).where(CraContract.lookup_id.is_null(False))


def _submission(row: Due) -> None:
    """Empty a submission, and remove its documents; the hash that was printed stays."""
    Submission.update(sealed=b"").where(Submission.id == row.row_id).execute()
    SubmissionDocument.delete().where(SubmissionDocument.submission == row.row_id).execute()


def _thread(row: Due) -> None:
    """Remove the messages of a thread; the thread is again as it was before the first one."""
    Message.delete().where(Message.thread_id == row.row_id).execute()
    Thread.update(state=OPEN, answer_read=False).where(Thread.id == row.row_id).execute()


def _certificate(row: Due) -> None:
    CertificateFile.delete().where(CertificateFile.certificate_id == row.row_id).execute()


def _physician(row: Due) -> None:
    contract = CraContract.get_by_id(row.row_id)
    CraContract.delete().where(CraContract.id == contract.id).execute()
    if not Employee.select().where(Employee.facility_id == contract.facility_id,
                                   Employee.number_hash == contract.number_hash).exists():
        Lookup.delete().where(Lookup.facility_id == contract.facility_id, Lookup.number_hash == contract.number_hash,
                              Lookup.id.not_in(_of_physicians())).execute()


REMOVERS: dict[str, Callable[[Due], None]] = {
    EMPLOYEE: _employee,
    SUBMISSION: _submission,
    THREAD: _thread,
    CERTIFICATE: _certificate,
    PHYSICIAN: _physician,
}
