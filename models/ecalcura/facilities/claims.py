"""Reading the claims of an OpenID provider: the roles that they give, as the table [ecalcura] in OIDC_CLAIMS says.

A provider writes roles in one of two ways. Each text of one claim is 'Role:number,number', as ACM/IDM does; or a claim
has roles and another the numbers of the facilities in which they hold. A claim is a text or a list of texts. Roles at
the desk hold for the number `desk` of the table, that of the Department; without it the operator gives them here.
"""
import functools
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.outside.arriving import OfWing, Sent
from models.accounts.outside.tokens import Claims
from models.accounts.roles import Role
from models.audit import NOBODY, record
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.colleagues import call, tell_desk_if_last
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.roles import ACCESS, COLLEAGUE, DESK, GIVEN, WING
from models.errors import Refused
from models.mail.addresses import clean_email

HCO, KBO = "hco", "kbo"
REQUIRED, OPTIONAL = {"name", "roles", "numbers", "role"}, {"facilities", "email", "desk"}
# A person has at most this number of roles and facilities in a claim; more is not read.
MOST = 200
# Only an HCO or KBO number is written in the log: a number of eleven digits may be of a person.
LOGGED = re.compile(r"(?![0-9]{11}$)[A-Z0-9]{1,20}")


class Reading(NamedTuple):
    """The table [ecalcura]: the claims of name, roles, facilities and mail address, and the role of each value.

    `desk` is the number for which roles at the desk hold; '' if the operator gives these.
    """

    name: list[str]
    roles: str
    facilities: str | None
    numbers: str
    role: dict[str, Role]
    email: str | None
    desk: str

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> "Reading":
        """Read the table. Raises ValueError, which names the fault."""
        if table.keys() - REQUIRED - OPTIONAL or REQUIRED - table.keys():
            raise ValueError(f"expected are {', '.join(sorted(REQUIRED))}, perhaps {', '.join(sorted(OPTIONAL))}")
        if table["numbers"] not in (HCO, KBO):
            raise ValueError(f"numbers: '{HCO}' or '{KBO}' is expected")
        desk = str(table.get("desk", "")).strip().upper()
        given = {role.name: role for role in (*GIVEN, *(DESK if desk else ()))}
        roles = table["role"] if isinstance(table["role"], dict) else {}
        if not roles or any(not isinstance(name, str) or name not in given for name in roles.values()):
            raise ValueError(f"role: a table is expected, from values to {', '.join(given)}")
        return cls(_texts(table["name"]), str(table["roles"]), table.get("facilities"), table["numbers"],
                   {value: given[name] for value, name in roles.items()}, table.get("email"), desk)

    def pairs(self, claims: Claims) -> Iterator[tuple[Role | None, str]]:
        """Yield (role, number of a facility) as the claims have them; None for a role that the table does not have."""
        roles = _texts(claims.get(self.roles))
        if self.facilities is None:
            for text in roles:
                value, _, numbers = text.partition(":")
                yield from ((self.role.get(value.strip()), number) for number in numbers.split(",")[:MOST])
            return
        for number in _texts(claims.get(self.facilities)):
            yield None, number
            yield from ((self.role.get(value), number) for value in roles)

    def person(self, claims: Claims) -> str:
        """Return the name of the person; '' if no claim has it."""
        return " ".join(" ".join(part for name in self.name for part in _texts(claims.get(name))).split())

    def address(self, claims: Claims) -> str | None:
        """Return the address for mails; None if no claim has a valid one."""
        try:
            return clean_email((_texts(claims.get(self.email or "")) or [""])[0])
        except Refused:
            return None


def of_wing(table: Mapping[str, Any]) -> OfWing:
    """Return how ecalcura reads claims. Raises ValueError, which names the fault."""
    mapping = Reading.of(table)
    outside = (*GIVEN, COLLEAGUE, *(DESK if mapping.desk else ()))
    return OfWing(outside, functools.partial(_read, mapping), functools.partial(_arrived, mapping))


def _read(mapping: Reading, claims: Claims) -> Sent:
    roles: dict[str, set[Role]] = {}
    at_desk: set[Role] = set()
    for role, text in mapping.pairs(claims):
        number = _number(text, mapping.numbers)
        if mapping.desk and text.strip().upper() == mapping.desk:
            at_desk.update(one for one in DESK if one is role)
        elif role in DESK:
            # It holds for the desk alone, never for a facility.
            continue
        elif number and (number in roles or len(roles) < MOST):
            roles.setdefault(number, set()).update({role} if role else ())
    given: dict[int, tuple[Facility, set[Role]]] = {}
    unknown = []
    for number, held in roles.items():
        found = _facilities(number, mapping.numbers)
        if not found:
            unknown.append(number)
        for facility in found:
            given.setdefault(facility.id, (facility, set()))[1].update(held)
    for number in unknown:
        record(EcalcuraEvent.FACILITY_UNKNOWN, by=NOBODY, subject=number if LOGGED.fullmatch(number) else None)
    # Without a role somebody is known there and can sign in, but may do nothing.
    grants = [(role, facility) for facility, held in given.values()
              for role in sorted(held or {COLLEAGUE}, key=lambda role: role.name)]
    return Sent([*grants, *((role, None) for role in sorted(at_desk, key=lambda role: role.name))],
                EcalcuraCode.FACILITY_UNKNOWN if unknown else None)


def _number(text: str, numbers: str) -> str:
    return re.sub(r"[^0-9]", "", text) if numbers == KBO else text.strip().upper()


def _facilities(number: str, numbers: str) -> list[Facility]:
    """Return the facilities with a dossier that this number is of."""
    if not number.isprintable():
        # No database takes half a pair, or NUL.
        return []
    of = Facility.kbo if numbers == KBO else Facility.hco
    return list(Facility.select().where(of == number, Facility.under == ""))


def _arrived(mapping: Reading, account_id: int, claims: Claims, withdrawn: Collection[Grant]) -> None:
    for grant in withdrawn:
        if grant.code == ACCESS.code and grant.tenant_id is not None:
            tell_desk_if_last(Facility.get_by_id(grant.tenant_id))
    account, email = Account.get_by_id(account_id), mapping.address(claims)
    if account.email != email:
        account.save_values(email=email)
    name = mapping.person(claims)[:100].strip()
    if name and name.isprintable():
        for tenant in {grant.tenant_id for grant in Grant.current(Grant.account_id == account_id, Grant.wing == WING)}:
            if tenant is not None:
                call(tenant, account_id, name)


def _texts(value: object) -> list[str]:
    """Return the texts of a claim, which is a text or a list."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str) and one][:MOST]
