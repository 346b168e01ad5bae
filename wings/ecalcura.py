"""The record of ecalcura."""
from pathlib import Path

from commands.ecalcura import COMMANDS, companions, preparing
from commands.ecalcura.refusals import REFUSALS
from models.ecalcura import roles
from models.ecalcura.calculations import counted, formula
from models.ecalcura.checks import checks
from models.ecalcura.contracts import mergers, steps, visa
from models.ecalcura.demonstration import demonstration
from models.ecalcura.facilities import claims
from models.ecalcura.people import retries, starting
from models.ecalcura.progress import counts, sums
from models.ecalcura.retention import terms
from models.ecalcura.staff import renewing
from models.ecalcura.submissions import documents
from models.ecalcura.transfer import staff_uploads
from models.ecalcura.trimesters import windows
from views.ecalcura.accounts import desk as desk_accounts
from views.ecalcura.accounts import facility as bank_accounts
from views.ecalcura.addresses import FACILITY, MINE, OWN_FACILITIES, without_role
from views.ecalcura.calculations import deciding, parameters, payments
from views.ecalcura.calculations import desk as calculations
from views.ecalcura.calculations import facility as own_calculations
from views.ecalcura.calculations import merged as merged_calculations
from views.ecalcura.calculations import of_facility as desk_results
from views.ecalcura.communication import desk as desk_contacts
from views.ecalcura.communication import desk_messages
from views.ecalcura.communication import facility as contacts_page
from views.ecalcura.communication import merged as merged_messages
from views.ecalcura.communication import messages as thread_page
from views.ecalcura.deliveries import billed_days, billed_file, certificates, physicians, residents
from views.ecalcura.deliveries import desk as desk_deliveries
from views.ecalcura.deliveries import index as deliveries
from views.ecalcura.desk import access as desk_access
from views.ecalcura.desk import facilities as desk_facilities
from views.ecalcura.desk import log as desk_log
from views.ecalcura.desk import numbers as desk_numbers
from views.ecalcura.desk import reference_dates as desk_dates
from views.ecalcura.desk import staff as desk_staff
from views.ecalcura.desk import trimesters as desk_files
from views.ecalcura.documents import desk as desk_documents
from views.ecalcura.documents import facility as own_documents
from views.ecalcura.documents import public as public_documents
from views.ecalcura.facility import access, address, desk_address, facilities, facility
from views.ecalcura.help import page as help_page
from views.ecalcura.log_words import LOG_WORDS
from views.ecalcura.messages import MESSAGES
from views.ecalcura.oversight import desk as oversight
from views.ecalcura.oversight import exports as exports_of_staff
from views.ecalcura.pictures import pictures
from views.ecalcura.progress import comparison, reminding
from views.ecalcura.progress import desk as progress
from views.ecalcura.progress import reopening as desk_reopening
from views.ecalcura.progress import trimesters as desk_trimesters
from views.ecalcura.retention import desk as desk_retention
from views.ecalcura.retention import everywhere as desk_person
from views.ecalcura.retention import facility as person_data
from views.ecalcura.retention import whole as desk_whole
from views.ecalcura.staff import choices, contracts, raas, reading, replacements, staff
from views.ecalcura.trimesters import hours, hours_file, merged, trimesters
from views.hall.wing import MY_LOGIN, Wing
from views.shell.audiences import Audience, MenuItem

HELP = MenuItem("help", "help.show", "Hulp")


def _audience(role, label, first):
    return Audience(role=role, label=f"eCalcura: {label}", menu=(first, HELP), own_login=MY_LOGIN,
                    data="de gegevens van je voorziening", address=FACILITY)


def _desk(role, menu):
    return Audience(role=role, label=f"eCalcura: {roles.DESK_LABELS[role.code]}", menu=menu, own_login=MY_LOGIN,
                    data="de gegevens van alle voorzieningen")


PROGRESS = MenuItem("progress", "progress.index", "Voortgang")
TRIMESTERS = MenuItem("desk_trimesters", "desk_trimesters.index", "Trimesters")
FACILITIES = MenuItem("desk_facilities", "desk_facilities.index", "Voorzieningen")
ACCOUNTS = MenuItem("desk_accounts", "desk_accounts.index", "Bankrekeningen")
CALCULATIONS = MenuItem("calculations", "calculations.index", "Berekeningen")
OVERSIGHT = MenuItem("oversight", "oversight.index", "Toezicht")
LOG = MenuItem("log", "desk_log.show", "Logboek")
MESSAGES_OF_ALL = MenuItem("desk_messages", "desk_messages.index", "Berichten")
DOSSIER = _desk(roles.DOSSIER, (
    PROGRESS,
    TRIMESTERS,
    FACILITIES,
    CALCULATIONS,
    MESSAGES_OF_ALL,
    OVERSIGHT,
    LOG,
))
CALCULATOR = _desk(roles.CALCULATOR, (
    PROGRESS,
    FACILITIES,
    ACCOUNTS,
    CALCULATIONS,
))
WING = Wing(
    name="ecalcura",
    blueprints=tuple(part.blueprint for part in (
        facilities, help_page, facility, address, desk_address, access,
        staff, contracts, choices, replacements, raas, reading, pictures,
        hours, hours_file, trimesters, merged,
        desk_facilities, desk_access, desk_staff, desk_files, desk_dates, desk_numbers, desk_log,
        progress, comparison, reminding, desk_trimesters, desk_reopening,
        bank_accounts, desk_accounts,
        contacts_page, desk_contacts,
        calculations, deciding, parameters, payments, own_calculations, merged_calculations, desk_results,
        deliveries, billed_days, billed_file, desk_deliveries, residents, physicians, certificates,
        thread_page, merged_messages, desk_messages,
        oversight, exports_of_staff,
        person_data, desk_retention, desk_person, desk_whole,
        desk_documents, own_documents, public_documents,
    )),
    audiences=(
        *(_audience(role, roles.LABELS[role.code], MINE) for role in roles.GIVEN),
        _audience(roles.COLLEAGUE, "nog geen rol", MenuItem("facility", OWN_FACILITIES.endpoint, MINE.label)),
        DOSSIER,
        CALCULATOR,
    ),
    messages=MESSAGES,
    log_words=LOG_WORDS,
    refusals=REFUSALS,
    commands=COMMANDS,
    migrations=Path(__file__).parent.parent / "migrations" / "ecalcura",
    starts=(steps.start, documents.start, starting.start, checks.start, formula.start, sums.start, windows.start,
            terms.start),
    prepare=preparing.prepare,
    companions=companions.companions,
    demonstration=demonstration.fill,
    outside=claims.of_wing,
    without_role=without_role,
    for_visitors=public_documents.for_visitors,
    chores={
        "documents of submissions": documents.make_missing,
        "registers": retries.retry,
        "answers of the register": renewing.renew,
        "visums": visa.retry,
        "checks of staff": checks.refresh_daily,
        "checked lists of staff": staff_uploads.tidy,
        "mergers": mergers.move_due,
        "counting of submissions": counted.count_missing,
        "sums of trimesters": sums.refresh,
        "counts of trimesters": counts.refresh,
    },
)
