"""Everything that is kept of one facility: its staff with masked numbers, and the files that it has."""
from collections.abc import Iterator

from models.audit import Actor, record
from models.ecalcura.communication.threads import Message, Thread
from models.ecalcura.deliveries import certificates
from models.ecalcura.deliveries.certificates import Certificate
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import number_looks
from models.ecalcura.people.employees import Employee
from models.ecalcura.retention import one_person
from models.ecalcura.retention.one_person import Kept
from models.ecalcura.submissions import documents
from models.ecalcura.submissions.submissions import Submission


class Whole:
    """The export of a facility, which reads a part when it is asked for."""

    def __init__(self, facility: Facility, reason: str, by: Actor) -> None:
        """Record the export; raises `Refused` for a reason as `show_to_desk` does, and if a snapshot does not open."""
        self.facility = facility
        reason = number_looks.clean_reason(reason)
        # Read now: once the file is on its way nothing can be refused any more.
        self._submitted = one_person.submitted_by(facility)
        record(EcalcuraEvent.FACILITY_EXPORTED, by=by, tenant_id=facility.id, reason=reason)

    def staff(self) -> Iterator[Kept]:
        """Return everything about each employee."""
        for employee in Employee.of(self.facility).order_by(Employee.id):
            yield one_person.everything(self.facility, employee, self._submitted)

    def messages(self) -> list[tuple[Thread, list[Message]]]:
        """Return the threads in which somebody wrote, each with its messages."""
        found = [(thread, list(Message.of(thread))) for thread in Thread.of(self.facility)]
        return [(thread, messages) for thread, messages in found if messages]

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Return (name, content) of the documents of submissions and the files of certificates."""
        for submission in Submission.of(self.facility).where(Submission.is_kept()):
            place = submission.file.trimester
            for kind in sorted(documents.kinds_of(submission)):
                name = f"trimesters/{place.period}-{place.number}-versie-{submission.number}.{kind}"
                yield name, documents.document(submission, kind) or b""
        for certificate in Certificate.of(self.facility):
            if opened := certificates.file_of(self.facility, certificate.id):
                yield f"certificaten/{certificate.id}.{opened.type}", opened.content
