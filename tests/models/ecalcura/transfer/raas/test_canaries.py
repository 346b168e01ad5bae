"""Two hundred people come from RaaS, and no number, name or account of theirs is anywhere in clear."""
import datetime
import logging

from models.audit import AuditEntry
from models.database import database, is_sqlite
from models.ecalcura.people import numbers
from models.ecalcura.people.employees import Employee
from models.ecalcura.transfer.raas import importing
from models.ecalcura.transfer.raas.reasons import Result
from tests.hall import mails
from tests.models.ecalcura.cast import facility, number_of
from tests.models.ecalcura.raas_files import contract_line, facility_line, write
from tests.walks.test_secrets import raw_bytes

COUNT = 200
FIRST = datetime.date(1961, 1, 1)
FAMILY, GIVEN, HOLDER, IBAN = "Zilverstaart", "Kanarie", "Goudhaantje vzw", "BE76117000100095"
# Of ten rows one has wrong hours, one a name that a spreadsheet takes for a formula, one a qualification without visum.
OTHERS = {1: {"hours": "0"}, 3: {"family": f"={FAMILY}"}, 5: {"qualification": "KIN"}}


def line(at, number):
    """A row of the file, with the number of somebody; every tenth number is wrong by a digit."""
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    values = {"family": FAMILY, **OTHERS.get(at % 10, {})}
    return contract_line(f"C{at:03}", wrong if at % 10 == 4 else number, **values)


def test_two_hundred_people_of_raas_are_nowhere_in_clear(database_url, register, registers, tmp_path, caplog):
    """A24: no log, mail, audit row or result, nor the raw database; of refused rows the cells are kept, sealed."""
    caplog.set_level(logging.DEBUG)
    facility(riziv="71000040")
    listed = [number_of(FIRST + datetime.timedelta(days=day)) for day in range(COUNT)]
    for at, number in enumerate(listed):
        if at % 10 != 2:
            registers.has(number, first=GIVEN, family=FAMILY, birth=FIRST + datetime.timedelta(days=at), VPK=None)
    folder = write(tmp_path, *(line(at, number) for at, number in enumerate(listed)),
                   facilities=[facility_line(name=HOLDER, iban=IBAN)])
    registers.silent = True
    assert importing.import_raas(folder).paused
    registers.silent = False
    outcome = importing.import_raas(folder)
    assert outcome.counts["contracts", Result.REFUSED] >= COUNT // 5
    assert Employee.select().count() >= COUNT // 2
    traces = [*listed, *map(numbers.written, listed), FAMILY, GIVEN, HOLDER, IBAN]
    seen = [caplog.text, str(mails()), str(list(importing.results(outcome.import_id))),
            *(str(entry.__data__) for entry in AuditEntry.select())]
    if is_sqlite():
        database.close()
        seen.append(raw_bytes(database_url).decode("latin-1"))
    assert [[trace for trace in traces if trace in text] for text in seen] == [[] for _ in seen]
