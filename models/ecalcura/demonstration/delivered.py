"""The deliveries of the demonstration: certificates, physicians, resident data and billed days."""
import datetime
from collections.abc import Iterable, Mapping

from models.accounts.accounts import Account
from models.database import today
from models.ecalcura.contracts.days import DAY
from models.ecalcura.deliveries import billed_days, fields, residents
from models.ecalcura.deliveries.certificates import add_certificate
from models.ecalcura.deliveries.fields import BILLED, RESIDENTS
from models.ecalcura.deliveries.physicians import CraContract, Physician
from models.ecalcura.deliveries.residents import DAYS, PLACES, TOTAL
from models.ecalcura.demonstration import seed
from models.ecalcura.demonstration.papers import paper
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people.index import hash_of
from models.ecalcura.people.registers import FOUND
from models.ecalcura.trimesters.calendar import Trimester

# Of a hundred places and of a hundred days, how many are of each care profile.
PARTS = {"O": 8, "A": 14, "B": 30, "C": 18, "Cd": 26}
OCCUPIED = 95
# Days between two physicians (V30), in the middle of a trimester.
GAP = 14
PHYSICIANS = 2


def fill_residents(facility: Facility, trimester: Trimester, by: Account, too_few: int = 0) -> None:
    """Enter the resident data of a trimester, if this kind has them; the total is `too_few` days short (V29)."""
    if not fields.delivers(facility, RESIDENTS):
        return
    places, days = facility.places or 0, (facility.places or 0) * trimester.days * OCCUPIED // 100
    counts = {(field, measure): whole * part // 100 for field, part in PARTS.items()
              for measure, whole in ((PLACES, places), (DAYS, days))}
    # The last profile has the rest.
    counts |= {("D", measure): whole - sum(one for (_, of), one in counts.items() if of == measure)
               for measure, whole in ((PLACES, places), (DAYS, days))}
    counts |= {(TOTAL, PLACES): places, (TOTAL, DAYS): days - too_few}
    residents.save_residents(facility, trimester, counts, 1, by)


def fill_billed(holders: Mapping[str, Account], unfinished: str) -> None:
    """Submit the billed days of last year for each facility that delivers them; those of one are half done."""
    year = today().year - 1
    first, second = billed_days.parts(year)
    for hco, account in sorted(holders.items()):
        facility = Facility.by_hco(hco)
        if not facility or not fields.delivers(facility, BILLED):
            continue
        days = {(part.number, "days"): (facility.places or 0) * part.days * OCCUPIED // 100
                for part in (first, second) if part is first or hco != unfinished}
        billed = billed_days.save_days(facility, year, days, 1, account)
        if hco != unfinished:
            billed_days.submit_days(facility, year, billed.version, account, declared=True)


def fill_certificates(facilities: Iterable[Facility], by: Account) -> None:
    """Add a certificate to each of these facilities, and to the first one the one before it too."""
    first_day = datetime.date(today().year - 1, 1, 1)
    for index, facility in enumerate(facilities):
        number = f"ERK-{facility.hco}"
        if index == 0:
            add_certificate(facility, "erkenning", f"{number}-0", first_day.replace(year=first_day.year - 5), None,
                            paper("Erkenning (voorbeeld)", facility.name, f"{number}-0"), by)
        add_certificate(facility, "erkenning", number, first_day, None,
                        paper("Erkenning (voorbeeld)", facility.name, number), by)


def fill_physicians(facility: Facility, trimester: Trimester) -> None:
    """Give a facility two physicians, with some days of a trimester between them."""
    middle = trimester.first + 40 * DAY
    days = ((trimester.first.replace(year=trimester.first.year - 2), middle), (middle + (GAP + 1) * DAY, None))
    practice = seed.practice(today())
    found = [one for one in seed.samples()[-seed.OTHERS:] if one not in practice]
    for sample, (since, until) in zip(found[:PHYSICIANS], days, strict=True):
        person = seed.person(sample.number)
        contract = CraContract(facility_id=facility.id, number_hash=hash_of(person.number), sealed=b"",
                               register_state=FOUND, since=since, until=until)
        contract.save(force_insert=True)
        # Sealed together with the id, which the database has just given out.
        contract.seal(Physician(person.number, person.family, person.first))
        contract.save()
