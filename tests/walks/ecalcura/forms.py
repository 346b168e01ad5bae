"""Valid values for each form of ecalcura; see tests/walks/hall/forms.py."""
import datetime
from pathlib import Path

from models.accounts.accounts import Account
from models.accounts.sessions import Session
from models.database import now, today
from models.ecalcura.accounts.bank_accounts import BankAccount
from models.ecalcura.calculations import publishing
from models.ecalcura.calculations.calculations import Calculation
from models.ecalcura.communication import contacts, threads
from models.ecalcura.communication.contacts import Details
from models.ecalcura.communication.threads import OF_DESK, Thread
from models.ecalcura.contracts import lists
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.deliveries import billed_days
from models.ecalcura.deliveries.billed_days import BilledYear
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.performances.performances import save_row
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.files import TrimesterFile
from tests.models.documents.made import a_document
from tests.models.ecalcura.bank_accounts import from_raas, iban_of, proposed
from tests.models.ecalcura.calculations import made
from tests.models.ecalcura.cast import employee, number_of, opened
from tests.models.ecalcura.submissions.snapshots import content, frozen
from tests.models.ecalcura.with_hours import replacement, trimester

HOURS = Path(__file__).parent / "prestaties.csv"
PDF = Path(__file__).parent / "certificaat.pdf"
RESIDENTS = Path(__file__).parent / "bewonersgegevens.csv"
BILLED = Path(__file__).parent / "gefactureerde-dagen.csv"
STAFF = Path(__file__).parent / "personeel.csv"
# Long before any contract of the cast.
LONG_AGO = {"period": 2001, "number": 1}


def empty_trimester(_cast, rows):
    """A trimester that is open to submit, and in which nobody has a contract."""
    rows.update(LONG_AGO)
    opened(**LONG_AGO)
    TrimesterFile.get_or_make(Facility.by_hco(rows["hco"]), Trimester.get_or_make(**LONG_AGO))


def submitted_trimester(_cast, rows):
    """A trimester that is submitted."""
    rows.update(LONG_AGO)
    frozen(Facility.by_hco(rows["hco"]), content(), **LONG_AGO)


def signed_in_colleague(_cast, rows):
    """The colleague of the address has an open session."""
    Session.start(Account.get_by_id(rows["colleague_id"]))


def a_contact(_cast, rows):
    """A contact person: another form may have removed the one before."""
    rows["contact_id"] = contacts.add(
        Facility.by_hco(rows["hco"]), Details("walk@voorbeeld.be", "Kim Claes"), form_key="walk").id


def undated_employee(_cast, rows):
    """An employee of whom the register has no birth date."""
    rows["employee_id"] = employee(Facility.by_hco(rows["facility"]), born=None).id


def asked_trimester(_cast, rows):
    """A trimester that the facility asks to reopen."""
    file = TrimesterFile.at(Facility.by_hco(rows["facility"]), Trimester.get_or_make(rows["period"], rows["number"]))
    file.move(file.state, asked_at=now(), asked_reason="Uren vergeten")


def another_document(_cast, rows):
    """A document of which nothing else is asked."""
    rows["document_id"] = a_document().id


def an_answer(cast, rows):
    """The desk wrote about the calculation, to the facility and to the one that merged."""
    for thread in Thread.select().where(Thread.calculation_id == rows["calculation_id"]):
        threads.write(thread, "Daarom.", thread.version, cast.administrator, OF_DESK, "walk")


# The id of the contract in the grid, as the names of its cells and the file have it.
IN_GRID = 9001


def _prestaties(_cast, rows):
    """A contract with prestaties in the trimester of the address, which is the one of the file too."""
    rows.update(period=2026, number=1)
    lists.store()
    home = Facility.by_hco(rows["hco"])
    if Contract.get_or_none(Contract.id == IN_GRID) is None:
        replacement(home, id=IN_GRID)
        save_row(home, trimester(rows["period"], rows["number"]), IN_GRID, {"worked": 1000}, 0)




def _account_of_raas(_cast, rows):
    """An account from RaaS that nobody proposed."""
    rows["bank_account_id"] = from_raas(Facility.by_hco(rows["hco"]), iban_of(account=8)).id


def _own_account(_cast, rows):
    """An account that the financial role of the walk proposed, who alone can sign in."""
    home = Facility.by_hco(rows["hco"])
    own = Account.by_email(f"financial.{home.hco}@voorbeeld.be")
    rows["bank_account_id"] = proposed(home, own, iban_of(account=20 + BankAccount.select().count())).id
    Account.update(blocked=True).where(Account.email == f"vierde.{home.hco}@voorbeeld.be").execute()


def year_of_the_file(_cast, rows):
    """The year of billed days that the filled-in template is of."""
    rows.update(year=BilledYear.get_or_make(Facility.by_hco(rows["facility"]), 2024).year)


def billed(year, submitted=False):
    """Billed days of a year, submitted or not."""
    def prepare(_cast, rows):
        rows.update(year=year)
        home = Facility.by_hco(rows["hco"])
        if BilledYear.at(home, year).version == 1:
            billed_days.save_days(home, year, {(1, "days"): 1, (2, "days"): 2}, 1)
            if submitted:
                billed_days.submit_days(home, year, 2, Account.select().first(), declared=True)

    return prepare


def _draft(_cast, rows):
    """A draft of a calculation, of what a facility that merged submitted."""
    rows.update(calculation_id=made.calculation("advance").id)


def _frozen_calculation(cast, rows):
    _draft(cast, rows)
    publishing.freeze(Calculation.one(rows["calculation_id"]), None)


CONTRACT = {"role": "replacement", "qualification": "KIN", "statute": "statutair", "start": "01/09/2026",
            "hours": "3,8", "full_time": "38", "replaces": "pool"}
ADDRESS = {"street": "Lindelaan 3", "postcode": "9000", "town": "Gent"}
CONTACT = {"name": "Lies Dok", "email": "lies@voorbeeld.be"}
DOCUMENT = {"title": "Opname", "category": "recording", "day": "03/06/2026",
            "link": "https://video.voorbeeld.be/opname"}
FILLED = {
    "ecalcura:privacy": {
        "trimesters.submit": {"declared": "y", "nothing": "y", "version": "1"},
        "trimesters.ask": {"reason": "Uren van een vervanger vergeten"},
        "hours.show": {f"hours_{IN_GRID}_worked": "52,50"},
        "hours_file.read": {"file": (str(HOURS),)},
        "staff_file.read": {"file": (str(STAFF),), "read": "1"},
        "staff_file.read_checked": {},
        "residents.show": {"places_O": "4", "days_O": "300", "places_total": "4", "days_total": "300"},
        "residents.read": {"file": (str(RESIDENTS),)},
        "physicians.create": {"number": number_of(datetime.date(1961, 6, 6)), "since": "01/09/2026"},
        "certificates.add": {"kind": "attest", "number": "A1", "since": "01/09/2026", "file": (str(PDF),)},
        "physicians.edit": {"until": "30/11/2020"},
        "physicians.ask": {},
        "physicians.remove": {},
        "billed_days.edit": {"part1_days": "100", "part2_days": "200"},
        "billed_file.read": {"file": (str(BILLED),)},
        "billed_days.submit": {"declared": "y", "version": "2"},
        "billed_days.ask": {"reason": "Dagen van juni vergeten"},
        "staff.find": {"text": "Test"},
        "staff.create": {**CONTRACT, "number": number_of(month_up=20)},
        "staff.show_number": {},
        "person_data.file": {},
        "staff.correct_number": {"number": number_of(month_up=40)},
        "staff.ask": {},
        "contracts.create": CONTRACT,
        "contracts.edit": {"hours": "7,6"},
        "contracts.change_hours": {"since": "01/10/2026", "hours": "5"},
        "contracts.take_back_hours": {},
        "contracts.end": {"until": "31/12/2026"},
        "contracts.ask": {},
        "choices.create": {"step": "50", "kind": "exemption", "since": "01/09/2026"},
        "choices.edit": {"until": "31/12/2026"},
        "choices.delete": {},
        "choices.declare": {"first": "01/03/2013", "last": "28/02/2015"},
        "replacements.create": {"replaces": "pool", "hours": "1"},
        "replacements.edit": {"hours": "1,5"},
        "replacements.delete": {},
        # The last one: the forms before it need the contract.
        "contracts.delete": {},
    },
    "ecalcura:financial": {
        "bank_accounts.create": {"iban": iban_of(account=10), "holder": "Zorg Vlier vzw", "valid_from": "01/01/2026"},
        "bank_accounts.take_over": {"valid_from": "01/01/2026"},
        "bank_accounts.confirm": {},
        "bank_accounts.withdraw": {},
        "bank_accounts.refuse": {"reason": "Een oude rekening"},
        "bank_accounts.ask": {},
        "contacts.create": CONTACT,
        "address.edit": ADDRESS,
        "contacts.edit": {"function": "Boekhouder"},
        "contacts.remove": {},
        "messages.show": {"text": "Waarom?"},
        "messages.read": {"version": "3"},
        "merged_messages.show": {"text": "Waarom?"}, "merged_messages.read": {"version": "2"},
    },
    "ecalcura:calculator": {
        "calculations.new": {"kind": "advance", "trimester": "2026-1", "of": "woonzorgcentrum"},
        "calculation_decisions.freeze": {},
        "calculation_decisions.publish": {},
        "calculation_decisions.discard": {},
        "parameters.new": {"reference": "Voorbeeldbesluit, artikel 2", "since": "01/07/2026", **{
            f"value_{name.replace(' ', '_')}": value for name, value in made.values().items()}},
        "parameters.confirm": {},
        "parameters.withdraw": {},
    },
    "ecalcura:access": {
        "access.new": {"name": "Lies Dok", "email": "lies@voorbeeld.be"},
        "access.invite": {},
        "access.give": {"role": "financial"},
        "access.end": {},
    },
    "ecalcura:dossier": {
        "desk_accounts.show_number": {"purpose": "Vraag van de boekhouding"},
        "desk_accounts.confirm": {"called_on": f"{today():%d/%m/%Y}", "called": "management", "known": "y"},
        "desk_accounts.refuse": {"reason": "Niet herkend"},
        "reminding.send": {"tick": "990001", "form_key": "walk"},
        "desk_trimesters.days": {"deadline_woonzorgcentrum": "31/10/2026"},
        "desk_trimesters.close": {"kinds": "woonzorgcentrum"},
        "desk_reopening.refuse": {"answer": "De uren staan er al"},
        "desk_reopening.reopen": {"reason": "Uren van een vervanger vergeten"},
        "desk_access.name_manager": {"name": "Lies Dok", "email": "lies@voorbeeld.be"},
        "desk_access.end_sessions": {},
        "desk_staff.find": {"text": "Test"},
        "desk_staff.show_number": {"reason": "Controle van het visum"},
        "desk_staff.reference_date": {"date": "01/01/1970"},
        "desk_deliveries.reopen": {"reason": "Dagen van juni vergeten"},
        "desk_documents.create": DOCUMENT,
        "desk_documents.edit": {"title": "Een andere titel"},
        "desk_documents.add_version": {"link": "https://video.voorbeeld.be/nieuw"},
        "desk_documents.withdraw": {},
        "desk_messages.show": {"text": "Daarom."},
        "desk_messages.read": {"version": "2"},
        "exports_of_staff.at_desk": {"trimester": "2026/1", "whole": "y", "reason": "Vraag van de voorziening"},
        "desk_whole.show": {"reason": "Vraag van de voorziening"},
        "desk_person.show": {"number": number_of(), "reason": "Vraag van de medewerker"},
        "desk_retention.decide": {"tick": "990001", "act": "propose"},
        "desk_contacts.index": {},
        "desk_contacts.create": CONTACT,
        "desk_address.edit": ADDRESS,
        "desk_contacts.edit": {"function": "Boekhouder"},
        "desk_contacts.remove": {},
    },
}
PREPARE = {
    "trimesters.submit": empty_trimester,
    "trimesters.ask": submitted_trimester,
    "hours.show": _prestaties,
    "hours_file.read": _prestaties,
    "desk_access.end_sessions": signed_in_colleague,
    "desk_staff.reference_date": undated_employee,
    "desk_reopening.refuse": asked_trimester,
    "bank_accounts.take_over": _account_of_raas,
    "bank_accounts.withdraw": _own_account,
    "bank_accounts.ask": _own_account,
    "billed_days.submit": billed(2023),
    "billed_file.read": year_of_the_file,
    "billed_days.ask": billed(2025, submitted=True),
    "desk_deliveries.reopen": billed(2025, submitted=True),
    **dict.fromkeys(
        ("contacts.edit", "contacts.remove", "desk_contacts.edit", "desk_contacts.remove"), a_contact),
    **dict.fromkeys(("calculation_decisions.freeze", "calculation_decisions.discard"), _draft),
    "calculation_decisions.publish": _frozen_calculation,
    "messages.read": an_answer,
    "merged_messages.read": an_answer,
    "desk_documents.withdraw": another_document,
}
# While the register is silent it is asked in vain.
READ_ONLY = {"staff.find", "staff.ask", "desk_staff.find", "physicians.ask"}
# Each time that a number is shown is recorded.
ONLY_RECORDED = {
    "exports_of_staff.at_desk", "person_data.file", "desk_person.show", "desk_whole.show", "staff.show_number",
    "desk_staff.show_number", "desk_accounts.show_number",
}
# Nobody decides what eCad answers.
UNRECORDED = {"contracts.ask"}
VERSIONED = {
    "desk_staff.reference_date", "address.edit", "desk_address.edit",
    "desk_trimesters.days", "desk_reopening.reopen", "desk_reopening.refuse",
    "hours.show", "trimesters.submit", "staff.correct_number", "contracts.edit", "contracts.change_hours",
    "contracts.take_back_hours", "contracts.end", "contracts.delete",
    "choices.edit", "choices.delete", "replacements.edit", "replacements.delete",
    "billed_days.edit", "billed_days.submit", "residents.show", "physicians.edit",
    "contacts.edit", "contacts.remove", "desk_contacts.edit", "desk_contacts.remove",
    "messages.show", "messages.read", "desk_messages.show", "desk_messages.read",
    "merged_messages.show", "merged_messages.read",
    "desk_documents.edit", "desk_documents.add_version", "desk_documents.withdraw",
}
NEWER = tuple(f"UPDATE {table} SET version = version + 1" for table in (
    "employee", "contract", "choice", "replacement", "trimester_file", "performance_row", "trimester_window",
    "billed_year", "resident_data", "cra_contract", "contact_person", "message_thread", "facility",
)) + ("UPDATE document SET version = version + 1 WHERE withdrawn_at IS NULL",)
# A file cannot be kept in a page, so it has to be chosen again.
WITH_FILE = {"certificates.add", "billed_file.read", "residents.read", "hours_file.read", "staff_file.read"}
