"""The functions of ecalcura that write to the audit, for tests/models/test_both_or_neither.py."""
import datetime
import json

from models.accounts import roles
from models.accounts.outside.arriving import arrive
from models.accounts.outside.signing_in import Person
from models.database import today, transaction
from models.ecalcura.accounts import four_eyes
from models.ecalcura.calculations import calculating, formula, payments, publishing
from models.ecalcura.calculations.counted import CountedSubmission
from models.ecalcura.calculations.parameters import ParameterVersion
from models.ecalcura.calculations.quantities import FORMULA_VERSION
from models.ecalcura.communication import contacts, reminding, threads
from models.ecalcura.communication.contacts import Details
from models.ecalcura.communication.threads import OF_DESK, OF_FACILITY, Thread
from models.ecalcura.contracts import lists, mergers
from models.ecalcura.contracts.irregular_work import IrregularWork
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.deliveries import billed_days, billed_reopening, residents
from models.ecalcura.deliveries.certificates import add_certificate
from models.ecalcura.deliveries.physicians import add_physician, ask_again, change_physician, remove_physician
from models.ecalcura.desk import accounts as desk
from models.ecalcura.facilities import address, colleagues
from models.ecalcura.facilities.address import Address
from models.ecalcura.facilities.claims import of_wing
from models.ecalcura.facilities.emergencies import make_login
from models.ecalcura.facilities.loading import load
from models.ecalcura.oversight import staff_export
from models.ecalcura.people import corrections, number_looks, registers
from models.ecalcura.people.registers import Answer
from models.ecalcura.people.retries import store
from models.ecalcura.performances.performances import save_row
from models.ecalcura.progress import reminders
from models.ecalcura.retention import everywhere, one_person, purges, purging
from models.ecalcura.retention.whole_facility import Whole
from models.ecalcura.roles import DOSSIER, FINANCIAL, GIVEN, PRIVACY
from models.ecalcura.submissions import submitting
from models.ecalcura.submissions.submissions import Submission
from models.ecalcura.transfer.raas import facility_data, importing
from models.ecalcura.transfer.raas.rows import RaasImport, RaasRow
from models.ecalcura.trimesters import reopening
from models.ecalcura.trimesters.calendar import Place, Trimester
from models.ecalcura.trimesters.files import TrimesterFile
from models.ecalcura.trimesters.windows import close_trimester
from tests.factories import days
from tests.models.ecalcura import bank_accounts as accounts
from tests.models.ecalcura.cast import (
    FakeRegisters,
    calculator,
    contract,
    employee,
    exempt,
    facility,
    line,
    number_of,
    opened,
    somebody,
    submitted,
    write,
)
from tests.models.ecalcura.kept import due_at, taken_back
from tests.models.ecalcura.physicians import silent_physician
from tests.models.ecalcura.raas_files import facility_line, rows_of_facilities
from tests.models.ecalcura.with_hours import nurse_with_premium

REASON = "Uren vergeten"
# The function that calls `record` -> calls that lead to it, on the rows of `there`.
VERBS = {
    "invite": [lambda there: colleagues.invite(there.facility, "Jan", "jan@voorbeeld.be")],
    "give": [lambda there: desk.give(DOSSIER, "els@voorbeeld.be")],
    "make_login": [lambda there: an_emergency(there.facility)],
    "_read": [lambda there: from_outside(there.facility)],
    "_save": [lambda there: load_facility(there, "990002")],
    "_change": [lambda there: load_facility(there, "990001", name="De Eik"),
                lambda there: load_facility(there, "990001", successor="990003", merged_on="01/07/2026")],
    "add": [lambda there: contacts.add(there.facility, Details("lies@voorbeeld.be", "Lies Dok"))],
    "change": [lambda there: contacts.change(there.contact, Details("kim@voorbeeld.be", "Kim Bos"), 1),
               lambda there: address.change(there.facility, Address("Lindelaan 3", "9000", "Gent"), 1)],
    "remove": [lambda there: contacts.remove(there.contact, 1)],
    "_remind": [lambda there: reminding.remind(None, None)],
    "write": [lambda there: threads.write(there.thread, "Waarom?", 2, there.privacy, OF_FACILITY)],
    "mark_read": [lambda there: threads.mark_read(there.thread, 2, there.ann, OF_DESK)],
    "open_trimester": [lambda there: opened(number=3)],
    "close_trimester": [lambda there: close_trimester(Place(2026, 1), ["woonzorgcentrum"])],
    "reopen": [lambda there: reopening.reopen(there.facility, Place(2026, 1), REASON)],
    "ask_to_reopen": [
        lambda there: reopening.ask_to_reopen(there.facility, Trimester.get_or_make(2026, 1), REASON, there.privacy)],
    "refuse_to_reopen": [lambda there: refused(there.facility, there.privacy)],
    "_mail": [lambda there: reminders.remind(Place(*EMPTY), [there.facility.id], there.ann)],
    "_freeze": [lambda there: submitting.submit(
        there.facility, Trimester.get_or_make(*EMPTY), there.privacy, declared=True, nothing=True)],
    "_store_row": [lambda there: save_row(there.facility, there.autumn, there.with_premium.id, {"worked": 100}, 0)],
    "Employee.add": [lambda there: employee(there.facility)],
    "_show": [lambda there: number_looks.show_number(there.employee, there.privacy),
              lambda there: number_looks.show_to_desk(there.employee, "Controle van het dossier", there.privacy)],
    "export": [lambda there: one_person.export(there.facility, there.employee, there.privacy),
               lambda there: everywhere.export(there.employee.person.number, REASON, there.ann)],
    "correct_number": [lambda there: corrections.correct_number(
        there.employee, there.registers.has(number_of(month_up=20)), None, 1)],
    "Contract.insert_into": [lambda there: contract(there.undated)],
    "Contract._save": [lambda there: there.contract.end(days(500), 1), lambda there: there.contract.change_hours(
        days(500), 100, 3800, 1)],
    "Contract.remove": [lambda there: contract(there.undated, days(400)).remove(1)],
    "Choice.insert_into": [lambda there: exempt(there.employee, 50, days(400))],
    "Choice.change": [lambda there: there.choice.change(45, "exemption", days(500), None, 1)],
    "Choice.remove": [lambda there: there.choice.remove(1)],
    "Replacement.insert_into": [lambda there: Replacement.add(there.replacing, None, 100, days(400))],
    "Replacement.change": [lambda there: there.replacement.change(None, 200, days(400), None, None, 1)],
    "Replacement.remove": [lambda there: there.replacement.remove(1)],
    "_record_move": [lambda there: mergers.move_running(there.facility, there.successor, days(450))],
    "IrregularWork.declare": [
        lambda there: IrregularWork.declare(there.undated, 45, days(-600), days(-300))],
    "_store_person": [
        lambda there: store(there.employee, Answer("replaced", number_of(month_up=40), "Test", "Nieuw")),
        lambda there: store(there.employee, Answer("replaced", there.undated.person.number, "Test", "Zelfde"))],
    "_take": [lambda there: take_facilities(there, facility_line(hco="990004"))],
    "_complete": [lambda there: take_facilities(there, facility_line(hco="990001"))],
    "close": [lambda there: importing.close(there.broken_off, paused=True)],
    "ParameterVersion.enter": [lambda there: parameters_by(there.ann)],
    "ParameterVersion._decide": [
        lambda there: there.version.withdraw(there.ann), lambda there: parameters_by(there.ann).confirm(there.bob)],
    "_make": [lambda there: calculated()],
    "discard": [lambda there: publishing.discard(there.draft, None)],
    "freeze": [lambda there: publishing.freeze(there.draft, None)],
    "publish": [lambda there: publishing.publish(there.frozen, None)],
    "_record_step": [
        lambda there: accounts.proposed(there.facility, there.fien, accounts.iban_of(account=7)),
        lambda there: four_eyes.take_over(there.facility, there.raas_account, today(), there.fien),
        lambda there: four_eyes.ask_desk(there.successor, there.asking, there.alone),
        lambda there: four_eyes.confirm(there.facility, there.bank_account, there.luc),
        lambda there: four_eyes.refuse(there.facility, there.bank_account, REASON, there.luc),
        lambda there: four_eyes.withdraw(there.facility, there.bank_account, there.fien)],
    "show_account": [lambda there: four_eyes.show_account(there.facility, there.bank_account, REASON, there.luc)],
    "save_residents": [lambda there: residents.save_residents(there.facility, there.autumn, {("O", "days"): 1}, 1)],
    "add_physician": [lambda there: add_physician(
        there.facility, there.registers.has(number_of(month_up=20)), "", days(500), None)],
    "ask_again": [lambda there: ask_again(there.registers.has(there.physician.physician.number) and there.physician)],
    "change_physician": [lambda there: change_physician(there.physician, "", days(-900), None, 1)],
    "remove_physician": [lambda there: remove_physician(there.physician)],
    "add_certificate": [
        lambda there: add_certificate(there.facility, "attest", "A1", days(0), None, b"%PDF-1.7 %%EOF")],
    "save_days": [lambda there: billed_days.save_days(there.facility, 2024, {(1, "days"): 5}, 1)],
    "submit_days": [lambda there: billed_days.submit_days(there.facility, 2023, 2, there.privacy, declared=True)],
    "ask_to_reopen_days": [
        lambda there: billed_reopening.ask_to_reopen_days(there.facility, 2022, REASON, there.privacy)],
    "reopen_days": [lambda there: billed_reopening.reopen_days(there.facility, 2022, REASON)],
    "csv": [lambda there: payments.csv(there.paid, there.privacy)],
    "as_xlsx": [lambda there: staff_export.as_xlsx(there.facility, Trimester.known(2026, 1), there.privacy)],
    "with_numbers": [lambda there: staff_export.with_numbers(
        there.facility, Trimester.known(2026, 1), REASON, there.privacy)],
    "Whole.__init__": [lambda there: Whole(there.exported, REASON, there.ann)],
    "propose": [lambda there: purges.propose("deliveries", [there.facility.id], there.ann)],
    "approve": [lambda there: purges.approve("submissions", [there.successor.id], there.bob)],
    "withdraw": [lambda there: purges.withdraw("submissions", [there.successor.id], there.bob)],
    "_do": [lambda there: purging.purge(there.facility_file.with_name("purged-ecalcura.csv"))],
    "_remove_again": [lambda there: purging._remove_again(taken_back(there.physician))],
    "set_reference_date": [lambda there: corrections.set_reference_date(there.undated, days(-9000), None, 1)],
}
# Long before any contract.
EMPTY = Place(2001, 1)


def rows(folder):
    """A facility that submitted a trimester, an officer who is mailed about it, registers, and two employees.

    One of the employees has no birth date. A nurse has the premium in a trimester that is open.
    """
    home, other, fake = facility(), facility("990003", email="huis@voorbeeld.be"), FakeRegisters()
    lists.store()
    submitted(home)
    opened(*EMPTY)
    registers.use(fake)
    nurse, undated = employee(home, number_of()), employee(home, born=None)
    # From a day after the trimester that is submitted.
    replacing = contract(employee(home), days(400), role="replacement")
    privacy = somebody(home, PRIVACY, "Lies Dok")
    billed(home, privacy)
    due_at(home, other)
    return {
        "registers": fake, "employee": nurse, "undated": undated, "contract": contract(nurse, days(400)),
        "choice": exempt(nurse, 45, days(400)), "replacing": replacing,
        "replacement": Replacement.add(replacing, None, 100, days(400)), "autumn": opened(number=2),
        "with_premium": nurse_with_premium(home), "facility": home, "privacy": privacy, "successor": other,
        "broken_off": broken_off(home), "facility_file": folder / "facilities.csv",
        **calculations(home),
        **bank_accounts(home),
        **asking(other),
        "physician": silent_physician(home),
        "thread": a_question(home, privacy),
        "contact": contacts.add(home, Details("kim@voorbeeld.be", "Kim Claes")),
        "exported": facility("990077", email="export@voorbeeld.be"),
    }


def calculations(home):
    """A draft and a frozen calculation of a trimester, and parameters that nobody confirmed."""
    counted(home, 4)
    ann, bob = calculator("invoer"), calculator("bevestiging")
    return {"draft": calculated(), "frozen": publishing.freeze(calculated(), None), "ann": ann, "bob": bob,
            "version": parameters_by(ann), "paid": paid(home, ann, bob)}


def paid(home, first, second):
    """A published calculation with amounts, of the year before."""
    counted(home, 1, 2025)
    parameters_by(first, datetime.date(2025, 7, 1), datetime.date(2025, 9, 30)).confirm(second)
    made = calculating.make("advance", Trimester.known(2025, 1), ["woonzorgcentrum"], None)
    return publishing.publish(publishing.freeze(made, None), None)


def counted(home, number, period=2026):
    """Submit a trimester in which nobody has a contract, and count it."""
    sums = {"groups": [], "totals": dict.fromkeys(("exempt", "replaced", "financed", "surplus", "premium"), "0")}
    CountedSubmission.create(submission_id=Submission.last_of(submitted(home, period, number)).id,
                             formula_version=FORMULA_VERSION, sha256="0" * 64, sums=json.dumps(sums), content="{}")


def calculated(number=4):
    """Calculate the trimester that is counted."""
    return calculating.make("advance", Trimester.known(2026, number), ["woonzorgcentrum"], None)


def a_question(home, by):
    """A thread about a published calculation, in which the facility asked something."""
    counted(home, 3)
    calculation = publishing.publish(publishing.freeze(calculated(3), None), None)
    return threads.write(Thread.about(home, calculation.id), "Waarom?", 1, by, OF_FACILITY)


def parameters_by(author, since=datetime.date(2026, 7, 1), until=None):
    """Enter parameters."""
    values = {field.name: "1" for field in formula.fields()}
    return ParameterVersion.enter("Voorbeeldbesluit", since, until, values, author)


def bank_accounts(home):
    """Two people who manage the money of a facility, an account that one of them proposed, and one from RaaS."""
    raas = accounts.from_raas(home)
    fien, luc = accounts.pair(home)
    proposed = accounts.proposed(home, fien, accounts.iban_of(account=6))
    return {"fien": fien, "luc": luc, "raas_account": raas, "bank_account": proposed}


def asking(other):
    """Somebody who alone manages the money of a facility, and the account that they proposed."""
    alone = somebody(other, FINANCIAL, "Bo Nijs")
    return {"alone": alone, "asking": accounts.proposed(other, alone)}


def billed(home, officer):
    """Billed days of two years, of which 2022 is submitted."""
    for year in (2022, 2023):
        billed_days.save_days(home, year, {(1, "days"): 1, (2, "days"): 2}, 1)
    billed_days.submit_days(home, 2022, 2, officer, declared=True)


def refused(home, officer):
    """Ask to reopen a trimester, and refuse it."""
    file = reopening.ask_to_reopen(home, Trimester.get_or_make(2026, 1), REASON, officer)
    reopening.refuse_to_reopen(home, Place(2026, 1), REASON, officer,
                               TrimesterFile.at(home, file.trimester).version)


def an_emergency(home):
    """Make a login for a day, while another service gives the roles."""
    roles.use(roles.known(), outside=GIVEN)
    make_login(home, PRIVACY, "Ann", "ann@voorbeeld.be")


def from_outside(home):
    """Let another service sign somebody in, with a role in a facility that is known and in one that is not."""
    table = {"name": "naam", "roles": "rol_3d", "numbers": "hco", "role": {"Personeel": "privacy"}}
    sent = {"rol_3d": f"Personeel:123456,{home.hco}", "naam": "Ann Maes"}
    arrive(Person("https://aanmelden.voorbeeld.be", "a2", sent, "/"), [of_wing(table)])


def broken_off(home):
    """A run of the import from RaaS that took a contract over, and was broken off."""
    run = RaasImport.create()
    RaasRow.create(file="contracts", key="71000040/C1", line=2, import_id=run.id, decided_id=run.id,
                   facility_id=home.id, result="taken")
    return run


def take_facilities(there, line):
    """Take a row of the facilities of RaaS over."""
    rows = rows_of_facilities(there.facility_file.parent, line)
    with transaction():
        facility_data.take_facilities(rows, there.broken_off.id, may_add=True)


def load_facility(there, hco, **values):
    """Load a file of facilities with one row."""
    load(write(there.facility_file, line(hco, **values)))
