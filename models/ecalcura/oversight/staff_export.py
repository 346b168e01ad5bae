"""The staff of a facility in a trimester as a spreadsheet, with rows as they are now. Numbers are masked."""
from models.audit import Actor, record, record_reading
from models.database import transaction
from models.ecalcura.checks import checks, dossiers
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import number_looks, numbers
from models.ecalcura.submissions import contents, workbook
from models.ecalcura.submissions.snapshot import Content
from models.ecalcura.trimesters.calendar import Trimester

TITLE = "Personeel"


def as_xlsx(facility: Facility, trimester: Trimester, by: Actor) -> bytes:
    """Return the spreadsheet with masked numbers, and record that it was made; nothing is written to a file."""
    content = _content(facility, trimester)
    record_reading(EcalcuraEvent.STAFF_EXPORTED, by=by, tenant_id=facility.id, subject=trimester.subject)
    return workbook.of_rows(TITLE, content)


def with_numbers(facility: Facility, trimester: Trimester, reason: str, by: Actor) -> bytes:
    """Return the spreadsheet with whole numbers, for the desk, and keep a look at each of them with the reason.

    Raises `Refused` for a reason as `number_looks.show_to_desk` does.
    """
    reason = number_looks.clean_reason(reason)
    content = _content(facility, trimester)
    for employee in content["employees"]:
        employee["whole_number"] = employee["number"] and numbers.written(employee["number"])
    with transaction():
        number_looks.keep_for_desk(facility.id, [one["id"] for one in content["employees"]], reason, by)
        record(EcalcuraEvent.STAFF_EXPORTED, by=by, tenant_id=facility.id, subject=trimester.subject, reason=reason,
               number=len(content["employees"]))
    return workbook.of_rows(TITLE, content)


def _content(facility: Facility, trimester: Trimester) -> Content:
    loaded = dossiers.load(facility, trimester)
    rows = contents.touching(loaded, trimester)
    return contents.of(facility, trimester, rows, checks.of_facility(facility, trimester, loaded))
