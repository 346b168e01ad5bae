"""The demonstration of ecalcura: fictional facilities (facilities.csv) with staff, and logins for some of them."""
from pathlib import Path
from typing import NamedTuple

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.passwords import hash_password
from models.accounts.recovery_codes import RecoveryCode
from models.accounts.roles import Role
from models.accounts.second_factor import Candidate, SecondFactor
from models.database import transaction
from models.ecalcura.communication import contacts
from models.ecalcura.communication.contacts import Details
from models.ecalcura.demonstration import bank_accounts, delivered, exchanged, year
from models.ecalcura.facilities.colleagues import Colleague
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.facilities.loading import load
from models.ecalcura.people.index import hash_of
from models.ecalcura.roles import ACCESS, CALCULATOR, COLLEAGUE, DESK_LABELS, DOSSIER, FINANCIAL, LABELS, PRIVACY
from models.ecalcura.trimesters.calendar import Trimester

FILE = Path(__file__).parent / "facilities.csv"
PASSWORD = "vier losse woorden samen"  # printed for everybody who starts it
# In the app of everybody who wants one; the recovery codes work without.
SECRET = b"Loket, demonstratie."
CODES = 3
DOMAIN = "@voorbeeld.be"


class Login(NamedTuple):
    """A login of the demonstration, with the same roles in its first facility and in the others (`also`)."""

    hco: str
    login: str
    name: str
    roles: tuple[Role, ...] = ()
    also: tuple[str, ...] = ()


# The facilities of De Linde; an office keeps the staff of the others.
OWN = ("990001", "990002", "990011")
OTHERS = ("990003", "990004", "990005", "990006", "990007", "990008", "990012", "990013", "990014", "990017", "990018",
          "990019", "990020", "990021", "990022", "990023", "990024", "990025", "990026")
WITHOUT_CONTACT = ("990005", "990016", "990021")
# The people of the desk: login and roles.
AT_DESK = {"dossier": DOSSIER, "rekenaar": CALCULATOR, "nazicht": CALCULATOR}
PEOPLE = (
    Login("990016", "ibw", "Lies Dok", (PRIVACY, FINANCIAL)),
    Login(OWN[0], "personeelsdienst", "Piet Roels", (PRIVACY,), OWN[1:]),
    Login(OTHERS[0], "secretariaat", "Mia Thys", (PRIVACY,), OTHERS[1:]),
    Login(OWN[0], "financien", "Fien Boon", (FINANCIAL,)),
    Login(OWN[0], "boekhouding", "Luc Vos", (FINANCIAL,)),
    Login(OWN[0], "toegang", "Ann Maes", (ACCESS,)),
    Login(OWN[0], "nieuw", "Jan Claes"),
)


def fill() -> list[tuple[str, ...]]:
    """Fill a database with no facility and nobody else's login; return the demonstration's logins as `logins` does."""
    others = Account.select().where(Account.email.is_null() | ~Account.email.endswith(DOMAIN))
    if not Facility.select().exists() and not others.exists():
        # The key of the index is at hand from then on; of one that is made in a transaction it is not kept.
        hash_of("")
        with transaction():
            load(FILE)
            password_hash = hash_password(PASSWORD)
            accounts = {person: _make(person, password_hash) for person in PEOPLE}
            desk = {login: _secured(Account.new(role, None, email=f"{login}{DOMAIN}", password_hash=password_hash))
                    for login, role in AT_DESK.items()}
            submitted = year.fill({hco: account for person, account in accounts.items() if PRIVACY in person.roles
                                   for hco in (person.hco, *person.also)})
            _fill_bank_accounts(accounts)
            _name_contact_persons()
            _exchange(submitted, desk)
    return logins()


def _exchange(submitted: Trimester, desk: dict[str, Account]) -> None:
    """Fill in all that the desk and De Linde have of each other, beside the staff."""
    homes = [facility for hco in OWN if (facility := Facility.by_hco(hco))]
    officer = Account.get(Account.email == f"personeelsdienst{DOMAIN}")
    delivered.fill_certificates(homes, officer)
    exchanged.fill_documents(desk["dossier"])
    calculation_id = exchanged.fill_calculation(submitted, desk["rekenaar"], desk["nazicht"])
    exchanged.fill_messages(calculation_id, homes[0], homes[1], officer, desk["dossier"])


def _name_contact_persons() -> None:
    for facility in Facility.with_dossier():
        if facility.hco not in WITHOUT_CONTACT and not facility.is_merged:
            contacts.add(facility, Details(f"contact.{facility.hco}{DOMAIN}", "Kim Claes", "Hoofd personeelsdienst"))


def _fill_bank_accounts(accounts: dict[Login, Account]) -> None:
    holders = {person.login: (Facility.get(Facility.hco == person.hco), account)
               for person, account in accounts.items() if FINANCIAL in person.roles}
    (home, first), (_, second), (small, alone) = holders["financien"], holders["boekhouding"], holders["ibw"]
    bank_accounts.fill(home, first, second, small, alone)


def _make(person: Login, password_hash: str) -> Account:
    """Make a login that is known in its facilities, has its roles there, and has a second factor."""
    first, *others = [Facility.get(Facility.hco == hco) for hco in (person.hco, *person.also)]
    account = Account.new(COLLEAGUE, first, email=f"{person.login}{DOMAIN}", password_hash=password_hash)
    for facility in (first, *others):
        if facility in others:
            Grant.give(account.id, COLLEAGUE, facility)
        Colleague.create(facility_id=facility.id, account_id=account.id, name=person.name)
        for role in person.roles:
            Grant.give(account.id, role, facility)
    return _secured(account)


def _secured(account: Account) -> Account:
    """Give a login its second factor."""
    candidate = Candidate.of(account, SECRET)
    SecondFactor.set_up(account, candidate.sealed, candidate.code)
    return account


def logins() -> list[tuple[str, ...]]:
    """Return (description, e-mail address, password, recovery codes …) of each login; empty in any other database.

    The recovery codes are new ones: each works once, instead of a code from an app.
    """
    found: list[tuple[str, ...]] = []
    for person in PEOPLE:
        facility, account = Facility.by_hco(person.hco), Account.by_email(f"{person.login}{DOMAIN}")
        if facility and facility.name.endswith("(voorbeeld)") and account:
            held = ", ".join(LABELS[role.code] for role in person.roles) or "nog geen rol"
            others = f" (en nog {len(person.also)} voorzieningen)" if person.also else ""
            found.append(_login(account, f"{facility.name}{others}: {held}"))
    for login, role in AT_DESK.items():
        if found and (account := Account.by_email(f"{login}{DOMAIN}")):
            found.append(_login(account, f"Departement Zorg (voorbeeld): {DESK_LABELS[role.code]}"))
    return found


def _login(account: Account, description: str) -> tuple[str, ...]:
    with transaction():
        return (description, account.email or "", PASSWORD, *RecoveryCode.renew(account)[:CODES])
