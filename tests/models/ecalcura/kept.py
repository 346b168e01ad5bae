"""Rows of a facility that were kept long, and the two people at the desk who have them purged."""
import datetime
import itertools

from models.database import now
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.deliveries.certificates import add_certificate
from models.ecalcura.people import number_looks
from models.ecalcura.people.employees import REPLACED, PastNumber
from models.ecalcura.people.lookups import Lookup
from models.ecalcura.retention import purges, terms
from models.ecalcura.retention.due import PHYSICIAN, Due
from models.ecalcura.retention.purged_rows import Listed
from tests.models.ecalcura.cast import at_desk, contract, employee, exempt, number_of, submitted
from tests.models.ecalcura.physicians import physician

DAY = datetime.date
# Contracts began in 2010 and ended in 2015; the tests keep everything for five years.
BEGAN, ENDED, MONTHS = DAY(2010, 1, 1), DAY(2015, 6, 30), 60
_names = itertools.count(1)
PDF = b"%PDF-1.7\nErkenning\n%%EOF\n"


def keep(months=MONTHS):
    """Keep all kinds of data for five years."""
    terms.use(**dict.fromkeys(terms.SETTINGS, months))


def former(made, until=ENDED, by=None, **person):
    """An employee whose contract ended, with one of every row that hangs on an employee."""
    born = person.pop("born", DAY(1955, 5, 5))
    one = employee(made, person.pop("number", number_of(born)), born=born, **person)
    first = contract(one, BEGAN, until)
    first.change_hours(DAY(2012, 1, 1), 1900, 3800, 1)
    exempt(one, 45, BEGAN, until)
    PastNumber.keep(one, number_of(born, month_up=20), REPLACED)
    Lookup.create(facility_id=made.id, purpose="contract", number_hash=one.number_hash, answer="found",
                  employee_id=one.id)
    other = contract(employee(made, first="Vera", family="Vervangt"), BEGAN, role="replacement")
    Replacement.add(other, one.id, 100, BEGAN, until)
    if by:
        number_looks.show_number(one, by)
    return one


def deliveries(made, until=ENDED):
    """The file of a certificate and a contract of a physician that ended."""
    return (add_certificate(made, "erkenning", "E1", BEGAN, until, PDF),
            physician(made, BEGAN, until, ("Zwartjes", "Quinta")))


def decide(made, *of):
    """Let two dossier managers decide to purge what is due at a facility, by default of each term."""
    first, second = (at_desk(name=f"beslist.{next(_names)}") for _ in range(2))
    for term in of or terms.SETTINGS:
        purges.propose(term, [made.id], first)
        purges.approve(term, [made.id], second)


def due_at(home, other):
    """A submission of long ago in two facilities: to purge one is proposed, to purge the other confirmed."""
    terms.use(submissions=60, deliveries=60)
    first, second = at_desk(name="eerste"), at_desk(name="tweede")
    for made in (home, other):
        submitted(made, 2013)
        purges.propose("submissions", [made.id], first)
    purges.approve("submissions", [home.id], second)


def taken_back(physician):
    """The line of the list outside for a physician whom a backup took back."""
    return Listed("a" * 32, Due(PHYSICIAN, physician.id, physician.facility_id, physician.created_at), now())
