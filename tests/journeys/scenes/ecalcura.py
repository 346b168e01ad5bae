"""The scenes of ecalcura: a facility, access to it, and each page for somebody without the role."""
import datetime
from types import SimpleNamespace

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.ecalcura.facilities import colleagues
from models.ecalcura.facilities.facilities import Facility, LegalEntity
from models.ecalcura.facilities.kinds import kinds
from models.ecalcura.roles import ACCESS, COLLEAGUE, FINANCIAL, PRIVACY
from tests.journeys.tools.showing import Scene, at, sent

MANAGER, PRIVATE, NEW, TWO = "manager", "private", "without_role", "two_facilities"
FACILITY, OF = "/ecalcura/<hco>", "/ecalcura/{hco}"
GIVE = f"{OF}/access/{{without_role.account.id}}/roles/new"
ECALCURA_SCENES = [
    Scene("facility", FACILITY, PRIVATE, at(OF)),
    Scene("facility-tabs", FACILITY, MANAGER, at(OF)),
    Scene("facility-merged", FACILITY, TWO, at("/ecalcura/{merged_hco}")),
    Scene("facility-no-dossier", FACILITY, PRIVATE, at("/ecalcura/{part_hco}")),
    Scene("facilities", "/ecalcura", TWO, at("/ecalcura")),
    Scene("no-role", "/ecalcura", NEW, at("/ecalcura")),
    Scene("no-role-stranger", "/ecalcura", "login", at("/ecalcura")),
    Scene("access", f"{FACILITY}/access", MANAGER, at(f"{OF}/access")),
    Scene("access-role-missing", f"{FACILITY}/access", PRIVATE, at(f"{OF}/access")),
    Scene("access-new", f"{FACILITY}/access/new", MANAGER, at(f"{OF}/access/new")),
    Scene("access-new-wrong", f"{FACILITY}/access/new", MANAGER,
          sent(f"{OF}/access/new", "Uitnodiging versturen", email="geen adres"), wrong=True),
    Scene("access-give", f"{FACILITY}/access/<int:colleague_id>/roles/new", MANAGER, at(GIVE)),
    Scene("access-give-wrong", f"{FACILITY}/access/<int:colleague_id>/roles/new", MANAGER,
          sent(GIVE, "Rol geven", since="31/02/2030"), wrong=True),
]


def facilities_of(number):
    """A residential home with a short stay, one that merged into it, and their people; `number` makes HCO unique."""
    home = _facility(f"99{number:04}1", "woonzorgcentrum", "Woonzorgcentrum De Linde (voorbeeld)", places=82)
    part = _facility(f"99{number:04}2", "kortverblijf", "Kortverblijf De Linde (voorbeeld)", parent_id=home.id)
    merged = _facility(f"99{number:04}3", "woonzorgcentrum", "Huize Sint-Bavo (voorbeeld)", successor_id=home.id,
                       merged_on=datetime.date(2026, 7, 1))
    people = {name: SimpleNamespace(account=_somebody(role, home, f"{name}{number}", shown)) for name, role, shown in (
        (MANAGER, ACCESS, "Ann Maes"), (PRIVATE, PRIVACY, "Piet Roels"), (NEW, COLLEAGUE, "Jan Claes"),
        (TWO, FINANCIAL, "Fien Boon"))}
    Grant.add(people[TWO].account.id, PRIVACY, merged)
    return {**people, "hco": home.hco, "part_hco": part.hco, "merged_hco": merged.hco}


def _facility(hco, kind, name, **values):
    LegalEntity.insert(kbo="0000000196", name="Zorg Vlier vzw (voorbeeld)").on_conflict_ignore().execute()
    return Facility.add(kinds()[kind], hco=hco, kbo="0000000196", name=name, street="Dorpsstraat 1", postcode="9000",
                        town="Gent", province="oost-vlaanderen", email="linde@voorbeeld.be", **values)


def _somebody(role, home, login, name):
    account = Account.new(role, home, email=f"{login}@voorbeeld.be", password_hash="-")
    colleagues.Colleague.create(facility_id=home.id, account_id=account.id, name=name)
    return account
