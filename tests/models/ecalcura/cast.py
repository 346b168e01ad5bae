"""Facilities and the people who act for them, for the tests of ecalcura. All are invented."""
import datetime
import itertools

from models.database import today
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract, Values
from models.ecalcura.facilities import colleagues
from models.ecalcura.facilities.facilities import Facility, LegalEntity
from models.ecalcura.facilities.kinds import kinds
from models.ecalcura.people.employees import Asked, Employee
from models.ecalcura.people.index import hash_of
from models.ecalcura.people.persons import Person
from models.ecalcura.people.registers import (
    DECEASED,
    FOUND,
    NOT_FOUND,
    REPLACED,
    SILENT,
    Answer,
    QualificationAnswer,
)
from models.ecalcura.roles import ACCESS, CALCULATOR, COLLEAGUE, DOSSIER
from models.ecalcura.submissions.submissions import Submission
from models.ecalcura.trimesters import windows
from models.ecalcura.trimesters.calendar import Place
from models.ecalcura.trimesters.files import SUBMITTED, TrimesterFile
from tests.factories import account_with

# Numbers that are not given out.
KBO, OTHER_KBO = "0000000196", "0000000295"
LONG_AGO = datetime.date(2020, 1, 1)
HEADINGS = "HCO-nummer;KBO-nummer;Organisatie;Soort;Type;Hoort bij HCO;Overeenkomst;Naam;Opvolger HCO;Gefuseerd op"

BORN = datetime.date(1970, 3, 14)
_days = itertools.count(1)


def number_of(born=BORN, sequence="000", month_up=0):
    """The number of nobody: its sequence is not given out. `month_up`: 20 or 40 for a bisnummer."""
    nine = f"{born:%y}{born.month + month_up:02}{born.day:02}{sequence}"
    return f"{nine}{97 - int(('2' if born.year >= 2000 else '') + nine) % 97:02}"


class FakeRegisters:
    """Registers that answer from two dicts, by number; a number that is in neither is not found. `asked` counts."""

    def __init__(self):
        self.people, self.visas, self.asked, self.silent = {}, {}, [], False

    def has(self, number, first="Tweede", family="Test", birth=BORN, **codes):
        """Let a number be found. `codes`: visum → its last day, or None."""
        self.people[number] = Answer(FOUND, number, family, first, birth)
        self.visas[number] = codes
        return number

    def replaces(self, old, new):
        """Let the register say that a number was replaced by another, which it has."""
        self.people[old] = self.people[new]._replace(state=REPLACED)

    def buries(self, number, day):
        """Let somebody have died on a day."""
        self.people[number] = self.people[number]._replace(state=DECEASED, deceased_on=day)

    def find_person(self, number):
        self.asked.append(number)
        return Answer(SILENT) if self.silent else self.people.get(number, Answer(NOT_FOUND))

    def find_qualifications(self, number, on):
        if self.silent:
            return QualificationAnswer(SILENT, {})
        return QualificationAnswer(FOUND if number in self.visas else NOT_FOUND, self.visas.get(number, {}))


def employee(made, number=None, first="Tweede", family="Test", born=BORN, by=None):
    """An employee of a facility, as after a look-up that found them; each call without a number makes another one."""
    # Another day for each, so that each has another number; the part for a day has three digits.
    place = next(_days)
    number = number or number_of(born or today() - datetime.timedelta(days=9000 + place), f"{place % 997 + 1:03}")
    return Employee.add(made, Asked(Person(number, family, first, born), hash_of(number), True, "", 0), by)


def contract(owner, start=LONG_AGO, until=None, hours=3800, full_time=3800, role="entitled", qualification="VPK",
             statute="arbeidsovereenkomst", acquired_step=None, by=None):
    """A contract of an employee, by default of a nurse who works full-time; a trimester is open."""
    opened()
    return Contract.add(owner, Values(role, qualification, statute, start, until, hours, full_time, acquired_step), by)


def exempt(owner, step=45, since=LONG_AGO, until=None, kind="exemption"):
    """A choice of an employee for a step."""
    return Choice.add(owner, step, kind, since, until)


def facility(hco="990001", kind="woonzorgcentrum", name="Woonzorgcentrum De Linde", kbo=KBO, **values):
    """A facility of this kind."""
    LegalEntity.insert(kbo=kbo, name="Zorg Vlier vzw").on_conflict_ignore().execute()
    return Facility.add(kinds()[kind], hco=hco, name=name, kbo=kbo, **values)


def somebody(made, role, name, password_hash="-"):
    """An account with this role in a facility since long ago, known there by its name."""
    account = account_with(role, made, email=f"{name.split()[0].lower()}@voorbeeld.be", password_hash=password_hash)
    colleagues.Colleague.create(facility_id=made.id, account_id=account.id, name=name)
    return account


def manager(made, name="Ann Maes", password_hash="-"):
    """An access manager of a facility."""
    return somebody(made, ACCESS, name, password_hash)


def newcomer(made, name="Jan Claes", password_hash="-"):
    """A colleague of a facility who has no role yet."""
    return somebody(made, COLLEAGUE, name, password_hash)


def at_desk(role=DOSSIER, name="dossier", password_hash="-"):
    """Somebody with a role at the desk since long ago."""
    return account_with(role, None, email=f"{name}@voorbeeld.be", password_hash=password_hash)


def calculator(name="rekenaar", password_hash="-"):
    """Somebody who calculates at the desk."""
    return at_desk(CALCULATOR, name, password_hash)


def opened(period=2026, number=1, entry_from=LONG_AGO, submit_from=LONG_AGO, deadline=None, kinds=None):
    """A trimester that is open to enter and to submit, for these kinds of facilities or for all."""
    return windows.open_trimester(Place(period, number), kinds or windows.kinds_with_files(), entry_from, submit_from,
                                  deadline)


def submitted(made, period=2026, number=1, **days):
    """The file of a trimester that a facility submitted; its snapshot is empty."""
    trimester = opened(period, number, **days)
    file = TrimesterFile.get_or_make(made, trimester)
    Submission.create(file=file, facility_id=made.id, number=1, sealed=b"-", sha256="0" * 64)
    file.move(SUBMITTED)
    return file


def write(path, *rows, headings=HEADINGS, encoding="utf-8"):
    """Write a file of facilities; returns its path."""
    path.write_text("\r\n".join([headings, *rows]) + "\r\n", encoding=encoding)
    return path


def line(hco, soort="woonzorgcentrum", name="De Linde", kbo=KBO, **other):
    """A row of such a file."""
    return ";".join((hco, kbo, other.get("organisation", ""), soort, other.get("type", ""), other.get("parent", ""),
                     other.get("agreement", ""), name, other.get("successor", ""), other.get("merged_on", "")))
