"""Documents, a published calculation and messages of the demonstration, between the desk and the facilities."""
import datetime

from models.accounts.accounts import Account
from models.database import today
from models.documents import documents
from models.documents.documents import Details
from models.documents.versions import body_of
from models.ecalcura.calculations import calculating, counted, formula, publishing
from models.ecalcura.calculations.calculations import ADVANCE
from models.ecalcura.calculations.parameters import ParameterVersion
from models.ecalcura.communication import threads
from models.ecalcura.communication.threads import OF_DESK, OF_FACILITY, Thread
from models.ecalcura.contracts import lists
from models.ecalcura.demonstration.papers import paper
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.roles import WING
from models.ecalcura.trimesters.calendar import Trimester

CALCULATED = ("woonzorgcentrum", "dagverzorging", "ibw", "pvt", "revalidatie")
# Invented: no amount of the demonstration is anybody's.
REFERENCE = "Voorbeeldparameters van de demonstratie, uit geen enkele tekst"
WAGE, WAGE_OF_NURSE = "50000", "60000"
OTHERS = {"index": "1,02", "part_of_year": "0,25", "advance": "0,8"}


def fill_documents(by: Account) -> None:
    """Add a manual that everybody reads, a form for some kinds of facilities, a letter and a recording."""
    first = datetime.date(today().year, 1, 15)

    def add(title: str, category: str, reference: str, sentence: str, public: bool, audience: tuple[str, ...] = (),
            link: str = "") -> None:
        details = Details(title, category, first, reference, sentence, public, audience)
        content = None if link else paper(title, sentence, "Dit is een voorbeeld.")
        documents.add_document(WING, details, body_of(content, link), by)

    add("Handleiding eCalcura (voorbeeld)", "manual", "VB/1", "Van aanmelden tot indienen.", True)
    add("Volmacht voor een bankrekening (voorbeeld)", "form", "VB/2", "Voor wie niet zelf kan bevestigen.", False)
    add("Brief over de gefactureerde dagen (voorbeeld)", "letter", "VB/3", "Wat je wanneer levert.", False, ("ibw",))
    add("Opname van het webinar (voorbeeld)", "recording", "", "Een uur uitleg, met vragen.", False,
        link="https://video.voorbeeld.be/webinar")


def fill_calculation(trimester: Trimester, enters: Account, confirms: Account) -> int:
    """Publish an advance of the submissions of a trimester, with invented parameters; return its id."""
    values = {field.name: _value(field) for field in formula.fields()}
    ParameterVersion.enter(REFERENCE, trimester.first, None, values, enters).confirm(confirms)
    while counted.count_missing():
        pass
    made = calculating.make(ADVANCE, trimester, CALCULATED, enters)
    return publishing.publish(publishing.freeze(made, enters), enters).id


def _value(field: formula.Field) -> str:
    if not field.parameter.by:
        return OTHERS[field.parameter.code]
    return WAGE_OF_NURSE if lists.qualifications()[str(field.qualification)].premium else WAGE


def fill_messages(calculation_id: int, answered: Facility, waiting: Facility, asks: Account, desk: Account) -> None:
    """Let one facility have an answer that it did not read yet, and another one a question that the desk did not."""
    thread = Thread.about(answered, calculation_id)
    if thread:
        thread = threads.write(thread, "Waarom is een deel van de vrijgestelde uren niet gefinancierd?", thread.version,
                               asks, OF_FACILITY)
        threads.write(thread, "Alleen vervangen uren tellen mee. Bij het resultaat staat hoeveel het er zijn.",
                      thread.version, desk, OF_DESK)
    if thread := Thread.about(waiting, calculation_id):
        threads.write(thread, "Wanneer volgt de definitieve berekening?", thread.version, asks, OF_FACILITY)
