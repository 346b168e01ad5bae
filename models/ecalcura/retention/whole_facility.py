"""Everything that is kept of one facility: its staff with masked numbers, its log, and the files that it has."""
from collections.abc import Iterator
from typing import Any

from models.accounts.accounts import Account
from models.audit import Actor, AuditEntry, record
from models.ecalcura.calculations.calculations import Result
from models.ecalcura.communication.threads import Message, Thread
from models.ecalcura.deliveries import certificates
from models.ecalcura.deliveries.certificates import Certificate
from models.ecalcura.desk.account_looks import AccountLook
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import number_looks, numbers
from models.ecalcura.people.employees import Employee
from models.ecalcura.retention import one_person
from models.ecalcura.retention.one_person import Kept
from models.ecalcura.submissions import documents, snapshot
from models.ecalcura.submissions.snapshot import Content
from models.ecalcura.submissions.submissions import Submission
from models.ecalcura.transfer.raas.shown import kept_rows
from models.log import Line, lines_of

# As many rows are in memory at once.
AT_A_TIME = 500


class Whole:
    """The export of a facility, which reads a part when it is asked for."""

    def __init__(self, facility: Facility, reason: str, by: Actor) -> None:
        """Record the export; raises `Refused` for a reason as `show_to_desk` does, and if a snapshot does not open."""
        self.facility = facility
        reason = number_looks.clean_reason(reason)
        # Read now: once the file is on its way nothing can be refused any more.
        self._of_all = one_person.read(facility)
        record(EcalcuraEvent.FACILITY_EXPORTED, by=by, tenant_id=facility.id, reason=reason)

    def staff(self) -> Iterator[Kept]:
        """Return everything about each employee."""
        last = 0
        while found := list(Employee.of(self.facility).where(Employee.id > last).order_by(
                Employee.id).limit(AT_A_TIME)):
            last = found[-1].id
            for employee in found:
                yield one_person.everything(self.facility, employee, self._of_all)

    def messages(self) -> list[tuple[Thread, list[Message]]]:
        """Return the threads in which somebody wrote, each with its messages."""
        found = [(thread, list(Message.of(thread))) for thread in Thread.of(self.facility)]
        return [(thread, messages) for thread, messages in found if messages]

    def results(self) -> Iterator[Result]:
        """Return its results in calculations, the newest first, each with its calculation and trimester."""
        yield from Result.all_of(self.facility).iterator()

    def account_looks(self) -> list[tuple[AccountLook, str | None]]:
        """Return each look of the desk at a whole number of a bank account, with the address of the login."""
        looks = list(AccountLook.select().where(AccountLook.facility_id == self.facility.id).order_by(AccountLook.id))
        emails = dict(Account.select(Account.id, Account.email).where(
            Account.id.in_({look.account_id for look in looks})).tuples())
        return [(look, emails.get(look.account_id)) for look in looks]

    def log(self) -> Iterator[Line]:
        """Return its own log, the newest line first."""
        entries, last = AuditEntry.of_tenant(self.facility.id), None
        while found := list((entries.where(AuditEntry.id < last) if last else entries).limit(AT_A_TIME)):
            last = found[-1].id
            yield from lines_of(found)

    def versions(self) -> Iterator[tuple[str, Content]]:
        """Return (name, content) of each version that was submitted, with masked numbers."""
        for submission in self._submissions():
            content = snapshot.content_of(submission)
            for employee in content["employees"]:
                employee["number"] = numbers.masked(employee["number"])
            yield _name(submission), content

    def taken_over(self) -> Iterator[dict[str, Any]]:
        """Return its rows of RaaS, with masked numbers."""
        yield from kept_rows(self.facility)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Return (name, content) of the documents of submissions and the files of certificates."""
        for submission in self._submissions():
            for kind in sorted(documents.kinds_of(submission)):
                yield f"{_name(submission)}.{kind}", documents.document(submission, kind) or b""
        for certificate in Certificate.of(self.facility):
            if opened := certificates.file_of(self.facility, certificate.id):
                yield f"certificaten/{certificate.id}.{opened.type}", opened.content

    def _submissions(self) -> Iterator[Submission]:
        yield from Submission.of(self.facility).where(Submission.is_kept())


def _name(submission: Submission) -> str:
    """The name of a version's files, without what follows the point."""
    place = submission.file.trimester
    return f"trimesters/{place.period}-{place.number}-versie-{submission.number}"
