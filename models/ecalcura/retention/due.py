"""Which rows were kept longer than a term. A query for each kind of row has its facility, id, moment and last day."""
import datetime
from typing import Any, NamedTuple

import peewee

from models.database import as_day, as_moment, database
from models.days import start_of_day
from models.ecalcura.communication.threads import ANSWERED, Message, Thread
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.deliveries.certificates import Certificate, CertificateFile
from models.ecalcura.deliveries.physicians import CraContract
from models.ecalcura.people.employees import Employee
from models.ecalcura.retention.terms import DELIVERIES, MESSAGES, STAFF, SUBMISSIONS
from models.ecalcura.submissions.submissions import Submission
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.files import TrimesterFile

EMPLOYEE, SUBMISSION, THREAD, CERTIFICATE, PHYSICIAN = "employee", "submission", "thread", "certificate", "physician"
Query = Any


class Due(NamedTuple):
    """A row that is due; `made_at` is its own moment, by which it is known again after a restore."""

    kind: str
    row_id: int
    facility_id: int
    made_at: datetime.datetime


class OfFacility(NamedTuple):
    """The number of rows of a facility that are due, and the oldest last day among them, if they have one."""

    facility_id: int
    rows: int
    oldest: datetime.date | None


def employees(before: datetime.date) -> Query:
    """Select employees whose last contract ended before a day; without a contract, those who were added before it.

    Not due are those in a submission that is kept, and those whose contract a successor took over.
    """
    later = Contract.alias()
    ended = (Contract.until < before) & Contract.id.not_in(
        later.select(later.taken_from).where(later.taken_from.is_null(False)))
    return (
        Employee.select(Employee.facility_id.alias("facility_id"), Employee.id.alias("row_id"),
                        Employee.created_at.alias("made_at"), peewee.fn.MAX(Contract.until).alias("last_day"))
        .join(Contract, peewee.JOIN.LEFT_OUTER, on=(Contract.employee_id == Employee.id))
        .where((Employee.created_at < start_of_day(before)) | Contract.id.is_null(False),
               ~peewee.fn.EXISTS(_kept_submissions_of_employee(before)))
        .group_by(Employee.id)
        .having(peewee.fn.COUNT(Contract.id) == peewee.fn.SUM(peewee.Case(None, [(ended, 1)], 0))))


def _kept_submissions_of_employee(before: datetime.date) -> Query:
    """Select the submissions that are kept of a trimester with a contract of the employee of the query around it.

    The contracts of one employee come first: with those of a facility first, all staff are read for each submission.
    """
    own = Contract.alias()
    return (
        own.select(Submission.id)
        .join(TrimesterFile, on=(TrimesterFile.facility_id == own.facility_id))
        .join(Trimester, on=(Trimester.id == TrimesterFile.trimester))
        .join(Submission, on=(Submission.file == TrimesterFile.id))
        .where(own.employee_id == Employee.id, own.until < before, Trimester.first <= own.until,
               Trimester.last >= own.start, Submission.is_kept()))


def submissions(before: datetime.date) -> Query:
    """Select submissions of trimesters that ended before a day."""
    return (
        Submission.select(Submission.facility_id.alias("facility_id"), Submission.id.alias("row_id"),
                          Submission.made_at.alias("made_at"), Trimester.last.alias("last_day"))
        .join(TrimesterFile).join(Trimester)
        .where(Trimester.last < before, Submission.is_kept()))


def threads(before: datetime.date) -> Query:
    """Select threads that were answered, in which nobody wrote since a day."""
    return (
        Thread.select(Thread.facility_id.alias("facility_id"), Thread.id.alias("row_id"),
                      Thread.created_at.alias("made_at"), peewee.fn.MAX(Message.made_at).alias("last_day"))
        .join(Message, on=(Message.thread_id == Thread.id))
        .where(Thread.state == ANSWERED)
        .group_by(Thread.id)
        .having(peewee.fn.MAX(Message.made_at) < start_of_day(before)))


def certificates(before: datetime.date) -> Query:
    """Select files of certificates that ended before a day."""
    return (
        Certificate.select(Certificate.facility_id.alias("facility_id"), Certificate.id.alias("row_id"),
                           CertificateFile.made_at.alias("made_at"), Certificate.until.alias("last_day"))
        .join(CertificateFile, on=(CertificateFile.certificate_id == Certificate.id))
        .where(Certificate.until < before))


def physicians(before: datetime.date) -> Query:
    """Select contracts of physicians that ended before a day."""
    return (
        CraContract.select(CraContract.facility_id.alias("facility_id"), CraContract.id.alias("row_id"),
                           CraContract.created_at.alias("made_at"), CraContract.until.alias("last_day"))
        .where(CraContract.until < before))


# Term → the queries of its kinds of rows.
OF_TERM = {
    SUBMISSIONS: {SUBMISSION: submissions},
    STAFF: {EMPLOYEE: employees},
    MESSAGES: {THREAD: threads},
    DELIVERIES: {CERTIFICATE: certificates, PHYSICIAN: physicians},
}


def term_of(kind: str) -> str:
    """Return the term of a kind of row."""
    return next(term for term, queries in OF_TERM.items() if kind in queries)


def rows(term: str, before: datetime.date, facility_id: int) -> list[Due]:
    """Return the rows of a facility that a term makes due before a day."""
    return [Due(kind, row_id, owner, as_moment(made_at))
            for kind, query in OF_TERM[term].items()
            for owner, row_id, made_at, _ in _of(query(before), facility_id).tuples()]


def _of(query: Query, facility_id: int) -> Query:
    return query.where(query.model.facility_id == facility_id)


def by_facility(term: str, before: datetime.date) -> dict[int, OfFacility]:
    """Return how many rows of each facility a term makes due before a day."""
    found: dict[int, OfFacility] = {}
    for query in OF_TERM[term].values():
        due = query(before).alias("due")
        counted = (peewee.Select([due], [due.c.facility_id, peewee.fn.COUNT(due.c.row_id),
                                         peewee.fn.MIN(due.c.last_day)])
                   .group_by(due.c.facility_id).bind(database).tuples())
        for owner, number, oldest in counted:
            one = OfFacility(owner, number, _day(oldest))
            found[owner] = _sum(found[owner], one) if owner in found else one
    return found


def _sum(one: OfFacility, other: OfFacility) -> OfFacility:
    days = [day for day in (one.oldest, other.oldest) if day]
    return OfFacility(one.facility_id, one.rows + other.rows, min(days, default=None))


def _day(value: Any) -> datetime.date | None:
    """Return the day of a value that is a day or a moment, as text or not."""
    if isinstance(value, str):
        return as_day(value[:10])
    return value.date() if isinstance(value, datetime.datetime) else value
