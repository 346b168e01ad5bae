"""The demonstration of ecalcura: fictional facilities (facilities.csv), and logins for some of them."""
from pathlib import Path

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.passwords import hash_password
from models.database import transaction
from models.ecalcura.facilities.colleagues import Colleague
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.facilities.loading import load
from models.ecalcura.roles import ACCESS, COLLEAGUE, FINANCIAL, LABELS, PRIVACY

FILE = Path(__file__).parent / "facilities.csv"
PASSWORD = "vier losse woorden samen"  # printed for everybody who starts it
DOMAIN = "@voorbeeld.be"
# HCO number, login, name, roles.
PEOPLE = (
    ("990001", "toegang", "Ann Maes", (ACCESS,)),
    ("990001", "personeelsdienst", "Piet Roels", (PRIVACY,)),
    ("990001", "financien", "Fien Boon", (FINANCIAL,)),
    ("990001", "nieuw", "Jan Claes", ()),
    ("990016", "ibw", "Lies Dok", (PRIVACY, FINANCIAL)),
)


def fill() -> list[tuple[str, str, str]]:
    """Fill a database with no facility and nobody else's login; return the demonstration's logins as `logins` does."""
    others = Account.select().where(Account.email.is_null() | ~Account.email.endswith(DOMAIN))
    if not Facility.select().exists() and not others.exists():
        with transaction():
            load(FILE)
            password_hash = hash_password(PASSWORD)
            for hco, login, name, roles in PEOPLE:
                facility = Facility.by_hco(hco)
                account = Account.new(COLLEAGUE, facility, email=f"{login}{DOMAIN}", password_hash=password_hash)
                Colleague.create(facility_id=account.tenant_id, account_id=account.id, name=name)
                for role in roles:
                    Grant.give(account.id, role, facility)
    return logins()


def logins() -> list[tuple[str, str, str]]:
    """Return (description, e-mail address, password) of the demonstration's logins; empty in any other database."""
    found = []
    for hco, login, _, roles in PEOPLE:
        facility = Facility.by_hco(hco)
        if facility and facility.name.endswith("(voorbeeld)") and Account.by_email(f"{login}{DOMAIN}"):
            held = ", ".join(LABELS[role.code] for role in roles) or "nog geen rol"
            found.append((f"{facility.name}: {held}", f"{login}{DOMAIN}", PASSWORD))
    return found
